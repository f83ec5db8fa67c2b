"""What every step of 差评整改 has in common: the lock, the right, the task, the line in the history, the word to the rater."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from santai.back.cases.service import CaseNotFound, SubCase, lock_sub_case, note_event
from santai.back.workorders.errors import OrderNotFound, StepDone
from santai.back.workorders.models import Redress
from santai.back.workorders.queries import due_of
from santai.back.workorders.rules import STEPS
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import RedressProgressed
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.flow.service import Task, complete_task, tasks_of
from santai.kernel.ledger.service import Actor, record


def locked(case_no: str) -> tuple[Redress, SubCase]:
    """The order and its part, locked; OrderNotFound."""
    try:
        part = lock_sub_case(f"{case_no}-main")
    except CaseNotFound:
        raise OrderNotFound() from None
    redress = Redress.objects.select_for_update(of=("self",)).filter(case_id=case_no).first()
    if redress is None:
        raise OrderNotFound()
    return redress, part


def open_task(part: SubCase, step: str, actor: Actor) -> Task:
    """The open task of the step, which the post may do; NotAllowed, StepDone."""
    for task in tasks_of(f"subcase:{part.sub_case_no}"):
        if task.element == step:
            require(actor, task.role, organisation=part.organisation)
            return task
    require(actor, "decider" if step == "close" else "examiner", organisation=part.organisation)
    raise StepDone()


def pass_on(
    *,
    redress: Redress,
    part: SubCase,
    task: Task,
    state: Literal["contacted", "rectified", "revisited", "closed"],
    text: str = "",
    finishes: Iterable[str] = (),
    note: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Complete the task, stop the clocks it answers to, write it down, tell the front desk. ``text`` goes out, ``note`` stays inside."""
    complete_task(task=task, outcome="done", actor=actor, at=at)
    for clock in clocks_of(f"case:{redress.case_id}"):
        if clock.rule in finishes and clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=at)
    step = STEPS[task.element]
    note_event(
        case_no=redress.case_id,
        sub_case_no=part.sub_case_no,
        event=state,
        organisation_name=part.organisation_name,
        actor=actor,
        text=f"{step.title}：{text or note}" if text or note else f"{step.title}。",
        public=False,
        at=at,
    )
    record(actor=actor, act=f"back.workorders.{state}", on=f"case:{redress.case_id}", at=at)
    publish(
        RedressProgressed(rating=redress.rating, state=state, text=text, at=at.isoformat()), actor=actor, order_key=redress.rating, at=at
    )
    if part.is_open:
        part.due_at = part.case.due_at = due_of(redress.case_id)
        part.save(update_fields=["due_at"])
    part.case.changed_at = at
    part.case.save()
