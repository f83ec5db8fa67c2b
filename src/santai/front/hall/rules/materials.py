"""Which of the materials an application needs are still to be handed in."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from santai.exchange.contracts.messages.items import MaterialDefinition

ASKED_OF_APPLICANT = frozenset({"upload", "licence"})
FOUND_WANTING = frozenset({"unqualified", "to_correct"})
WINDOW_WORDS = ("copies", "original_seen", "verdict", "remark")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def missing_materials(needed: list[MaterialDefinition], handed_in: Mapping[str, Any]) -> list[MaterialDefinition]:
    """Required ones that are neither handed in, taken from a licence or register, nor promised for later (容缺)."""
    return [
        material
        for material in needed
        if material.required and material.source in ASKED_OF_APPLICANT and not _is_there(material, handed_in.get(material.code, {}))
    ]


def _is_there(material: MaterialDefinition, given: Mapping[str, Any]) -> bool:
    promised = bool(given.get("follows_later")) and material.may_follow_days > 0
    at_window = given.get("copies") or given.get("verdict") in FOUND_WANTING
    return bool(given.get("files") or given.get("from_licence") or given.get("from_register") or promised or at_window)


def as_uploaded(given: Mapping[str, Any]) -> dict[str, Any]:
    """Without what only a window can say of a paper: who goes on alone hands in files."""
    return {key: value for key, value in given.items() if key not in WINDOW_WORDS}
