"""特别程序: stop the clock for a lawful cause."""

from datetime import datetime

from django.db import IntegrityError, transaction

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ReasonMissing, Stopped, UnlawfulCause, WrongStep
from santai.back.approvals.models import SpecialProcedure
from santai.back.approvals.queries import branch_of_sub_case, nearest_due
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import CAUSES, clocks_of, stop_clock
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def start_special_procedure(
    *, sub_case_no: str, cause: str, reason: str, expected_days: int, actor: Actor, at: datetime
) -> SpecialProcedure:
    """Stop the sub-case's clocks and tell the applicant in writing how long it is expected to take (行政许可法 45).

    Errors: NotAllowed; UnlawfulCause unless the item lists the cause; WrongStep before acceptance or after the end; Stopped when one runs.
    """
    sub_case = lock_sub_case(sub_case_no)
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if cause not in CAUSES or cause not in branch_of_sub_case(sub_case).special_procedures:
        raise UnlawfulCause()
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明启动特别程序的原因和依据。"})
    if sub_case.state == SubCase.State.STOPPED:
        raise Stopped()
    if sub_case.accepted_at is None or not sub_case.is_open:
        raise WrongStep()
    try:
        with transaction.atomic():
            procedure = SpecialProcedure.objects.create(
                sub_case_no=sub_case_no,
                cause=cause,
                reason=reason.strip(),
                expected_days=expected_days,
                started_at=at,
                started_by=actor.name,
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
        data={"cause": CAUSES[cause], "reason": reason.strip(), "expected_days": expected_days},
        at=at,
    )
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="stopped",
        text=f"{sub_case.organisation_name}启动{CAUSES[cause]}，预计{expected_days}个工作日，期间不计入办理时限（{document.document_no}）。",
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
