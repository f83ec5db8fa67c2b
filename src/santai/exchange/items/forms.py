"""What the editing page shows of a draft and reads back from it."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.items.messages import Finding, Sheet
from santai.exchange.items.queries.drafts import options_of
from santai.exchange.items.rules.cells import NotAValue, read, write
from santai.exchange.items.rules.sheet import Column, Group
from santai.kernel.web.service import whole

WIDGETS = {
    "text": "text", "long": "textarea", "lines": "textarea", "list": "text", "yes_no": "radio", "choice": "select", "choices": "checkboxes",
    "number": "number", "date": "date", "pairs": "textarea", "figures": "text",
}  # fmt: skip
MOST_ROWS = 200


class Entries:
    """What was typed on a group's page: ``changes`` for the sheet, ``errors`` by field, and the page's fields as they were entered."""

    def __init__(self, group: Group, post: Any, sheet: Sheet) -> None:
        self.group = group
        self.errors: dict[str, str] = {}
        self.typed: dict[str, Any] = {}
        self.changes: Sheet = {}
        if group.columns:
            self.changes["main"] = {column.key: self._read(column, column.key, post) for column in group.columns}
        if group.table:
            self.rows = min(whole(post.get(f"{group.table.key}.count", ""), most=999_999) or 0, MOST_ROWS)
            self.changes[group.table.key] = [
                {column.key: self._read(column, f"{group.table.key}.{number}.{column.key}", post) for column in group.table.columns}
                for number in range(self.rows)
            ]
        self.sheet: Sheet = {**sheet, **self.changes, "main": {**sheet["main"], **self.changes.get("main", {})}}

    def _read(self, column: Column, name: str, post: Any) -> Any:
        if column.kind == "choices":
            given: Any = post.getlist(name)
            self.typed[name] = given
            given = "、".join(given)
        else:
            given = self.typed[name] = post.get(name, "").replace("\r\n", "\n")
        try:
            return read(column, given, options_of(column.source) if column.source else None)
        except NotAValue as wrong:
            self.errors[name] = str(wrong)
            return read(column, "")

    def add_row(self) -> None:
        assert self.group.table
        self.changes[self.group.table.key].append({column.key: read(column, "") for column in self.group.table.columns})
        self.rows += 1

    def remove_row(self, number: int) -> None:
        """The row goes, those after it move up, with what was typed in them."""
        assert self.group.table
        key = self.group.table.key
        if not 0 <= number < self.rows:
            return
        del self.changes[key][number]
        typed, errors = dict(self.typed), dict(self.errors)
        for line in range(number, self.rows):
            for column in self.group.table.columns:
                here, after = f"{key}.{line}.{column.key}", f"{key}.{line + 1}.{column.key}"
                for kept, old in ((self.typed, typed), (self.errors, errors)):
                    kept.pop(here, None)
                    if after in old:
                        kept[here] = old[after]
        self.rows -= 1


def page_of(
    group: Group, sheet: Sheet, *, findings: list[Finding], entries: Entries | None = None, locked: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The group's fields and rows for the template, each with its error and its hint."""
    errors = {one.field: one.text for one in reversed(findings) if one.field and one.blocks}
    hints = {one.field: one.text for one in reversed(findings) if one.field and not one.blocks}
    typed: Mapping[str, Any] = entries.typed if entries else {}
    if entries:
        errors |= entries.errors
    current = entries.sheet if entries else sheet

    def shown(column: Column, name: str, value: Any, lock: bool) -> dict[str, Any]:
        options = column.options or (options_of(column.source) if column.source else {})
        if column.kind == "yes_no":
            options = {"是": "是", "否": "否"}
        plain = column.kind in ("choice", "choices")
        return {
            "name": name, "label": column.title, "kind": WIDGETS[column.kind], "options": list(options.items()),
            "value": typed.get(name, value if plain else write(column, value)), "help": column.help, "error": errors.get(name, ""),
            "hint": hints.get(name, ""), "required": column.needed, "locked": lock, "inline": column.kind == "yes_no",
        }  # fmt: skip

    table = group.table
    lock_rows = table is not None and table.key in locked
    listed = (entries.changes if entries else current).get(table.key, []) if table else []
    return {
        "fields": [shown(one, one.key, current["main"].get(one.key), one.key in locked) for one in group.columns],
        "table": table,
        "rows": [
            {
                "number": number, "title": f"{table.title} {number + 1}",
                "fields": [shown(one, f"{table.key}.{number}.{one.key}", row.get(one.key), lock_rows) for one in table.columns],
            }
            for number, row in enumerate(listed)
        ]
        if table
        else [],
        "row_locked": lock_rows,
    }  # fmt: skip
