"""The decision in the ordinary procedure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from santai.back.approvals.service import remedies_of
from santai.back.cases.service import SubCase
from santai.back.inspections.actions.common import (
    begin,
    close,
    day,
    end,
    filled,
    locked,
    note,
    open_before_decision,
    pass_step,
    task_of,
    write,
)
from santai.back.inspections.errors import (
    DiscussionMissing,
    FinedAlready,
    HearingNotHeld,
    HearingPending,
    HearingRightNotTold,
    HeavierAfterDefence,
    LegalReviewMissing,
    PartyNotHeard,
    PartyNotTold,
    WordsMissing,
)
from santai.back.inspections.models import Penalty
from santai.back.inspections.rules.penalty import Standing, hearing_due, obstacle
from santai.back.inspections.rules.words import ASK_HEARING, DECIDE, OUTCOMES, PAY, PENALTY_KINDS, SERVE
from santai.back.permits.service import owe_penalty_publication
from santai.exchange.contracts.service import decode
from santai.kernel.flow.service import complete_task
from santai.kernel.ledger.service import Actor, ActRefused, Party, as_one_act

REFUSALS: dict[str, type[ActRefused]] = {
    "not_told": PartyNotTold,
    "not_heard": PartyNotHeard,
    "heavier": HeavierAfterDefence,
    "hearing_right": HearingRightNotTold,
    "hearing_pending": HearingPending,
    "hearing_not_held": HearingNotHeld,
    "legal_review": LegalReviewMissing,
    "discussion": DiscussionMissing,
}


def standing_of(penalty: Penalty, *, hearing: bool) -> Standing:
    """``hearing``: what is to be imposed gives the right to one."""
    return Standing(
        told=penalty.told_at is not None,
        told_amount=penalty.told_amount,
        heard=penalty.heard_at is not None,
        waived=penalty.waived_at is not None,
        hearing_prescribed=hearing or bool(penalty.hearing_kind),
        hearing_told=penalty.hearing_told_at is not None,
        hearing_by=penalty.hearing_by,
        hearing_requested=penalty.hearing_requested_at is not None,
        hearing_waived=penalty.hearing_waived_at is not None,
        hearing_held=penalty.hearing_held_at is not None,
        review_prescribed=penalty.review_prescribed,
        review_passed=penalty.review_passed,
        grave=penalty.grave,
        discussed=penalty.discussed_at is not None,
    )


def check_not_fined(*, party: dict[str, Any], violation: str, conduct_ended: date, case_no: str = "") -> None:
    """29: the same conduct of the same party was not fined before, by whichever organ. FinedAlready. ``case_no``: the case that asks."""
    with connection.cursor() as cursor:  # two organs that decide at once: the second waits, then sees the first
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 25))", [f"{violation} {conduct_ended}"])
    earlier = Penalty.objects.filter(violation=violation, conduct_ended=conduct_ended, amount__gt=0, decided_at__isnull=False)
    earlier = earlier.exclude(case_id=case_no)
    same = earlier.filter(case__applicant__code=party["code"]) if party["code"] else earlier.filter(case__applicant_name=party["name"])
    if same.exists():
        raise FinedAlready(fields={"amount": FinedAlready.message})


def check_kinds(kinds: Sequence[str], amount: Decimal) -> None:
    """WordsMissing at the field: a penalty names its kinds (9), and a fine its amount."""
    if not kinds or any(one not in PENALTY_KINDS for one in kinds):
        raise WordsMissing(fields={"kinds": "请选择处罚的种类。"})
    if ("fine" in kinds) != (amount > 0):
        raise WordsMissing(fields={"amount": "罚款请填写大于零的金额（元）；不罚款的不填。"})


@as_one_act
def decide_penalty(
    *,
    case_no: str,
    outcome: str = "penalised",
    kinds: Sequence[str] = (),
    amount: Decimal = Decimal(0),
    content: str = "",
    reason: str,
    present: bool = False,
    actor: Actor,
    at: datetime,
) -> Penalty:
    """Decide, with facts, evidence, basis, term and remedies in the document (59).

    ``present``: the party is there and takes it at once (61).

    EnforcementNotFound, NotAllowed, PartyNotTold, PartyNotHeard, HeavierAfterDefence, HearingRightNotTold, HearingPending, HearingNotHeld,
    LegalReviewMissing, DiscussionMissing, FinedAlready, SameOfficer, StepDone, WordsMissing.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor, "decider")
    hearing = hearing_due(kinds=kinds, amount=amount, natural_person=part.case.applicant["kind"] == "person")
    if outcome == "penalised" and (blocked := obstacle(standing_of(penalty, hearing=hearing), amount=amount, today=day(at))):
        raise REFUSALS[blocked](fields={"amount": HeavierAfterDefence.message} if blocked == "heavier" else {})
    if outcome not in OUTCOMES:
        raise WordsMissing(fields={"outcome": "请选择决定的结果。"})
    said = filled(reason=(reason, "请写明认定的事实、证据和理由。"))
    if outcome == "penalised":
        check_kinds(kinds, amount)
        if amount:
            check_not_fined(party=part.case.applicant, violation=penalty.violation, conduct_ended=penalty.conduct_ended, case_no=case_no)
    else:
        kinds, amount = (), Decimal(0)
    task = task_of(part, "decide", actor, "decider")
    penalty.decided_at, penalty.decided_by, penalty.outcome = at, actor.name, outcome
    penalty.kinds, penalty.amount, penalty.content, penalty.reason = list(kinds), amount, content.strip(), said["reason"]
    complete_task(task=task, outcome=outcome, data={"fined": amount > 0}, actor=actor, at=at)
    end(case_no, DECIDE, ASK_HEARING, actor=actor, at=at)
    ended = outcome in ("dropped", "transferred")
    if not ended:
        document = "penalty_decision" if outcome == "penalised" else "penalty_none"
        penalty.decision_no = write_decision(penalty, part, document, actor=actor, at=at)
        if present:
            serve_now(penalty, part, mode="direct", to=part.case.applicant_name, actor=actor, at=at)
            pass_step(part, "serve", actor=actor, at=at)
        else:
            begin(SERVE, case_no, event_at=at, actor=actor, at=at)
    penalty.save()
    if ended or (present and not amount):
        close(part, at=at)
    note(part, "penalty_decided", f"决定：{OUTCOMES[outcome]}。{in_words(penalty)}", actor=actor, at=at)
    if outcome == "penalised":
        owe_publicity(penalty, part, actor=actor, at=at)
    return penalty


def in_words(penalty: Penalty) -> str:
    """What is imposed, as it stands in the document."""
    named = [PENALTY_KINDS[one] for one in penalty.kinds if one != "fine"]
    fine = [f"罚款人民币 {penalty.amount:,.2f} 元"] if penalty.amount else []
    words = "；".join([*named, *fine])
    return f"{words}{'。' if words else ''}{penalty.content}"


def write_decision(penalty: Penalty, part: SubCase, kind: str, *, actor: Actor, at: datetime) -> str:
    """The decision's number. RemedyUnverified where nobody knows who reviews the organ's decisions."""
    remedies = remedies_of(part.organisation, "penalty_on_spot" if kind == "penalty_on_spot" else "penalty")
    evidence = [
        f"{one.at.date().isoformat()} 调查记录（{'、'.join(each['name'] for each in one.officers)}）" for one in penalty.interviews.all()
    ]
    data = {
        "facts": penalty.facts,
        "evidence": evidence,
        "basis": penalty.basis,
        "reason": penalty.reason,
        "content": in_words(penalty),
        "fined": penalty.amount > 0,
        "pay_days": 15,
        "remedies": list(remedies.sentences),
        "party_code": "" if part.case.applicant["kind"] == "person" else part.case.applicant["code"],
    }
    return write(part, kind, data, at=at)


def serve_now(penalty: Penalty, part: SubCase, *, mode: str, to: str, actor: Actor, at: datetime) -> None:
    """Received at ``at``: the fifteen days to pay begin (67)."""
    penalty.served_at, penalty.serve_mode, penalty.served_to = at, mode, to
    if penalty.amount:
        clock = begin(PAY, part.case_id, event_at=at, actor=actor, at=at)
        penalty.pay_by = clock.due_on


def owe_publicity(penalty: Penalty, part: SubCase, *, actor: Actor, at: datetime) -> None:
    """双公示 within seven working days (48). Decisions on the spot are not published: minor ones are not shown (信用修复管理办法)."""
    party = decode(Party, part.case.applicant)
    owe_penalty_publication(
        penalty=f"penalty:{part.case_id}",
        document_no=penalty.decision_no,
        organisation=part.organisation,
        party=party,
        fields={
            "行政处罚决定书文号": penalty.decision_no,
            "违法行为类型": penalty.violation,
            "违法事实": penalty.facts,
            "处罚依据": penalty.basis,
            "处罚类别": penalty.kinds_named,
            "处罚内容": in_words(penalty),
            "罚款金额（万元）": f"{penalty.amount / 10000:f}" if penalty.amount else "",
            "处罚决定日期": day(at).isoformat(),
            "处罚机关": part.organisation_name,
        },
        decided_at=at,
        actor=actor,
        at=at,
        case_no=part.case_id,
    )
