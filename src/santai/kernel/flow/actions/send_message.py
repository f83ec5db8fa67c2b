"""Tell a process that something it waits for has happened; or stop it altogether."""

from datetime import datetime
from typing import Any

from santai.kernel.flow.actions.listeners import tell_ended
from santai.kernel.flow.actions.project import checked_data, lock_running, project, write_act
from santai.kernel.flow.messages import ProcessState
from santai.kernel.flow.models import Process, Task, Waiting
from santai.kernel.flow.queries import engine_spec, state_of
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def send_message(*, subject: str, message: str, data: dict[str, Any] | None = None, actor: Actor, at: datetime) -> ProcessState:
    """Hand ``message`` to the subject's running process. NotRunning; NotWaiting when no event of it waits (ask ``waiting_for`` first)."""
    process = lock_running(subject)
    plain = checked_data(data)
    run = engine_spec(process.spec_id).restore(bytes(process.state))
    element = next((wait.element for wait in run.waits() if wait.message == message), "")
    run.send(message, plain)
    process.data = {**process.data, **plain, **run.decided}
    name = run.engine_spec.file.nodes[element].name if element else ""
    write_act(
        process, kind="message", actor=actor, at=at, verb="send_message", message=message, data=plain, element=element, element_name=name
    )
    return project(process, run, actor=actor, at=at)


@as_one_act
def cancel_process(*, subject: str, why: str, actor: Actor, at: datetime) -> ProcessState:
    """Stop a running process for a reason outside its plan; its open tasks are cancelled. NotRunning."""
    process = lock_running(subject)
    process.status, process.ended_at = Process.CANCELLED, at
    write_act(process, kind="cancel", actor=actor, at=at, verb="cancel_process", why=why)
    process.save(update_fields=["status", "ended_at", "acts"])
    Task.objects.filter(process=process, state__in=Task.TO_DO).update(state=Task.CANCELLED, done_at=at)
    Waiting.objects.filter(process=process).delete()
    result = state_of(process, elements=(), messages=())
    tell_ended(result, at, actor)
    return result
