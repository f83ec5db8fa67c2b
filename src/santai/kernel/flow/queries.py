"""Reads: compiled versions (cached in the process: they never change), tasks, waits, history."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from santai.kernel.flow.adapters import EngineSpec, compile_process
from santai.kernel.flow.errors import NotRunning, UnknownDecision, UnknownProcess, UnknownTask
from santai.kernel.flow.messages import Act, ProcessState
from santai.kernel.flow.models import Decision, FlowAct, Process, ProcessSpec, Task, Waiting
from santai.kernel.flow.rules.coverage import overlaps
from santai.kernel.flow.rules.decisions import DecisionTable, read_decisions
from santai.kernel.flow.rules.drawing import draw, steps_of
from santai.kernel.flow.rules.layout import with_picture
from santai.kernel.flow.rules.process_file import CLOCK, read_process
from santai.kernel.jobs.service import kept_briefly

_compiled: dict[UUID, EngineSpec] = {}
_tables: dict[UUID, DecisionTable] = {}
_lock = threading.Lock()


def engine_spec(spec_id: UUID) -> EngineSpec:
    """The compiled version; parsing happens once per process family member."""
    found = _compiled.get(spec_id)
    if found is None:
        spec = ProcessSpec.objects.get(id=spec_id)
        with _lock:
            found = _compiled.get(spec_id) or compile_spec(spec)
            _compiled[spec_id] = found
    return found


def compile_spec(spec: ProcessSpec) -> EngineSpec:
    return compile_process(spec.bpmn, pinned_tables(spec))


def pinned_tables(spec: ProcessSpec) -> dict[str, DecisionTable]:
    return {key: read_decisions(entry["dmn"])[0][key] for key, entry in spec.decisions.items()}


@kept_briefly
def find_spec(key: str, version: int = 0) -> tuple[UUID, int]:
    """Id and number of a version (0: the latest); UnknownProcess."""
    versions = ProcessSpec.objects.filter(key=key)
    if version:
        versions = versions.filter(version=version)
    found = versions.order_by("-version").values_list("id", "version").first()
    if found is None:
        raise UnknownProcess(key=key, version=version)
    return found


def get_spec(key: str, version: int = 0) -> ProcessSpec:
    return ProcessSpec.objects.get(id=find_spec(key, version)[0])


def deployed_processes() -> QuerySet[ProcessSpec]:
    """All versions, newest version of each key first, without their text."""
    return ProcessSpec.objects.defer("bpmn", "decisions").order_by("key", "-version")


def deployed_decisions() -> QuerySet[Decision]:
    return Decision.objects.order_by("key", "-version")


def get_decision(key: str, version: int = 0) -> DecisionTable:
    """A decision table by key (version 0: the latest); UnknownDecision."""
    rows = Decision.objects.filter(key=key)
    if version:
        rows = rows.filter(version=version)
    found = rows.order_by("-version").values_list("id", flat=True).first()
    if found is None:
        raise UnknownDecision(key=key, version=version)
    if found not in _tables:
        _tables[found] = read_decisions(Decision.objects.get(id=found).dmn)[0][key]
    return _tables[found]


def evaluate_decision(key: str, data: dict[str, Any], *, version: int = 0) -> dict[str, Any]:
    """The table's outputs for ``data``."""
    return get_decision(key, version).decide(data)


# -- processes and tasks ---------------------------------------------------------------------------------------------------------


def latest_process(subject: str) -> Process:
    """The running process of a subject, else its last one; NotRunning when it never had one."""
    running_first = Case(When(status=Process.RUNNING, then=Value(0)), default=Value(1))
    found = Process.objects.filter(subject=subject).order_by(running_first, "-started_at").first()
    if found is None:
        raise NotRunning(subject=subject)
    return found


def state_of(process: Process, *, elements: Iterable[str] | None = None, messages: Iterable[str] | None = None) -> ProcessState:
    if elements is None:
        elements = Task.objects.filter(process=process, state__in=Task.TO_DO).order_by("number").values_list("element", flat=True)
    if messages is None:
        messages = Waiting.objects.filter(process=process).order_by("message").values_list("message", flat=True)
    return ProcessState(
        id=process.id,
        subject=process.subject,
        key=process.key,
        version=process.version,
        status=process.status,
        started_at=process.started_at,
        ended_at=process.ended_at,
        ended_with=process.ended_with,
        data=dict(process.data),
        organisations=dict(process.organisations),
        open_elements=tuple(elements),
        waiting_for=tuple(dict.fromkeys(messages)),
    )


def process_of(subject: str) -> ProcessState:
    """The subject's running (else last) process; NotRunning."""
    return state_of(latest_process(subject))


def get_task(task_id: UUID | str) -> Task:
    """UnknownTask for an id that is no task's."""
    try:
        return Task.objects.get(id=UUID(str(task_id)))
    except (Task.DoesNotExist, ValueError) as error:
        raise UnknownTask() from error


def tasks_of(subject: str, open_only: bool = True) -> list[Task]:
    """Tasks of a subject's processes, oldest first."""
    tasks = Task.objects.filter(subject=subject)
    if open_only:
        tasks = tasks.filter(state__in=Task.TO_DO)
    return list(tasks.order_by("opened_at", "number"))


def open_tasks() -> QuerySet[Task]:
    """All open and claimed tasks; callers narrow it with kernel/access' ``scope`` before they show anything."""
    return Task.objects.filter(state__in=Task.TO_DO).order_by("opened_at", "id")


def waiting_for(subject: str) -> set[str]:
    """Names of the messages the subject's running process waits for."""
    return set(Waiting.objects.filter(subject=subject).values_list("message", flat=True))


def history_of(subject: str) -> list[Act]:
    """Every recorded act on a subject's processes, oldest first."""
    rows = FlowAct.objects.filter(subject=subject).order_by("at", "id")
    return [_act(row) for row in rows]


def _act(row: FlowAct) -> Act:
    return Act(
        number=row.number,
        kind=row.kind,
        at=row.at,
        element=row.element,
        element_name=row.element_name,
        outcome=row.outcome,
        outcome_label=row.outcome_label,
        message=row.message,
        data=row.data,
        why=row.why,
        account=row.account,
        name=row.name,
        post_title=row.post_title,
        organisation=row.organisation,
        organisation_name=row.organisation_name,
    )


def lit_and_done(process: Process) -> tuple[set[str], set[str]]:
    """Elements that are current (open tasks, waited-for events but not boundary ones, stages) and elements behind us."""
    spec = engine_spec(process.spec_id)
    run = spec.restore(bytes(process.state))
    if process.status != Process.RUNNING:
        return set(), run.passed()
    lit = {task.element for task in run.tasks()}
    lit |= {wait.element for wait in run.waits() if spec.file.nodes[wait.element].kind != "boundaryEvent"}
    return lit, run.passed()


def draw_into_file(bpmn: str) -> tuple[str, list[tuple[str, str]]]:
    """A file's text with a computed diagram in place of its own, and what stood in the way."""
    file = read_process(bpmn)
    return (bpmn, file.problems) if file.problems else (with_picture(bpmn, file), [])


def diagram(subject: str) -> str:
    """The subject's process as SVG, current steps lit, passed steps ticked; NotRunning when it never had one."""
    process = latest_process(subject)
    lit, done = lit_and_done(process)
    file = engine_spec(process.spec_id).file
    return draw(file, lit=lit, done=done, title=f"{file.name}流程图", unique=f"flow-{process.id}")


def diagram_of(key: str, version: int = 0, lit: Iterable[str] = ()) -> str:
    """A deployed version as SVG; UnknownProcess."""
    spec_id, number = find_spec(key, version)
    return draw(engine_spec(spec_id).file, lit=set(lit), unique=f"flow-{key}-{number}")


def steps_of_subject(subject: str) -> list[dict[str, str]]:
    """The same as ``diagram`` as a list: id, name, kind, lane, role, state (current, done, ahead)."""
    process = latest_process(subject)
    lit, done = lit_and_done(process)
    return steps_of(engine_spec(process.spec_id).file, lit=lit, done=done)


def steps_of_version(key: str, version: int = 0) -> list[dict[str, str]]:
    return steps_of(engine_spec(find_spec(key, version)[0]).file)


@dataclass(frozen=True)
class Known:
    """What the linter accepts: roles and lanes registered by the rooms that give them meaning."""

    roles: set[str]
    lanes: set[str]


_known = Known(set(), set())


def register_roles(roles: Iterable[str]) -> None:
    _known.roles.update(roles)


def register_lanes(lanes: Iterable[str]) -> None:
    _known.lanes.update(lanes)


def known() -> Known:
    return _known


def process_key(bpmn: str) -> str:
    """The process id a file declares, or ""."""
    return read_process(bpmn).key


def check_decision_file(dmn: str) -> list[tuple[str, str]]:
    """Everything wrong with a DMN file, as (element, text): its form, rows that overlap against the hit policy, rows without effect."""
    tables, problems = read_decisions(dmn)
    return problems or [fault for table in tables.values() for fault in overlaps(table)]


def is_readable(dmn: str) -> bool:
    """Is every table of the DMN text well formed, whatever its rows decide?"""
    return not read_decisions(dmn)[1]


@lru_cache(maxsize=500)
def tables_in(dmn: str) -> dict[str, DecisionTable]:
    """The readable tables of a DMN text by key; kept in the process, for the text is the version."""
    return read_decisions(dmn)[0]


def table_in(dmn: str, key: str) -> DecisionTable:
    """One table of a DMN text, e.g. of the text a published item version carries; UnknownDecision."""
    found = tables_in(dmn).get(key)
    if found is None:
        raise UnknownDecision(key=key)
    return found


def clock_message(rule: str) -> str:
    """The message a timer event that names clock rule ``rule`` waits for."""
    return CLOCK + rule
