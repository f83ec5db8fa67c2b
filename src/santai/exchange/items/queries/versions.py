"""Reads of the catalogue."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from santai.exchange.contracts.service import KINDS, ItemDefinition, decision_said, decode
from santai.exchange.items.errors import UnknownItem
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.rules import lint
from santai.kernel.forms.service import FormUnknown, get_form
from santai.kernel.text.service import near_query_of, query_of


def items_in_force() -> QuerySet[ItemVersion]:
    """The version in force of every item."""
    return ItemVersion.objects.filter(state="published").order_by("organisation_name", "name")


def find_versions(
    *, text: str = "", near: bool = False, state: str = "", organisation: str = "", act_type: str = ""
) -> QuerySet[ItemVersion]:
    """The newest version of every item, whatever its state, best match first; words are looked for in name, code, office and keywords.

    ``near``: any of the words instead of all."""
    newer = ItemVersion.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
    rows = ItemVersion.objects.filter(~Exists(newer))
    given = {"state": state, "organisation": organisation, "act_type": act_type}
    rows = rows.filter(**{key: value for key, value in given.items() if value}).defer("definition")
    if not text.strip():
        return rows.order_by("organisation_name", "name", "code")
    wanted = SearchQuery((near_query_of if near else query_of)(text), config="simple", search_type="raw")
    typed = text.strip()
    rows = rows.filter(Q(search=wanted) | Q(name__icontains=typed) | Q(code__startswith=typed.upper()))
    return rows.annotate(rank=SearchRank(F("search"), wanted)).order_by(F("rank").desc(nulls_last=True), "organisation_name", "name")


def offices() -> list[tuple[str, str]]:
    """Offices that have items, for the filter."""
    rows = ItemVersion.objects.filter(state="published").exclude(organisation="")
    return list(rows.order_by("organisation_name").values_list("organisation", "organisation_name").distinct())


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
