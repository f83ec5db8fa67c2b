"""Items from packs: everything that can be known to be wrong is found before anything is written."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from santai.exchange.contracts.service import ItemDefinition, decode
from santai.exchange.items.actions.publish_item import publish_item
from santai.exchange.items.queries.checking import Known, faults_of_tables, findings, installed, with_tables
from santai.exchange.items.rules import shape
from santai.kernel.clocks import service as clocks
from santai.kernel.flow import service as flow
from santai.kernel.forms import service as forms
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile, Problem


def entries(file: PackFile) -> list[tuple[str, Any]] | None:
    """(place, data) of each item in a file: a list ``items``, or the file is one item."""
    if isinstance(file.data, dict) and isinstance(file.data.get("items"), list):
        return [(f"items[{index}]", data) for index, data in enumerate(file.data["items"])]
    if isinstance(file.data, dict) and "code" in file.data:
        return [("", file.data)]
    return None


def check_items(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the pack's items."""
    known = _known(pack)
    problems: list[Problem] = []
    seen: dict[tuple[str, int], str] = {}
    for file in files:
        rows = entries(file)
        if rows is None:
            problems.append(file.problem("", "应当是一个事项，或有一个列表 items。"))
            continue
        if "items" in file.data:
            problems += [file.problem(str(key), "未知的键。只能有 items。") for key in file.data if key != "items"]
        for place, data in rows:
            dot = f"{place}." if place else ""
            wrong = list(shape.findings(ItemDefinition, data, place))
            if isinstance(data, dict) and "tables" in data:
                wrong.append((f"{dot}tables", "决策表写在 DMN 文件里，发布时由系统填入，这里不写。"))
            problems += [file.problem(where, text) for where, text in wrong]
            if wrong:
                continue
            item = with_tables(decode(ItemDefinition, data), known.tables)
            problems += [file.problem(f"{dot}{where}", text) for where, text in findings(item, known)]
            problems += _table_problems(item, known, file, f"{dot}decisions")
            if (item.code, item.version) in seen:
                problems.append(file.problem(f"{dot}code", f"事项与版本重复，另见 {seen[item.code, item.version]}。"))
            seen[item.code, item.version] = file.path
    return problems


def install_items(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """Publish every version that is not in force yet."""
    tables = _tables(pack)
    items = [with_tables(decode(ItemDefinition, data), tables) for file in files for _, data in entries(file) or ()]
    return sum(publish_item(definition=item, actor=actor, at=at, pack=pack.name) for item in sorted(items, key=lambda one: one.version))


# -- what may be named ---------------------------------------------------------------------------------------------------------


def _known(pack: Pack) -> Known:
    known = installed()
    for file in pack.visible_files("clock_rules"):
        for data in _rows(file, "clock_rules", "rules"):
            try:
                known.rules[str(data["code"])] = clocks.rule_from_data(data)
            except Exception:  # noqa: S112  (the clock rules' own check reports it)
                continue
    for file in pack.visible_files("forms"):
        for data in _rows(file, "forms"):
            key = (str(data.get("key", "")), data.get("version", 1))
            try:
                known.forms[key] = forms.compile_form(data)
            except Exception:  # the forms' own check reports it
                known.forms[key] = None
    for file in pack.visible_files("processes"):
        known.processes |= set(re.findall(r"<(?:\w+:)?process\b[^>]*?\bid=\"([^\"]+)\"", file.text))
    known.tables = _tables(pack)
    for file in pack.visible_files("organisations"):
        known.organisations |= {str(row.get("code", "")) for row in _rows(file, "organisations")}
        known.credit_codes |= {str(row.get("credit_code", "")) for row in _rows(file, "organisations")}
    return known


def _tables(pack: Pack) -> dict[str, tuple[PackFile | None, str]]:
    """Decision tables by key: those in force, then those the pack and what it requires bring along."""
    deployed = {row.key: (None, row.dmn) for row in flow.deployed_decisions().order_by("key", "version")}
    brought = {key: (file, file.text) for file in reversed(pack.visible_files("decisions")) for key in flow.tables_in(file.text)}
    return {**deployed, **brought}


def _rows(file: PackFile, *names: str) -> list[dict[str, Any]]:
    data = file.data
    if isinstance(data, dict):
        listed = next((data[name] for name in names if isinstance(data.get(name), list)), None)
        data = [data] if listed is None else listed
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def _table_problems(item: ItemDefinition, known: Known, file: PackFile, place: str) -> Iterator[Problem]:
    """What is wrong with the item's tables, named in the DMN file; with a table that is nowhere, in the item's."""
    for kind, element, wrong, source in faults_of_tables(item, known):
        yield source.problem(element, wrong) if source else file.problem(f"{place}.{kind}", wrong)
