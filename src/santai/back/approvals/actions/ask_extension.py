"""Ask for a longer limit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import AlreadyAsked, CaseEnded, NoExtension, NotAcceptedYet, OverLimit, ReasonMissing, TooLate
from santai.back.approvals.models import Extension
from santai.back.approvals.queries import branch_of_sub_case
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, get_rule
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def ask_extension(*, sub_case_no: str, reason: str, days: int, actor: Actor, at: datetime) -> Extension:
    """Record the wish; the limit moves only when the entitled officer approves. Once a sub-case.

    Errors: NotAllowed; NotAcceptedYet, CaseEnded, NoExtension (the law of this limit knows none), WrongStep (by more than the rule
    allows), TooLate (past its end), ReasonMissing, AlreadyAsked.
    """
    sub_case = lock_sub_case(sub_case_no)
    require(actor, "examiner", organisation=sub_case.organisation)
    may_be_extended(sub_case, days)
    if not reason.strip():
        raise ReasonMissing("请写明延长的理由，理由会告知申请人。", fields={"reason": "请写明延长的理由。"})
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                sub_case_no=sub_case_no,
                reason=reason.strip(),
                days=days,
                asked_by=actor.name,
                asked_account=actor.account,
                asked_at=at,
            )
    except IntegrityError as error:
        raise AlreadyAsked() from error
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="extension_asked",
        text=f"申请延长办理期限{days}个工作日。",
        actor=actor,
        at=at,
        reason=reason.strip(),
        public=False,
    )
    return extension


def may_be_extended(sub_case: SubCase, days: int) -> None:
    """CaseEnded, NoExtension, NotAcceptedYet; OverLimit; TooLate. The limit and its own law say who may give how much."""
    if not sub_case.is_open:
        raise CaseEnded()
    clocks = [clock for clock in clocks_of(f"subcase:{sub_case.sub_case_no}") if clock.kind in ("promised", "statutory")]
    branch = branch_of_sub_case(sub_case)
    rule = branch.extension_rule or branch.clocks.statutory
    allowed = get_rule(rule).extension if rule else None
    if allowed is None:
        raise NoExtension()
    if sub_case.accepted_at is None and not clocks:
        raise NotAcceptedYet()
    if not 0 < days <= allowed.length:
        raise OverLimit(f"该时限最多可以延长 {allowed.length} 个工作日。", fields={"days": f"请填写 1 到 {allowed.length} 的整数。"})
    if any(clock.missed_at for clock in clocks):
        raise TooLate("期限已过，不能再申请延长；请尽快办结并在督办提示中说明原因。")
