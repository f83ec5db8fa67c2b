"""统一出件: hand out everything the joint case produced, and complete it."""

from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.close_branch import end_case
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import WrongStep
from santai.back.cases.service import Case, lock_case
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def issue_results(*, case_no: str, task: UUID, how: str, actor: Actor, at: datetime) -> Case:
    """Deliver (electronically, at the window, by post: ``how``) and complete. Errors: NotAllowed, WrongStep, TaskAlreadyDone."""
    case = lock_case(case_no)
    current = get_task(task)
    if current.subject != f"case:{case_no}" or current.element != "issue" or case.state != Case.State.ISSUING:
        raise WrongStep()
    require(actor, current.role, organisation=current.organisation)
    complete_task(task=task, outcome="delivered", data={}, actor=actor, at=at)
    note_progress(case=case, event="served", text=f"结果已统一送达：{how}。", actor=actor, at=at)
    end_case(case=case, clocks=[], actor=actor, at=at)
    case.save()
    return case
