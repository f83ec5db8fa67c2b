"""A decision table's cells as a reader says them: ``not("own")`` is “不是自行拟定”. Pure."""

from collections.abc import Mapping
from typing import Any

from santai.kernel.flow.rules.decisions import ORDERED, RANGE, literal, parts_of

ORDERS = {"<": "小于 ", "<=": "不超过 ", ">": "大于 ", ">=": "不少于 ", "=": "", "!=": "不是"}
ANY = "不限"


def value_said(value: Any, names: Mapping[Any, str]) -> str:
    """A value by its label, else as it stands."""
    if str(value) in names and value is not None:
        return names[str(value)]
    if value is None or value == "":
        return "未填"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def cell_said(test: str, names: Mapping[Any, str]) -> str:
    """A unary test in words; ``names`` has the labels of the values."""
    test = test.strip()
    if test in ("", "-"):
        return ANY
    if test.startswith("not(") and test.endswith(")"):
        inner = list(dict.fromkeys(_part_said(part, names) for part in parts_of(test[4:-1])))
        return "已填" if inner == ["未填"] else f"不是{'、'.join(inner)}"
    return "或者".join(dict.fromkeys(_part_said(part, names) for part in parts_of(test)))


def _part_said(part: str, names: Mapping[Any, str]) -> str:
    if ends := RANGE.match(part):
        low = f"{'不少于' if ends[1] == '[' else '大于'} {value_said(literal(ends[2]), names)}"
        high = f"{'不超过' if ends[4] == ']' else '小于'} {value_said(literal(ends[3]), names)}"
        return f"{low}、{high}"
    if order := ORDERED.match(part):
        return f"{ORDERS[order[1]]}{value_said(literal(order[2]), names)}"
    return value_said(literal(part), names)
