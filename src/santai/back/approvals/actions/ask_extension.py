"""Ask for a longer limit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import AlreadyAsked, ReasonMissing, WrongStep
from santai.back.approvals.models import Extension
from santai.back.approvals.queries import branch_of_sub_case
from santai.back.cases.service import lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, get_rule
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def ask_extension(*, sub_case_no: str, reason: str, days: int, actor: Actor, at: datetime) -> Extension:
    """Record the wish; the limit moves only when the entitled officer approves. Once a sub-case.

    Errors: NotAllowed, WrongStep (this item's limit may not be extended, or not accepted yet, or past its end, or by more than the
    rule allows), ReasonMissing, AlreadyAsked.
    """
    sub_case = lock_sub_case(sub_case_no)
    require(actor, "examiner", organisation=sub_case.organisation)
    if not branch_of_sub_case(sub_case).extension_rule or sub_case.accepted_at is None or not sub_case.is_open:
        raise WrongStep("该事项的办理时限不能延长，或者办件不在可延长的环节。")
    allowed = get_rule(branch_of_sub_case(sub_case).extension_rule).extension
    if allowed is None or not 0 < days <= allowed.length:
        most = allowed.length if allowed else 0
        raise WrongStep(f"该时限最多可以延长 {most} 个工作日。", fields={"days": f"请填写 1 到 {most} 的整数。"})
    if any(clock.missed_at for clock in clocks_of(f"subcase:{sub_case_no}") if clock.kind in ("promised", "statutory")):
        raise WrongStep("期限已过，不能再申请延长；请尽快办结并在督办提示中说明原因。")
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
