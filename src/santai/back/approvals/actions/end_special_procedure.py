"""The special procedure has its result: the clock goes on."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import ResultMissing, WrongStep
from santai.back.approvals.models import SpecialProcedure
from santai.back.approvals.queries import nearest_due
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import CAUSES, clocks_of, resume_clock
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def end_special_procedure(*, sub_case_no: str, result: str, actor: Actor, at: datetime) -> SpecialProcedure:
    """Resume the clocks and keep the result. Errors: NotAllowed; WrongStep when none runs; ResultMissing without one."""
    sub_case = lock_sub_case(sub_case_no)
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    procedure = SpecialProcedure.objects.select_for_update().filter(sub_case_no=sub_case_no, ended_at=None).first()
    if procedure is None:
        raise WrongStep()
    if not result.strip():
        raise ResultMissing(fields={"result": "请写明特别程序的结果。"})
    procedure.result = result.strip()
    procedure.ended_at = at
    procedure.save(update_fields=["result", "ended_at"])
    clocks = [resume_clock(clock=clock.id, actor=actor, at=at) for clock in clocks_of(f"subcase:{sub_case_no}") if clock.state == "stopped"]
    sub_case.state = sub_case.state_before_stop or SubCase.State.EXAMINING
    sub_case.state_before_stop = ""
    sub_case.due_at = min((clock.due_at for clock in clocks), default=None)
    sub_case.save(update_fields=["state", "state_before_stop", "due_at"])
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="resumed",
        text=f"{sub_case.organisation_name}的{CAUSES[procedure.cause]}已结束，办理时限继续计算。",
        actor=actor,
        at=at,
        clocks=clocks,
    )
    _resume_joint_clocks(sub_case, actor, at)
    sub_case.case.due_at = nearest_due(sub_case.case)
    sub_case.case.save(update_fields=["due_at"])
    return procedure


def _resume_joint_clocks(sub_case: SubCase, actor: Actor, at: datetime) -> None:
    """The limits of the case as a whole go on once no part is stopped."""
    if SubCase.objects.filter(case=sub_case.case, state=SubCase.State.STOPPED).exists():
        return
    clocks = [
        resume_clock(clock=clock.id, actor=actor, at=at) for clock in clocks_of(f"case:{sub_case.case.case_no}") if clock.state == "stopped"
    ]
    if clocks:
        note_progress(case=sub_case.case, event="resumed", text="整体办理时限继续计算。", actor=actor, at=at, clocks=clocks, public=False)
