"""A party asks for the hearing, or all of them waive it in writing."""

from datetime import datetime

from django.utils.timezone import localdate

from santai.back.approvals.actions.hearing_common import clock_of, hearing_of, own_part, subject_of, tell
from santai.back.approvals.errors import HearingTooLate, ReasonMissing, WrongStep
from santai.back.approvals.models import Hearing
from santai.back.approvals.rules.hearing import HOLD, REQUEST
from santai.back.cases.service import SubCase, lock_sub_case
from santai.exchange.contracts.service import HearingAsked
from santai.kernel.clocks.service import finish_clock, start_clock
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def take_hearing_request(*, message: HearingAsked, actor: Actor, at: datetime) -> None:
    """The applicant's own, from the front desk, counted from when it was sent. A case that moved on meanwhile: no effect."""
    sub_case = lock_sub_case(message.sub_case_no)
    hearing = Hearing.objects.select_for_update().filter(sub_case_no=message.sub_case_no).first()
    if hearing is None or hearing.requested_at is not None or not sub_case.is_open:
        return
    _request(sub_case, hearing, sub_case.case.applicant_name, actor, datetime.fromisoformat(message.asked_at), at)


@as_one_act
def request_hearing(*, sub_case_no: str, by: str, actor: Actor, at: datetime) -> Hearing:
    """An officer notes a request that came on paper. Errors: NotAllowed, WrongStep, ReasonMissing (who), HearingTooLate."""
    sub_case = own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    if not by.strip():
        raise ReasonMissing("请写明谁要求听证。", fields={"by": "请写明谁要求听证。"})
    if hearing.requested_at is not None:
        raise WrongStep("已经有人要求听证。")
    return _request(sub_case, hearing, by.strip(), actor, at, at)


def _request(sub_case: SubCase, hearing: Hearing, by: str, actor: Actor, asked_at: datetime, at: datetime) -> Hearing:
    until = clock_of(sub_case.sub_case_no, REQUEST)
    if until is None:
        raise WrongStep("还没有告知听证权利。")
    if localdate(asked_at) > until.due_on:
        raise HearingTooLate()
    hearing.requested_at, hearing.requested_by = asked_at, by
    hearing.save(update_fields=["requested_at", "requested_by"])
    finish_clock(clock=until.id, actor=actor, at=asked_at)
    hold = start_clock(rule=HOLD, subject=subject_of(sub_case.sub_case_no), event_at=asked_at, actor=actor, at=at)
    tell(
        sub_case=sub_case,
        hearing=hearing,
        event="hearing_requested",
        text=f"{by}要求听证，{sub_case.organisation_name}应在{hold.due_on:%Y年%-m月%-d日}前组织。",
        actor=actor,
        at=at,
    )
    return hearing


@as_one_act
def waive_hearing(*, sub_case_no: str, by: str, actor: Actor, at: datetime) -> Hearing:
    """All of them waive in writing; the written waivers are kept with the case. Errors: NotAllowed, WrongStep, ReasonMissing (who)."""
    sub_case = own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    if hearing.told_at is None or hearing.requested_at is not None or hearing.waived_at is not None:
        raise WrongStep("还没有告知听证权利，或者已经有人要求听证，不能记为放弃。")
    if not by.strip():
        raise ReasonMissing("请写明放弃的人。", fields={"by": "申请人和利害关系人都书面放弃才可以，请一一写明。"})
    hearing.waived_at, hearing.waived_by = at, by.strip()
    hearing.save(update_fields=["waived_at", "waived_by"])
    until = clock_of(sub_case_no, REQUEST)
    if until is not None:
        finish_clock(clock=until.id, actor=actor, at=at)
    tell(sub_case=sub_case, hearing=hearing, event="hearing_waived", text=f"{by.strip()}书面放弃听证。", actor=actor, at=at)
    return hearing
