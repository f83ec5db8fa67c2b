"""Walking a form together with its data: concrete paths, visibility, computed values, pruning."""

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from santai.kernel.forms.rules import logic
from santai.kernel.forms.rules.definition import Block, Field, Form, Group, Section
from santai.kernel.forms.rules.entries import set_at

Data = dict[str, Any]


def is_empty(value: Any) -> bool:
    """Nothing entered: missing, blank, or a list or row with nothing in it. ``False`` and 0 are answers."""
    if value is None or value == "":
        return True
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return isinstance(value, list) and all(is_empty(part) for part in value)


def concrete(path: str, data: Data) -> Iterator[tuple[str, Any]]:
    """Every concrete path of a template with the innermost row it stands in (None outside a repeating group)."""
    head, star, tail = path.partition(".*.")
    if not star:
        yield path, None
        return
    rows = logic.value_at(data, head)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if "*" in tail:
            for inner, inner_row in concrete(tail, row if isinstance(row, dict) else {}):
                yield f"{head}.{number}.{inner}", inner_row
        else:
            yield f"{head}.{number}.{tail}", row


def with_today(data: Data, today: date | str | None) -> Data:
    return {**data, "today": today.isoformat() if isinstance(today, date) else today}


def is_visible(when: tuple[Any, ...], data: Data, row: Any = None) -> bool:
    seen = data if row is None else logic.with_row(data, row)
    return all(logic.holds(condition, seen) for condition in when)


def fields_of(blocks: tuple[Block, ...]) -> Iterator[Field]:
    for block in blocks:
        if isinstance(block, Field):
            yield block
        elif isinstance(block, Group):
            yield from fields_of(block.fields)


def groups_of(blocks: tuple[Block, ...]) -> Iterator[Group]:
    for block in blocks:
        if isinstance(block, Group):
            yield block
            yield from groups_of(block.fields)


def paths_of(section: Section) -> set[str]:
    """Template paths of a section: its fields and its groups."""
    return {field.path for field in fields_of(section.blocks)} | {group.path for group in groups_of(section.blocks)}


def work_out(form: Form, data: Data, today: date | str | None) -> Data:
    """The data with every computed value worked out afresh; what was posted for them does not count."""
    made = copy.deepcopy(data)
    for template in form.compute_order:
        field = form.fields[template]
        for path, row in list(concrete(template, made)):
            if row is not None and not isinstance(row, dict):
                continue
            seen = with_today(made, today)
            asked = is_visible(field.when, seen, row)
            value = logic.evaluate(field.compute, seen if row is None else logic.with_row(seen, row)) if asked else None
            if not is_empty(value):
                set_at(made, path, value)
            elif logic.value_at(made, path) is not None:
                set_at(made, path, None)
    return made


def visible_only(form: Form, data: Data, today: date | str | None) -> Data:
    """The data without answers to questions that are not asked. A hidden answer may hide others, so this repeats until nothing changes."""
    kept = copy.deepcopy(data)
    for _ in range(8):
        gone = False
        seen = with_today(kept, today)
        hidden = [
            path
            for field in form.fields.values()
            if field.when
            for path, row in concrete(field.path, kept)
            if logic.value_at(kept, path) is not None and not is_visible(field.when, seen, row)
        ]
        hidden += [
            path
            for group in form.groups.values()
            if group.when
            for path, row in concrete(group.path, kept)
            if logic.value_at(kept, path) is not None and not is_visible(group.when, seen, row)
        ]
        for path in hidden:
            parent = logic.value_at(kept, path.rpartition(".")[0])
            if isinstance(parent, dict):
                parent.pop(path.rpartition(".")[2], None)
                gone = True
        if not gone:
            break
        kept = work_out(form, kept, today)
    return kept


def without_blanks(value: Any) -> Any:
    """The same data without blank entries; rows stay in place so that paths keep their meaning."""
    if isinstance(value, Mapping):
        cleaned = {key: without_blanks(part) for key, part in value.items()}
        return {key: part for key, part in cleaned.items() if part is not None and part != "" and part != {}}
    if isinstance(value, list):
        return [without_blanks(part) for part in value]
    return value
