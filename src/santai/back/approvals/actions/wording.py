"""The port for a department's own words: a room above registers where they are; without one every document has the platform's."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

# (organisation, kind, case_no, at, facts) → (paragraphs before the table, paragraphs after it), or None: the platform's own words
Wording = Callable[[str, str, str, datetime, Mapping[str, Any]], tuple[list[str], list[str]] | None]
_registered: list[Wording] = []


def register_wording(source: Wording) -> None:
    """Called once, in ``apps.ready()`` of the room that keeps them."""
    _registered[:] = [source]


def worded(page: dict[str, Any], *, organisation: str, kind: str, case_no: str, at: datetime, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The page with the words that were in force at the act (``at``); numbers, tables, facts and signature stay the platform's."""
    own = _registered[0](organisation, kind, case_no, at, facts) if _registered else None
    return page if own is None else {**page, "paragraphs": own[0], "after": own[1]}
