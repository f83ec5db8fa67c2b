"""公示: what must be public for a time before it may be decided, and objections meanwhile."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import CaseEnded, NotAcceptedYet, ReasonMissing, TooLate, WrongStep
from santai.back.approvals.models import PublicNotice
from santai.back.approvals.queries import item_of
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def publish_notice(*, sub_case_no: str, what: str, actor: Actor, at: datetime, days: int = 0) -> PublicNotice:
    """Begin a notice of ``days`` calendar days (left out: as many as the item prescribes). Its last day is over before a decision.

    Errors: NotAllowed; CaseEnded, NotAcceptedYet; WrongStep when the item prescribes none and no days are given; ReasonMissing.
    """
    sub_case = _part(sub_case_no, actor)
    if sub_case.accepted_at is None:
        raise NotAcceptedYet()
    length = days or item_of(sub_case.case.item_code, sub_case.case.item_version).notice_days
    if not length:
        raise WrongStep("请填写公示天数。", fields={"days": "请填写公示天数。"})
    if not what.strip():
        raise ReasonMissing("请写明公示的内容。", fields={"what": "请写明公示的内容。"})
    last_day = localdate(at) + timedelta(days=length)
    notice = PublicNotice.objects.create(sub_case_no=sub_case_no, what=what.strip(), began_at=at, last_day=last_day, begun_by=actor.name)
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="noticed",
        text=f"公示“{notice.what}”，至{last_day.month}月{last_day.day}日届满。",
        actor=actor,
        at=at,
    )
    return notice


@as_one_act
def note_objection(*, sub_case_no: str, by: str, text: str, actor: Actor, at: datetime) -> PublicNotice:
    """Keep an objection raised during the notice. Errors: NotAllowed, CaseEnded; TooLate after its last day."""
    sub_case = _part(sub_case_no, actor)
    notice = PublicNotice.objects.select_for_update().filter(sub_case_no=sub_case_no).order_by("-began_at").first()
    if notice is None or localdate(at) > notice.last_day:
        raise TooLate("公示期已满。")
    notice.objections = [*notice.objections, {"by": by.strip(), "text": text.strip(), "at": at.isoformat()}]
    notice.save(update_fields=["objections"])
    note_progress(
        case=sub_case.case, sub_case=sub_case, event="objected", text=f"公示期内收到{by}的异议。", actor=actor, at=at, public=False
    )
    return notice


def _part(sub_case_no: str, actor: Actor) -> SubCase:
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    if not sub_case.is_open:
        raise CaseEnded()
    return sub_case
