"""Reads of the catalogue."""

from typing import Any

from django.db.models import QuerySet

from santai.exchange.contracts.service import KINDS, ItemDefinition, decision_said, decode
from santai.exchange.items.errors import UnknownItem
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.rules import lint
from santai.kernel.forms.service import FormUnknown, get_form


def items_in_force() -> QuerySet[ItemVersion]:
    """The version in force of every item."""
    return ItemVersion.objects.filter(state="published").order_by("organisation_name", "name")


def latest_versions(*, text: str = "", state: str = "") -> list[ItemVersion]:
    """The newest version of every item, whatever its state."""
    found = ItemVersion.objects.order_by("code", "-version").distinct("code")
    rows = [row for row in found if (not text or text in row.name or text in row.code) and (not state or row.state == state)]
    return sorted(rows, key=lambda row: (row.organisation_name, row.name))


def versions_of(code: str) -> list[ItemVersion]:
    """Every version of an item, newest first; UnknownItem when there is none."""
    rows = list(ItemVersion.objects.filter(code=code).order_by("-version"))
    if not rows:
        raise UnknownItem
    return rows


def get_version(code: str, version: int) -> ItemVersion:
    """One version; UnknownItem when there is none."""
    try:
        return ItemVersion.objects.get(code=code, version=version)
    except ItemVersion.DoesNotExist:
        raise UnknownItem from None


def definition_of(row: ItemVersion) -> ItemDefinition:
    return decode(ItemDefinition, row.definition)


def tables_of(row: ItemVersion) -> list[dict[str, Any]]:
    """The decision tables a version was published with, in words: routing, materials, fees."""
    item = definition_of(row)
    try:
        form = get_form(item.form, item.form_version)
    except FormUnknown:
        form = None
    return [said for kind in KINDS if (said := decision_said(item, kind, form)) is not None]


def compare(code: str, old: int, new: int) -> list[tuple[str, object, object]]:
    """What differs between two versions: (place, before, after)."""
    return lint.differences(get_version(code, old).definition, get_version(code, new).definition)
