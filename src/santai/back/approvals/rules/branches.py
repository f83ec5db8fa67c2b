"""The parts of an item, and what each department sees of the one form."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.items import Branch, ItemDefinition


def main_branch(item: ItemDefinition) -> Branch:
    """A single-department item as its own only branch, so that every case is walked the same way."""
    return Branch(
        code="main",
        name=item.name,
        organisation=item.organisation,
        item_name=item.name,
        nature=item.nature,
        process=item.process,
        clocks=item.clocks,
        correction_texts=item.correction_texts,
        special_procedures=item.special_procedures,
        hearing=item.hearing,
        extension_rule=item.extension_rule,
        result=item.results,
    )


def branches_of(item: ItemDefinition) -> tuple[Branch, ...]:
    return item.branches if item.shape == "joint" else (main_branch(item),)


def branch_of(item: ItemDefinition, code: str) -> Branch:
    return next(branch for branch in branches_of(item) if branch.code == code)


def at_path(content: Any, path: str) -> Any:
    """The value at a dotted path; ``shareholders.*.name`` gathers over a repeating group. None when absent."""
    head, _, rest = path.partition(".")
    if head == "*":
        values = [at_path(row, rest) if rest else row for row in (content or [])]
        return [value for value in values if value is not None]
    if isinstance(content, Mapping):
        value = content.get(head)
    elif isinstance(content, list) and head.isdigit() and int(head) < len(content):
        value = content[int(head)]
    else:
        return None
    return at_path(value, rest) if rest else value


def department_view(branch: Branch, content: Mapping[str, Any]) -> dict[str, Any]:
    """The department's own record, derived from the one form by the declared mapping: nothing is typed twice."""
    return {field: at_path(content, path) for field, path in branch.mapping.items()}
