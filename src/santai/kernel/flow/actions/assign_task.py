"""Who has a task: claim, release, transfer, delegate."""

from datetime import datetime
from uuid import UUID

from santai.kernel.flow.actions.complete_task import check_different_officer, check_hands, check_office
from santai.kernel.flow.actions.project import lock_task, write_act
from santai.kernel.flow.models import Process, Task
from santai.kernel.ledger.service import Actor, as_one_act

_FIELDS = ["state", "account", "account_name", "delegated_by", "delegated_by_name", "claimed_at"]


@as_one_act
def claim_task(*, task: Task | UUID | str, actor: Actor, at: datetime) -> Task:
    """Take a task; taking one's own again changes nothing. TaskTaken, NotYourTask, SameOfficer, TaskAlreadyDone."""
    process, fresh = lock_task(task)
    check_hands(fresh, actor)
    check_different_officer(fresh, actor)
    if fresh.account == actor.account:
        return fresh
    _hand_to(fresh, actor.account, actor.name, at)
    return _write(process, fresh, "claim", actor, at)


@as_one_act
def release_task(*, task: Task | UUID | str, actor: Actor, at: datetime, why: str = "") -> Task:
    """Give a task back: a delegate to the one who delegated, anyone else to all who may take it."""
    process, fresh = lock_task(task)
    check_hands(fresh, actor)
    if fresh.delegated_by and actor.account == fresh.account:
        _hand_to(fresh, fresh.delegated_by, fresh.delegated_by_name, at)
    else:
        _hand_to(fresh, "", "", None)
    return _write(process, fresh, "release", actor, at, why)


@as_one_act
def transfer_task(*, task: Task | UUID | str, to_account: str, to_name: str, actor: Actor, at: datetime, why: str) -> Task:
    """Pass a task on for good, as its holder or from within its organisation (a chief). The caller checks the receiver's role."""
    process, fresh = lock_task(task)
    if fresh.account != actor.account:
        check_office(fresh, actor)
    _hand_to(fresh, to_account, to_name, at)
    return _write(process, fresh, "transfer", actor, at, why)


@as_one_act
def delegate_task(*, task: Task | UUID | str, to_account: str, to_name: str, actor: Actor, at: datetime, why: str) -> Task:
    """Let another work on one's task while staying responsible: the delegate finishes it or gives it back."""
    process, fresh = lock_task(task)
    check_hands(fresh, actor)
    _hand_to(fresh, to_account, to_name, at)
    fresh.delegated_by, fresh.delegated_by_name = actor.account, actor.name
    return _write(process, fresh, "delegate", actor, at, why)


def _hand_to(task: Task, account: str, name: str, at: datetime | None) -> None:
    task.state = Task.CLAIMED if account else Task.OPEN
    task.account, task.account_name, task.claimed_at = account, name, at
    task.delegated_by = task.delegated_by_name = ""


def _write(process: Process, task: Task, kind: str, actor: Actor, at: datetime, why: str = "") -> Task:
    task.save(update_fields=_FIELDS)
    write_act(
        process,
        kind=kind,
        actor=actor,
        at=at,
        verb=f"{kind}_task",
        task_number=task.number,
        element=task.element,
        element_name=task.name,
        data={
            "account": task.account,
            "account_name": task.account_name,
            "delegated_by": task.delegated_by,
            "delegated_by_name": task.delegated_by_name,
        },
        why=why,
    )
    process.save(update_fields=["acts"])
    return task
