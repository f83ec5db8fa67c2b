"""The rater is called again after the matter was put right."""

from datetime import datetime

from santai.back.workorders.actions.take_step import locked, open_task, pass_on
from santai.back.workorders.errors import WordsMissing
from santai.back.workorders.models import Redress
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def revisit_rater(*, case_no: str, satisfied: bool | None, note: str, actor: Actor, at: datetime) -> Redress:
    """``satisfied``: what the rater said, None when nobody answered. OrderNotFound, NotAllowed, StepDone, WordsMissing."""
    redress, part = locked(case_no)
    task = open_task(part, "revisit", actor)
    if not note.strip():
        raise WordsMissing("请写明回访的情况。", fields={"text": "请写明什么时候回访的，对方怎么说；没有接通的写明打过几次。"})
    redress.revisited_at, redress.revisit_note, redress.satisfied = at, note.strip(), satisfied
    redress.save(update_fields=["revisited_at", "revisit_note", "satisfied"])
    pass_on(redress=redress, part=part, task=task, state="revisited", note=redress.revisit_note, actor=actor, at=at)
    return redress
