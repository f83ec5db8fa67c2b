"""SpiffWorkflow 3.2 behind four verbs: start, restore, complete, send.

- The specification is compiled once and shared by every run of the version; the stored state leaves it out ("slim").
- Expressions go through ``rules.expressions``; scripts and services are refused even if a file got past the linter.
- State is zlib-compressed JSON. The engine stamps ``last_state_change`` from the machine clock; nothing reads it.
"""

import json
import logging
import re
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from santai.kernel.flow.errors import ConditionFailed, NotWaiting
from santai.kernel.flow.rules.decisions import DecisionError, DecisionTable
from santai.kernel.flow.rules.expressions import evaluate, parse_expression
from santai.kernel.flow.rules.process_file import BPMN, CLOCK, SANTAI, ProcessFile, read_process

for _name in ("spiff", "spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # every change of state is an INFO line with the whole data

IDENTIFIER = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
LEVEL = 1  # zlib: the state is small and written at every step


class _Asked(threading.local):
    count = 0  # conditions and decision tables that looked at the data, in this thread


_asked = _Asked()


class _Environment(BasePythonScriptEngineEnvironment):
    """Expressions only, over the data dictionary only."""

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: object = None) -> Any:
        _asked.count += 1
        return evaluate(expression, context)

    def execute(self, script: str, context: object, external_context: object = None) -> bool:
        raise PermissionError("scripts do not run here")

    def call_service(self, context: object, **kwargs: object) -> None:
        raise PermissionError("services do not run here")


class _ScriptEngine(PythonScriptEngine):
    def validate(self, expression: str) -> None:
        parse_expression(expression)


class _Decide(BpmnSpecMixin):
    """A business rule task: its decision table's outputs are merged into the data."""

    table: DecisionTable

    def _run_hook(self, my_task: Any) -> bool:
        _asked.count += 1
        outputs = self.table.decide(my_task.data)
        my_task.set_data(**outputs)
        my_task.workflow.top_workflow.santai_decided.update(outputs)
        super()._run_hook(my_task)
        return True


class _DecideParser(TaskParser):
    def create_task(self) -> Any:
        task = super().create_task()
        node = self.node.find(f"{{{BPMN}}}extensionElements/{{{SANTAI}}}decision")
        task.table = self.process_parser.parser.tables[node.get("table")]
        return task


class _Parser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {full_tag("businessRuleTask"): (_DecideParser, _Decide)}

    def __init__(self, tables: Mapping[str, DecisionTable]) -> None:
        super().__init__()
        self.tables = tables


class _SlimConverter(BpmnWorkflowConverter):
    """Spiff's converter writes the whole specification into every state (28 KB); ours leaves it to the version's row."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        dct: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
        dct["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        dct["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dct

    def from_dict(self, dct: dict[str, Any], engine_spec: "EngineSpec") -> Any:
        workflow = self.target_class(engine_spec.spec, engine_spec.subspecs, script_engine=_SCRIPTS, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(dct["root"]))
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(dct.pop("bpmn_events", []))
        return workflow


_SCRIPTS = _ScriptEngine(_Environment())
_SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: _SlimConverter}))


@dataclass(frozen=True)
class EngineSpec:
    """A compiled version: immutable, shared by all runs in this process."""

    file: ProcessFile
    spec: Any
    subspecs: dict[str, Any]
    openings: dict[tuple[str, ...], "Opening | None"] = field(default_factory=dict)  # by the names of the data a run starts with

    def open(self, data: Mapping[str, Any]) -> "Run | Opened":
        """A new run as it stands before anybody acts; copied where nothing on the way to the first tasks looks at the data."""
        names = tuple(data)
        if names not in self.openings:
            self.openings[names] = self._opening(names)
        opening = self.openings[names]
        return Opened(self, opening, data) if opening else self.start(data)

    def _opening(self, names: tuple[str, ...]) -> "Opening | None":
        asked = _asked.count
        run = self.start({name: _mark(name) for name in names})
        if _asked.count != asked or run.ended:
            return None
        text = run.text()
        return Opening(text, tuple(run.tasks()), tuple(run.waits()), frozenset(IDENTIFIER.findall(text)))

    def start(self, data: Mapping[str, Any]) -> "Run":
        workflow = BpmnWorkflow(self.spec, self.subspecs, script_engine=_SCRIPTS)
        workflow.task_tree.set_data(**data)
        run = Run(self, workflow)
        run.advance()
        return run

    def restore(self, state: bytes) -> "Run":
        run = Run(self, _SERIALIZER.from_dict(json.loads(zlib.decompress(state)), engine_spec=self))
        run.tasks_before, run.waits_before = run.tasks(), run.waits()
        return run


@dataclass(frozen=True)
class EngineTask:
    id: UUID
    element: str


@dataclass(frozen=True)
class Wait:
    id: UUID
    element: str
    message: str


class Run:
    """One process in memory."""

    def __init__(self, engine_spec: EngineSpec, workflow: Any) -> None:
        self.engine_spec = engine_spec
        self.workflow = workflow
        workflow.santai_decided = {}
        self.tasks_before: list[EngineTask] = []  # as restored: what the tables already show, so that nobody has to ask them
        self.waits_before: list[Wait] = []

    @property
    def decided(self) -> dict[str, Any]:
        """What decision tables gave during this act."""
        return dict(self.workflow.santai_decided)

    def advance(self) -> None:
        try:
            self.workflow.do_engine_steps()
        except (SpiffWorkflowException, DecisionError) as error:
            raise ConditionFailed(f"流程无法继续：{error}。请联系事项管理员检查流程文件。") from error

    def complete(self, task_id: UUID, data: Mapping[str, Any]) -> None:
        task = self.workflow.get_task_from_id(task_id)
        task.set_data(**data)
        task.run()
        self.advance()

    def send(self, message: str, data: Mapping[str, Any]) -> None:
        event = BpmnEvent(MessageEventDefinition(message), payload=dict(data))
        if all(wait.message != message for wait in self.waits()):
            raise NotWaiting(waiting_for=message)
        self.workflow.send_event(event)
        self.advance()

    def tasks(self) -> list[EngineTask]:
        """User tasks that can be done now, in an order that replay repeats."""
        return [EngineTask(task.id, task.task_spec.bpmn_id) for task in self.workflow.get_tasks(state=TaskState.READY, manual=True)]

    def waits(self) -> list[Wait]:
        found = []
        for task in self.workflow.event_manager.tasks.values():
            if task.state != TaskState.WAITING:
                continue
            definition = task.task_spec.event_definition
            parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
            found += [Wait(task.id, task.task_spec.bpmn_id, part.name) for part in parts if isinstance(part, MessageEventDefinition)]
        return sorted(found, key=lambda wait: (wait.element, wait.message))

    def passed(self) -> set[str]:
        """Ids of the elements that are behind us."""
        return {
            spec.bpmn_id
            for task in self.workflow.get_tasks(state=TaskState.COMPLETED)
            if (spec := task.task_spec) and getattr(spec, "bpmn_id", None)
        }

    @property
    def ended(self) -> bool:
        return bool(self.workflow.is_completed())

    def ended_with(self) -> str:
        """The end event reached at the top level (the first one, when parallel branches ended apart)."""
        ends = [
            task.task_spec.bpmn_id
            for task in self.workflow.tasks.values()
            if task.state == TaskState.COMPLETED and isinstance(task.task_spec, EndEvent)
        ]
        return ends[0] if ends else ""

    def text(self) -> str:
        return json.dumps(_SERIALIZER.to_dict(self.workflow), ensure_ascii=False, separators=(",", ":"))

    def dump(self) -> bytes:
        return zlib.compress(self.text().encode(), LEVEL)


@dataclass(frozen=True)
class Opening:
    """How a version stands before anybody did anything: the state with a mark where each value of the data belongs."""

    text: str
    tasks: tuple[EngineTask, ...]
    waits: tuple[Wait, ...]
    ids: frozenset[str]


class Opened:
    """A run just started, with identifiers of its own, made without the engine: to be kept; whoever acts on it restores it first."""

    ended = False
    tasks_before: tuple[EngineTask, ...] = ()
    waits_before: tuple[Wait, ...] = ()

    def __init__(self, engine_spec: EngineSpec, opening: Opening, data: Mapping[str, Any]) -> None:
        self.engine_spec = engine_spec
        self.opening, self.data = opening, data
        self.fresh = {known: uuid4() for known in opening.ids}
        self.decided: dict[str, Any] = {}

    def tasks(self) -> list[EngineTask]:
        return [EngineTask(self.fresh[str(task.id)], task.element) for task in self.opening.tasks]

    def waits(self) -> list[Wait]:
        return [Wait(self.fresh[str(wait.id)], wait.element, wait.message) for wait in self.opening.waits]

    def ended_with(self) -> str:
        return ""

    def dump(self) -> bytes:
        text = self.opening.text
        for known, fresh in self.fresh.items():
            text = text.replace(known, str(fresh))
        for name, value in self.data.items():
            text = text.replace(json.dumps(_mark(name)), json.dumps(value, ensure_ascii=False))
        return zlib.compress(text.encode(), LEVEL)


def _mark(name: str) -> str:
    return f"\u0001{name}\u0001"


def compile_process(bpmn: str, tables: Mapping[str, DecisionTable]) -> EngineSpec:
    """Compile a file that has passed the linter (so: no document type, no entities, known elements only)."""
    file = read_process(bpmn)
    root = etree.fromstring(bpmn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    _timers_become_messages(root)
    parser = _Parser(tables)
    parser.add_bpmn_xml(root)
    spec = parser.get_spec(file.key)
    return EngineSpec(file, spec, parser.get_subprocess_specs(file.key))


def _timers_become_messages(root: Any) -> None:
    """A timer event only names a clock rule (house.md rule 5): to the engine it is a message that kernel/clocks sends."""
    for timer in list(root.iter(f"{{{BPMN}}}timerEventDefinition")):
        name = CLOCK + timer.get(f"{{{SANTAI}}}rule", "")
        message_id = "santai_" + name.replace(":", "_")
        if root.find(f"{{{BPMN}}}message[@id='{message_id}']") is None:
            message = etree.SubElement(root, f"{{{BPMN}}}message")
            message.set("id", message_id)
            message.set("name", name)
        definition = etree.Element(f"{{{BPMN}}}messageEventDefinition")
        definition.set("messageRef", message_id)
        timer.getparent().replace(timer, definition)
