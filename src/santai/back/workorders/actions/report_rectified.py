"""The department says what it found and what it changed."""

from datetime import datetime

from santai.back.workorders.actions.take_step import locked, open_task, pass_on
from santai.back.workorders.errors import ContactMissing, PersonNamed, WordsMissing
from santai.back.workorders.models import Redress
from santai.back.workorders.rules import RECTIFY
from santai.kernel.access.service import require
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import Actor, as_one_act
from santai.kernel.text.service import hidden_why


@as_one_act
def report_rectified(*, case_no: str, answer: str, actor: Actor, at: datetime) -> Redress:
    """Keep the answer that stands beside the rating. OrderNotFound, NotAllowed, ContactMissing, StepDone, WordsMissing, PersonNamed."""
    redress, part = locked(case_no)
    if any(task.element == "contact" for task in tasks_of(f"subcase:{part.sub_case_no}")):
        require(actor, "examiner", organisation=part.organisation)
        raise ContactMissing()
    task = open_task(part, "rectify", actor)
    words = answer.strip()
    if not words:
        raise WordsMissing("请写明整改情况。", fields={"text": "请写明查明的原因和已经采取的措施。"})
    if hidden_why(words):
        raise PersonNamed(fields={"text": PersonNamed.message})
    redress.rectified_at, redress.answer = at, words
    redress.save(update_fields=["rectified_at", "answer"])
    pass_on(redress=redress, part=part, task=task, state="rectified", text=words, finishes=(RECTIFY,), actor=actor, at=at)
    return redress
