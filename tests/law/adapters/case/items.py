"""The item of a row: what its kind has by the platform's own default, changed by what the row says, published like any other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from santai.exchange.contracts.service import ClockSet, ItemDefinition, MaterialDefinition, ResultDefinition
from santai.exchange.items.service import publish_item
from santai.kernel.clocks import service as clocks
from santai.kernel.ledger.service import system_actor
from tests.law.adapters.case.city import BEGINNING, FORM, ORGAN, REGISTRAR
from tests.law.adapters.case.words import ITEM_FIELDS, KINDS, in_table
from tests.law.table import Row

UNITS = {"工作日": "working_day", "自然日": "calendar_day", "小时": "hour"}
TRIGGERS = {"受理": "acceptance", "收到": "receipt"}
MATERIALS = {"申请书": "application", "主件": "main", "附件": "minor"}

KINDS["许可"] = {"nature": "permit", "act_type": "01", "process": "permit"}
KINDS["登记"] = {"nature": "registration", "act_type": "07", "process": "instant", "organisation": REGISTRAR}


def item_of(row: Row) -> ItemDefinition:
    """The definition the row's item is published with. ``terms`` are keyword arguments; the key ``clocks`` holds a ClockSet's."""
    terms: dict[str, Any] = {
        "code": f"law-{row.id}", "basic_code": "000114999000", "version": 1, "name": "本行的事项", "organisation": ORGAN,
        "region": "189901", "holder_kinds": ("person", "organisation"), "form": FORM, "clocks": {},
        "legal_basis": (row.citation,), "results": ResultDefinition(kind="document", name="决定书"),
        "materials": [
            MaterialDefinition(code=code, name=name, source="upload", required=True) for name, code in MATERIALS.items()
        ],
    }  # fmt: skip
    terms |= KINDS[row.kind]
    for name, value in row.item.items():
        ITEM_FIELDS[name](terms, value, row)
    terms["clocks"] = ClockSet(**terms["clocks"])
    terms["materials"] = tuple(terms["materials"])
    return ItemDefinition(**terms)


def publish(item: ItemDefinition, at: datetime = BEGINNING) -> None:
    publish_item(definition=item, actor=system_actor("tests"), at=at)


def limit(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"length": said["length"], "unit": UNITS[said["unit"]], "trigger": TRIGGERS[said.get("from", "受理")]}


def own_rule(code: str, **terms: Any) -> str:
    """A clock rule of the row's own, as a pack would bring it."""
    rule = clocks.Rule(code=code, **terms)
    clocks.install_rules(rules=[rule], actor=system_actor("tests"), at=BEGINNING)
    return code


@in_table(ITEM_FIELDS, "name")
def _name(terms: dict[str, Any], value: str, row: Row) -> None:
    terms["name"] = value
