"""The deploy-time linter: everything that makes a process file unsafe or unfinished, each with the element's id and what to do."""

from collections.abc import Collection, Iterable, Mapping

from santai.kernel.flow.rules.decisions import DecisionTable
from santai.kernel.flow.rules.expressions import BadExpression, parse_expression, texts_compared_with
from santai.kernel.flow.rules.process_file import GATEWAYS, Node, ProcessFile

KINDS_OF_OUTCOME = ("positive", "negative", "back", "neutral")
MOST_NODES = 200
Problem = tuple[str, str]


def check_process(
    file: ProcessFile, *, roles: Collection[str], lanes: Collection[str], tables: Mapping[str, DecisionTable]
) -> list[Problem]:
    """All problems of a file, in the order of its elements; an empty list means it may be deployed."""
    problems = list(file.problems)
    if not file.nodes:
        return problems or [("", "流程里没有任何节点")]
    if not file.key:
        problems.append(("", "process 没有 id（流程代码）"))
    if not file.name:
        problems.append((file.key, "process 没有 name（流程名称）"))
    if len(file.nodes) > MOST_NODES:
        problems.append((file.key, f"流程超过 {MOST_NODES} 个节点，请拆分为子办件"))
    problems += [(lane.id, f"泳道代码不在登记范围内（{'、'.join(sorted(lanes))}）") for lane in file.lanes.values() if lane.id not in lanes]
    for node in file.nodes.values():
        problems += _check_node(file, node, roles, tables)
    for flow in file.flows.values():
        problems += [
            (flow.id, f"顺序流的{end}“{ref}”不存在") for end, ref in (("起点", flow.source), ("终点", flow.target)) if ref not in file.nodes
        ]
        if flow.source in file.nodes and flow.target in file.nodes and file.nodes[flow.source].parent != file.nodes[flow.target].parent:
            problems.append((flow.id, "顺序流不得跨越子流程边界"))
        if flow.condition:
            problems += _check_condition(file, flow.id, flow.condition, flow.source)
    for level in ("", *(node.id for node in file.nodes.values() if node.kind == "subProcess")):
        problems += _check_level(file, level)
    return problems


def _check_node(file: ProcessFile, node: Node, roles: Collection[str], tables: Mapping[str, DecisionTable]) -> Iterable[Problem]:
    outgoing, incoming = file.outgoing(node.id), file.incoming(node.id)
    if node.kind in ("userTask", "subProcess", "businessRuleTask") and not node.name:
        yield node.id, "没有名称（name）"
    if node.kind != "endEvent" and not outgoing:
        yield node.id, "没有流出的顺序流"
    if node.kind == "endEvent" and outgoing:
        yield node.id, "结束事件不得有流出的顺序流"
    if node.kind not in ("startEvent", "boundaryEvent") and not incoming:
        yield node.id, "没有流入的顺序流"
    if node.kind in ("startEvent", "boundaryEvent") and incoming:
        yield node.id, "开始事件和边界事件不得有流入的顺序流"
    if node.kind not in GATEWAYS and len(outgoing) > 1:
        yield node.id, "有多条流出的顺序流，请在其后放一个网关"
    if node.kind == "startEvent" and node.message:
        yield node.id, "开始事件不得带消息或时限：流程由业务房间启动"
    if node.kind == "endEvent" and node.message:
        yield node.id, "结束事件不得发消息：业务房间会得知流程结束"
    if node.terminates and node.parent:
        yield node.id, "终止结束事件只能放在最外层"
    if node.kind in ("intermediateCatchEvent", "boundaryEvent", "receiveTask") and not node.message:
        yield node.id, "没有写明等待的消息（messageEventDefinition）或时限规则"
    if node.kind == "boundaryEvent":
        host = file.nodes.get(node.attached_to)
        if host is None or host.kind not in ("userTask", "subProcess", "receiveTask") or host.parent != node.parent:
            yield node.id, "边界事件须附在同一层的用户任务、接收任务或子流程上"
    if node.kind == "eventBasedGateway":
        for flow in outgoing:
            target = file.nodes.get(flow.target)
            if target is not None and target.kind != "intermediateCatchEvent":
                yield flow.id, "事件网关之后只能是等待消息的中间事件"
    if node.kind in ("exclusiveGateway", "inclusiveGateway") and len(outgoing) > 1:
        if node.default not in {flow.id for flow in outgoing}:
            yield node.id, "没有默认流出（default）：条件都不满足时流程会停住"
        for flow in outgoing:
            if flow.id != node.default and not flow.condition:
                yield flow.id, "网关的非默认流出没有条件"
            if flow.id == node.default and flow.condition:
                yield flow.id, "默认流出不得带条件"
    elif any(flow.condition for flow in outgoing):
        yield node.id, "只有排他网关和包容网关的流出可以带条件"
    if node.kind == "userTask":
        yield from _check_task(file, node, roles)
    if node.kind == "businessRuleTask":
        if not node.decision:
            yield node.id, '没有写明决策表（<santai:decision table="…"/>）'
        elif node.decision not in tables:
            yield node.id, f"决策表“{node.decision}”没有随流程提供，也没有部署"


def _check_task(file: ProcessFile, node: Node, roles: Collection[str]) -> Iterable[Problem]:
    meta = node.task
    if meta is None:
        yield node.id, "没有 <santai:task>：请写明角色、部门和办理结果"
        return
    if meta.role not in roles:
        yield node.id, f"角色“{meta.role}”不在登记范围内"
    if meta.organisation == "lane":
        if not node.lane:
            yield node.id, "不在任何泳道内，无法确定承办部门"
    elif meta.organisation and meta.organisation not in file.lanes:
        yield node.id, f"承办部门“{meta.organisation}”不是本流程的泳道代码"
    if not meta.outcomes:
        yield node.id, "没有办理结果（<santai:outcome>）"
    elif all(outcome.when for outcome in meta.outcomes):
        yield node.id, "至少要有一个不带 when 的办理结果"
    values = [outcome.value for outcome in meta.outcomes]
    if len(set(values)) != len(values):
        yield node.id, "办理结果的代码重复"
    for outcome in meta.outcomes:
        if not outcome.value or not outcome.label:
            yield node.id, "办理结果须有代码（value）和名称（label）"
        if outcome.when:
            try:
                parse_expression(outcome.when)
            except BadExpression as error:
                yield node.id, f"办理结果“{outcome.value}”的 when 不可用：{error}"
        if outcome.kind not in KINDS_OF_OUTCOME:
            yield node.id, f"办理结果的种类“{outcome.kind}”应为 {'、'.join(KINDS_OF_OUTCOME)} 之一"
    other = file.nodes.get(meta.different_from) if meta.different_from else None
    if meta.different_from and (other is None or other.kind != "userTask"):
        yield node.id, f"differentFrom 指向的“{meta.different_from}”不是用户任务"


def _check_condition(file: ProcessFile, flow: str, condition: str, gateway: str) -> Iterable[Problem]:
    try:
        parse_expression(condition)
    except BadExpression as error:
        yield flow, f"条件不可用：{error}"
        return
    for task in (node for node in file.nodes.values() if node.task is not None):
        known = {outcome.value for outcome in task.task.outcomes} if task.task else set()
        directly_before = {f.source for f in file.incoming(gateway)} == {task.id}
        compared = texts_compared_with(condition, f"{task.id}_outcome") | (
            texts_compared_with(condition, "outcome") if directly_before else set()
        )
        for value in sorted(compared - known):
            yield flow, f"条件里的结果“{value}”不是任务“{task.id}”的办理结果"


def _check_level(file: ProcessFile, level: str) -> Iterable[Problem]:
    nodes = file.inside(level)
    starts = [node for node in nodes if node.kind == "startEvent"]
    ends = [node for node in nodes if node.kind == "endEvent"]
    if len(starts) != 1:
        yield level or file.key, f"每一层须有且只有一个开始事件，现有 {len(starts)} 个"
    if not ends:
        yield level or file.key, "没有结束事件"
    if len(starts) != 1 or not ends:
        return
    forward: dict[str, set[str]] = {node.id: {flow.target for flow in file.outgoing(node.id)} for node in nodes}
    for node in nodes:
        if node.attached_to in forward:
            forward[node.attached_to].add(node.id)
    backward: dict[str, set[str]] = {}
    for source, targets in forward.items():
        for target in targets:
            backward.setdefault(target, set()).add(source)
    reached, finishing = _walk({starts[0].id}, forward), _walk({node.id for node in ends}, backward)
    for node in nodes:
        if node.id not in reached:
            yield node.id, "从开始事件走不到这里"
        elif node.id not in finishing:
            yield node.id, "从这里走不到结束事件：存在没有出口的循环"
    yield from _endless_without_people(file, nodes, forward)


def _endless_without_people(file: ProcessFile, nodes: list[Node], forward: Mapping[str, set[str]]) -> Iterable[Problem]:
    """A loop of gateways and decision tables alone would spin the engine for ever."""
    automatic = {node.id for node in nodes if node.kind in (*GATEWAYS, "businessRuleTask") and node.kind != "eventBasedGateway"}
    inner = {source: targets & automatic for source, targets in forward.items() if source in automatic}
    for node in sorted(automatic):
        if node in _walk(set(inner[node]), inner):
            yield node, "循环里没有任何等待（人或消息），引擎会空转"


def _walk(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    seen, rest = set(start), list(start)
    while rest:
        for target in edges.get(rest.pop(), set()):
            if target not in seen:
                seen.add(target)
                rest.append(target)
    return seen
