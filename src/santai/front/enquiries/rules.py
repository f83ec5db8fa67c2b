"""What an enquiry service may declare, and how typed answers become values. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from santai.exchange.contracts.service import QUERIES

KINDS = ("query", "calculation", "booking")
KEYS = {"key", "title", "title_en", "summary", "summary_en", "kind", "organisation_name", "topics", "inputs", "via", "law", "note"}
INPUTS = {"name", "label", "label_en", "kind", "options", "help", "unit", "required", "most"}
INPUT_KINDS = ("text", "number", "choice")
VIA = {"table": {"table", "shows"}, "query": {"query", "ask", "shows"}, "page": {"page"}}

Finding = tuple[str, str]


def problems(row: Any, tables: set[str]) -> Iterator[Finding]:
    """(place, text) of everything wrong with one service; ``tables``: decision tables that exist."""
    if not isinstance(row, dict):
        yield "", "应当是“键: 值”的形式。"
        return
    yield from ((str(key), f"未知的键。可用的键：{'、'.join(sorted(KEYS))}。") for key in row if key not in KEYS)
    yield from ((key, "必须填写。") for key in ("key", "title", "summary", "kind", "organisation_name", "via") if not row.get(key))
    if row.get("kind") not in KINDS:
        yield "kind", f"只能是 {'、'.join(KINDS)} 之一。"
    names = set()
    for number, one in enumerate(row.get("inputs") or []):
        place = f"inputs[{number}]"
        if not isinstance(one, dict) or set(one) - INPUTS or not one.get("name") or not one.get("label"):
            yield place, f"每一项要有 name 和 label，可用的键：{'、'.join(sorted(INPUTS))}。"
            continue
        names.add(one["name"])
        if one.get("kind", "text") not in INPUT_KINDS:
            yield f"{place}.kind", f"只能是 {'、'.join(INPUT_KINDS)} 之一。"
        if one.get("kind") == "choice" and not one.get("options"):
            yield f"{place}.options", "选择题必须有选项。"
    yield from _via(row.get("via") or {}, names, tables)


def _via(via: Any, names: set[str], tables: set[str]) -> Iterator[Finding]:
    kind = next((one for one in VIA if isinstance(via, dict) and one in via), None)
    if kind is None or set(via) - VIA[kind]:
        yield "via", "写明 table（决策表）、query（查询）或 page（页面）之一，以及它要的内容。"
    elif kind == "table" and via["table"] not in tables:
        yield "via.table", f"没有决策表“{via['table']}”。"
    elif kind == "page" and not str(via["page"]).startswith("/"):
        yield "via.page", "应当是本站的地址，以 / 开头。"
    elif kind == "query":
        query = QUERIES.get(str(via["query"]))
        if query is None:
            yield (
                "via.query",
                f"没有查询“{via['query']}”。可用：{'、'.join(sorted(name for name, one in QUERIES.items() if not one.personal))}。",
            )
        elif query.personal:
            yield "via.query", "涉及个人信息的查询须本人登录、有授权，不能作为公开的网上服务。"
        else:
            known = set(query.__dataclass_fields__)
            asked = via.get("ask") or {}
            yield from ((f"via.ask.{key}", "这个查询没有这个参数。") for key in asked if key not in known)
            yield from ((f"via.ask.{key}", f"没有名为“{name}”的问题。") for key, name in asked.items() if name not in names)
    if kind in ("table", "query") and not via.get("shows"):
        yield "via.shows", "写明显示哪些结果：名称: 显示的文字。"


def answers(inputs: list[dict[str, Any]], typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by name, and what is wrong by name."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in inputs:
        name, said = one["name"], typed.get(one["name"], "").strip()
        if not said:
            if one.get("required", True):
                wrong[name] = "请填写。"
            values[name] = None
        elif one.get("kind") == "number":
            number = _number(said)
            if number is None or number < 0 or number > one.get("most", 10**12):
                wrong[name] = f"请填写 0 到 {one['most']} 之间的数字。" if "most" in one else "请填写不小于 0 的数字。"
            values[name] = number
        elif one.get("kind") == "choice" and said not in {str(option["value"]) for option in one["options"]}:
            wrong[name] = "请从列出的选项中选择。"
        elif len(said) > 100:
            wrong[name] = "最多 100 个字。"
        else:
            values[name] = said
    return values, wrong


def _number(said: str) -> int | float | None:
    try:
        value = float(said.replace(",", "").replace("，", ""))
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value == int(value) else value
