"""基本目录 and 权责清单."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from santai.exchange.items.models import BasicItem, ItemDraft, ItemVersion, Power
from santai.exchange.items.models.draft import OPEN
from santai.exchange.items.rules.sheet import ACT_TYPES, LEVELS


def find_basic(*, text: str = "", act_type: str = "") -> QuerySet[BasicItem]:
    """Rows of 基本目录 in force."""
    rows = BasicItem.objects.filter(in_force=True)
    if act_type:
        rows = rows.filter(act_type=act_type)
    return rows.filter(Q(name__icontains=text) | Q(code__startswith=text)) if text else rows


def with_claims(rows: Sequence[BasicItem], organisation: str) -> list[dict[str, Any]]:
    """Each row with what this office has made of it: an item on the list, a draft on its way, or nothing yet."""
    codes = [row.code for row in rows]
    carried = {
        one.code[19:31]: one.code
        for one in ItemVersion.objects.filter(organisation=organisation, state__in=("published", "scheduled")).only("code")
        if one.code[19:31] in codes
    }
    drafted = {
        one.claimed_from: one.pk for one in ItemDraft.objects.filter(organisation=organisation, claimed_from__in=codes, step__in=OPEN)
    }
    return [
        {
            "row": row, "item": carried.get(row.code, ""), "draft": drafted.get(row.code, ""),
            "act_type": ACT_TYPES.get(row.act_type, row.act_type),
            "levels": "、".join(LEVELS.get(level, level) for level in row.levels) or "不限",
            "bases": [f"{one.get('title', '')}{one.get('articles', '')}" for one in row.bases],
        }
        for row in rows
    ]  # fmt: skip


def find_powers(*, text: str = "", act_type: str = "", organisation: str = "") -> QuerySet[Power]:
    """权责清单 in force."""
    rows = Power.objects.filter(in_force=True)
    if act_type:
        rows = rows.filter(act_type=act_type)
    if organisation:
        rows = rows.filter(organisation=organisation)
    return rows.filter(Q(name__icontains=text) | Q(code__startswith=text)) if text else rows


def powers_by_type() -> list[dict[str, Any]]:
    """How many powers of each of the ten kinds are on the list."""
    counted = dict(Power.objects.filter(in_force=True).values_list("act_type").annotate(Count("id")))
    return [{"code": code, "title": title, "count": counted.get(code, 0)} for code, title in ACT_TYPES.items() if code != "20"]


def offices_with_powers() -> list[tuple[str, str]]:
    rows = Power.objects.filter(in_force=True).order_by("organisation_name")
    return list(rows.values_list("organisation", "organisation_name").distinct())
