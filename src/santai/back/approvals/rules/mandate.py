"""What a chief representative may decide at the centre. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from santai.kernel.forms.service import logic

OUTCOMES = {"granted": "准予", "refused": "不予"}


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """One letter of authority as plain values."""

    items: tuple[str, ...]
    outcomes: tuple[str, ...]
    valid_from: date
    valid_to: date
    limit: Any = None


def covers(mandates: Iterable[Mandate], *, item_code: str, outcome: str, content: Mapping[str, Any], on: date) -> bool:
    """Does one of them, alone, cover the decision? Listed item, listed decision, running that day, within its limit."""
    return any(
        item_code in one.items
        and outcome in one.outcomes
        and one.valid_from <= on <= one.valid_to
        and (one.limit is None or bool(logic(one.limit, content)))
        for one in mandates
    )
