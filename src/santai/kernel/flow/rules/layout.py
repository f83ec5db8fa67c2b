"""A simple layered left-to-right layout for files that bring no picture, and for those that the pack's authors draw with it.

Columns come from the longest way from the start (loops back are left out); inside a column nodes are stacked per lane; sub-processes are
laid out first and then count as one large node. Boundary events sit on the lower edge of what they are attached to.
"""

from dataclasses import dataclass, field

from santai.kernel.flow.rules.process_file import Box, Flow, Node, ProcessFile

GAP_X, GAP_Y, MARGIN, LANE_HEAD = 56.0, 44.0, 40.0, 34.0
SIZES = {"userTask": (124.0, 72.0), "businessRuleTask": (124.0, 72.0), "receiveTask": (124.0, 72.0)}
GATEWAY, EVENT = (46.0, 46.0), (36.0, 36.0)
Point = tuple[float, float]


@dataclass
class Picture:
    """Where everything stands; lengths in SVG user units."""

    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, list[Point]] = field(default_factory=dict)
    lanes: dict[str, Box] = field(default_factory=dict)
    width: float = 0
    height: float = 0


def picture_of(file: ProcessFile) -> Picture:
    """The file's own diagram when it is complete, else a computed one."""
    drawn = all(node in file.boxes for node in file.nodes) and all(len(file.ways.get(flow, [])) >= 2 for flow in file.flows)
    if not drawn:
        return lay_out(file)
    left = min(box.x for box in file.boxes.values()) - MARGIN / 2
    top = min(box.y for box in file.boxes.values()) - MARGIN / 2
    picture = Picture(
        boxes={key: Box(box.x - left, box.y - top, box.width, box.height) for key, box in file.boxes.items() if key in file.nodes},
        ways={key: [(x - left, y - top) for x, y in file.ways[key]] for key in file.flows},
        lanes={
            lane.id: Box(box.x - left, box.y - top, box.width, box.height)
            for lane in file.lanes.values()
            if (box := file.boxes.get(lane.element)) is not None
        },
    )
    return _measured(picture)


def lay_out(file: ProcessFile) -> Picture:
    """Compute a picture from nodes and flows alone."""
    picture = Picture()
    offset = LANE_HEAD if file.lanes else 0.0
    _level(file, "", picture, MARGIN + offset, MARGIN)
    if file.lanes:
        _draw_lanes(file, picture)
    for flow in file.flows.values():
        if flow.source in picture.boxes and flow.target in picture.boxes:
            picture.ways[flow.id] = _way(file, flow, picture)
    return _measured(picture)


def _measured(picture: Picture) -> Picture:
    points = [point for way in picture.ways.values() for point in way]
    boxes = [*picture.boxes.values(), *picture.lanes.values()]
    picture.width = max([box.x + box.width for box in boxes] + [x for x, _ in points], default=0) + MARGIN / 2
    picture.height = max([box.y + box.height for box in boxes] + [y for _, y in points], default=0) + MARGIN / 2
    return picture


def _size(node: Node) -> Point:
    if node.kind.endswith("Gateway"):
        return GATEWAY
    return SIZES.get(node.kind, EVENT)


def _columns(file: ProcessFile, nodes: list[Node]) -> dict[str, int]:
    """Column of each node: longest way from the level's start without the flows that lead back."""
    following: dict[str, list[str]] = {node.id: [flow.target for flow in file.outgoing(node.id)] for node in nodes}
    for node in nodes:
        if node.attached_to in following:
            following[node.attached_to].append(node.id)
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    colour: dict[str, int] = {}

    def visit(node: str) -> None:
        colour[node] = 1
        for target in following[node]:
            if target not in following:
                continue
            if colour.get(target) == 1:
                back.add((node, target))
            elif target not in colour:
                visit(target)
        colour[node] = 2
        order.append(node)

    for node in sorted(nodes, key=lambda each: each.kind != "startEvent"):
        if node.id not in colour:
            visit(node.id)
    column = dict.fromkeys(following, 0)
    for node_id in reversed(order):
        for target in following[node_id]:
            if target in column and (node_id, target) not in back:
                step = 0 if file.nodes[target].attached_to == node_id else 1
                column[target] = max(column[target], column[node_id] + step)
    return column


def _rows(file: ProcessFile, standing: list[Node], column: dict[str, int]) -> dict[str, int]:
    """Row of each node: that of what leads to it, or the next free one; what follows a boundary event stands below everything else."""
    row_of: dict[str, int] = {}

    def sources(node: Node) -> list[str]:
        return [flow.source for flow in file.incoming(node.id) if flow.source in file.nodes]

    def interrupted(node: Node) -> bool:
        before = sources(node)
        return bool(before) and all(file.nodes[each].kind == "boundaryEvent" for each in before)

    last = {node.id for node in standing if interrupted(node)}
    for node in sorted(standing, key=lambda each: (each.id in last, column[each.id])):
        before = [row_of[each] for each in sources(node) if each in row_of]
        wanted = 1 + max(row_of.values(), default=-1) if node.id in last else min(before, default=0)
        taken = {row_of[other.id] for other in standing if other.id in row_of and column[other.id] == column[node.id]}
        while wanted in taken:
            wanted += 1
        row_of[node.id] = wanted
    return row_of


def _level(file: ProcessFile, parent: str, picture: Picture, left: float, top: float) -> tuple[float, float]:
    """Place one level; returns its width and height."""
    nodes = file.inside(parent)
    standing = [node for node in nodes if not node.attached_to]
    column = _columns(file, nodes)
    sizes: dict[str, Point] = {}
    for node in standing:
        if node.kind == "subProcess":
            width, height = _level(file, node.id, picture, 0, 0)
            sizes[node.id] = (width + 2 * GAP_Y, height + 2 * GAP_Y + 12)
        else:
            sizes[node.id] = _size(node)
    used = sorted({column[node.id] for node in standing})
    rows: dict[int, list[Node]] = {each: [node for node in standing if column[node.id] == each] for each in used}
    row_of = _rows(file, standing, column)
    heights = {row: max(sizes[node.id][1] for node in standing if row_of[node.id] == row) for row in set(row_of.values())}
    tops: dict[int, float] = {}
    y = top
    for row in range(max(heights, default=0) + 1):
        tops[row] = y
        y += heights.get(row, 0) + GAP_Y + 12
    x = left
    for each in used:
        width = max(sizes[node.id][0] for node in rows[each])
        for node in rows[each]:
            own = sizes[node.id]
            box = Box(x + (width - own[0]) / 2, tops[row_of[node.id]] + (heights[row_of[node.id]] - own[1]) / 2, *own)
            if node.kind == "subProcess":
                _shift(file, node.id, picture, box.x + GAP_Y, box.y + GAP_Y + 6)
            picture.boxes[node.id] = box
        x += width + GAP_X
    for host in standing:
        for place, event in enumerate(file.attached(host.id)):
            box = picture.boxes[host.id]
            apart = 110.0 if host.kind == "subProcess" else EVENT[0] + 12
            left_edge = box.x + box.width - EVENT[0] - 14 - place * apart
            picture.boxes[event.id] = Box(left_edge, box.y + box.height - EVENT[1] / 2, *EVENT)
    return x - GAP_X - left, y - GAP_Y - 12 - top


def _shift(file: ProcessFile, parent: str, picture: Picture, x: float, y: float) -> None:
    for node in file.inside(parent):
        box = picture.boxes[node.id]
        picture.boxes[node.id] = Box(box.x + x, box.y + y, box.width, box.height)
        if node.kind == "subProcess":
            _shift(file, node.id, picture, x, y)


def _draw_lanes(file: ProcessFile, picture: Picture) -> None:
    """One band a lane where the file has one lane; with several, each node names its own lane (bands would tear the columns apart)."""
    if len(file.lanes) == 1:
        width = max(box.x + box.width for box in picture.boxes.values()) + MARGIN / 2
        height = max(box.y + box.height for box in picture.boxes.values()) + MARGIN
        picture.lanes[next(iter(file.lanes))] = Box(MARGIN / 2, MARGIN / 2, width - MARGIN / 2, height - MARGIN / 2)


def _way(file: ProcessFile, flow: Flow, picture: Picture) -> list[Point]:
    a, b = picture.boxes[flow.source], picture.boxes[flow.target]
    ay, by = a.y + a.height / 2, b.y + b.height / 2
    if file.nodes[flow.source].kind == "boundaryEvent":
        start = (a.x + a.width / 2, a.y + a.height)
        if b.x > start[0]:
            low = max(by, start[1] + 16) if by > start[1] else start[1] + 16
            if abs(low - by) < 1:
                return [start, (start[0], by), (b.x, by)]
            middle = b.x - GAP_X / 3
            return [start, (start[0], low), (middle, low), (middle, by), (b.x, by)]
        low = start[1] + 16
        return [start, (start[0], low), (b.x + b.width / 2, low), (b.x + b.width / 2, b.y + b.height)]
    if b.x > a.x + a.width - 1:
        if abs(ay - by) < 1 and not _blocked(file, flow, picture, ay):
            return [(a.x + a.width, ay), (b.x, by)]
        if abs(ay - by) < 1:
            high = min(box.y for key, box in picture.boxes.items() if file.nodes[key].parent == flow.parent and a.x < box.x < b.x) - 18
            return [(a.x + a.width / 2, a.y), (a.x + a.width / 2, high), (b.x + b.width / 2, high), (b.x + b.width / 2, b.y)]
        if file.nodes[flow.source].kind.endswith("Gateway"):
            edge = a.y + a.height if by > ay else a.y
            return [(a.x + a.width / 2, edge), (a.x + a.width / 2, by), (b.x, by)]
        middle = b.x - GAP_X / 2
        return [(a.x + a.width, ay), (middle, ay), (middle, by), (b.x, by)]
    between = [box for key, box in picture.boxes.items() if file.nodes[key].parent == flow.parent and b.x <= box.x <= a.x]
    back_flows = [each.id for each in file.flows.values() if each.parent == flow.parent and _leads_back(each, picture)]
    high = min(box.y for box in between) - 14 - 12 * (back_flows.index(flow.id) if flow.id in back_flows else 0)
    return [(a.x + a.width / 2, a.y), (a.x + a.width / 2, high), (b.x + b.width / 2, high), (b.x + b.width / 2, b.y)]


def _leads_back(flow: Flow, picture: Picture) -> bool:
    a, b = picture.boxes.get(flow.source), picture.boxes.get(flow.target)
    return a is not None and b is not None and b.x <= a.x + a.width - 1


def _blocked(file: ProcessFile, flow: Flow, picture: Picture, y: float) -> bool:
    a, b = picture.boxes[flow.source], picture.boxes[flow.target]
    return any(
        a.x + a.width < box.x < b.x and box.y < y < box.y + box.height
        for key, box in picture.boxes.items()
        if key not in (flow.source, flow.target) and file.nodes[key].parent == flow.parent
    )


def with_picture(bpmn: str, file: ProcessFile) -> str:
    """The file's text with a computed diagram in place of any it had; for authors of packs (``manage.py lay_out_process``)."""
    picture = lay_out(file)
    shapes = []
    lanes = {file.lanes[key].element: box for key, box in picture.lanes.items()}
    for key, box in {**lanes, **picture.boxes}.items():
        more = ' isExpanded="true"' if key in file.nodes and file.nodes[key].kind == "subProcess" else ""
        more = ' isHorizontal="true"' if key in lanes else more
        shapes.append(
            f'      <bpmndi:BPMNShape id="{key}_di" bpmnElement="{key}"{more}>'
            f'<dc:Bounds x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}"/></bpmndi:BPMNShape>\n'
        )
    for key, way in picture.ways.items():
        points = "".join(f'<di:waypoint x="{x:.0f}" y="{y:.0f}"/>' for x, y in way)
        shapes.append(f'      <bpmndi:BPMNEdge id="{key}_di" bpmnElement="{key}">{points}</bpmndi:BPMNEdge>\n')
    diagram = (
        '  <bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="diagram">\n'
        f'    <bpmndi:BPMNPlane id="plane" bpmnElement="{file.key}">\n'
        + "\n".join(shapes)
        + "\n    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n"
    )
    head, found, _ = bpmn.partition("  <bpmndi:BPMNDiagram")
    if not found:
        head = bpmn[: bpmn.rindex("</bpmn:definitions>")]
    return head + diagram + "</bpmn:definitions>\n"
