"""The rater who agreed to it has been called."""

from datetime import datetime

from santai.back.workorders.actions.take_step import locked, open_task, pass_on
from santai.back.workorders.errors import WordsMissing
from santai.back.workorders.models import Redress
from santai.back.workorders.rules import CONTACT
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def contact_rater(*, case_no: str, note: str, actor: Actor, at: datetime) -> Redress:
    """Note how and with what result (安阳市政务服务条例 52: within 1 working day). OrderNotFound, NotAllowed, StepDone, WordsMissing."""
    redress, part = locked(case_no)
    task = open_task(part, "contact", actor)
    if not note.strip():
        raise WordsMissing("请写明联系的情况。", fields={"text": "请写明什么时候、怎样联系的，对方怎么说。"})
    redress.contacted_at, redress.contact_note = at, note.strip()
    redress.save(update_fields=["contacted_at", "contact_note"])
    pass_on(redress=redress, part=part, task=task, state="contacted", finishes=(CONTACT,), note=redress.contact_note, actor=actor, at=at)
    return redress
