"""What differs between two sheets, in the words of the list. Pure."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.items.rules.cells import write
from santai.exchange.items.rules.sheet import GROUPS, Column, Table

NAMED_BY = {"questions": "id", "faq": "title", "bases": "title"}


def sheet_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each column and each row that differs: group, label, before, after (as people read them). Rows are matched by code or title."""
    found: list[dict[str, str]] = []
    for group in GROUPS:
        for column in group.columns:
            old, new = _said(column, before.get("main", {})), _said(column, after.get("main", {}))
            if old != new:
                found.append({"group": group.title, "label": column.title, "before": old, "after": new})
        if group.table:
            found += _rows(group.title, group.table, before.get(group.table.key, []), after.get(group.table.key, []))
    return found


def _rows(group: str, table: Table, before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    name = NAMED_BY.get(table.key, "code")
    old, new = ({str(row.get(name, "")): row for row in rows} for rows in (before, after))
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        said = f"{table.title}“{(new.get(key) or old[key]).get('name') or key}”"
        if key not in new:
            found.append({"group": group, "label": said, "before": _line(table, old[key]), "after": "（删去）"})
        elif key not in old:
            found.append({"group": group, "label": said, "before": "（没有）", "after": _line(table, new[key])})
        else:
            for column in table.columns:
                was, now = _said(column, old[key]), _said(column, new[key])
                if was != now:
                    found.append({"group": group, "label": f"{said}的{column.title}", "before": was, "after": now})
    return found


def _line(table: Table, row: Mapping[str, Any]) -> str:
    return "\n".join(f"{column.title}：{said}" for column in table.columns if (said := _said(column, row)))


def _said(column: Column, values: Mapping[str, Any]) -> str:
    return write(column, values.get(column.key))
