"""What an item version decides for one application, by the tables it was published with: who takes part, what to hand in, what it costs.

Front and back ask here, so that the guide, the draft and the case can never disagree. Nothing is read from a database.
"""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.items import Branch, FeeDefinition, ItemDefinition, MaterialDefinition
from santai.kernel.flow.service import (
    ANYTHING,
    YES_NO,
    DecisionTable,
    Domain,
    cell_said,
    gathered,
    given_by,
    is_question,
    table_in,
)
from santai.kernel.forms.service import Form

KINDS = {"routing": "branch", "materials": "material", "fees": "fee"}  # decision → the output column it reads


def typed_answers(item: ItemDefinition, situation: Mapping[str, Any]) -> dict[str, Any]:
    """Question id → the value its option declares (``true``, ``"work"`` …), however the page sent it; unknown answers are left out."""
    answers: dict[str, Any] = {}
    for question in item.questions:
        given = situation.get(question["id"])
        for option in question["options"]:
            if given is not None and str(option["value"]).lower() == str(given).lower():
                answers[question["id"]] = option["value"]
    return answers


def facts_of(item: ItemDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the tables look at: the form's data with the guided answers under ``situation``; a question named like a field stands for
    the field until the form answers it."""
    situation = data.get("situation") or {}
    answers = typed_answers(item, situation)
    return {**answers, **data, "situation": {**situation, **answers}}


def joined_branches(item: ItemDefinition, data: Mapping[str, Any]) -> list[Branch]:
    """The departments that take part in an application with this content. DecisionError where the table contradicts itself."""
    codes = _decided(item, "routing", data)
    return [branch for branch in item.branches if codes is None or branch.code in codes]


def needed_materials(item: ItemDefinition, data: Mapping[str, Any]) -> list[MaterialDefinition]:
    """The materials an application with this content needs."""
    codes = _decided(item, "materials", data)
    return [material for material in item.materials if codes is None or material.code in codes]


def fees_due(item: ItemDefinition, data: Mapping[str, Any]) -> list[FeeDefinition]:
    """What an application with this content costs. Empty although the item has charges: the answers do not tell yet."""
    codes = _decided(item, "fees", data)
    return [fee for fee in item.fees if codes is None or fee.code in codes]


def _decided(item: ItemDefinition, kind: str, data: Mapping[str, Any]) -> tuple[Any, ...] | None:
    table = decision_table(item, kind)
    return None if table is None else gathered(table, facts_of(item, data))


def decision_table(item: ItemDefinition, kind: str) -> DecisionTable | None:
    """The table ``kind`` (routing, materials, fees) of a published version; None when it needs none."""
    key = getattr(item.decisions, kind)
    return table_in(item.tables[key], key) if key else None


# -- the tables as a reader sees them ----------------------------------------------------------------------------------------------


def input_domains(table: DecisionTable, item: ItemDefinition, form: Form | None) -> dict[str, Domain]:
    """What each input can be, from the form's fields and the guided questions."""
    return {expression: _domain(expression, item, form) for expression in table.inputs}


def _domain(expression: str, item: ItemDefinition, form: Form | None) -> Domain:
    field = form.fields.get(expression) if form else None
    if field and field.options:
        return Domain(values=tuple(one.value for one in field.options), labels=tuple(one.label.zh for one in field.options))
    question = next((one for one in item.questions if one["id"] == expression.removeprefix("situation.")), None)
    if question:
        options = question["options"]
        return Domain(values=tuple(one["value"] for one in options), labels=tuple(str(one["label"]) for one in options))
    if field and field.type == "boolean":
        return YES_NO
    if field and field.type in ("number", "integer"):
        least = field.schema.get("minimum", field.schema.get("exclusiveMinimum"))
        return Domain(least=least, most=field.schema.get("maximum", field.schema.get("exclusiveMaximum")))
    return YES_NO if is_question(expression) else ANYTHING


def conditions_said(item: ItemDefinition, kind: str, form: Form | None) -> dict[str, str]:
    """Code → when it takes part, is needed or due, in words; an empty text: always."""
    table = decision_table(item, kind)
    if table is None:
        return {}
    said: dict[str, list[str]] = {}
    for cells, row in zip(_cells_said(table, item, form), table.rows, strict=True):
        parts = [f"{label}：{cell}" for label, cell, test in zip(table.input_labels, cells, row.tests, strict=True) if not _open(test)]
        for code in given_by(row):
            said.setdefault(str(code), []).append("，".join(parts))
    return {code: "" if "" in rows else "；或者".join(rows) for code, rows in said.items()}


def decision_said(item: ItemDefinition, kind: str, form: Form | None) -> dict[str, Any] | None:
    """A whole table for a page: name, hit policy, labels of the columns, rows with their cells, what they give by name, and their note."""
    table = decision_table(item, kind)
    if table is None:
        return None
    names = _names(item, kind)
    return {
        "key": table.key,
        "name": table.name,
        "policy": table.policy,
        "columns": [*table.input_labels, f"→ {table.output_labels[0]}", "说明"],
        "rows": [
            [*cells, "、".join(names.get(str(code), str(code)) for code in given_by(row)) or "无", row.note]
            for cells, row in zip(_cells_said(table, item, form), table.rows, strict=True)
        ],
    }


def _names(item: ItemDefinition, kind: str) -> dict[str, str]:
    if kind == "routing":
        return {one.code: f"{one.name}（{one.item_name}）" for one in item.branches}
    if kind == "materials":
        return {one.code: one.name for one in item.materials}
    return {one.code: f"{one.name} {one.amount} 元" for one in item.fees}


def _cells_said(table: DecisionTable, item: ItemDefinition, form: Form | None) -> list[list[str]]:
    domains = input_domains(table, item, form)
    return [
        [cell_said(test, domains[expression].names()) for test, expression in zip(row.tests, table.inputs, strict=True)]
        for row in table.rows
    ]


def _open(test: str) -> bool:
    return test.strip() in ("", "-")
