"""Versions in the catalogue (chapter items-and-codes): exchange/items' publication."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.items.service import VersionIsFixed, get_version, publish_item
from santai.kernel.ledger.service import system_actor
from tests.law.table import Row

PLACE = "事项目录"
DATABASE = True
DISPUTED: Mapping[str, str] = {}

CITY = ZoneInfo("Asia/Shanghai")


def supports(row: Row) -> bool:
    """A change of what is published already; when a version takes effect and which one a case has are not told here."""
    if (
        row.acts != ("publish_item", "edit_item")
        or row.item
        or row.given
        or row.expect != {"refused": "version_immutable", "unchanged": True}
    ):
        return False
    first, second = row.events
    return "fields" not in first and first["effective"] == first["at"][:10] and first["version"] == second["version"]


def run(row: Row) -> None:
    first, second = row.events
    actor = system_actor("law")
    item = ItemDefinition(code="row", basic_code="000114025000", version=first["version"], name="本行的事项", promised_text="10个工作日")
    publish_item(definition=item, actor=actor, at=_at(first["at"]))
    before = get_version("row", item.version).definition
    limit = second["fields"]["promised"]
    try:
        publish_item(definition=replace(item, promised_text=f"{limit['length']}个{limit['unit']}"), actor=actor, at=_at(second["at"]))
    except VersionIsFixed:
        assert get_version("row", item.version).definition == before
        return
    raise AssertionError("a published version was changed")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)
