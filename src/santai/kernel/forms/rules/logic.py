"""The one expression language of forms: a small, total subset of JSON Logic.

``static/kernel_forms/logic.js`` is the same subset in JavaScript; ``tests/kernel/forms/logic_vectors.json`` runs against both. The
language is total: an unknown value is ``None``, arithmetic on a missing operand is ``None``, comparison with it is false. Nothing here
raises except for an expression that is malformed, and such an expression never gets past ``find_faults``.

Differences from jsonlogic.com, all on purpose: ``==`` never converts between text and number; inside ``some``/``all``/``none``,
``count_of`` and the fields of a repeating group the row under the eye is ``row`` (``{"var": "row.amount"}``) and everything else stays
visible; results of arithmetic are rounded to six decimals, half away from zero, so that 33.33 + 33.33 + 33.34 is 100.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Expression = Any
MICRO = Decimal("0.000001")


class LogicError(ValueError):
    """The expression itself is malformed."""


def evaluate(expression: Expression, data: Any) -> Any:
    """The value of ``expression`` over ``data``; LogicError when the expression is malformed."""
    if isinstance(expression, list):
        return [evaluate(part, data) for part in expression]
    if not isinstance(expression, dict):
        return expression
    if len(expression) != 1:
        raise LogicError("一个表达式只能有一个运算符。")
    operator, operands = next(iter(expression.items()))
    function = OPERATORS.get(operator)
    if function is None:
        raise LogicError(f"不认识的运算符“{operator}”。")
    return function(operands if isinstance(operands, list) else [operands], data)


def holds(expression: Expression, data: Any) -> bool:
    """Is the condition met? ``None`` as an expression means always."""
    return expression is None or truthy(evaluate(expression, data))


def truthy(value: Any) -> bool:
    """False are: missing, false, 0, empty text and the empty list."""
    if value is None or value is False or value == "" or value == []:
        return False
    return not (is_number(value) and value == 0)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def value_at(data: Any, path: str) -> Any:
    """What stands at a dotted path (``shareholders.0.amount``); ``None`` when nothing does."""
    if path == "":
        return data
    for step in path.split("."):
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def tidy(number: float | int) -> float | int:
    """Six decimals, half away from zero; a whole number without a fraction."""
    if isinstance(number, int):
        return number
    if number != number or number in (float("inf"), float("-inf")):
        return 0
    rounded = Decimal(number).quantize(MICRO, ROUND_HALF_UP) if abs(number) < 1e15 else Decimal(number)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if is_number(left) and is_number(right):
        return bool(left == right)
    return type(left) is type(right) and bool(left == right)


def _comparable(left: Any, right: Any) -> bool:
    return (is_number(left) and is_number(right)) or (isinstance(left, str) and isinstance(right, str))


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[list[Any], Any], bool]:
    def compare(operands: list[Any], data: Any) -> bool:
        values = [evaluate(operand, data) for operand in operands]
        return len(values) > 1 and all(
            _comparable(left, right) and test(left, right) for left, right in zip(values, values[1:], strict=False)
        )

    return compare


def _var(operands: list[Any], data: Any) -> Any:
    path = evaluate(operands[0], data) if operands else ""
    found = value_at(data, str(path)) if path is not None else None
    if found is None and len(operands) > 1:
        return evaluate(operands[1], data)
    return found


def _and(operands: list[Any], data: Any) -> Any:
    value: Any = None
    for operand in operands:
        value = evaluate(operand, data)
        if not truthy(value):
            return value
    return value


def _or(operands: list[Any], data: Any) -> Any:
    value: Any = None
    for operand in operands:
        value = evaluate(operand, data)
        if truthy(value):
            return value
    return value


def _if(operands: list[Any], data: Any) -> Any:
    position = 0
    while position + 1 < len(operands):
        if truthy(evaluate(operands[position], data)):
            return evaluate(operands[position + 1], data)
        position += 2
    return evaluate(operands[position], data) if position < len(operands) else None


def _in(operands: list[Any], data: Any) -> bool:
    needle, heap = (evaluate(operand, data) for operand in operands)
    if isinstance(heap, list):
        return any(same(needle, straw) for straw in heap)
    return isinstance(heap, str) and isinstance(needle, str) and needle in heap


def _fold(operands: list[Any], data: Any, step: Callable[[float, float], float]) -> float | int | None:
    values = [evaluate(operand, data) for operand in operands]
    if not values or not all(is_number(value) for value in values):
        return None
    total = values[0]
    for value in values[1:]:
        total = step(total, value)
    return tidy(total)


def _minus(operands: list[Any], data: Any) -> float | int | None:
    return _fold([0, *operands] if len(operands) == 1 else operands, data, lambda a, b: a - b)


def _divide(operands: list[Any], data: Any) -> float | int | None:
    values = [evaluate(operand, data) for operand in operands]
    if len(values) != 2 or not all(is_number(value) for value in values) or values[1] == 0:
        return None
    return tidy(values[0] / values[1])


def _choice(pick: Callable[[list[Any]], Any]) -> Callable[[list[Any], Any], Any]:
    def choose(operands: list[Any], data: Any) -> Any:
        values = [evaluate(operand, data) for operand in operands]
        known = [value for value in values if value is not None]
        if not known or not all(_comparable(known[0], value) for value in known):
            return None
        return pick(known)

    return choose


def _rows(operand: Any, data: Any) -> list[Any]:
    rows = value_at(data, operand) if isinstance(operand, str) else evaluate(operand, data)
    return rows if isinstance(rows, list) else []


def with_row(data: Any, row: Any) -> dict[str, Any]:
    """The data as seen from one row of a repeating group."""
    return {**data, "row": row} if isinstance(data, Mapping) else {"row": row}


def _matches(operands: list[Any], data: Any) -> Iterator[bool]:
    for row in _rows(operands[0], data):
        yield truthy(evaluate(operands[1], with_row(data, row)))


def _all(operands: list[Any], data: Any) -> bool:
    """As in JSON Logic, nothing is true of all members of an empty list."""
    found = list(_matches(operands, data))
    return bool(found) and all(found)


def _sum_of(operands: list[Any], data: Any) -> float | int:
    rows = _rows(operands[0], data)
    values = [value_at(row, operands[1]) for row in rows] if len(operands) > 1 else rows
    return tidy(sum(value for value in values if is_number(value)))


def _count_of(operands: list[Any], data: Any) -> int:
    return sum(_matches(operands, data)) if len(operands) > 1 else len(_rows(operands[0], data))


def _collect(operands: list[Any], data: Any) -> list[Any]:
    return [value_at(row, operands[1]) for row in _rows(operands[0], data)]


def as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _years_between(operands: list[Any], data: Any) -> int | None:
    start, end = (as_date(evaluate(operand, data)) for operand in operands)
    if start is None or end is None:
        return None
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _add_years(operands: list[Any], data: Any) -> str | None:
    """The same day so many years on; 29 February becomes 28 where there is none."""
    start, years = as_date(evaluate(operands[0], data)), evaluate(operands[1], data)
    if start is None or not is_number(years):
        return None
    year = start.year + int(years)
    if not 1 <= year <= 9999:
        return None
    try:
        return start.replace(year=year).isoformat()
    except ValueError:
        return start.replace(year=year, day=28).isoformat()


def _length(operands: list[Any], data: Any) -> int | None:
    value = evaluate(operands[0], data)
    return len(value) if isinstance(value, str | list) else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


OPERATORS: dict[str, Callable[[list[Any], Any], Any]] = {
    "var": _var,
    "==": lambda operands, data: same(evaluate(operands[0], data), evaluate(operands[1], data)),
    "!=": lambda operands, data: not same(evaluate(operands[0], data), evaluate(operands[1], data)),
    "<": _ordered(lambda a, b: bool(a < b)),
    ">": _ordered(lambda a, b: bool(a > b)),
    "<=": _ordered(lambda a, b: bool(a <= b)),
    ">=": _ordered(lambda a, b: bool(a >= b)),
    "and": _and,
    "or": _or,
    "!": lambda operands, data: not truthy(evaluate(operands[0], data)),
    "!!": lambda operands, data: truthy(evaluate(operands[0], data)),
    "if": _if,
    "in": _in,
    "+": lambda operands, data: _fold(operands, data, lambda a, b: a + b),
    "-": _minus,
    "*": lambda operands, data: _fold(operands, data, lambda a, b: a * b),
    "/": _divide,
    "min": _choice(min),
    "max": _choice(max),
    "cat": lambda operands, data: "".join(_text(evaluate(operand, data)) for operand in operands),
    "length": _length,
    "some": lambda operands, data: any(_matches(operands, data)),
    "all": _all,
    "none": lambda operands, data: not any(_matches(operands, data)),
    "sum_of": _sum_of,
    "count_of": _count_of,
    "collect": _collect,
    "today": lambda operands, data: value_at(data, "today"),
    "years_between": _years_between,
    "add_years": _add_years,
}
ARITY: dict[str, tuple[int, int]] = {
    "var": (1, 2),
    "==": (2, 2),
    "!=": (2, 2),
    "<": (2, 9),
    ">": (2, 9),
    "<=": (2, 9),
    ">=": (2, 9),
    "!": (1, 1),
    "!!": (1, 1),
    "in": (2, 2),
    "-": (1, 99),
    "/": (2, 2),
    "length": (1, 1),
    "some": (2, 2),
    "all": (2, 2),
    "none": (2, 2),
    "sum_of": (1, 2),
    "count_of": (1, 2),
    "collect": (2, 2),
    "today": (0, 0),
    "years_between": (2, 2),
    "add_years": (2, 2),
}


def find_faults(expression: Expression) -> list[str]:
    """Every malformed place in an expression, as sentences; empty when it can be evaluated."""
    if isinstance(expression, list):
        return [fault for part in expression for fault in find_faults(part)]
    if not isinstance(expression, dict):
        return []
    if len(expression) != 1:
        return [f"一个表达式只能有一个运算符，这里有 {len(expression)} 个：{'、'.join(map(str, expression))}。"]
    operator, operands = next(iter(expression.items()))
    if operator not in OPERATORS:
        return [f"不认识的运算符“{operator}”。"]
    operands = operands if isinstance(operands, list) else [operands]
    least, most = ARITY.get(operator, (1, 99))
    if not least <= len(operands) <= most:
        return [f"运算符“{operator}”需要 {least}–{most} 个参数，这里有 {len(operands)} 个。"]
    if operator in ("sum_of", "collect") and len(operands) > 1 and not isinstance(operands[1], str):
        return [f"运算符“{operator}”的第二个参数是行内字段名。"]
    return find_faults(operands)


def references(expression: Expression) -> set[str]:
    """The paths an expression reads, as templates: rows of a list appear as ``shareholders.*.amount``."""
    if isinstance(expression, list):
        return set().union(*(references(part) for part in expression)) if expression else set()
    if not isinstance(expression, dict) or len(expression) != 1:
        return set()
    operator, operands = next(iter(expression.items()))
    operands = operands if isinstance(operands, list) else [operands]
    if operator == "var":
        named = {_template(operands[0])} if operands and isinstance(operands[0], str) else set()
        return named | references(operands[1:])
    if operator in ("some", "all", "none", "sum_of", "count_of", "collect") and operands:
        return _row_references(operator, operands)
    return references(operands)


def _row_references(operator: str, operands: Sequence[Any]) -> set[str]:
    array = operands[0] if isinstance(operands[0], str) else ""
    if isinstance(operands[0], dict) and isinstance(operands[0].get("var"), str):
        array = operands[0]["var"]
    outer = references(operands[0]) if not array else set()
    if len(operands) == 1:
        return outer | {_template(array)}
    if isinstance(operands[1], str):
        return outer | {f"{_template(array)}.*.{operands[1]}"}
    inner = references(operands[1])
    moved = {f"{_template(array)}.*{name[3:]}" if name == "row" or name.startswith("row.") else name for name in inner}
    return outer | (moved or {_template(array)})


def _template(path: str) -> str:
    return ".".join("*" if step.isdigit() else step for step in path.split("."))
