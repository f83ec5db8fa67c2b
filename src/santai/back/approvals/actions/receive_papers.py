"""收件: the window confirms that what was filed has arrived; no department waits for it."""

from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import WrongStep
from santai.back.cases.service import Case, lock_case
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def receive_papers(*, case_no: str, task: UUID, actor: Actor, at: datetime) -> Case:
    """Complete the parent's ``intake`` step. Errors: NotAllowed, WrongStep, TaskAlreadyDone."""
    case = lock_case(case_no)
    current = get_task(task)
    if current.subject != f"case:{case_no}" or current.element != "intake":
        raise WrongStep()
    require(actor, current.role, organisation=current.organisation)
    complete_task(task=task, outcome="received", data={}, actor=actor, at=at)
    note_progress(case=case, event="taken_in", text="综合窗口已收件并分送各部门。", actor=actor, at=at)
    return case
