"""行政处罚 and 行政检查 (chapter 20): opened by the office, so nothing is filed through the hall."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from santai.back.approvals.models import ServedDocument
from santai.back.inspections import service as enforcement
from santai.back.inspections.models import EvidenceHold, Inspection, Inspector, Interview, Penalty, SpotDraw, SpotPlan
from tests.law.adapters.case.city import CITY
from tests.law.adapters.case.compare import of_rule, text_of
from tests.law.adapters.case.trial import KEPT, Trial
from tests.law.adapters.case.words import (
    ACTS,
    APPLICANT,
    BEFORE,
    CLOCKS,
    CONTENTS,
    DOCUMENTS,
    EXPECTS,
    GIVENS,
    ITEM_FIELDS,
    KINDS,
    STATES,
    Act,
    Event,
    act,
    in_table,
    refusal,
)
from tests.law.table import Row

KINDS["处罚"] = KINDS["检查"] = KINDS["许可"]
KEPT.extend((Penalty, Interview, EvidenceHold, SpotPlan, SpotDraw, Inspection))
VIOLATION, ALL = "未按规定公示信息", ("内容", "事实", "理由", "依据", "权利")
PARTS = dict(zip(ALL, ("content", "facts", "reasons", "basis", "rights"), strict=True))
HEARINGS = {"较大数额罚款": "large_fine", "吊销许可证件": "revocation"}
CARDS = ("01-001", "01-002")


# -- what a row says of the case beforehand ---------------------------------------------------------------------------------------------


@in_table(ITEM_FIELDS, "hearing_kind", "legal_review", "grave", "field", "harm")
def _of_penalty(terms: dict[str, Any], value: Any, row: Row) -> None:
    """Said when the case is filed, not of an item."""


@in_table(APPLICANT, "born_on")
def _born_on(trial: Trial, value: str) -> None:
    trial.facts["born_on"] = date.fromisoformat(value)


def party_of(trial: Trial) -> dict[str, Any]:
    party = trial.applicant[2]
    return {"kind": party.kind, "code_kind": party.code_kind, "code": party.code, "name": party.name}


def officers(trial: Trial, *, interested: bool = False) -> tuple[str, ...]:
    """Two holders of cards in force; with ``interested`` the first has an interest in the party."""
    for number, card in enumerate(CARDS):
        one, _ = Inspector.objects.get_or_create(
            card_no=card, defaults={"organisation": trial.organisation, "name": f"执法员{number + 1}", "valid_to": date(2030, 1, 1)}
        )
        if interested and not number:
            one.interests = [party_of(trial)["code"]]
            one.save()
    return CARDS


def file(trial: Trial, at: datetime, **more: Any) -> str:
    said = trial.row.item
    return enforcement.file_penalty(
        party=party_of(trial),
        violation=VIOLATION,
        facts="未在规定期限内公示。",
        basis="本行所引的条款",
        born_on=trial.facts.get("born_on"),
        life_or_safety=said.get("field") == "生命健康安全" and bool(said.get("harm")),
        grave=bool(said.get("grave")),
        review_prescribed=said.get("legal_review") == "必经",
        hearing_kind=HEARINGS.get(said.get("hearing_kind", ""), ""),
        actor=trial.official("examiner"),
        at=at,
        **more,
    ).case_id


def go_and_ask(trial: Trial, case_no: str, at: datetime) -> None:
    enforcement.investigate(
        case_no=case_no, officers=officers(trial), shown=True, text="询问情况。", actor=trial.official("examiner"), at=at
    )


def tell(trial: Trial, case_no: str, at: datetime, content: Any = ALL, amount: int | None = None) -> None:
    if not Interview.objects.filter(penalty_id=case_no).exists():  # a row that speaks of the notice leaves the investigation out
        go_and_ask(trial, case_no, at)
    enforcement.inform_party(
        case_no=case_no, parts={PARTS[one]: f"{one}……" for one in content}, amount=Decimal(amount) if amount else None,
        actor=trial.official("examiner"), at=at,
    )  # fmt: skip


def hear(trial: Trial, case_no: str, at: datetime) -> None:
    enforcement.hear_statement(case_no=case_no, statement="请求从轻。", answer="已复核。", actor=trial.official("examiner"), at=at)


def decide(trial: Trial, case_no: str, at: datetime, amount: int, *, present: bool = False) -> None:
    enforcement.decide_penalty(
        case_no=case_no, kinds=["fine"] if amount else ["revocation"], amount=Decimal(amount), reason="事实清楚，证据确凿。",
        present=present, actor=trial.official("decider"), at=at,
    )  # fmt: skip


def serve(trial: Trial, case_no: str, at: datetime) -> None:
    enforcement.serve_penalty(case_no=case_no, mode="direct", receiver="本人", actor=trial.official("examiner"), at=at)


@in_table(GIVENS, "penalty")
def earlier(trial: Trial, said: dict[str, Any]) -> None:
    """An earlier decision by the platform's own acts, served so that the fine is due on the day the row says."""
    decided = datetime.fromisoformat(f"{said['decided_on']}T17:00").replace(tzinfo=CITY)
    start = decided.replace(hour=9)
    case_no = file(trial, start)  # of conduct that ended that day
    tell(trial, case_no, start, amount=said["fine"])
    hear(trial, case_no, start)
    decide(trial, case_no, decided, said["fine"])
    trial.facts["same_conduct"] = decided.date()
    if "pay_by" in said:
        due = date.fromisoformat(said["pay_by"])
        served = datetime.combine(date.fromordinal(due.toordinal() - 15), decided.timetz())
        serve(trial, case_no, served)
        assert Penalty.objects.get(case_id=case_no).pay_by == due
    trial.cases, trial.last = {"前案": case_no}, "前案"


# -- the acts ------------------------------------------------------------------------------------------------------------------------------


@act("file_penalty", "conduct_ended", "found_on")
def file_penalty(trial: Trial, event: Event) -> None:
    days = {name: date.fromisoformat(event[name]) for name in ("conduct_ended", "found_on") if name in event}
    trial.cases["案"] = file(trial, trial.at, **days)
    trial.last = "案"


@act("investigate", "officers", "cards", "interested")
def investigate(trial: Trial, event: Event) -> None:
    going = officers(trial, interested=event.get("interested", False))[: event["officers"]]
    enforcement.investigate(
        case_no=trial.case_no, officers=going, shown=event["cards"], text="询问情况。", actor=trial.official("examiner"), at=trial.at
    )


@act("inform_party", "content", "amount")
def inform_party(trial: Trial, event: Event) -> None:
    amounts = [each.get("amount") for each in trial.row.events if each["act"] == "decide_penalty" and not each["heavier"]]
    # a row that says the decision is not heavier says by that what fine was told
    tell(trial, trial.case_no, trial.at, event["content"], event.get("amount", next(iter(amounts), None)))


def first(name: str, *parameters: str, when: Any) -> Any:
    """Words other chapters know too: those of a penalty go before."""

    def keep(do: Any) -> Any:
        ACTS.setdefault(name, []).insert(0, Act(frozenset(parameters), when, do))
        return do

    return keep


def of_penalty(row: Row, event: Event) -> bool:
    return row.kind == "处罚"


@first("hear_statement", "by", when=of_penalty)
def hear_statement(trial: Trial, event: Event) -> None:
    hear(trial, trial.case_no, trial.at)


@act("waive_statement")
def waive_statement(trial: Trial, event: Event) -> None:
    enforcement.waive_statement(case_no=trial.case_no, actor=trial.official("examiner"), at=trial.at)


@first("tell_hearing_right", when=of_penalty)
def tell_hearing_right(trial: Trial, event: Event) -> None:
    enforcement.tell_hearing_right(case_no=trial.case_no, actor=trial.official("examiner"), at=trial.at)


@first("request_hearing", "by", when=of_penalty)
def request_hearing(trial: Trial, event: Event) -> None:
    enforcement.request_hearing(case_no=trial.case_no, actor=trial.official("examiner"), at=trial.at)


@first("notify_hearing", "hearing_on", when=of_penalty)
def notify_hearing(trial: Trial, event: Event) -> None:
    when = datetime.fromisoformat(event["hearing_on"]).replace(tzinfo=CITY)
    enforcement.notify_hearing(case_no=trial.case_no, hearing_on=when, place="会议室", actor=trial.official("examiner"), at=trial.at)


@first("hold_hearing", "presider", "public", "record", when=of_penalty)
def hold_hearing(trial: Trial, event: Event) -> None:
    investigator = event["presider"] == "本案调查人员"
    enforcement.hold_hearing(
        case_no=trial.case_no,
        presider=CARDS[0] if investigator else "法制机构工作人员",
        record="双方陈述。",
        signing={"已签字": "signed", "拒签已注明": "refused"}[event["record"]],
        actor=trial.official("examiner"),
        at=trial.at,
    )


@act("hold_evidence", "approver")
def hold_evidence(trial: Trial, event: Event) -> None:
    """The head approves on the page; without one an officer tries alone."""
    actor = trial.ranked(event["approver"]) if "approver" in event else trial.official("examiner")
    enforcement.hold_evidence(case_no=trial.case_no, items="账簿一册", actor=actor, at=trial.at)


@first("legal_review", "result", when=of_penalty)
def legal_review(trial: Trial, event: Event) -> None:
    enforcement.review_penalty(
        case_no=trial.case_no, passed=event["result"] == "通过", text="审核意见。", actor=trial.official("legal"), at=trial.at
    )


@act("decide_penalty", "amount", "heavier", "remedies", "party_present", when=lambda row, event: event["remedies"] == "自动")
def decide_penalty(trial: Trial, event: Event) -> None:
    decide(trial, trial.case_no, trial.at, event.get("amount", 0), present=event.get("party_present", False))


@act("decide_on_spot", "amount", "officers", "cards")
def decide_on_spot(trial: Trial, event: Event) -> None:
    penalty = enforcement.decide_on_spot(
        party=party_of(trial),
        violation=VIOLATION,
        facts="当场查明。",
        basis="本行所引的条款",
        kinds=["fine"],
        amount=Decimal(event["amount"]),
        officers=officers(trial)[: event["officers"]],
        shown=event["cards"],
        born_on=trial.facts.get("born_on"),
        conduct_ended=trial.facts.get("same_conduct"),
        actor=trial.official("examiner"),
        at=trial.at,
    )
    trial.cases["案"], trial.last = penalty.case_id, "案"


@first("deliver", "mode", "receiver", "proof", when=of_penalty)
def deliver(trial: Trial, event: Event) -> None:
    assert event["mode"] == "直接送达"
    serve(trial, trial.case_no, trial.at)


@act("compute_surcharge")
def compute_surcharge(trial: Trial, event: Event) -> None:
    trial.facts["surcharge"] = enforcement.surcharge_of(trial.case_no, at=trial.at)


# -- inspections ---------------------------------------------------------------------------------------------------------------------


@in_table(GIVENS, "conflicts")
def conflicts(trial: Trial, value: str) -> None:
    """Said with the lists."""


@in_table(BEFORE, "检查")
def lists_and_plan(trial: Trial) -> None:
    """What a draw draws from."""
    event = trial.row.events[0]
    lists(trial, event["objects"], event["inspectors"])
    plan = enforcement.make_plan(
        title="抽查", subject="公示信息", basis="抽查计划", take=event["take"], actor=trial.official("examiner"), at=trial.at
    )
    trial.facts["plan"] = plan.id


def lists(trial: Trial, objects: int, inspectors: int) -> None:
    actor, said = trial.official("examiner"), trial.row.given.get("conflicts", "")
    codes = [f"D{number:03}" for number in range(1, objects + 1)]
    for code in codes:
        enforcement.add_object(code=code, name=f"对象{code}", actor=actor, at=trial.at)
    for number in range(1, inspectors + 1):
        away = [codes[number - 1]] if said == "每名检查人员与一家对象" else codes if said and number > 1 else []
        enforcement.add_inspector(
            name=f"检查员{number}", card_no=f"02-{number:03}", valid_to=date(2030, 1, 1), interests=away, actor=actor, at=trial.at
        )


@act("draw", "objects", "take", "inspectors", "seed")
def draw(trial: Trial, event: Event) -> None:
    actor = trial.official("examiner")
    enforcement.draw_plan(plan=trial.facts["plan"], seed=event.get("seed", ""), actor=actor, at=trial.at)
    for number, one in enumerate(made(trial).picked):
        case = Inspection.objects.get(plan_id=trial.facts["plan"], object_code=one["object"])
        trial.cases[f"对象{number}"] = case.case_id
    trial.last = "对象0"


def made(trial: Trial) -> SpotDraw:
    return SpotDraw.objects.get(plan_id=trial.facts["plan"])


@act("redraw_check", "seed")
def redraw_check(trial: Trial, event: Event) -> None:
    trial.facts["same_draw"] = enforcement.same_draw(made(trial), event["seed"])


@first("inspect", "officers", "cards", "result", when=lambda row, event: row.kind == "检查")
def inspect(trial: Trial, event: Event) -> None:
    drawn = [one["card_no"] for one in Inspection.objects.get(case_id=trial.case_no).officers]
    enforcement.record_inspection(
        case_no=trial.case_no,
        officers=drawn[: event["officers"]],
        shown=event["cards"],
        result={"未发现问题": "clean"}[event["result"]],
        findings="查看公示的信息。",
        actor=trial.official("inspector"),
        at=trial.at,
    )


# -- what is there afterwards --------------------------------------------------------------------------------------------------------------


def penalty(trial: Trial) -> Penalty | None:
    return Penalty.objects.select_related("case").filter(case_id=trial.case_no).first()


STATES["filed_case"] = lambda trial: (one := penalty(trial)) is not None and one.decided_at is None and one.case.is_open
STATES["penalised"] = lambda trial: (one := penalty(trial)) is not None and one.outcome == "penalised"
_delivered = STATES["delivered"]
STATES["delivered"] = lambda trial: one.served_at is not None if (one := penalty(trial)) is not None else _delivered(trial)
CLOCKS["penalty_decision"] = of_rule("penalty-decision-90", of="case")
CLOCKS["serve_penalty"] = of_rule("penalty-serve-7", of="case")
CLOCKS["evidence"] = of_rule("penalty-evidence-7", of="case")
CLOCKS["pay_fine"] = of_rule("penalty-pay-15", of="case")
CLOCKS["publish_inspection"] = of_rule("inspection-publish-20", of="case")
DOCUMENTS |= {"行政处罚决定书": "penalty_decision", "当场处罚决定书": "penalty_on_spot", "询问笔录": "penalty_interview"}


def in_paper(*names: str) -> Any:
    """The facts of the paper under these names stand in its text."""
    return lambda trial, paper: all(paper.data[name] and _plain(paper.data[name]) in text_of(paper) for name in names)


def _plain(value: Any) -> str:
    return "；".join(value) if isinstance(value, list) else str(value)


CONTENTS["事实"], CONTENTS["证据"], CONTENTS["依据"] = in_paper("facts"), in_paper("evidence"), in_paper("basis")
CONTENTS["履行期限"] = lambda trial, paper: f"{paper.data['pay_days']}日内" in text_of(paper)
_first_review = CONTENTS.get("复议前置")
CONTENTS["复议前置"] = lambda trial, paper: (
    "应当先" in text_of(paper) and "申请行政复议" in text_of(paper)
    if paper.kind == "penalty_on_spot"
    else bool(_first_review and _first_review(trial, paper))
)
_remedies = CONTENTS["救济"]


def _told_remedies(trial: Trial, paper: ServedDocument) -> bool:
    """Review first, then fifteen days to the court, where the law has it so (行政复议法 23); else as in every decision."""
    return (
        all(word in text_of(paper) for word in ("六十日", "行政复议", "人民法院"))
        if paper.kind == "penalty_on_spot"
        else _remedies(trial, paper)
    )


CONTENTS["救济"] = _told_remedies
_hearing = EXPECTS.get("hearing")


@in_table(EXPECTS, "hearing")
def hearing(trial: Trial, wanted: str) -> None:
    one = penalty(trial)
    if one is None:
        assert _hearing is not None
        _hearing(trial, wanted)
        return
    assert wanted == ("held" if one.hearing_held_at else "requested" if one.hearing_requested_at else "none")


@in_table(EXPECTS, "surcharge")
def surcharge(trial: Trial, wanted: int) -> None:
    assert trial.facts["surcharge"] == wanted


@in_table(EXPECTS, "same_draw")
def same_draw(trial: Trial, wanted: bool) -> None:
    assert trial.facts["same_draw"] is wanted


@in_table(EXPECTS, "drawn_objects")
def drawn_objects(trial: Trial, wanted: int) -> None:
    assert len(made(trial).picked) == wanted == Inspection.objects.filter(plan_id=trial.facts["plan"]).count()


@in_table(EXPECTS, "conflict_free")
def conflict_free(trial: Trial, wanted: bool) -> None:
    away = {one["card_no"]: one["interests"] for one in made(trial).inspector_list}
    assert any(away.values())
    assert all(one["object"] not in away[card] for one in made(trial).picked for card in one["inspectors"]) is wanted


@in_table(EXPECTS, "officers_each")
def officers_each(trial: Trial, wanted: int) -> None:
    assert {len(set(one["inspectors"])) for one in made(trial).picked} == {wanted}


for _word in (
    "two_officers", "no_enforcement_card", "must_withdraw", "party_not_told", "party_not_heard", "heavier_after_defence",
    "hearing_right_not_told", "too_late", "notice_too_short", "presider_conflict", "legal_review_missing", "discussion_missing",
    "not_summary", "approver_missing", "time_barred", "fined_already", "under_fourteen", "seed_missing", "already_drawn",
):  # fmt: skip
    refusal(_word, f"back.inspections.{_word}")
