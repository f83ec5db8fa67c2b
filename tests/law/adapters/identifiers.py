"""Numbers of people and bodies (chapter identity): kernel/codes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from santai.kernel.codes.rules import divisions
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, kind_of_person_number, person_facts, registrar
from tests.law.table import Row

PLACE = "号码"
DATABASE = False
DISPUTED: Mapping[str, str] = {
    "ident-029": (
        "2017版的形式平台接受，但本行用的号码第8至13位“011980”不是日期：官方样例 CAN110081080310 与其2023版 911124198108030024 "
        "是同一人，可见这六位是出生年月日。请换一个真实结构的号码。"
    ),
}

KINDS = {
    "公民身份号码": "resident-id",
    "统一社会信用代码": "credit-code",
    "外国人永久居留身份证": "prc-permanent-residence",
    "港澳台居民居住证": "hkmo-tw-residence",
    "港澳居民来往内地通行证": "hkmo-pass",
    "台湾居民来往大陆通行证": "tw-pass",
}
ANY = "任意证件"  # the platform tells which it is
COMPARED = {"valid", "findings", "type", "born_on", "sex", "stored", "registrar"}
REGIONS = frozenset({"189901", "189911"})  # divisions of 东江市, the city of the table


@contextmanager
def the_city_of_the_table() -> Iterator[None]:
    """Its invented divisions exist while a row runs, and no database is asked: a city installs its regions from a pack."""
    before = list(divisions._sources)
    divisions._sources[:] = [REGIONS.__contains__]
    try:
        yield
    finally:
        divisions._sources[:] = before


def supports(row: Row) -> bool:
    if row.acts != ("check_number",) or row.given or row.item:
        return False
    event = row.events[0]
    return event["as"] in {*KINDS, ANY} and "via" not in event and row.expect.keys() <= COMPARED


def run(row: Row) -> None:
    event = row.events[0]
    kind = kind_of_person_number(event["value"]) if event["as"] == ANY else KINDS[event["as"]]
    found: dict[str, Any] = {}
    with the_city_of_the_table():
        try:
            stored = check_identifier(kind, event["value"], on=date.fromisoformat(event["at"][:10]))
        except InvalidIdentifier as refused:
            found = {"valid": False, "findings": [refused.facts["finding"]]}
        else:
            found = {"valid": True, "stored": stored, "type": {code: name for name, code in KINDS.items()}[kind]}
            if kind == "resident-id":
                facts = person_facts(stored)
                found |= {"born_on": facts.birth.isoformat(), "sex": facts.sex}
            elif kind == "credit-code":
                found["registrar"] = registrar(stored)
    assert {key: found.get(key) for key in row.expect} == row.expect
