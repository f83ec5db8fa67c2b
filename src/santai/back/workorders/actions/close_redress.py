"""Another officer closes the order."""

from datetime import datetime

from santai.back.cases.service import Case, finish_sub_case
from santai.back.workorders.actions.take_step import locked, open_task, pass_on
from santai.back.workorders.errors import RectificationMissing, RevisitMissing
from santai.back.workorders.models import Redress
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def close_redress(*, case_no: str, actor: Actor, at: datetime) -> Redress:
    """销号. OrderNotFound, NotAllowed, RectificationMissing, RevisitMissing (a rater who agreed to be called), SameOfficer, StepDone."""
    redress, part = locked(case_no)
    require(actor, "decider", organisation=part.organisation)
    if redress.rectified_at is None:
        raise RectificationMissing()
    if redress.real_name and redress.revisited_at is None:
        raise RevisitMissing()
    task = open_task(part, "close", actor)
    redress.closed_at = at
    redress.save(update_fields=["closed_at"])
    finish_sub_case(sub_case=part, outcome="", reason="", at=at)
    part.case.state, part.case.completed_at, part.case.due_at = Case.State.COMPLETED, at, None
    pass_on(redress=redress, part=part, task=task, state="closed", actor=actor, at=at)
    return redress
