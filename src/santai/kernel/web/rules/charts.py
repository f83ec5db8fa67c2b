"""Geometry of small charts: plain numbers in, coordinates out. Bars start from zero; the scale ends on a round number."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


def round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5 × 10ⁿ at or above ``value``; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10 ** floor(log10(value))
    for step in (1, 2, 2.5, 5, 10):
        if value <= step * power * (1 + 1e-9):
            return step * power
    return 10.0 * power


def spark_points(values: Sequence[float], *, width: float = 120, height: float = 32) -> str:
    """``points`` of a polyline that fills the box with 2 units of air; empty for fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = width / (len(values) - 1)
    return " ".join(f"{i * step:.1f},{2 + (height - 4) * (1 - (v - low) / span):.1f}" for i, v in enumerate(values))


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    shown: str
    y: float
    width: float
    marked: bool = False
    href: str = ""


@dataclass(frozen=True)
class BarChart:
    bars: tuple[Bar, ...]
    height: float
    top: float  # value at the right end


def bars(rows: Sequence[tuple[str, float, str, bool, str]], *, width: float, row_height: float = 34) -> BarChart:
    """Horizontal bars from ``(label, value, shown, marked, href)``; widths share one scale from zero."""
    top = round_up(max((value for _, value, *_ in rows), default=0))
    drawn = tuple(
        Bar(label=label, value=value, shown=shown, y=i * row_height, width=max(0.0, value) / top * width, marked=marked, href=href)
        for i, (label, value, shown, marked, href) in enumerate(rows)
    )
    return BarChart(bars=drawn, height=len(rows) * row_height, top=top)


@dataclass(frozen=True)
class Point:
    label: str
    value: float
    shown: str
    x: float
    y: float
    tick: bool = False
    named: bool = False


@dataclass(frozen=True)
class LineChart:
    points: tuple[Point, ...]
    path: str
    ticks: tuple[tuple[float, str], ...]  # y, text


def line(rows: Sequence[tuple[str, float, str]], *, width: float, height: float, ticks: int = 4) -> LineChart:
    """A line from ``(label, value, shown)`` with its axis from zero; at most eight labels below, the last and highest point named."""
    if not rows:
        return LineChart(points=(), path="", ticks=())
    top = round_up(max(max(value for _, value, _ in rows), 0))
    step = width / max(1, len(rows) - 1)
    every = ceil(len(rows) / 8)
    highest = max(range(len(rows)), key=lambda i: rows[i][1])
    points = tuple(
        Point(
            label=label, value=value, shown=shown, x=round(i * step, 1), y=round(height * (1 - value / top), 1),
            tick=i % every == 0 or i == len(rows) - 1 and (len(rows) - 1) % every > every / 2, named=i in (highest, len(rows) - 1),
        )
        for i, (label, value, shown) in enumerate(rows)
    )  # fmt: skip
    marks = tuple((round(height * (1 - n / ticks), 1), f"{top * n / ticks:g}") for n in range(ticks + 1))
    return LineChart(points=points, path=" ".join(f"{p.x},{p.y}" for p in points), ticks=marks)
