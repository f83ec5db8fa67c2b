"""What stands before the first event, and what an item of each kind says besides: fields, kinds, local rules, earlier facts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from santai.back.approvals import service as approvals
from santai.exchange.contracts.service import MaterialDefinition
from santai.kernel.clocks import service as clocks
from santai.kernel.identity.models import Account, Authorisation
from santai.kernel.ledger.service import system_actor
from tests.law.adapters.case import acts
from tests.law.adapters.case.city import BEGINNING, CITY
from tests.law.adapters.case.items import UNITS, limit, own_rule
from tests.law.adapters.case.procedures import CAUSES
from tests.law.adapters.case.trial import Trial
from tests.law.adapters.case.words import GIVENS, ITEM_FIELDS, KINDS, SWITCHES, WHEN, Event, act, in_table
from tests.law.table import Row
from tests.support import walk

KINDS["确认"] = {"nature": "confirmation", "act_type": "07", "process": "registration"}
KINDS["给付"] = {"nature": "benefit", "act_type": "05", "process": "registration"}
KINDS["备案"] = {"nature": "filing", "act_type": "20", "process": "filing"}
KINDS["报告"] = {"nature": "report", "act_type": "20", "process": "report"}
KINDS["推送"] = {"nature": "push", "act_type": "20", "process": "push"}
TESTS = {"检验": "inspection", "检测": "testing", "检疫": "quarantine"}
FIELDS = {
    "国家安全": "national_security", "国家秘密": "state_secret", "公共安全": "public_safety", "金融业审慎监管": "financial_prudence",
    "生态环境保护": "ecology", "人身健康": "personal_health", "生命财产安全": "life_and_property", "生命健康安全": "life_and_health",
}  # fmt: skip
ROLES = {"机关负责人": "decider", "机关主要负责人": "head", "本级政府负责人": "leader"}
# items whose limit the platform ships as a rule of its own special law
SHIPPED = {"环境影响报告表审批": "hp-report-30-days", "环境影响报告书审批": "hp-book-60-days"}


# -- the item --------------------------------------------------------------------------------------------------------------------------


@in_table(ITEM_FIELDS, "statutory", "extension", "stops")
def limits(terms: dict[str, Any], value: Any, row: Row) -> None:
    """The row's own limit, built once from all three fields: its kind's rule changed by what the row says."""
    item = row.item
    if item.get("name") in SHIPPED:
        rule = clocks.get_rule(SHIPPED[item["name"]])
        assert {"length": rule.length, "unit": rule.unit, "trigger": rule.trigger} == limit(item["statutory"])
        terms["clocks"] |= {"statutory": rule.code, "runs_from": rule.trigger}
        return
    said = limit(item["statutory"]) if "statutory" in item else {}
    base = clocks.get_rule("xk-decision-20") if row.kind == "许可" else clocks.Rule(
        code="x", title="办理时限", kind="statutory", unit="working_day", length=1, law=row.citation, trigger="acceptance"
    )  # fmt: skip
    extension = item.get("extension", "as the kind")
    given = base.extension if extension == "as the kind" else None if extension == "none" else clocks.Extension(
        role=ROLES[extension["approver"]], length=extension["max"], role_title=extension["approver"]
    )  # fmt: skip
    stops = tuple(dict.fromkeys((*base.stops, *(CAUSES[one["cause"]] for one in item.get("stops", ())))))
    rule = replace(base, **said, code=f"law-{row.id}", version=1, law=row.citation, extension=given, stops=stops)
    rolls = row.given.get("city", {}).get("roll_forward", {}).get("enabled", False)
    rule = replace(rule, roll_forward=rolls)
    clocks.install_rules(rules=[rule], actor=system_actor("tests"), at=BEGINNING)
    terms["clocks"] |= {"statutory": rule.code, "runs_from": rule.trigger}
    terms["stop_limits"] = {CAUSES[one["cause"]]: one["max"]["length"] for one in item.get("stops", ()) if "max" in one}
    if row.kind == "登记":
        terms["process"] = "registration"


@in_table(ITEM_FIELDS, "promised")
def promised(terms: dict[str, Any], value: Any, row: Row) -> None:
    said = limit(value)
    terms["clocks"]["promised"] = own_rule(
        f"law-{row.id}-promise", title="承诺时限", kind="promised", unit=said["unit"], length=said["length"], law="承诺",
        trigger="acceptance",
        stops=clocks.get_rule("xk-decision-20").stops if row.kind == "许可" else (),
    )  # fmt: skip


@in_table(ITEM_FIELDS, "handle")
def handle(terms: dict[str, Any], value: str, row: Row) -> None:
    if value == "即办件":
        terms["handling"] = "instant"
        terms["clocks"]["promised"] = "promised-0"


@in_table(ITEM_FIELDS, "correction")
def correction(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["incomplete_papers"] = {"当场不予受理": "refused_on_spot"}[value]


@in_table(ITEM_FIELDS, "field")
def guarded(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["guarded_field"] = FIELDS[value]


@in_table(ITEM_FIELDS, "presence")
def presence(terms: dict[str, Any], value: bool, row: Row) -> None:
    terms["presence_required"] = value


@in_table(ITEM_FIELDS, "project_code")
def project_code(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["project_code_required"] = True


@in_table(ITEM_FIELDS, "shared_materials")
def shared(terms: dict[str, Any], value: list[str], row: Row) -> None:
    terms["materials"] += [
        MaterialDefinition(code=f"shared-{n}", name=name, source="register", register="法人库") for n, name in enumerate(value)
    ]


@in_table(ITEM_FIELDS, "test_required")
def test_required(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["test_required"] = TESTS[value]


@in_table(ITEM_FIELDS, "quota")
def quota(terms: dict[str, Any], value: int, row: Row) -> None:
    terms["grants_at_most"] = value


@in_table(ITEM_FIELDS, "by_competition")
def by_competition(terms: dict[str, Any], value: bool, row: Row) -> None:
    terms["by_competition"] = value


@in_table(ITEM_FIELDS, "notice_period")
def notice_period(terms: dict[str, Any], value: Any, row: Row) -> None:
    assert value["unit"] == "自然日"
    terms["notice_days"] = value["length"]


@in_table(ITEM_FIELDS, "silence")
def silence(terms: dict[str, Any], value: Any, row: Row) -> None:
    terms["silence_grants"] = f"《{value['basis']}》"


@in_table(
    ITEM_FIELDS, "organ", "organ_kind", "superior", "managed_by", "done_by", "merged_into"
)  # facts of the deciding organ: the act that asks for remedies hands them to the rule
def organ(terms: dict[str, Any], value: Any, row: Row) -> None:
    """Nothing of the item itself."""


# -- the city --------------------------------------------------------------------------------------------------------------------------


@in_table(SWITCHES, "online_check")
def online_check(trial: Trial, value: Any) -> None:
    own_rule(
        "local-online-check",
        title="网上申请审查时限",
        kind="step",
        unit="working_day",
        length=value["days"],
        law=value["source"],
        trigger="receipt",
    )


@in_table(SWITCHES, "deemed_withdrawal")
def deemed_withdrawal(trial: Trial, value: Any) -> None:
    own_rule(
        "local-deemed-withdrawal", title="逾期未补正视为撤回", kind="answer", unit=UNITS[value["unit"]],
        length=value["days"], law=value["source"], trigger="notice",
    )  # fmt: skip


@in_table(SWITCHES, "roll_forward")
def roll_forward(trial: Trial, value: Any) -> None:
    """Part of the item's own rule: see ``limits``."""


@in_table(GIVENS, "hall_open")
def hall_open(trial: Trial, value: list[str]) -> None:
    """The hall's own opening days are not in the statutory calendar: opening it changes nothing there, and nothing is done here."""
    for day in value:
        assert not clocks.is_working_day(datetime.fromisoformat(day).date())


@in_table(GIVENS, "history")
def history(trial: Trial, value: list[Any]) -> None:
    """The earlier facts happen: an application on false papers is filed and not accepted at that time."""
    for earlier in value:
        assert earlier["what"] == "虚假材料未获许可" and earlier["item"] == "同一事项"
        at = datetime.fromisoformat(f"{earlier['at']} 10:00").replace(tzinfo=CITY)
        here = trial.at
        with trial.moment(at):
            acts.receive(trial, {"channel": "线上", "materials": "虚假", "case": "从前"})
            approvals.refuse_acceptance(
                sub_case_no=f"{trial.cases.pop('从前')}-main", ground="false_material", reason="提交虚假证明",
                actor=trial.official("examiner"), at=at,
            )  # fmt: skip
            trial.settle()
        trial.at, trial.last = here, ""


WHEN["given history"] = lambda row: all(one["what"] == "虚假材料未获许可" and one.get("item") == "同一事项" for one in row.given["history"])
WHEN["item statutory"] = lambda row: row.item["statutory"]["unit"] in UNITS
WHEN["item extension"] = lambda row: row.item["extension"] == "none" or row.item["extension"]["approver"] in ROLES
WHEN["item stops"] = lambda row: all(one["cause"] in CAUSES for one in row.item["stops"])
WHEN["item notice_period"] = lambda row: row.acts[0] == "receive" and row.item["notice_period"]["unit"] in UNITS
WHEN["item field"] = lambda row: row.item["field"] in FIELDS


# -- filing otherwise ------------------------------------------------------------------------------------------------------------------


@act("receive", "channel", "materials", "missing", "project_code", when=lambda row, event: event["channel"] == "线上")
def with_project_code(trial: Trial, event: Event) -> None:
    trial.facts["project_code"] = "2603-189901-04-01-123456" if event.get("project_code") == "有效" else ""
    acts.receive(trial, event)


@act("receive", "channel", "materials", "interested_party", when=lambda row, event: event.get("interested_party") == "有")
def touching_others(trial: Trial, event: Event) -> None:
    """That others are touched is found by the examiner and noted in the case."""
    acts.receive(trial, event)
    approvals.note_interested(
        sub_case_no=trial.sub_case_no(event), name="相邻的业主", interest="采光", actor=trial.official("examiner"), at=trial.at
    )


@act("receive", "channel", "materials", "by", when=lambda row, event: event.get("by") == "代理人" and event["channel"] == "窗口")
def through_an_agent(trial: Trial, event: Event) -> None:
    """Somebody with the applicant's written authority files for him."""
    party = trial.applicant[2]
    agent = Account.objects.create(login="agent-of-row", name="代理人", code_kind="resident-id", code="18990119900101103X")
    Authorisation.objects.create(
        grantor_code=party.code, grantor_name=party.name, grantee=agent, items=[], evidence="授权委托书",
        valid_from=BEGINNING.date(), valid_to=None,
    )  # fmt: skip
    actor = replace(trial.applicant[1], account=str(agent.pk), name=agent.name, represents=party)
    trial.applicant = (agent, actor, party)
    acts.receive(trial, event)


@act("receive", "channel", "materials", "missing", when=lambda row, event: event["channel"] == "系统" and row.kind == "推送")
def pushed(trial: Trial, event: Event) -> None:
    acts.receive(trial, {**event, "channel": "推送"})


__all__ = ["walk"]
