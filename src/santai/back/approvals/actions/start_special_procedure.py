"""特别程序: stop the clock for a lawful cause."""

from datetime import datetime, timedelta
from typing import Literal

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import (
    ApproverMissing,
    CaseEnded,
    KindHasNoStop,
    NotAcceptedYet,
    NoticeMissing,
    ReasonMissing,
    Stopped,
    StopTooLong,
    TimeNeededMissing,
    UnlawfulCause,
)
from santai.back.approvals.models import SpecialProcedure
from santai.back.approvals.queries import branch_of_sub_case, item_of, nearest_due
from santai.back.approvals.rules.procedures import why_no_stop, why_not_this_long
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import CAUSES, add_working_days, clocks_of, get_rule, stop_clock
from santai.kernel.ledger.service import Actor, ActRefused, as_one_act

REFUSED: dict[str, type[ActRefused]] = {
    "kind_has_no_stop": KindHasNoStop,
    "not_accepted_yet": NotAcceptedYet,
    "cause_not_lawful": UnlawfulCause,
    "time_needed_missing": TimeNeededMissing,
    "over_limit": StopTooLong,
}
UNITS = {"working_day": "个工作日", "calendar_day": "日"}


@as_one_act
def start_special_procedure(
    *,
    sub_case_no: str,
    cause: str,
    reason: str,
    expected_days: int,
    actor: Actor,
    at: datetime,
    unit: Literal["working_day", "calendar_day"] = "working_day",
    approver: Actor | None = None,
    told_in_writing: bool = True,
) -> SpecialProcedure:
    """Stop the sub-case's clocks and tell the applicant in writing how long it is expected to take (行政许可法 45).

    ``approver``: the decider who approved; who decides himself needs none. ``told_in_writing`` False: a line system reports a stop the
    applicant was not told of.
    Errors: NotAllowed; KindHasNoStop, UnlawfulCause, NotAcceptedYet, CaseEnded; Stopped when one runs; ApproverMissing; NoticeMissing;
    TimeNeededMissing, StopTooLong; ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    decides = may(actor, "decider", organisation=sub_case.organisation)
    if not decides:
        require(actor, "examiner", organisation=sub_case.organisation)
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.state == SubCase.State.STOPPED:
        raise Stopped()
    branch = branch_of_sub_case(sub_case)
    item = item_of(sub_case.case.item_code, sub_case.case.item_version)
    running = [clock for clock in clocks_of(f"subcase:{sub_case_no}") if clock.is_open]
    rules = {code for code in (branch.clocks.statutory, branch.clocks.promised, *(clock.rule for clock in running)) if code}
    why = why_no_stop(
        cause=cause,
        listed=branch.special_procedures,
        rule_stops={stop for code in rules for stop in get_rule(code).stops},
        accepted=sub_case.accepted_at is not None,
        from_receipt=bool(running),
    ) or why_not_this_long(days=expected_days, limits=item.stop_limits, cause=cause)
    if why:
        raise REFUSED[why]()
    if not decides and (approver is None or not may(approver, "decider", organisation=sub_case.organisation)):
        raise ApproverMissing("特别程序须经有决定权的负责人批准，请选择批准人。", fields={"approver": "请选择批准特别程序的负责人。"})
    if not told_in_writing:
        raise NoticeMissing()
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明启动特别程序的原因和依据。"})
    day = localdate(at)
    until = add_working_days(day, expected_days) if unit == "working_day" else day + timedelta(days=expected_days)
    try:
        with transaction.atomic():
            procedure = SpecialProcedure.objects.create(
                sub_case_no=sub_case_no,
                cause=cause,
                reason=reason.strip(),
                expected_days=expected_days,
                started_at=at,
                started_by=actor.name,
                approved_by=(approver or actor).name,
                expected_until=until,
            )
    except IntegrityError as error:
        raise Stopped() from error
    clocks = [
        stop_clock(clock=clock.id, cause=cause, reason=reason.strip(), actor=actor, at=at, expected_days=expected_days)
        for clock in clocks_of(f"subcase:{sub_case_no}")
        if clock.state == "running"
    ]
    sub_case.state_before_stop = sub_case.state
    sub_case.state = SubCase.State.STOPPED
    sub_case.due_at = None
    sub_case.save(update_fields=["state", "state_before_stop", "due_at"])
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="special",
        data={"cause": CAUSES[cause], "reason": reason.strip(), "expected_days": expected_days, "unit": UNITS[unit]},
        at=at,
    )
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="stopped",
        text=f"{sub_case.organisation_name}启动{CAUSES[cause]}，预计{expected_days}{UNITS[unit]}，期间不计入办理时限（{document.document_no}）。",
        actor=actor,
        at=at,
        clocks=clocks,
        reason=reason.strip(),
        document_no=document.document_no,
        facts={"cause": cause, "expected_days": str(expected_days)},
    )
    _stop_joint_clocks(sub_case, cause, reason.strip(), expected_days, document.document_no, actor, at)
    sub_case.case.due_at = nearest_due(sub_case.case)
    sub_case.case.save(update_fields=["due_at"])
    return procedure


def _stop_joint_clocks(
    sub_case: SubCase, cause: str, reason: str, expected_days: int, document_no: str, actor: Actor, at: datetime
) -> None:
    """The limits of the joint case as a whole leave the time out too (行政许可法 45 covers 42); a stop by another part goes on."""
    clocks = [
        stop_clock(clock=clock.id, cause=cause, reason=reason, actor=actor, at=at, expected_days=expected_days)
        for clock in clocks_of(f"case:{sub_case.case.case_no}")
        if clock.state == "running" and clock.kind in ("promised", "statutory")
    ]
    if clocks:
        note_progress(
            case=sub_case.case,
            event="stopped",
            text=f"因{sub_case.organisation_name}启动{CAUSES[cause]}，整体办理时限暂停计算。",
            actor=actor,
            at=at,
            clocks=clocks,
            reason=reason,
            document_no=document_no,  # the one notice tells of both stops
            facts={"cause": cause, "expected_days": str(expected_days)},
            public=False,
        )
