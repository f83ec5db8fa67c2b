"""Who may draft what: a district claims powers from 基本目录 and drafts services only. Pure."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.items.messages import Sheet
from santai.exchange.items.rules.sheet import BASES, UNIFORM

LEVEL_CODES = {"city": "3", "district": "4", "town": "5", "village": "6"}  # kernel/orgs' levels → 行使层级
FREE = "20"  # 公共服务


def may_draft(act_type: str, level: str) -> bool:
    """May an office of this 行使层级 write the item itself? Local act types (11–19, 21 and above) are services of the place."""
    return level in ("1", "2", "3") or act_type == FREE or act_type in {f"{n}" for n in range(11, 20)} or act_type > FREE


def changed_uniform(before: Sheet, after: Sheet) -> list[str]:
    """Columns a claimer may not change that differ; a 业务办理项 has a name and two more digits of its own."""
    old, new = before["main"], after["main"]
    keys = [key for key in UNIFORM if new.get(key) != old.get(key)]
    if str(new.get("code", ""))[:31] == str(old.get("code", ""))[:31] and new.get("item_name") in (old.get("item_name"), old.get("name")):
        allowed = {"code", "item_name"} | ({"name"} if len(str(new.get("code", ""))) == 33 else set())
        keys = [key for key in keys if key not in allowed]
    if [_named(row) for row in before.get("bases", [])] != [_named(row) for row in after.get("bases", [])]:
        keys.append("bases")
    return keys


def _named(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(column.key) or "" for column in BASES.columns)
