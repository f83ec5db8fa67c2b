"""Numbers of people and bodies (chapter identity): kernel/codes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from santai.kernel.codes.rules import divisions
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, person_facts
from tests.law.table import Row

PLACE = "号码"
DATABASE = False
DISPUTED: Mapping[str, str] = {}

KINDS = {
    "公民身份号码": "resident-id",
    "统一社会信用代码": "credit-code",
    "外国人永久居留身份证": "prc-permanent-residence",
    "港澳台居民居住证": "hkmo-tw-residence",
    "港澳居民来往内地通行证": "hkmo-pass",
    "台湾居民来往大陆通行证": "tw-pass",
}
COMPARED = {"valid", "findings", "type", "born_on", "sex", "stored"}
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
    return event["as"] in KINDS and "via" not in event and row.expect.keys() <= COMPARED


def run(row: Row) -> None:
    event = row.events[0]
    found: dict[str, Any] = {}
    with the_city_of_the_table():
        try:
            stored = check_identifier(KINDS[event["as"]], event["value"], on=date.fromisoformat(event["at"][:10]))
        except InvalidIdentifier as refused:
            found = {"valid": False, "findings": [refused.facts["finding"]]}
        else:
            found = {"valid": True, "stored": stored, "type": event["as"]}
            if event["as"] == "公民身份号码":
                facts = person_facts(stored)
                found |= {"born_on": facts.birth.isoformat(), "sex": facts.sex}
    assert {key: found.get(key) for key in row.expect} == row.expect
