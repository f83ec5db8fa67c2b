"""What the leader's page says of its numbers: findings in words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One department on the leader's page."""

    code: str
    name: str
    running: int
    due: int
    overdue: int
    pending: int
    finished: int
    late: int

    @property
    def percent(self) -> float | None:
        return round(100 * (self.finished - self.late) / self.finished, 1) if self.finished else None


def lines_of(
    names: Mapping[str, str],
    standing: Mapping[str, Mapping[str, int]],
    due: Mapping[str, Mapping[str, int]],
    flows: Mapping[str, Mapping[str, int]],
) -> list[Line]:
    """Departments with anything to say, those with most overdue first."""
    found = []
    for code, name in names.items():
        stands, ends, flow = standing.get(code, {}), due.get(code, {}), flows.get(code, {})
        late = flow.get("late", 0)
        line = Line(
            code=code,
            name=name,
            running=stands.get("parts_running", 0),
            due=ends.get("due", 0),
            overdue=ends.get("overdue", 0),
            pending=sum(number for metric, number in stands.items() if metric.startswith("pending_")),
            finished=flow.get("on_time", 0) + late,
            late=late,
        )
        if any((line.running, line.due, line.overdue, line.pending, line.finished)):
            found.append(line)
    return sorted(found, key=lambda one: (-one.overdue, -one.due, -one.running, one.name))


def finding_on_time(lines: Sequence[Line]) -> str:
    """The chart of on-time rates in one sentence."""
    rated = [(line.percent, line) for line in lines if line.percent is not None]
    if not rated:
        return "本月还没有部门办结"
    worst, line = min(rated, key=lambda one: (one[0], one[1].name))
    if worst == 100:
        return f"本月有办结的 {len(rated)} 个部门全部按期"
    below = sum(percent < 100 for percent, _ in rated)
    return f"{below} 个部门本月有超期办结，{line.name}按期率最低（{worst:g}%）"


def finding_running(lines: Sequence[Line]) -> str:
    """The chart of running work in one sentence."""
    held = [line for line in lines if line.running]
    if not held:
        return "各部门没有在办的办件"
    most = max(held, key=lambda line: line.running)
    over = sum(line.overdue for line in held)
    tail = f"，全区已超期 {over} 件" if over else "，没有超期"
    return f"{most.name}在办最多（{most.running} 件）{tail}"


def against(today: int, before: int, what: str) -> str:
    """A comparison in words."""
    if today == before:
        return f"与{what}持平"
    return f"比{what}{'多' if today > before else '少'} {abs(today - before)} 件"
