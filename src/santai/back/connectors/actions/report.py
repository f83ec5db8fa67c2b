"""The department answers in its own system: the result goes back through the bus."""

from datetime import datetime

from django.db import transaction

from santai.back.connectors.errors import AlreadyAnswered, AnswerIncomplete, OtherOfficerNeeded, TaskCalledOff
from santai.back.connectors.models import HandedTask
from santai.back.connectors.queries import access_task, role_for
from santai.back.connectors.rules import ANSWERS_OF, NEEDS_TEXT, defects_in
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LineSystemReported
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def report(*, task_id: str, answer: str, text: str, actor: Actor, at: datetime) -> HandedTask:
    """Keep the answer and publish it.

    Errors: TaskNotHere, NotAllowed, AlreadyAnswered, TaskCalledOff, AnswerIncomplete, OtherOfficerNeeded.
    """
    task = access_task(task_id, actor)
    require(actor, role_for(task.step), organisation=task.organisation)
    if task.answer:
        raise AlreadyAnswered(f"这项任务已由{task.answered_by}报送过结果。")
    if task.called_back_at:
        raise TaskCalledOff(f"这项任务已经收回：{task.called_back_why}")
    if answer not in ANSWERS_OF.get(task.step, ()):
        raise AnswerIncomplete("请选择办理结果。", fields={"answer": "请选择办理结果。"})
    if answer in NEEDS_TEXT and not text.strip():
        raise AnswerIncomplete("请写明理由或者需要补正的内容，一行一条。", fields={"text": "请写明理由或者需要补正的内容，一行一条。"})
    if task.step == "decide" and _examined_by(task) == actor.account:
        raise OtherOfficerNeeded()
    task.answer = answer
    task.answer_text = text.strip()
    task.answered_by = actor.name
    task.answered_account = actor.account
    task.answered_at = at
    task.save()
    record(actor=actor, act="back.connectors.report", on=f"subcase:{task.sub_case_no}", at=at, details={"answer": answer})
    publish(
        LineSystemReported(
            case_no=task.case_no,
            sub_case_no=task.sub_case_no,
            kind=answer,  # type: ignore[arg-type]
            at=at.isoformat(),
            by=actor.name,
            reference=task.receipt_no,
            text="" if answer == "defects" else task.answer_text,
            defects=defects_in(text) if answer == "defects" else (),
        ),
        actor=actor,
        order_key=task.case_no,
        at=at,
    )
    return task


def _examined_by(task: HandedTask) -> str:
    before = HandedTask.objects.filter(sub_case_no=task.sub_case_no, step="examine").exclude(answer="").order_by("-answered_at").first()
    return before.answered_account if before else ""
