"""A BPMN 2.0 file read into plain values: what the linter, the engine's task meta data and the picture are made from.

The form of the files is described in docs/process-files.md. Read with defusedxml: no document types, no entities.
"""

import hashlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
SANTAI = "urn:santai:process:1"
CLOCK = "clock:"  # message name of a timer event that names a clock rule

TASKS = ("userTask", "businessRuleTask")
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")
EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask")
NODES = (*TASKS, *GATEWAYS, *EVENTS, "subProcess")


@dataclass(frozen=True)
class Outcome:
    value: str
    label: str
    kind: str = "neutral"  # positive · negative · back · neutral
    when: str = ""  # offered only when this expression holds over the process' data as the task opens

    def as_dict(self) -> dict[str, str]:
        return {"value": self.value, "label": self.label, "kind": self.kind}


@dataclass(frozen=True)
class TaskMeta:
    """``<santai:task>``: who may do the task and how it can end."""

    role: str
    organisation: str = "lane"  # "lane": the organisation given for the element's lane; otherwise a lane id, or "" for none
    outcomes: tuple[Outcome, ...] = ()
    different_from: str = ""  # id of a task whose officer may not do this one too


@dataclass(frozen=True)
class Node:
    id: str
    kind: str
    name: str
    parent: str = ""  # id of the surrounding sub-process
    lane: str = ""
    attached_to: str = ""
    interrupting: bool = True
    message: str = ""
    terminates: bool = False
    task: TaskMeta | None = None
    decision: str = ""
    default: str = ""
    documentation: str = ""


@dataclass(frozen=True)
class Flow:
    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Lane:
    """``id`` is the key organisations are given for; in the file it may carry the prefix ``lane_`` so that ids stay unique."""

    id: str
    name: str
    element: str


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass
class ProcessFile:
    """The one process of a file. ``problems`` holds what already went wrong while reading: (element, text)."""

    key: str = ""
    name: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def outgoing(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows.values() if flow.source == node]

    def incoming(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows.values() if flow.target == node]

    def attached(self, node: str) -> list[Node]:
        return [each for each in self.nodes.values() if each.attached_to == node]

    def inside(self, parent: str) -> list[Node]:
        return [each for each in self.nodes.values() if each.parent == parent]


def digest_of(*texts: str) -> str:
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()


def read_xml(text: str) -> Element:
    """The root element; ValueError (Chinese) for broken XML, document types, entities."""
    try:
        return fromstring(text.encode() if isinstance(text, str) else text, forbid_dtd=True)
    except Exception as error:  # defusedxml and expat each have their own family
        raise ValueError(f"不是安全的 XML 文件（不得有文档类型和实体）：{type(error).__name__}") from error


def read_process(text: str) -> ProcessFile:
    """Read a BPMN file; never raises: problems are collected."""
    file = ProcessFile()
    try:
        root = read_xml(text)
    except ValueError as error:
        file.problems.append(("", str(error)))
        return file
    processes = root.findall(f"{{{BPMN}}}process")
    if len(processes) != 1:
        file.problems.append(("", f"文件里须有且只有一个 process，现有 {len(processes)} 个"))
        return file
    process = processes[0]
    file.key, file.name = process.get("id", ""), process.get("name", "")
    messages = {m.get("id", ""): m.get("name", "") for m in root.findall(f"{{{BPMN}}}message")}
    lane_of: dict[str, str] = {}
    for lane in process.iter(f"{{{BPMN}}}lane"):
        element = lane.get("id", "")
        lane_id = element.removeprefix("lane_")
        file.lanes[lane_id] = Lane(lane_id, lane.get("name", "") or lane_id, element)
        for ref in lane.findall(f"{{{BPMN}}}flowNodeRef"):
            lane_of[(ref.text or "").strip()] = lane_id
    _read_level(file, process, "", lane_of, "", messages)
    file.problems += [
        (lane.element, "泳道的 id 与节点重复，请写成 lane_ 加代码") for lane in file.lanes.values() if lane.element in file.nodes
    ]
    for node in lane_of:
        if node not in file.nodes:
            file.problems.append((node, "泳道引用了不存在的节点"))
    _read_picture(file, root)
    return file


def _read_level(file: ProcessFile, level: Element, parent: str, lane_of: dict[str, str], inherited: str, messages: dict[str, str]) -> None:
    for element in level:
        space, _, kind = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
        if space != f"{{{BPMN}" or kind in (
            "laneSet",
            "extensionElements",
            "documentation",
            "incoming",
            "outgoing",
            "textAnnotation",
            "association",
        ):
            continue
        element_id = element.get("id", "")
        if not element_id:
            file.problems.append(("", f"{kind} 没有 id"))
            continue
        if element_id in file.nodes or element_id in file.flows:
            file.problems.append((element_id, "id 重复"))
            continue
        if kind == "sequenceFlow":
            condition = element.find(f"{{{BPMN}}}conditionExpression")
            file.flows[element_id] = Flow(
                element_id,
                element.get("sourceRef", ""),
                element.get("targetRef", ""),
                element.get("name", ""),
                ((condition.text or "") if condition is not None else "").strip(),
                parent,
            )
            continue
        if kind not in NODES:
            file.problems.append((element_id, REFUSED_KINDS.get(kind, f"不支持的元素 {kind}")))
            continue
        lane = lane_of.get(element_id, inherited)
        file.nodes[element_id] = _node(file, element, element_id, kind, parent, lane, messages)
        if kind == "subProcess":
            if element.get("triggeredByEvent") == "true":
                file.problems.append((element_id, "不得使用事件子流程：引擎会把它写进共用的流程定义，请改用套在子流程上的中断边界消息"))
            _read_level(file, element, element_id, lane_of, lane, messages)


REFUSED_KINDS = {
    "scriptTask": "不得使用脚本任务：流程文件只有数据，没有程序",
    "serviceTask": "不得使用服务任务：请由业务房间在任务开始或流程结束时动作",
    "sendTask": "不得使用发送任务：消息由业务房间发布",
    "intermediateThrowEvent": "不得使用抛出事件：消息由业务房间发布",
    "callActivity": "不得调用其他流程：每个子办件是一个独立的流程",
    "transaction": "不得使用事务子流程",
    "adHocSubProcess": "不得使用特别子流程",
    "manualTask": "请用用户任务（userTask），并写明角色和办理结果",
    "task": "请用用户任务（userTask），并写明角色和办理结果",
    "dataObject": "不得使用数据对象：流程数据只有一个字典",
    "dataObjectReference": "不得使用数据对象：流程数据只有一个字典",
    "dataStoreReference": "不得使用数据存储",
}
_EVENT_DEFINITIONS = {
    "messageEventDefinition",
    "timerEventDefinition",
    "terminateEventDefinition",
    "signalEventDefinition",
    "errorEventDefinition",
    "escalationEventDefinition",
    "cancelEventDefinition",
    "conditionalEventDefinition",
    "compensateEventDefinition",
    "linkEventDefinition",
}


def _node(file: ProcessFile, element: Element, element_id: str, kind: str, parent: str, lane: str, messages: dict[str, str]) -> Node:
    message, terminates = "", False
    if kind == "receiveTask":
        message = _message(file, element, element_id, messages)
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
            file.problems.append((element_id, "不得使用多实例或循环标记：多部门办理请用子办件，汇合用计数"))
        if name in ("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property"):
            file.problems.append((element_id, "不得声明数据输入输出"))
        if name not in _EVENT_DEFINITIONS:
            continue
        if message or terminates:
            file.problems.append((element_id, "一个事件只能有一个定义"))
        elif name == "messageEventDefinition":
            message = _message(file, child, element_id, messages)
        elif name == "timerEventDefinition":
            rule = child.get(f"{{{SANTAI}}}rule", "")
            if not rule:
                file.problems.append(
                    (element_id, '定时事件只能用 santai:rule="时限规则代码" 指明时限规则，由时限室到期触发；不得写具体时间')
                )
            message = CLOCK + (rule or "?")
        elif name == "terminateEventDefinition":
            terminates = True
        else:
            file.problems.append((element_id, f"不支持的事件 {name}：只支持消息、时限和终止"))
    decision = element.find(f"{{{BPMN}}}extensionElements/{{{SANTAI}}}decision")
    documentation = element.find(f"{{{BPMN}}}documentation")
    return Node(
        id=element_id,
        kind=kind,
        name=element.get("name", ""),
        parent=parent,
        lane=lane,
        attached_to=element.get("attachedToRef", ""),
        interrupting=element.get("cancelActivity", "true") != "false",
        message=message,
        terminates=terminates,
        task=_task_meta(element) if kind == "userTask" else None,
        decision=decision.get("table", "") if decision is not None else "",
        default=element.get("default", ""),
        documentation=(documentation.text or "").strip() if documentation is not None else "",
    )


def _message(file: ProcessFile, element: Element, element_id: str, messages: dict[str, str]) -> str:
    ref = element.get("messageRef", "")
    name = messages.get(ref, "")
    if not name:
        file.problems.append((element_id, f"消息“{ref}”没有声明或没有名称"))
    return name or "?"


def _task_meta(element: Element) -> TaskMeta | None:
    task = element.find(f"{{{BPMN}}}extensionElements/{{{SANTAI}}}task")
    if task is None:
        return None
    return TaskMeta(
        role=task.get("role", ""),
        organisation=task.get("organisation", "lane"),
        different_from=task.get("differentFrom", ""),
        outcomes=tuple(
            Outcome(each.get("value", ""), each.get("label", ""), each.get("kind", "neutral"), each.get("when", ""))
            for each in task.findall(f"{{{SANTAI}}}outcome")
        ),
    )


def _read_picture(file: ProcessFile, root: Element) -> None:
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None:
            file.boxes[shape.get("bpmnElement", "")] = Box(*(_length(bounds.get(name)) for name in ("x", "y", "width", "height")))
    for edge in root.iter(f"{{{DI}}}BPMNEdge"):
        file.ways[edge.get("bpmnElement", "")] = [
            (_length(point.get("x")), _length(point.get("y"))) for point in edge.findall(f"{{{DD}}}waypoint")
        ]


def _length(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 100_000 else 0.0  # also drops nan and infinity from a careless file
