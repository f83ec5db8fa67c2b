"""Finish a task with one of its outcomes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from santai.kernel.access.service import may
from santai.kernel.flow.actions.project import checked_data, label_of, lock_task, project, write_act
from santai.kernel.flow.errors import NotYourTask, SameOfficer, TaskTaken, UnknownOutcome
from santai.kernel.flow.messages import ProcessState
from santai.kernel.flow.models import Task
from santai.kernel.flow.queries import engine_spec
from santai.kernel.ledger.service import Actor, as_one_act, change


def check_hands(task: Task, actor: Actor) -> None:
    """May this actor touch the task: not held by another, not another office's?

    Roles are the caller's question to kernel/access; only where the offices differ it is asked here once more (a role may reach further).
    """
    if actor.kind == "system":
        return
    if task.account and task.account != actor.account and task.delegated_by != actor.account:
        raise TaskTaken(f"“{task.name}”已由{task.account_name}领取，请联系其转交后再办。", by=task.account_name)
    if not task.account:
        check_office(task, actor)


def check_office(task: Task, actor: Actor) -> None:
    if task.organisation in ("", actor.organisation) or actor.kind == "system":
        return
    if not may(actor, task.role, organisation=task.organisation):
        raise NotYourTask(organisation=task.organisation)


def check_different_officer(task: Task, actor: Actor) -> None:
    """Four eyes: the officer who did ``different_from`` last may not do this task."""
    if not task.different_from or actor.kind == "system":
        return
    earlier = Task.objects.filter(process_id=task.process_id, element=task.different_from, state=Task.DONE).order_by("-number").first()
    if earlier is not None and earlier.account == actor.account:
        raise SameOfficer(f"“{earlier.name}”由您办理，“{task.name}”须由其他人员办理，请转交。", element=task.element)


@as_one_act
def complete_task(*, task: Task | UUID | str, outcome: str, data: dict[str, Any] | None = None, actor: Actor, at: datetime) -> ProcessState:
    """Finish ``task``; conditions see ``outcome`` and ``<element>_outcome``. An unclaimed task counts as claimed by the actor.

    Exactly one of two simultaneous calls wins; the other gets TaskAlreadyDone, which says who and when. Also TaskTaken, NotYourTask,
    SameOfficer, UnknownOutcome, TaskCancelled, DataRefused.
    """
    process, fresh = lock_task(task)
    check_hands(fresh, actor)
    check_different_officer(fresh, actor)
    if outcome not in {each["value"] for each in fresh.outcomes}:
        raise UnknownOutcome(f"“{fresh.name}”没有“{outcome}”这种结果，请从列出的结果中选择。", outcome=outcome)
    plain = checked_data(data)
    given = {**plain, "outcome": outcome, f"{fresh.element}_outcome": outcome}
    run = engine_spec(process.spec_id).restore(bytes(process.state))
    run.complete(fresh.engine_id, given)
    run.tasks_before = [each for each in run.tasks_before if each.id != fresh.engine_id]
    fresh.state, fresh.outcome, fresh.done_at = Task.DONE, outcome, at
    fresh.account, fresh.account_name = actor.account, actor.name
    change(fresh)
    process.data = {**process.data, **given, **run.decided}
    write_act(
        process,
        kind="complete",
        actor=actor,
        at=at,
        verb="complete_task",
        task_number=fresh.number,
        element=fresh.element,
        element_name=fresh.name,
        outcome=outcome,
        outcome_label=label_of(fresh, outcome),
        data=plain,
    )
    return project(process, run, actor=actor, at=at)
