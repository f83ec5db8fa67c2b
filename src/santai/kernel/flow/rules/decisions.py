"""Decision tables: the DMN 1.3 subset that packs use, decided without any engine.

Hit policies UNIQUE, FIRST, ANY, COLLECT (others are refused). Input expressions are names or ``rules.expressions``; input entries are
FEEL unary tests: ``-``, ``"a"``, ``"a","b"``, ``5``, ``< 5``, ``[1..5]``, ``]1..5]``, ``not("a")``, ``true``. Output entries are literals.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from santai.kernel.flow.rules.expressions import BadExpression, evaluate, parse_expression
from santai.kernel.flow.rules.process_file import read_xml

POLICIES = ("UNIQUE", "FIRST", "ANY", "COLLECT")


class DecisionError(ValueError):
    """The rows of a table contradict its hit policy for this data."""


@dataclass(frozen=True)
class Row:
    id: str
    tests: tuple[str, ...]
    outputs: tuple[Any, ...]
    note: str = ""


@dataclass(frozen=True)
class DecisionTable:
    key: str
    name: str
    policy: str
    inputs: tuple[str, ...]
    input_labels: tuple[str, ...]
    outputs: tuple[str, ...]
    output_labels: tuple[str, ...]
    rows: tuple[Row, ...]
    input_ids: tuple[str, ...] = ()

    def decide(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs for ``data``; no row: every output ``None`` (COLLECT: empty lists). DecisionError where UNIQUE or ANY is violated."""
        values = [evaluate(expression, data) for expression in self.inputs]
        hits = [row for row in self.rows if all(passes(test, value) for test, value in zip(row.tests, values, strict=True))]
        if self.policy == "COLLECT":
            return {name: [row.outputs[i] for row in hits] for i, name in enumerate(self.outputs)}
        if self.policy == "UNIQUE" and len(hits) > 1:
            raise DecisionError(f"决策表 {self.key} 有多行同时命中：{'、'.join(row.id for row in hits)}")
        if self.policy == "ANY" and len({repr(row.outputs) for row in hits}) > 1:
            raise DecisionError(f"决策表 {self.key} 命中的各行结果不一致：{'、'.join(row.id for row in hits)}")
        chosen = hits[0].outputs if hits else (None,) * len(self.outputs)
        return dict(zip(self.outputs, chosen, strict=True))


def given_by(row: Row, column: int = 0) -> tuple[Any, ...]:
    """What a row gives in an output column: a list literal gives each of its values, an empty or ``null`` entry nothing."""
    value = row.outputs[column]
    return tuple(value) if isinstance(value, list) else () if value is None else (value,)


def gathered(table: DecisionTable, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """Every value the rows that hold give in the first output column, each once, in the order of the rows. DecisionError."""
    decided = table.decide(data)[table.outputs[0]]
    found: dict[Any, None] = {}
    for value in decided if isinstance(decided, list) else [decided]:
        found |= dict.fromkeys(value if isinstance(value, list) else () if value is None else (value,))
    return tuple(found)


RANGE = re.compile(r"^([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])$")
ORDERED = re.compile(r"^(<=|>=|<|>|!=|=)\s*(.+)$")


def literal(text: str) -> Any:
    """A FEEL literal: text in quotes, number, true, false, null. BadExpression for anything else."""
    text = text.strip()
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text]
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise BadExpression(f"“{text}”不是文字（加双引号）、数字、true、false 或 null") from error
    if not isinstance(value, (str, int, float, list)) or (
        isinstance(value, list) and not all(isinstance(v, (str, int, float)) for v in value)
    ):
        raise BadExpression(f"“{text}”不是文字、数字、true、false 或 null")
    return value


def parts_of(text: str) -> list[str]:
    """Split at commas outside quotes and brackets."""
    parts, current, quoted, depth = [], "", False, 0
    for character in text:
        if character == '"':
            quoted = not quoted
        if not quoted:
            depth += (character == "(") - (character == ")")
        if character == "," and not quoted and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in (*parts, current)]


def passes(test: str, value: Any) -> bool:
    """Does ``value`` pass a unary test? Unlike kinds never pass an order test."""
    test = test.strip()
    if test in ("", "-"):
        return True
    if test.startswith("not(") and test.endswith(")"):
        return not passes(test[4:-1], value)
    return any(_passes_one(part, value) for part in parts_of(test))


def _passes_one(test: str, value: Any) -> bool:
    if found := RANGE.match(test):
        low, high = literal(found[2]), literal(found[3])
        return _ordered(">=" if found[1] == "[" else ">", value, low) and _ordered("<=" if found[4] == "]" else "<", value, high)
    if found := ORDERED.match(test):
        return _ordered(found[1], value, literal(found[2]))
    return _equal(value, literal(test))


def _equal(a: Any, b: Any) -> bool:
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


def _ordered(sign: str, a: Any, b: Any) -> bool:
    if sign in ("=", "!="):
        return _equal(a, b) == (sign == "=")
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (a, b))
    if not numbers and not (isinstance(a, str) and isinstance(b, str)):
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def check_test(test: str) -> None:
    """BadExpression when a unary test cannot be read."""
    test = test.strip()
    if test in ("", "-"):
        return None
    if test.startswith("not(") and test.endswith(")"):
        return check_test(test[4:-1])
    for part in parts_of(test):
        if found := RANGE.match(part):
            literal(found[2]), literal(found[3])
        elif found := ORDERED.match(part):
            literal(found[2])
        else:
            literal(part)
    return None


def literals_in(test: str) -> list[Any]:
    """The values a readable test names, ends of ranges included."""
    test = test.strip()
    if test in ("", "-"):
        return []
    if test.startswith("not(") and test.endswith(")"):
        return literals_in(test[4:-1])
    found: list[Any] = []
    for part in parts_of(test):
        if ends := RANGE.match(part):
            found += [literal(ends[2]), literal(ends[3])]
        elif order := ORDERED.match(part):
            found.append(literal(order[2]))
        else:
            found.append(literal(part))
    return found


def read_decisions(text: str) -> tuple[dict[str, DecisionTable], list[tuple[str, str]]]:
    """All tables of a DMN file by id, and the problems found: (element, text)."""
    problems: list[tuple[str, str]] = []
    tables: dict[str, DecisionTable] = {}
    try:
        root = read_xml(text)
    except ValueError as error:
        return {}, [("", str(error))]
    for decision in (each for each in root.iter() if _tag(each) == "decision"):
        key = decision.get("id", "")
        table = next((each for each in decision if _tag(each) == "decisionTable"), None)
        if not key or table is None:
            problems.append((key, "决策须有 id 和一张决策表（decisionTable）；不支持其他表达方式"))
            continue
        if key in tables:
            problems.append((key, "决策 id 重复"))
        tables[key] = _table(key, decision.get("name", key), table, problems)
    if not tables and not problems:
        problems.append(("", "文件里没有决策表"))
    return tables, problems


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    found = next((each for each in element.iter() if _tag(each) == "text"), None)
    return (found.text or "").strip() if found is not None else ""


def _table(key: str, name: str, table: Element, problems: list[tuple[str, str]]) -> DecisionTable:
    policy = table.get("hitPolicy", "UNIQUE").upper()
    if policy not in POLICIES:
        problems.append((key, f"命中策略 {policy} 不支持，只支持 {'、'.join(POLICIES)}"))
    if table.get("aggregation"):
        problems.append((key, "不支持汇总（aggregation）"))
    columns = [each for each in table if _tag(each) == "input"]
    results = [each for each in table if _tag(each) == "output"]
    inputs = tuple(_text(each) for each in columns)
    outputs = tuple(each.get("name", "") for each in results)
    for place, expression in enumerate(inputs):
        try:
            parse_expression(expression)
        except BadExpression as error:
            problems.append((key, f"第 {place + 1} 个输入：{error}"))
    if not outputs or not all(outputs) or len(set(outputs)) != len(outputs):
        problems.append((key, "每个输出列须有不重复的 name"))
    rows = []
    for number, rule in enumerate((each for each in table if _tag(each) == "rule"), start=1):
        row_id = rule.get("id", f"第{number}行")
        tests = tuple(_text(each) for each in rule if _tag(each) == "inputEntry")
        entries = [_text(each) for each in rule if _tag(each) == "outputEntry"]
        if len(tests) != len(inputs) or len(entries) != len(outputs):
            problems.append((row_id, f"决策表 {key} 第 {number} 行的列数与表头不符"))
            continue
        values: list[Any] = []
        for test in tests:
            try:
                check_test(test)
            except BadExpression as error:
                problems.append((row_id, f"决策表 {key} 第 {number} 行输入：{error}"))
        for entry in entries:
            try:
                values.append(literal(entry) if entry else None)
            except BadExpression as error:
                problems.append((row_id, f"决策表 {key} 第 {number} 行输出：{error}"))
        note = next((each.text or "" for each in rule if _tag(each) == "description"), "")
        note = note or next((_text(each) for each in rule if _tag(each) == "annotationEntry"), "")
        rows.append(Row(row_id, tests, tuple(values), note.strip()))
    if not rows:
        problems.append((key, "决策表没有任何一行"))
    return DecisionTable(
        key=key,
        name=name,
        policy=policy,
        inputs=inputs,
        input_labels=tuple(each.get("label", "") or expression for each, expression in zip(columns, inputs, strict=True)),
        outputs=outputs,
        output_labels=tuple(each.get("label", "") or each.get("name", "") for each in results),
        rows=tuple(rows),
        input_ids=tuple(each.get("id", "") or key for each in columns),
    )
