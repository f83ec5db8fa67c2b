"""The restricted language of gateway conditions and decision tables.

Comparisons, ``and``/``or``/``not``, ``in``, arithmetic on numbers, names and dotted names of the data dictionary. No calls, no
comprehensions, no underscore names, nothing of Python's runtime: the text is read into a syntax tree and walked, never evaluated by
``eval``. A name that is not in the data is ``None``; an order comparison with ``None`` or between unlike kinds is false. A dotted name
over a list gathers, as in FEEL: ``shareholders.kind`` is the list of the rows' kinds.
"""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

LONGEST = 500
MOST_NODES = 120
CONSTANTS = {"true": True, "false": False, "null": None, "none": None}

_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


class BadExpression(ValueError):
    """The text is outside the restricted language; the message says which part, in Chinese."""


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> ast.expr:
    """Read and check an expression; BadExpression for anything outside the language."""
    stripped = text.strip()
    if not stripped:
        raise BadExpression("表达式为空")
    if len(stripped) > LONGEST:
        raise BadExpression(f"表达式超过 {LONGEST} 个字符")
    try:
        tree = ast.parse(stripped, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(f"表达式“{stripped}”写法有误") from error
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise BadExpression("表达式过于复杂，请改用决策表")
    _check(tree)
    return tree


def _check(node: ast.expr) -> None:
    match node:
        case ast.Constant(value=value) if value is None or isinstance(value, (str, int, float, bool)):
            return None
        case ast.Name(id=name) if not name.startswith("_"):
            return None
        case ast.Attribute(value=inner, attr=name) if not name.startswith("_"):
            return _check(inner)
        case ast.Subscript(value=inner, slice=ast.Constant(value=key)) if isinstance(key, (str, int)):
            return _check(inner)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts):
            for part in parts:
                _check(part)
            return None
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=inner):
            return _check(inner)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            _check(left)
            return _check(right)
        case ast.Compare(left=left, ops=ops, comparators=rest) if all(
            isinstance(op, (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)) for op in ops
        ):
            for part in (left, *rest):
                _check(part)
            return None
    raise BadExpression(f"不允许的写法“{ast.unparse(node)}”：只能用比较、and/or/not、in、四则运算和数据名")


def evaluate(text: str, data: Mapping[str, Any]) -> Any:
    """The value of ``text`` over ``data``."""
    return _value(parse_expression(text), data)


def is_true(text: str, data: Mapping[str, Any]) -> bool:
    return bool(evaluate(text, data))


def names_in(text: str) -> set[str]:
    """The data names an expression reads (first part of dotted names)."""
    return {node.id for node in ast.walk(parse_expression(text)) if isinstance(node, ast.Name) and node.id not in CONSTANTS}


def paths_in(text: str) -> set[str]:
    """The dotted names an expression reads, whole (``hb.assessment``)."""
    found: set[str] = set()

    def walk(node: ast.AST) -> None:
        steps: list[str] = []
        inner: ast.AST = node
        while isinstance(inner, ast.Attribute):
            steps.insert(0, inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            if inner.id not in CONSTANTS:
                found.add(".".join([inner.id, *steps]))
            return
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(parse_expression(text))
    return found


def is_question(text: str) -> bool:
    """Can the expression only be true or false (a comparison, ``and``, ``or``, ``not``)?"""
    node = parse_expression(text)
    return isinstance(node, ast.Compare | ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))


def texts_compared_with(text: str, name: str) -> set[str]:
    """The string constants ``name`` is compared with by ``==``, ``!=`` or ``in``: lets the linter find misspelt outcomes."""
    found: set[str] = set()
    for node in ast.walk(parse_expression(text)):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
            if any(isinstance(part, ast.Name) and part.id == name for part in parts):
                found |= {
                    inner.value
                    for part in parts
                    for inner in ast.walk(part)
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
                }
    return found


def _value(node: ast.expr, data: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return data[name] if name in data else CONSTANTS.get(name)
        case ast.Attribute(value=inner, attr=name):
            holder = _value(inner, data)
            if isinstance(holder, list):
                return [row[name] for row in holder if isinstance(row, Mapping) and name in row]
            return holder.get(name) if isinstance(holder, Mapping) else None
        case ast.Subscript(value=inner, slice=ast.Constant(value=key)):
            return _item(_value(inner, data), key)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return [_value(part, data) for part in parts]
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, data) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_value(part, data) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _value(inner, data)
        case ast.UnaryOp(operand=inner):
            number = _number(_value(inner, data))
            return None if number is None else -number
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _value(left, data), _value(right, data))
        case ast.Compare(left=left, ops=ops, comparators=rest):
            values = [_value(part, data) for part in (left, *rest)]
            return all(_compare(op, a, b) for op, a, b in zip(ops, values, values[1:], strict=False))
    raise BadExpression("不允许的写法")  # unreachable: parse_expression has checked


def _item(holder: Any, key: object) -> Any:
    if isinstance(holder, Mapping):
        return holder.get(key)
    if isinstance(holder, list) and isinstance(key, int) and -len(holder) <= key < len(holder):
        return holder[key]
    return None


def _number(value: Any) -> int | float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _arithmetic(op: ast.operator, left: Any, right: Any) -> Any:
    a, b = _number(left), _number(right)
    if a is None or b is None or (isinstance(op, ast.Div) and b == 0):
        return None
    return _ARITHMETIC[type(op)](a, b)


def _compare(op: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(op, ast.Eq):
        return bool(left == right)
    if isinstance(op, ast.NotEq):
        return bool(left != right)
    if isinstance(op, (ast.In, ast.NotIn)):
        inside = _inside(left, right)
        return inside if isinstance(op, ast.In) else not inside
    alike = (_number(left) is not None and _number(right) is not None) or (isinstance(left, str) and isinstance(right, str))
    return alike and _ORDER[type(op)](left, right)


def _inside(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return isinstance(left, str) and left in right
    return left in right if isinstance(right, (list, tuple, set, Mapping)) else False
