"""Between the list as people fill it in (a sheet) and the definition the desks work by. Pure.

What the sheet has no column for (branches, mappings, decision tables, guide paragraphs) stays as it is in the version a draft began from.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from santai.exchange.contracts.service import ItemDefinition, encode
from santai.exchange.items.messages import Sheet
from santai.exchange.items.rules.sheet import COLUMNS, TABLES, UNITS
from santai.kernel.clocks.service import LICENSING_CAUSES, Rule

RuleOf = Callable[[str], Rule | None]
# columns that are not a field of the definition by their own name
ELSEWHERE = {
    "form", "statutory_length", "statutory_unit", "promised_length", "promised_unit", "runs_from", "result_kind", "result_name",
    "result_type",
    "result_sample", "before", "after", "assurance_level", "nature",
}  # fmt: skip


def to_sheet(item: ItemDefinition, rule_of: RuleOf) -> Sheet:
    """The version as people read it."""
    promised, statutory = rule_of(item.clocks.promised), rule_of(item.clocks.statutory)
    data: dict[str, Any] = encode(item)
    main: dict[str, Any] = {}
    for key, column in COLUMNS.items():
        if key not in ELSEWHERE:
            value = getattr(item, key)
            main[key] = list(value) if isinstance(value, tuple) else value
            if column.kind == "number" and value == 0 and key != "visits":
                main[key] = None
    main |= {
        "nature": item.nature, "form": f"{item.form}@{item.form_version}" if item.form else "",
        "assurance_level": str(item.assurance_level),
        "statutory_length": statutory.length if statutory else None, "statutory_unit": statutory.unit if statutory else "",
        "promised_length": promised.length if promised else None, "promised_unit": promised.unit if promised else "",
        "runs_from": item.clocks.runs_from, "result_kind": item.results.kind, "result_name": item.results.name,
        "result_type": item.results.licence_type, "result_sample": dict(item.results.sample),
        "before": dict(item.before_after.get("before", {})), "after": dict(item.before_after.get("after", {})),
    }  # fmt: skip
    if not item.served:
        main["served"] = [code for code, kind in (("1", "person"), ("2", "organisation")) if kind in item.holder_kinds]
    rows: Sheet = {"main": main}
    for key, table in TABLES.items():
        listed = data.get(key, [])
        rows[key] = [{column.key: _cell(key, column.key, row) for column in table.columns} for row in listed]
    return rows


def _cell(table: str, column: str, row: Mapping[str, Any]) -> Any:
    if table == "questions" and column == "options":
        return {_plain(one["value"]): str(one["label"]) for one in row.get("options", [])}
    if table == "materials" and column == "required":
        return row.get("required", True)
    return row.get(column, "")


def _plain(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def to_definition(
    sheet: Sheet, base: Mapping[str, Any], rule_of: RuleOf, *, version: int, organisation: str, organisation_name: str
) -> dict[str, Any]:
    """Plain data of an ItemDefinition: what the sheet says over what ``base`` keeps. Its clocks name the rules of ``own_rules``."""
    main: dict[str, Any] = sheet["main"]
    data = {key: value for key, value in base.items() if key not in ("tables", "claimed")}
    data |= {"version": version, "organisation": organisation, "organisation_name": organisation_name, "shape": base.get("shape", "single")}
    for key, column in COLUMNS.items():
        if key not in ELSEWHERE and key in main:
            data[key] = (main[key] or 0) if column.kind == "number" else main[key]
    form, _, number = str(main.get("form") or "").partition("@")
    served = main.get("served") or []
    data |= {
        "nature": main.get("nature") or "registration", "form": form, "form_version": int(number or 1),
        "assurance_level": int(main.get("assurance_level") or 2),
        "holder_kinds": [kind for kind, holds in (("person", "1" in served), ("organisation", any(one != "1" for one in served))) if holds],
        "results": {**base.get("results", {}), "kind": main.get("result_kind") or "document", "name": main.get("result_name", ""),
                    "licence_type": main.get("result_type", ""), "sample": main.get("result_sample") or {}},
        "before_after": {side: figures for side in ("before", "after") if (figures := main.get(side))},
        "topics": list(dict.fromkeys([*(main.get("person_topics") or []), *(main.get("corporate_topics") or []), *base.get("topics", [])])),
        "clocks": _clocks(sheet, base.get("clocks", {}), rule_of),
        "promised_text": limit_text(main, "promised") or base.get("promised_text", ""),
        "statutory_text": limit_text(main, "statutory") or base.get("statutory_text", ""),
        "flow_steps": main.get("flow_steps") or [],
    }  # fmt: skip
    for key, table in TABLES.items():
        data[key] = [_row(key, row, _base_row(key, row, base), {column.key for column in table.columns}) for row in sheet.get(key, [])]
    data["legal_basis"] = [_sentence(row) for row in sheet.get("bases", [])] or list(base.get("legal_basis", []))
    return {key: value for key, value in data.items() if value is not None}


def own_rules(sheet: Sheet, base: Mapping[str, Any], rule_of: RuleOf) -> list[dict[str, Any]]:
    """The clock rules the limits of the sheet need beyond what ``base`` names, as data; items with the same limit share the rule."""
    main = sheet["main"]
    trigger = main.get("runs_from") or "acceptance"
    return [
        {
            "code": _own_code(sheet, kind), "title": title, "kind": kind, "unit": main[f"{kind}_unit"], "length": main[f"{kind}_length"],
            "trigger": trigger, "counts_from": {"acceptance": "受理之日", "receipt": "收到申请之日"}[trigger], "law": _law(sheet, kind),
            "stops": [cause for cause in main.get("special_procedures") or [] if cause in LICENSING_CAUSES],
        }
        for kind, title in (("promised", "承诺办结时限"), ("statutory", "法定办结时限"))
        if _limited(main, kind) and not _kept(main, kind, base.get("clocks", {}), rule_of)
    ]  # fmt: skip


def _limited(main: Mapping[str, Any], kind: str) -> bool:
    return main.get(f"{kind}_length") is not None and bool(main.get(f"{kind}_unit"))


def _kept(main: Mapping[str, Any], kind: str, clocks: Mapping[str, Any], rule_of: RuleOf) -> bool:
    """Does the rule the base names say what the sheet says? Then it stays, with its law, its stops and its extension."""
    rule = rule_of(clocks.get(kind, ""))
    return (
        rule is not None
        and rule.length == main.get(f"{kind}_length")
        and rule.unit == main.get(f"{kind}_unit")
        and rule.trigger == (main.get("runs_from") or "acceptance")
    )


def _law(sheet: Sheet, kind: str) -> str:
    bases = sheet.get("bases") or []
    return _sentence(bases[0]) if kind == "statutory" and bases else f"事项实施清单公布的{'承诺' if kind == 'promised' else '法定'}时限"


def _own_code(sheet: Sheet, kind: str) -> str:
    main = sheet["main"]
    rest = f"{_law(sheet, kind)}|{sorted(main.get('special_procedures') or [])}|{main.get('runs_from')}"
    unit = main[f"{kind}_unit"].replace("_", "-")
    return f"list-{kind}-{main[f'{kind}_length']}-{unit}-{hashlib.sha256(rest.encode()).hexdigest()[:8]}"


def _clocks(sheet: Sheet, base: Mapping[str, Any], rule_of: RuleOf) -> dict[str, Any]:
    main = sheet["main"]
    clocks = {"correction": "xk-correction-5", **base, "runs_from": main.get("runs_from") or "acceptance"}
    for kind in ("promised", "statutory"):
        if not _limited(main, kind):
            clocks[kind] = ""
        elif not _kept(main, kind, base, rule_of):
            clocks[kind] = _own_code(sheet, kind)
    return clocks


def limit_text(main: Mapping[str, Any], kind: str) -> str:
    """The limit as the guide says it: 10 个工作日. Empty when there is none."""
    if main.get(f"{kind}_length") is None:
        return "当场办结" if kind == "promised" and main.get("handling") == "instant" else ""
    unit = UNITS.get(main.get(f"{kind}_unit") or "", "")
    return f"{main[f'{kind}_length']} {'' if unit == '自然日' else '个'}{'日' if unit == '自然日' else unit}"


def _base_row(table: str, row: Mapping[str, Any], base: Mapping[str, Any]) -> Mapping[str, Any]:
    name = {"questions": "id", "faq": "title", "bases": "title"}.get(table, "code")
    return next((one for one in base.get(table, []) if one.get(name) == row.get(name)), {})


def _row(table: str, row: Mapping[str, Any], base: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    data = {**{key: value for key, value in base.items() if key not in known}, **row}
    if table == "questions":
        labels = row.get("options") or {}
        kept = {_plain(one["value"]): one for one in base.get("options", [])}
        data["options"] = [{**kept.get(value, {"value": value}), "label": label} for value, label in labels.items()]
        return {key: value for key, value in data.items() if value != "" or key in ("id", "text")}
    for column in TABLES[table].columns:
        if column.kind == "number":
            data[column.key] = data.get(column.key) or 0
    return data


def _sentence(row: Mapping[str, Any]) -> str:
    number = f"（{row['number']}）" if row.get("number") else ""
    return f"{row.get('title', '')}{number}{row.get('articles', '')}"
