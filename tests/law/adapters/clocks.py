"""Rows that are nothing but time: kernel/clocks through its door, with the rules the platform ships.

Which clock a case has and when it begins is not decided here: the rules say so (``trigger``). ``state`` is what the clocks show: before
acceptance only the clock of receipt runs, then the clock of decision runs or is stopped. What needs the case itself (documents, cards,
deemed acceptance, decisions) is not this adapter's and such rows are not run by it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from santai.kernel.clocks import service as clocks
from santai.kernel.clocks.actions import authority
from santai.kernel.ledger.service import Actor, ActRefused
from tests.law.table import Row

PLACE = "时限"
DATABASE = True
DISPUTED: Mapping[str, str] = {}

CITY = ZoneInfo("Asia/Shanghai")
SUBJECT = "case:18990120260302000001"
UNITS = {"工作日": "working_day", "自然日": "calendar_day"}
ROLES = {"机关负责人": "decider", "首席代表": "chief", "本级政府负责人": "leader", "科室负责人": "examiner"}
TRIGGERS = {"受理": "acceptance", "收到": "receipt"}
# what each kind of act has by default, by the name of the clock in the table
OF_KIND: Mapping[str, Mapping[str, str]] = {
    "许可": {"correction": "xk-correction-5", "decision": "xk-decision-20"},
    "联合办理": {"correction": "xk-correction-5", "decision": "joint-45"},
    "登记": {"decision": "registration-3"},
    "给付": {},
    "确认": {},
}
OF_SPECIAL_LAW = {"环境影响报告表审批": "hp-report-30-days", "环境影响报告书审批": "hp-book-60-days"}
OF_A_PACK = {"居住证申领": ("resident-basics", "rb-residence-15-days")}  # item → the pack whose rule it has
PACKS = Path(__file__).resolve().parents[3] / "packs"

ACTS: Mapping[str, frozenset[str]] = {
    "receive": frozenset({"channel", "materials", "missing", "project_code"}),
    "accept": frozenset(),
    "suspend": frozenset({"cause", "need", "notice", "approver"}),
    "resume": frozenset({"result"}),
    "extend": frozenset({"length", "unit", "approver", "reason", "notice"}),
    "change_calendar": frozenset({"holidays"}),
    "time_passes": frozenset(),
}
ITEM = {"name", "statutory", "promised", "extension", "stops", "upper", "lead", "departments", "theme"}
CLOCKS = {"correction", "decision", "promise", "lower_review"}
STATES = {"received", "accepted", "suspended"}
COMPARED = {"state", "received_on", "accepted_on", "due", "overdue", "refused", "unchanged", "explained"}
REFUSALS = {
    "cause_not_lawful", "kind_has_no_stop", "already_suspended", "no_extension_in_law", "approver_rank", "once_only", "over_limit",
    "too_late", "reason_missing",
}  # fmt: skip


def supports(row: Row) -> bool:
    return (
        row.kind in OF_KIND
        and row.acts[0] == "receive"
        and _item_told(row)
        and all(_event_told(row, event) for event in row.events)
        and _expected(row)
    )


def _item_told(row: Row) -> bool:
    item = row.item
    if not item.keys() <= ITEM or not row.given.keys() <= {"city"} or not row.given.get("city", {}).keys() <= {"roll_forward"}:
        return False
    limits = [item[name] for name in ("statutory", "promised") if name in item]
    own = item.get("extension", "none")
    if any(one["unit"] not in UNITS for one in limits) or (own != "none" and own["approver"] not in ROLES):
        return False
    stops_known = all(one["cause"] in _causes() and "max" not in one for one in item.get("stops", ()))
    return stops_known and ("decision" in OF_KIND[row.kind] or "statutory" in item)


def _event_told(row: Row, event: Mapping[str, Any]) -> bool:
    """No clock of decision yet is the case's to refuse, not the clock's; and a clock knows no notice and no time needed."""
    parameters = event.keys() - {"at", "act"}
    if event["act"] not in ACTS or not parameters <= ACTS[event["act"]] or event.get("notice", "书面") != "书面":
        return False
    if event["act"] == "extend" and (event.get("approver") not in ROLES or event["unit"] not in UNITS):
        return False
    if event["act"] == "suspend" and not {"need", "approver"} <= parameters:
        return False
    if event["act"] == "resume" and "result" not in parameters:
        return False
    if event["act"] in ("suspend", "extend"):
        before = row.events[: row.events.index(event)]
        return row.kind == "登记" and "statutory" not in row.item or any(one["act"] == "accept" for one in before)
    return event["act"] != "accept" or row.kind != "登记" or "statutory" in row.item


def _expected(row: Row) -> bool:
    expect = row.expect
    if not expect.keys() <= COMPARED or expect.get("refused", "once_only") not in REFUSALS or expect.get("state", "received") not in STATES:
        return False
    has = (
        set(OF_KIND[row.kind])
        | {"decision"}
        | ({"promise"} if "promised" in row.item else set())
        | ({"lower_review"} if "upper" in row.item else set())
    )
    asked = {*expect.get("due", ()), *expect.get("overdue", ())}
    incomplete = row.kind == "登记" and row.events[0]["materials"] != "齐全"  # its three days begin when everything is there
    return asked <= has & CLOCKS and not incomplete and not ("accepted_on" in expect and "correction" not in OF_KIND[row.kind])


def _causes() -> dict[str, str]:
    return {title: cause for cause, title in clocks.CAUSES.items()}


@dataclass
class Running:
    """The clocks of the one case of the row."""

    row: Row
    rules: dict[str, str]
    ids: dict[str, Any] = field(default_factory=dict)

    def begin(self, trigger: str, at: datetime) -> None:
        for name, rule in self.rules.items():
            if clocks.get_rule(rule).trigger == trigger:
                self.ids[name] = clocks.start_clock(rule=rule, subject=SUBJECT, event_at=at, actor=_somebody("examiner"), at=at).id

    def state(self, name: str) -> clocks.ClockState:
        return clocks.get_clock(self.ids[name])

    def all_states(self) -> dict[str, clocks.ClockState]:
        return {name: self.state(name) for name in self.ids}


def run(row: Row) -> None:
    with _roles_by_post():
        running = Running(row, _rules_of(row))
        refused = ""
        for number, event in enumerate(row.events, 1):
            clocks.fire_due(_at(event))  # an act finds what silent time has done
            before = running.all_states()
            try:
                _do(running, event)
            except ActRefused as refusal:
                refused = _code_of(refusal)
                assert number == len(row.events), f"{event['act']} was refused: {refusal.message}"
                if row.expect.get("unchanged"):
                    assert running.all_states() == before
        assert refused == row.expect.get("refused", "")
        for name, wanted in row.expect.items():
            if name not in ("refused", "unchanged"):
                _compare(running, name, wanted, _at(row.events[-1]))


def _rules_of(row: Row) -> dict[str, str]:
    """The shipped rules of the kind; an item with a limit of its own has it as data, as a pack writes it."""
    rules, item = dict(OF_KIND[row.kind]), row.item
    if item.get("name") in OF_SPECIAL_LAW:
        rules["decision"] = OF_SPECIAL_LAW[item["name"]]
        shipped = clocks.get_rule(rules["decision"])
        assert (shipped.length, shipped.unit, shipped.trigger) == _limit(item["statutory"])
    elif item.keys() & {"statutory", "extension", "stops"}:
        rules["decision"] = _own_rule(row)
    if "promised" in item:
        length, unit, _ = _limit(item["promised"])
        rules["promise"] = _install(
            clocks.Rule(code="row-promise", title="承诺时限", kind="promised", unit=unit, length=length, law="承诺", trigger="acceptance")
        )
    if "upper" in item:
        rules["lower_review"] = "xk-review-20"
    return rules


def _own_rule(row: Row) -> str:
    item, shipped = row.item, OF_KIND[row.kind].get("decision")
    rule = replace(clocks.get_rule(shipped), code="row-decision", version=1) if shipped else clocks.Rule(
        code="row-decision", title="办理时限", kind="statutory", unit="working_day", length=1, law=row.citation, trigger="acceptance"
    )  # fmt: skip
    if item.get("name") in OF_A_PACK:
        rule = _rule_of_pack(*OF_A_PACK[item["name"]])
        assert (rule.length, rule.unit, rule.trigger) == _limit(item["statutory"])
    elif "statutory" in item:
        length, unit, trigger = _limit(item["statutory"])
        rule = replace(rule, length=length, unit=unit, trigger=trigger, law=row.citation)
    if "extension" in item:
        own = item["extension"]
        rule = replace(rule, extension=None if own == "none" else clocks.Extension(role=ROLES[own["approver"]], length=own["max"]))
    if "stops" in item:
        rule = replace(rule, stops=tuple(dict.fromkeys((*rule.stops, *(_causes()[one["cause"]] for one in item["stops"])))))
    return _install(replace(rule, roll_forward=row.given.get("city", {}).get("roll_forward", {}).get("enabled", False)))


def _rule_of_pack(pack: str, code: str) -> clocks.Rule:
    entries = yaml.safe_load((PACKS / pack / "clock_rules.yaml").read_text(encoding="utf-8"))
    return clocks.rule_from_data(next(entry for entry in entries if entry["code"] == code))


def _install(rule: clocks.Rule) -> str:
    clocks.install_rules(rules=[rule], actor=_somebody("item_manager"), at=datetime(2025, 1, 1, tzinfo=CITY))
    return rule.code


def _limit(limit: Mapping[str, Any]) -> tuple[int, Any, str]:
    return limit["length"], UNITS[limit["unit"]], TRIGGERS[limit.get("from", "受理")]


def _do(running: Running, event: Mapping[str, Any]) -> None:
    at = _at(event)
    match event["act"]:
        case "receive":
            running.begin("receipt", at)
        case "accept":
            if "correction" in running.ids:
                clocks.finish_clock(clock=running.ids["correction"], actor=_somebody("examiner"), at=at)
            running.begin("acceptance", at)
        case "suspend":
            cause = _causes().get(event["cause"], event["cause"])
            days = event["need"]["length"]
            clocks.stop_clock(
                clock=running.ids["decision"], cause=cause, reason=event["cause"], actor=_somebody("examiner"), at=at, expected_days=days
            )
        case "resume":
            clocks.resume_clock(clock=running.ids["decision"], actor=_somebody("examiner"), at=at, reason=event["result"])
        case "extend":
            approver, decision = _somebody(ROLES[event["approver"]]), running.ids["decision"]
            clocks.extend_clock(clock=decision, reason=event.get("reason", ""), approver=approver, at=at, by=event["length"])
        case "change_calendar":
            for day in event["holidays"]:
                clocks.set_day(
                    day=date.fromisoformat(day),
                    kind="holiday",
                    name="临时放假",
                    reason="国务院通知",
                    actor=_somebody("item_manager"),
                    at=at,
                )


def _code_of(refusal: ActRefused) -> str:
    match refusal:
        case clocks.UnlawfulStop():
            return "cause_not_lawful" if refusal.facts["lawful"] else "kind_has_no_stop"
        case clocks.ExtensionRefused():
            return str(refusal.facts["why"])
        case clocks.ReasonMissing():
            return "reason_missing"
        case clocks.ClockNotRunning():
            return "already_suspended" if refusal.facts["state"] == "stopped" else "too_late"
    return refusal.code


def _compare(running: Running, name: str, wanted: Any, at: datetime) -> None:
    match name:
        case "due":
            for clock, day in wanted.items():
                assert (running.state(clock).due_on.isoformat() if clock in running.ids else "none") == day
        case "overdue":
            for clock, late in wanted.items():
                assert running.state(clock).remaining(at).overdue is late
        case "received_on":
            assert running.state("correction").starts_on.isoformat() == wanted
        case "accepted_on":
            finished = running.state("correction").finished_at
            assert finished is not None and finished.astimezone(CITY).date().isoformat() == wanted
        case "state":
            decision = running.state("decision").state if "decision" in running.ids else ""
            assert {"": "received", "stopped": "suspended"}.get(decision, "accepted") == wanted
        case "explained":
            told, clock = "".join(clocks.explain(running.ids["decision"]).sentences), running.state("decision")
            says = {
                "起算日": f"{clock.starts_on.month}月{clock.starts_on.day}日",
                "长度": str(clock.length),
                "单位": "工作日",
                "依据": clock.law,
            }
            assert [word for word in wanted if says[word] not in told] == []


def _at(event: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(event["at"]).replace(tzinfo=CITY)


def _somebody(role: str) -> Actor:
    return Actor(
        kind="official",
        account=role,
        name=role,
        post=f"post-{role}",
        post_title=role,
        organisation="rsj",
        organisation_name="滨江新区人力资源和社会保障局",
    )


@contextmanager
def _roles_by_post() -> Iterator[None]:
    """Each official of a row holds the one role of his rank."""
    before = authority._authority
    clocks.register_authority(lambda actor, role, *, organisation="": actor.account == role)
    clocks.forget()
    try:
        yield
    finally:
        authority._authority = before
        clocks.forget()
