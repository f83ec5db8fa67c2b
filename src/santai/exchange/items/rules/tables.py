"""An item's decision tables (DMN): do they look at what the form asks, give what the item has, and answer every situation? Pure."""

import re
from collections.abc import Iterator
from typing import Any

from santai.exchange.contracts.service import KINDS, ItemDefinition, input_domains
from santai.exchange.items.rules.lint import Finding, path_known
from santai.kernel.flow.service import DecisionTable, Domain, gaps, given_by, literals_in, paths_in
from santai.kernel.forms.service import Form

WHAT = {"routing": "部门分支", "materials": "材料", "fees": "收费"}
NAMES = {"routing": "branches", "materials": "materials", "fees": "fees"}


def lint_table(item: ItemDefinition, kind: str, table: DecisionTable, form: Form | None) -> Iterator[Finding]:
    """(element of the DMN file, text) of everything that is wrong with the table as the ``kind`` table of this item."""
    column = KINDS[kind]
    if table.outputs != (column,):
        yield table.key, f'决策表 {table.key} 用作{WHAT[kind]}表，须恰好有一个输出列 name="{column}"，现有：{"、".join(table.outputs)}'
        return
    domains = input_domains(table, item, form)
    before = len(unknown := list(_inputs(item, table, form)))
    yield from unknown
    yield from _values(table, domains)
    codes = [one.code for one in getattr(item, NAMES[kind])]
    given = {code: row.id for row in table.rows for code in given_by(row)}
    for code, row in given.items():
        if code not in codes:
            yield row, f"决策表 {table.key} 的结果“{code}”不存在：事项 {item.code} 没有这个代码的{WHAT[kind]}"
    for code in codes:
        if code not in given:
            yield table.key, f"决策表 {table.key} 没有一行给出{WHAT[kind]}“{code}”，它就永远用不到"
    if not before and (kind != "materials" or table.policy != "COLLECT"):  # no material at all is an answer; no department is none
        yield from gaps(table, domains, unanswered=kind == "routing")


def _inputs(item: ItemDefinition, table: DecisionTable, form: Form | None) -> Iterator[Finding]:
    if form is None:
        return  # the form's own check, or the reference to it, has said so
    templates = {*form.fields, *form.groups}
    questions = {str(question["id"]) for question in item.questions}
    for number, (expression, element) in enumerate(zip(table.inputs, table.input_ids, strict=True), start=1):
        where = f"决策表 {table.key} 第 {number} 个输入"
        for path in sorted(paths_in(expression)):
            root, _, rest = path.partition(".")
            known = rest in questions if root == "situation" else path in questions or path_known(path, templates)
            if not known:
                yield element, f"{where}：表单和情形问题里都没有“{path}”"
        if _is_many(expression, form):
            yield element, f'{where}“{expression}”有多个值，请写成判断，例如 "某值" in {expression}'


def _is_many(path: str, form: Form) -> bool:
    """A repeating group, a field of its rows, or a field with several choices: nothing a single cell can be compared with."""
    if (field := form.fields.get(path)) is not None:
        return field.type == "array"
    return any(one.replace(".*", "") == path and "*" in one for one in form.fields) or (path in form.groups and form.groups[path].repeats)


def _values(table: DecisionTable, domains: dict[str, Domain]) -> Iterator[Finding]:
    for number, row in enumerate(table.rows, start=1):
        for label, expression, test in zip(table.input_labels, table.inputs, row.tests, strict=True):
            allowed = domains[expression].values
            for value in literals_in(test):
                if allowed and value is not None and not any(_same(value, one) for one in allowed):
                    yield (
                        row.id,
                        f"决策表 {table.key} 第 {number} 行“{label}”没有“{_plain(value)}”这个选项，可用：{'、'.join(map(_plain, allowed))}",
                    )


def _same(a: Any, b: Any) -> bool:
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


def _plain(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def lint_fees(item: ItemDefinition) -> Iterator[Finding]:
    """Charges, their amounts, and the sentence of the guide that speaks of them."""
    sentence = item.fee.strip()
    free = sentence in ("", "不收费", "免费")
    if item.fees and free:
        yield "fee", "列了收费（fees），指南里却写不收费。"
    if not item.fees and not free:
        yield "fees", "收费事项必须把收费标准列在 fees 里。"
    if len(item.fees) > 1 and not item.decisions.fees:
        yield "decisions.fees", "有几种收费时，由哪一种须由决策表决定。"
    seen: set[str] = set()
    for index, fee in enumerate(item.fees):
        place = f"fees[{index}]"
        if fee.code in seen:
            yield f"{place}.code", f"收费代码“{fee.code}”重复。"
        seen.add(fee.code)
        if not re.fullmatch(r"(0|[1-9]\d{0,8})(\.\d{1,2})?", fee.amount):
            yield f"{place}.amount", "金额以元为单位，写成“80”或者“12.50”。"
        elif fee.amount != "0" and not free and fee.amount not in re.findall(r"\d+(?:\.\d+)?", sentence):
            yield f"{place}.amount", f"指南的收费一句里没有 {fee.amount} 元。"
        if not fee.basis:
            yield f"{place}.basis", "必须写明收费依据。"
