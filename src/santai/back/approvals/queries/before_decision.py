"""What must have been done before a decision: reads of the case against the pure rules, each a refusal with its law."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate, localtime

from santai.back.approvals.errors import (
    AlreadyDecided,
    CaseEnded,
    CompetitionMissing,
    InspectionMissing,
    InterestedPartyNotTold,
    KindHasNoDecision,
    NotAcceptedYet,
    NoticePeriodOpen,
    OrderOfAcceptance,
    QuotaSpent,
    ReasonMissing,
    RemediesMissing,
    RemediesWrong,
    SameFactsSameDecision,
    Stopped,
    TechnicalStandardMissing,
)
from santai.back.approvals.models import Inspection, InterestedParty, PublicNotice, ReviewResult, SpecialProcedure
from santai.back.approvals.queries import item_of
from santai.back.approvals.queries.organs import remedies_of
from santai.back.approvals.rules.kinds import DECIDED
from santai.back.approvals.rules.procedures import same_decision, why_not_granted, why_not_in_turn
from santai.back.approvals.rules.remedies import names_other
from santai.back.cases.service import Opinion, SubCase
from santai.kernel.ledger.service import ActRefused

COMPETED = ("bidding", "auction")
REFUSED: dict[str, type[ActRefused]] = {
    "competition_missing": CompetitionMissing,
    "inspection_missing": InspectionMissing,
    "quota_spent": QuotaSpent,
    "order_of_acceptance": OrderOfAcceptance,
}


def may_be_decided(sub_case: SubCase, at: datetime) -> None:
    """KindHasNoDecision; AlreadyDecided, CaseEnded; NotAcceptedYet; Stopped; InterestedPartyNotTold; NoticePeriodOpen."""
    if sub_case.nature not in DECIDED:
        raise KindHasNoDecision()
    if sub_case.outcome in (SubCase.Outcome.GRANTED, SubCase.Outcome.REFUSED):
        raise AlreadyDecided(_who_decided(sub_case))
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.accepted_at is None and sub_case.process != "instant":
        raise NotAcceptedYet()
    if sub_case.state == SubCase.State.STOPPED:
        raise Stopped()
    if InterestedParty.objects.filter(sub_case_no=sub_case.sub_case_no, heard_at=None).exists():
        raise InterestedPartyNotTold()
    _notice_has_run(sub_case, at)


def _who_decided(sub_case: SubCase) -> str:
    """Told to whoever comes second: who was first, and when."""
    opinion = Opinion.objects.filter(sub_case=sub_case, step="决定").order_by("-at").first()
    if opinion is None:
        return AlreadyDecided.message
    return f"{opinion.by_name}已于{localtime(opinion.at):%Y年%-m月%-d日%H:%M}作出决定，一个申请只有一个决定。"


def _notice_has_run(sub_case: SubCase, at: datetime) -> None:
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    notice = PublicNotice.objects.filter(sub_case_no=sub_case.sub_case_no).order_by("-began_at").first()
    if notice is None and item.notice_days:
        raise NoticePeriodOpen(f"本事项作出决定前须公示{item.notice_days}日，尚未公示。")
    if notice is not None and localdate(at) <= notice.last_day:
        raise NoticePeriodOpen(f"公示至{notice.last_day.month}月{notice.last_day.day}日届满，次日起可以作出决定。")


def may_be_refused(sub_case: SubCase, reason: str, technical_standard: str, remedies: str | None) -> None:
    """ReasonMissing; TechnicalStandardMissing; RemediesMissing, RemediesWrong, RemedyUnverified; SameFactsSameDecision."""
    if not reason:
        raise ReasonMissing(fields={"reason": "请写明不予决定的理由和依据。"})
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    if item.test_required and not technical_standard:
        raise TechnicalStandardMissing(fields={"technical_standard": "请写明所依据的技术标准、技术规范。"})
    computed = remedies_of(sub_case.organisation, "refused")
    if remedies is not None and not remedies.strip():
        raise RemediesMissing()
    if remedies is not None and names_other(remedies, computed):
        raise RemediesWrong()
    annulled = ReviewResult.objects.filter(sub_case_no=sub_case.sub_case_no).exclude(reopened_at=None).order_by("-noted_at").first()
    if annulled and same_decision(
        because=annulled.because, old_outcome=annulled.old_outcome, old_reason=annulled.old_reason, outcome="refused", reason=reason
    ):
        raise SameFactsSameDecision()


def visited(sub_case_no: str) -> bool:
    """Has somebody been on the spot?"""
    return Inspection.objects.filter(sub_case_no=sub_case_no, kind=Inspection.Kind.VISIT).exists()


def may_be_granted(sub_case: SubCase) -> None:
    """CompetitionMissing, InspectionMissing; QuotaSpent, OrderOfAcceptance."""
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    done = SpecialProcedure.objects.filter(sub_case_no=sub_case.sub_case_no, cause__in=COMPETED).exclude(ended_at=None)
    visited = Inspection.objects.filter(sub_case_no=sub_case.sub_case_no, kind=Inspection.Kind.VISIT)
    why = why_not_granted(
        by_competition=item.by_competition,
        competed=item.by_competition and done.exists(),
        inspection_required=item.inspection_required,
        inspected=item.inspection_required and visited.exists(),
    )
    if not why and item.grants_at_most:
        with connection.cursor() as cursor:  # two parts of one item are not counted at once: the second waits, then sees the first
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 24))", [sub_case.case.item_code])
        others = SubCase.objects.filter(case__item_code=sub_case.case.item_code).exclude(sub_case_no=sub_case.sub_case_no)
        waiting = others.exclude(state=SubCase.State.FINISHED).filter(accepted_at__lt=sub_case.accepted_at)
        granted = others.filter(outcome=SubCase.Outcome.GRANTED)
        why = why_not_in_turn(quota=item.grants_at_most, granted=granted.count(), waiting_before=waiting.count())
    if why:
        raise REFUSED[why]()
