"""Does a decision table answer every situation, and each as its hit policy asks? Pure.

Every input is tried with one value of each kind its tests can tell apart (each option; each end of a range, below, between and above; a
text that no row names). Situations that the same rows hold for are one, so that a table of twenty rows over eight inputs is quick.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from santai.kernel.flow.rules.decisions import DecisionTable, given_by, literals_in, passes
from santai.kernel.flow.rules.expressions import is_question
from santai.kernel.flow.rules.wording import value_said

MOST_SITUATIONS = 200_000
OTHER = "（其他）"
Fault = tuple[str, str]  # (element, text)


@dataclass(frozen=True)
class Domain:
    """What an input can be: one of ``values`` (their labels beside them), or a number from ``least`` to ``most``, or anything."""

    values: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def names(self) -> dict[Any, str]:
        return dict(zip(map(str, self.values), self.labels, strict=False))


ANYTHING = Domain()
YES_NO = Domain(values=(True, False), labels=("是", "否"))


def overlaps(table: DecisionTable, domains: Mapping[str, Domain] | None = None) -> list[Fault]:
    """Rows that hit together where the policy forbids it, and rows that never make a difference."""
    found = _situations(table, domains or {})
    if found is None:
        return [(table.key, f"决策表 {table.key} 的输入组合过多，无法核对有无重叠，请拆成几张表")]
    faults: list[Fault] = []
    told: set[tuple[int, int]] = set()
    hit: set[int] = set()
    useful: set[int] = set()
    for mask, values in found.items():
        rows = [at for at in range(len(table.rows)) if mask >> at & 1]
        hit |= set(rows)
        if table.policy in ("UNIQUE", "ANY"):
            for first, second in zip(rows, rows[1:], strict=False):
                same = table.rows[first].outputs == table.rows[second].outputs
                if (first, second) not in told and not (table.policy == "ANY" and same):
                    told.add((first, second))
                    why = "只许一行命中" if table.policy == "UNIQUE" else "同时命中的各行须给出同样结果"
                    faults.append(
                        (
                            table.rows[second].id,
                            f"决策表 {table.key} 第 {first + 1} 行与第 {second + 1} 行重叠（命中策略 {table.policy}：{why}），"
                            f"例如{_said(table, values, domains or {})}",
                        )
                    )
            useful |= set(rows)
        elif table.policy == "FIRST":
            useful |= set(rows[:1])
        else:
            given = {at: set(given_by(table.rows[at])) for at in rows}
            useful |= {at for at in rows if given[at] - set().union(*(given[other] for other in rows if other != at))}
    for at, row in enumerate(table.rows):
        if at not in hit:
            faults.append((row.id, f"决策表 {table.key} 第 {at + 1} 行永远不会命中"))
        elif at not in useful:
            why = "前面的行已经先命中" if table.policy == "FIRST" else "凡命中它的情形，其他行都已给出同样结果"
            faults.append((row.id, f"决策表 {table.key} 第 {at + 1} 行不起作用：{why}"))
    return faults


def gaps(table: DecisionTable, domains: Mapping[str, Domain] | None = None, *, unanswered: bool = False) -> list[Fault]:
    """A situation that no row is made for. ``unanswered``: each input may also be left open."""
    found = _situations(table, domains or {}, unanswered)
    if found is None:
        return [(table.key, f"决策表 {table.key} 的输入组合过多，无法核对有无空档，请拆成几张表")]
    if 0 not in found:
        return []
    return [(table.key, f"决策表 {table.key} 有空档：{_said(table, found[0], domains or {})}时没有一行命中")]


def _situations(table: DecisionTable, domains: Mapping[str, Domain], unanswered: bool = False) -> dict[int, tuple[Any, ...]] | None:
    """Every set of rows (a bit a row) that can hold at once, with one example of the inputs; None when there are too many."""
    states: dict[int, tuple[Any, ...]] = {(1 << len(table.rows)) - 1: ()}
    for column, expression in enumerate(table.inputs):
        tests = [row.tests[column] for row in table.rows]
        tried = [
            (value, sum(1 << at for at, test in enumerate(tests) if passes(test, value)))
            for value in _tried(expression, tests, domains.get(expression, ANYTHING), unanswered)
        ]
        following: dict[int, tuple[Any, ...]] = {}
        for mask, values in states.items():
            for value, holds in tried:
                following.setdefault(mask & holds, (*values, value))
        states = following
        if len(states) > MOST_SITUATIONS:
            return None
    return states


def _tried(expression: str, tests: Sequence[str], domain: Domain, unanswered: bool) -> list[Any]:
    named = [value for test in tests for value in literals_in(test)]
    absent = [None] if unanswered or any(value is None for value in named) else []
    if domain.values:
        return [*domain.values, *absent]
    if is_question(expression) or any(isinstance(value, bool) for value in named):
        return [True, False, *absent]
    texts = list(dict.fromkeys(value for value in named if isinstance(value, str)))
    numbers = sorted({value for value in named if isinstance(value, int | float)})
    return [*(texts and [*texts, OTHER]), *_between(numbers, domain), *absent] or [OTHER]


def _between(ends: Sequence[float], domain: Domain) -> Iterator[float]:
    if not ends:
        return
    points = [ends[0] - 1, *ends, *((a + b) / 2 for a, b in zip(ends, ends[1:], strict=False)), ends[-1] + 1]
    least, most = domain.least, domain.most
    yield from sorted(at for at in points if (least is None or at >= least) and (most is None or at <= most))


def _said(table: DecisionTable, values: Sequence[Any], domains: Mapping[str, Domain]) -> str:
    """The example in words, without the inputs that no row looks at."""
    return "、".join(
        f"“{label}”为{value_said(value, domains.get(expression, ANYTHING).names())}"
        for label, expression, value in zip(table.input_labels, table.inputs, values, strict=False)
    )
