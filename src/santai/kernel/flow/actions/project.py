"""What every verb shares: lock the process, write the run's new situation into the tables, record the act, tell the listeners.

Every verb locks the process row first, so that two officials deciding at once queue up, and the second reads what the first did.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from santai.kernel.codes.service import new_id
from santai.kernel.flow.actions.listeners import tell_ended, tell_task_opened
from santai.kernel.flow.adapters import EngineTask, Opened, Run
from santai.kernel.flow.errors import DataRefused, NotRunning, TaskAlreadyDone, TaskCancelled, UnknownTask
from santai.kernel.flow.messages import ProcessState
from santai.kernel.flow.models import FlowAct, Process, Task, Waiting
from santai.kernel.flow.queries import state_of
from santai.kernel.flow.rules.expressions import is_true
from santai.kernel.flow.rules.process_file import ProcessFile
from santai.kernel.ledger.service import Actor, append, change, record

MOST_DATA = 64_000  # characters of JSON; form content belongs to its own room
TIMES = "%Y年%m月%d日 %H:%M"


def checked_data(data: dict[str, Any] | None) -> dict[str, Any]:
    """Plain JSON only; a copy. DataRefused."""
    try:
        text = json.dumps(data or {}, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise DataRefused() from error
    if len(text) > MOST_DATA:
        raise DataRefused(f"流程数据超过 {MOST_DATA} 个字符，请只放引用和事实，不放表单内容。")
    plain = json.loads(text)
    if not isinstance(plain, dict) or '"typename"' in text or any(not key.isidentifier() for key in plain):
        raise DataRefused("流程数据的名称只能用字母、数字和下划线，且不得叫 typename。")
    return plain


def lock_running(subject: str) -> Process:
    process = Process.objects.select_for_update().filter(subject=subject, status=Process.RUNNING).first()
    if process is None:
        raise NotRunning(subject=subject)
    return process


def lock_task(task: Task | UUID | str) -> tuple[Process, Task]:
    """Lock the task's process, read the task afresh; UnknownTask, TaskAlreadyDone (who, when), TaskCancelled."""
    try:
        task_id = task.id if isinstance(task, Task) else UUID(str(task))
    except ValueError as error:
        raise UnknownTask() from error
    process = Process.objects.select_for_update(of=("self",)).filter(id__in=Task.objects.filter(id=task_id).values("process_id")).first()
    fresh = Task.objects.filter(id=task_id, process_id=process.id).first() if process else None
    if process is None or fresh is None:
        raise UnknownTask()
    if fresh.state == Task.DONE:
        label = label_of(fresh, fresh.outcome)
        when = fresh.done_at.astimezone().strftime(TIMES) if fresh.done_at else ""
        who = fresh.account_name or "系统"
        raise TaskAlreadyDone(
            f"“{fresh.name}”已由{who}于{when}办理（{label}），您的操作没有生效；请刷新页面查看结果。",
            by=fresh.account_name,
            done_at=fresh.done_at,
            outcome=fresh.outcome,
        )
    if fresh.state == Task.CANCELLED:
        raise TaskCancelled(f"“{fresh.name}”已经取消，无需再办；请刷新页面查看原因。", cancelled_at=fresh.done_at)
    return process, fresh


def label_of(task: Task, outcome: str) -> str:
    return next((each["label"] for each in task.outcomes if each["value"] == outcome), outcome)


def write_act(process: Process, *, kind: str, actor: Actor, at: datetime, verb: str, **facts: Any) -> None:
    """Append the act and its ledger entry. ``process.acts`` is raised; the caller saves the process."""
    process.acts += 1
    append(
        FlowAct(
            id=new_id(),
            at=at,
            process_id=process.id,
            subject=process.subject,
            number=process.acts,
            kind=kind,
            account=actor.account,
            name=actor.name,
            post_title=actor.post_title,
            organisation=actor.organisation,
            organisation_name=actor.organisation_name,
            **facts,
        )
    )
    shown = {name: value for name, value in facts.items() if name in ("element", "outcome", "message") and value}
    record(
        actor=actor,
        act=f"kernel.flow.{verb}",
        on=process.subject,
        at=at,
        why=facts.get("why", ""),
        details={"process": f"{process.key}/{process.version}", **shown},
    )


def project(process: Process, run: Run | Opened, *, actor: Actor, at: datetime) -> ProcessState:
    """Bring tables in line with the engine after one act, then tell the listeners."""
    now_open = run.tasks()
    known = {each.id for each in run.tasks_before}
    opened = [_new_task(process, run.engine_spec.file, each, at) for each in now_open if each.id not in known]
    if gone := known - {each.id for each in now_open}:
        Task.objects.filter(process=process, engine_id__in=gone, state__in=Task.TO_DO).update(state=Task.CANCELLED, done_at=at)
    process.state = run.dump()
    if run.ended:
        process.status, process.ended_at, process.ended_with = Process.ENDED, at, run.ended_with()
    change(process)
    append(*opened)
    messages = _project_waits(process, run, at)
    result = state_of(process, elements=[each.element for each in now_open], messages=messages)
    for task in opened:
        tell_task_opened(task, at, actor)
    if run.ended:
        tell_ended(result, at, actor)
    return result


def _project_waits(process: Process, run: Run | Opened, at: datetime) -> list[str]:
    wanted = set() if run.ended else {(wait.element, wait.message) for wait in run.waits()}
    known = {(wait.element, wait.message) for wait in run.waits_before}
    for element, message in known - wanted:
        Waiting.objects.filter(process=process, element=element, message=message).delete()
    if added := sorted(wanted - known):
        append(
            *(Waiting(process=process, subject=process.subject, element=element, message=message, since=at) for element, message in added)
        )
    return sorted(message for _, message in wanted)


def organisation_for(file: ProcessFile, element: str, organisations: dict[str, str]) -> str:
    """The organisation of a task: its lane's, or that of the lane it names; ``*`` stands for every lane not given."""
    node = file.nodes[element]
    lane = node.lane if node.task is None or node.task.organisation == "lane" else node.task.organisation
    return (organisations.get(lane) or organisations.get("*", "")) if lane else ""


def _new_task(process: Process, file: ProcessFile, engine_task: EngineTask, at: datetime) -> Task:
    node = file.nodes[engine_task.element]
    process.tasks_opened += 1
    meta = node.task
    return Task(
        process=process,
        number=process.tasks_opened,
        engine_id=engine_task.id,
        subject=process.subject,
        process_key=process.key,
        version=process.version,
        element=node.id,
        name=node.name,
        role=meta.role if meta else "",
        organisation=organisation_for(file, node.id, process.organisations),
        outcomes=[each.as_dict() for each in meta.outcomes if not each.when or is_true(each.when, process.data)] if meta else [],
        different_from=meta.different_from if meta else "",
        opened_at=at,
    )
