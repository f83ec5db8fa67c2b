"""Reads of the connector: only for the body that works in the line system."""

from typing import Any

from django.db.models import F

from santai.back.connectors.errors import TaskNotHere
from santai.back.connectors.models import HandedTask
from santai.back.connectors.rules import ANSWERS, ANSWERS_OF, ROLE_OF, STEPS
from santai.kernel.access.service import may, scope
from santai.kernel.ledger.service import Actor

ROLES = ("examiner", "decider", "chief")


def works_in(actor: Actor | None, organisation: str) -> bool:
    """Does this post examine or decide for the body?"""
    return actor is not None and any(may(actor, role, organisation=organisation) for role in ROLES)


def tasks_for(system: str, actor: Actor, limit: int = 100) -> list[dict[str, Any]]:
    """Tasks of a line system with what this post may answer, open ones first, newest first; one query."""
    mine = HandedTask.objects.filter(scope(actor, *ROLES, organisation_field="organisation"), system=system)
    return [
        _line(task, actor)
        for task in mine.order_by(F("answered_at").asc(nulls_first=True), F("called_back_at").asc(nulls_first=True), "-received_at")[:limit]
    ]


def access_task(task_id: str, actor: Actor) -> HandedTask:
    """The locked task; TaskNotHere alike for absent and forbidden."""
    found = HandedTask.objects.select_for_update().filter(scope(actor, *ROLES, organisation_field="organisation"), id=task_id).first()
    if found is None:
        raise TaskNotHere()
    return found


def role_for(step: str) -> str:
    return ROLE_OF.get(step, "examiner")


def _line(task: HandedTask, actor: Actor) -> dict[str, Any]:
    choices = [(answer, ANSWERS[answer]) for answer in ANSWERS_OF.get(task.step, ())]
    open_here = not task.answer and task.called_back_at is None
    return {
        "task": task,
        "step": STEPS.get(task.step, task.step),
        "name": str(task.content.get("company_name") or task.content.get("name") or ""),
        "code": str(task.content.get("credit_code") or ""),
        "answer": ANSWERS.get(task.answer, ""),
        "choices": choices if open_here and may(actor, role_for(task.step), organisation=task.organisation) else [],
    }
