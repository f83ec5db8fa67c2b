"""Who is told when a task opens or a process ends; told inside the act's own transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from santai.kernel.flow.messages import ProcessState
from santai.kernel.flow.models import Task
from santai.kernel.ledger.service import Actor

TaskOpened = Callable[[Task, datetime, Actor], None]
Ended = Callable[[ProcessState, datetime, Actor], None]


@dataclass(frozen=True)
class Listener:
    key_prefix: str
    on_task_opened: TaskOpened | None
    on_ended: Ended | None


_listeners: list[Listener] = []


def register_listener(key_prefix: str, on_task_opened: TaskOpened | None = None, on_ended: Ended | None = None) -> None:
    """Hear of processes whose key starts with ``key_prefix``. Called in ``apps.ready()``; a second identical call is ignored."""
    listener = Listener(key_prefix, on_task_opened, on_ended)
    if listener not in _listeners:
        _listeners.append(listener)


def forget_listener(key_prefix: str) -> None:
    """For tests that registered one."""
    _listeners[:] = [each for each in _listeners if each.key_prefix != key_prefix]


def tell_task_opened(task: Task, at: datetime, actor: Actor) -> None:
    for each in _listeners:
        if each.on_task_opened and task.process_key.startswith(each.key_prefix):
            each.on_task_opened(task, at, actor)


def tell_ended(process: ProcessState, at: datetime, actor: Actor) -> None:
    for each in _listeners:
        if each.on_ended and process.key.startswith(each.key_prefix):
            each.on_ended(process, at, actor)
