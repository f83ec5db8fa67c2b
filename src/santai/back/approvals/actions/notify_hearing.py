"""听证通知: time, place and presider; before that the announcement where a rule prescribes the hearing."""

from datetime import datetime

from django.utils.timezone import localdate, localtime

from santai.back.approvals.actions.hearing_common import clock_of, handlers_of, hearing_of, own_part, tell
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import HearingOverLimit, NoticeTooShort, PresiderConflict, ReasonMissing, WrongStep
from santai.back.approvals.models import Hearing
from santai.back.approvals.rules.hearing import HOLD, may_preside, notice_problem
from santai.back.cases.service import SubCase
from santai.kernel.clocks.service import working_days_between
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def announce_hearing(*, sub_case_no: str, text: str, actor: Actor, at: datetime) -> Hearing:
    """Tell the public of a hearing that a rule prescribes (46). Errors: NotAllowed, WrongStep, ReasonMissing."""
    own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    if not text.strip():
        raise ReasonMissing("请写明公告的内容。", fields={"text": "请写明事项、时间、地点和报名办法。"})
    hearing.announced_at, hearing.announcement = at, text.strip()
    hearing.save(update_fields=["announced_at", "announcement"])
    record(actor=actor, act="back.approvals.announce_hearing", on=f"subcase:{sub_case_no}", at=at)
    return hearing


@as_one_act
def notify_hearing(
    *, sub_case_no: str, held_on: datetime, place: str, presider: str, presider_account: str = "", actor: Actor, at: datetime
) -> Hearing:
    """At least seven working days before (48), within twenty after the request (47); a new notice replaces one not yet kept.

    Errors: NotAllowed, WrongStep, ReasonMissing, NoticeTooShort, HearingOverLimit, PresiderConflict (an examiner of the case).
    """
    sub_case = own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    _may_notify(sub_case, hearing, held_on, place, presider, presider_account, at)
    hearing.notified_at, hearing.held_on, hearing.place = at, held_on, place.strip()
    hearing.presider, hearing.presider_account = presider.strip(), presider_account
    hearing.save(update_fields=["notified_at", "held_on", "place", "presider", "presider_account"])
    when = f"{localtime(held_on):%Y年%-m月%-d日%H:%M}"
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="hearing_notice",
        data={
            "held_on": held_on.isoformat(),
            "when": when,
            "place": hearing.place,
            "presider": hearing.presider,
            "parties": hearing.parties,
        },
        at=at,
    )
    tell(
        sub_case=sub_case,
        hearing=hearing,
        event="hearing_notified",
        text=f"听证定于{when}在{hearing.place}举行，主持人{hearing.presider}（{document.document_no}）。",
        document_no=document.document_no,
        actor=actor,
        at=at,
    )
    return hearing


def _may_notify(
    sub_case: SubCase, hearing: Hearing, held_on: datetime, place: str, presider: str, presider_account: str, at: datetime
) -> None:
    if hearing.held_at is not None or (hearing.ground == Hearing.Ground.INTEREST and hearing.requested_at is None):
        raise WrongStep("还没有人要求听证，或者听证已经举行。")
    wrong = {}
    if not place.strip():
        wrong["place"] = "请写明听证的地点。"
    if not presider.strip():
        wrong["presider"] = "请选择听证主持人。"
    if wrong:
        raise ReasonMissing("请写明听证的地点和主持人。", fields=wrong)
    hold = clock_of(sub_case.sub_case_no, HOLD)
    day = localdate(held_on)
    problem = notice_problem(
        notice_days=working_days_between(localdate(at), day), day=day, hold_by=hold.due_on if hold is not None else None
    )
    if problem == "too_short":
        raise NoticeTooShort(fields={"held_on": NoticeTooShort.message})
    if problem == "over_limit":
        raise HearingOverLimit(fields={"held_on": HearingOverLimit.message})
    if presider_account and not may_preside(account=presider_account, handled_by=handlers_of(sub_case), interested=False):
        raise PresiderConflict(fields={"presider": PresiderConflict.message})
