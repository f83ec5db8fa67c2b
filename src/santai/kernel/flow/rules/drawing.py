"""The picture of a process as SVG: classes only, no inline style (CSP); a title and a description for screen readers.

``static/kernel_flow/flow.css`` gives the classes their colours; without it the picture is still readable black on white.
"""

from collections.abc import Collection
from html import escape

from santai.kernel.flow.rules.layout import Picture, picture_of
from santai.kernel.flow.rules.process_file import Box, Flow, Node, ProcessFile

LINE = 16.0  # distance of text lines
KINDS = {
    "userTask": "人工环节",
    "businessRuleTask": "决策表",
    "receiveTask": "等待",
    "exclusiveGateway": "分支",
    "parallelGateway": "并行",
    "inclusiveGateway": "包容分支",
    "eventBasedGateway": "等待其一",
    "startEvent": "开始",
    "endEvent": "结束",
    "intermediateCatchEvent": "等待",
    "boundaryEvent": "中断",
    "subProcess": "阶段",
}


def draw(
    file: ProcessFile,
    *,
    lit: Collection[str] = (),
    done: Collection[str] = (),
    title: str = "",
    lane_names: dict[str, str] | None = None,
    unique: str = "flow",
) -> str:
    """SVG of the process. ``lit``: elements now current; ``done``: elements behind us; ``unique``: prefix of ids on the page.

    ``lane_names`` replaces lane names (a department's name for its lane).
    """
    picture = picture_of(file)
    names = {lane.id: (lane_names or {}).get(lane.id) or lane.name for lane in file.lanes.values()}
    title = title or f"{file.name}流程图"
    parts = [
        f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" '
        f'width="{_n(picture.width)}" height="{_n(picture.height)}" role="img" aria-labelledby="{unique}-title {unique}-desc" '
        'font-family="inherit" font-size="13">',
        f'<title id="{unique}-title">{escape(title)}</title>',
        f'<desc id="{unique}-desc">{escape(describe(file, lit=lit, done=done))}</desc>',
        f'<defs><marker id="{unique}-arrow" class="flow-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="currentColor"/></marker></defs>',
    ]
    parts += [_lane(names[key], box) for key, box in picture.lanes.items() if key in names]
    parts += [_frame(file.nodes[key], picture.boxes[key], key in lit) for key in _outer_first(file) if key in picture.boxes]
    parts += [_flow(flow, picture, unique, flow.source in done and flow.target in {*done, *lit}) for flow in file.flows.values()]
    show_lane = len(file.lanes) > 1
    for node in file.nodes.values():
        if node.kind != "subProcess" and node.id in picture.boxes:
            parts.append(
                _shape(node, picture.boxes[node.id], node.id in lit, node.id in done, names.get(node.lane, "") if show_lane else "")
            )
    return "".join([*parts, "</svg>"])


def describe(file: ProcessFile, *, lit: Collection[str] = (), done: Collection[str] = ()) -> str:
    """One sentence for those who cannot see the picture."""
    steps = [step["name"] for step in steps_of(file)]
    current = [node.name for node in file.nodes.values() if node.id in lit and node.name]
    passed = [node.name for node in file.nodes.values() if node.id in done and node.kind in ("userTask", "receiveTask") and node.name]
    text = f"共 {len(steps)} 个环节：{'、'.join(steps)}。"
    if passed:
        text += f"已完成：{'、'.join(passed)}。"
    return text + (f"当前：{'、'.join(current)}。" if current else "")


def steps_of(file: ProcessFile, *, lit: Collection[str] = (), done: Collection[str] = ()) -> list[dict[str, str]]:
    """The steps as a list, for the text below the picture: id, name, kind, lane, role, state (current, done, ahead)."""
    picture = picture_of(file)
    shown = [node for node in file.nodes.values() if node.kind in ("userTask", "intermediateCatchEvent", "receiveTask", "businessRuleTask")]
    shown.sort(key=lambda node: (picture.boxes[node.id].x, picture.boxes[node.id].y) if node.id in picture.boxes else (0, 0))
    return [
        {
            "id": node.id,
            "name": node.name or KINDS[node.kind],
            "kind": KINDS[node.kind],
            "lane": file.lanes[node.lane].name if node.lane in file.lanes else "",
            "role": node.task.role if node.task else "",
            "outcomes": "、".join(outcome.label for outcome in node.task.outcomes) if node.task else "",
            "message": node.message,
            "state": "current" if node.id in lit else "done" if node.id in done else "ahead",
        }
        for node in shown
    ]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _outer_first(file: ProcessFile) -> list[str]:
    def depth(node: Node) -> int:
        return 1 + depth(file.nodes[node.parent]) if node.parent in file.nodes else 0

    return [node.id for node in sorted((each for each in file.nodes.values() if each.kind == "subProcess"), key=depth)]


def wrap(text: str, width: int) -> list[str]:
    """Break a label: a Chinese character counts one, a Latin one half."""
    lines, current, used = [], "", 0.0
    for character in text:
        size = 1.0 if ord(character) > 0x2E7F else 0.55
        if used + size > width and current:
            lines.append(current)
            current, used = "", 0.0
        current += character
        used += size
    return [*lines, current] if current else lines


def _text(text: str, x: float, y: float, *, width: int, css: str, anchor: str = "middle") -> str:
    """Lines centred on ``y``."""
    lines = wrap(text, width)
    first = y - (len(lines) - 1) * LINE / 2
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(first + place * LINE)}" dominant-baseline="central">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text class="{css}" text-anchor="{anchor}" fill="currentColor">{spans}</text>'


def _span(text: str, x: float, y: float) -> str:
    return f'<tspan x="{_n(x)}" y="{_n(y)}" dominant-baseline="central">{escape(text)}</tspan>'


def _lane(name: str, box: Box) -> str:
    middle = box.y + box.height / 2
    letters = "".join(_span(letter, box.x + 15, middle + (place - (len(name) - 1) / 2) * LINE) for place, letter in enumerate(name))
    return (
        f'<g class="flow-lane"><rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" fill="none" '
        f'stroke="currentColor" stroke-opacity=".35"/><path d="M{_n(box.x + 30)} {_n(box.y)}v{_n(box.height)}" stroke="currentColor" '
        f'stroke-opacity=".35"/><text class="flow-lane-name" text-anchor="middle" fill="currentColor">{letters}</text></g>'
    )


def _frame(node: Node, box: Box, lit: bool) -> str:
    css = "flow-frame is-current" if lit else "flow-frame"
    return (
        f'<g class="{css}"><rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="10" fill="none" '
        f'stroke="currentColor" stroke-dasharray="6 4" stroke-opacity=".5"/>'
        + _text(node.name, box.x + 12, box.y + 14, width=40, css="flow-frame-name", anchor="start")
        + "</g>"
    )


def _flow(flow: Flow, picture: Picture, unique: str, taken: bool) -> str:
    way = picture.ways.get(flow.id)
    if not way:
        return ""
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in way)
    line = (
        f'<polyline class="{"flow-line is-done" if taken else "flow-line"}" points="{points}" fill="none" stroke="currentColor" '
        f'stroke-width="{2 if taken else 1.2}" marker-end="url(#{unique}-arrow)"/>'
    )
    if not flow.name:
        return line
    a, b = (way[0], way[1]) if len(way) == 2 else max(zip(way, way[1:], strict=False), key=lambda pair: abs(pair[0][0] - pair[1][0]))
    return line + _text(flow.name, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 9, width=8, css="flow-line-name")


def _shape(node: Node, box: Box, lit: bool, done: bool, lane: str) -> str:
    state = " is-current" if lit else " is-done" if done else ""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    stroke = 'stroke="currentColor" stroke-width="2.4"' if lit else 'stroke="currentColor" stroke-width="1.4"'
    label = f"{KINDS[node.kind]}：{node.name}" if node.name else KINDS[node.kind]
    title = escape(label + _state_text(lit, done))
    head = f'<g class="flow-node flow-{node.kind}{state}" data-element="{escape(node.id)}"><title>{title}</title>'
    if node.kind in ("userTask", "businessRuleTask", "receiveTask"):
        body = f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="8" fill="none" {stroke}/>'
        body += _text(node.name, x, y - (7 if lane else 0), width=8, css="flow-label")
        if lane:
            body += _text(lane, x, box.y + box.height - 13, width=9, css="flow-lane-mark")
        if node.kind == "businessRuleTask":
            corner = f"M{_n(box.x + 8)} {_n(box.y + 8)}"
            body += f'<path class="flow-mark" d="{corner}h14v10h-14zm0 4h14m-9 0v6" fill="none" stroke="currentColor"/>'
    elif node.kind.endswith("Gateway"):
        body = (
            f'<path d="M{_n(x)} {_n(box.y)}L{_n(box.x + box.width)} {_n(y)}L{_n(x)} {_n(box.y + box.height)}L{_n(box.x)} {_n(y)}z" '
            f'fill="none" {stroke}/>'
        )
        mark = {
            "exclusiveGateway": f"M{_n(x - 7)} {_n(y - 7)}l14 14m0 -14l-14 14",
            "parallelGateway": f"M{_n(x - 9)} {_n(y)}h18m-9 -9v18",
        }.get(node.kind)
        body += f'<path class="flow-mark" d="{mark}" stroke="currentColor" stroke-width="2"/>' if mark else _ring(x, y, 8, 1.6)
        if node.name:
            body += _text(node.name, x, box.y - 10, width=8, css="flow-label")
    else:
        body = _ring(x, y, box.width / 2, 3.2 if node.kind == "endEvent" else 2.4 if lit else 1.4)
        if node.kind in ("intermediateCatchEvent", "boundaryEvent"):
            body += _ring(x, y, box.width / 2 - 3.5, 1)
            body += f'<path class="flow-mark" d="M{_n(x - 8)} {_n(y - 5)}h16v11h-16zl8 6l8 -6" fill="none" stroke="currentColor"/>'
        if node.name:
            body += _text(node.name, x, box.y + box.height + 12, width=8, css="flow-label")
    tick = ""
    if done and not lit and node.kind in ("userTask", "businessRuleTask", "receiveTask", "intermediateCatchEvent", "endEvent"):
        tick = (
            f'<path class="flow-tick" d="M{_n(box.x + box.width - 13)} {_n(box.y - 1)}l5 6l9 -11" fill="none" '
            'stroke="currentColor" stroke-width="2.6"/>'
        )
    return head + body + tick + "</g>"


def _ring(x: float, y: float, radius: float, width: float) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="none" stroke="currentColor" stroke-width="{_n(width)}"/>'


def _state_text(lit: bool, done: bool) -> str:
    return "（当前环节）" if lit else "（已完成）" if done else ""
