"""Turning contracts into JSON and back. Unknown fields are ignored and missing ones take their default: contracts change additively."""

import hashlib
from calendar import monthrange
from datetime import date, timedelta
from typing import Any, TypeVar

import cattrs

from santai.exchange.contracts.messages import cases, hearings, items, later, payments, projects, queries, workorders
from santai.exchange.contracts.messages.base import Message, Query
from santai.exchange.contracts.messages.items import ItemDefinition, RenewalWindow
from santai.kernel.clocks.service import Calendar

T = TypeVar("T")
_converter = cattrs.Converter(forbid_extra_keys=False, omit_if_default=True)


def _named(module: Any, base: type) -> dict[str, Any]:
    return {
        str(vars(kind)["name"]): kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base and kind.__module__ == module.__name__
    }


OF_MESSAGES = (items, cases, hearings, later, payments, projects, workorders)
OF_QUERIES = (queries, later, payments)
MESSAGES: dict[str, type[Message]] = {name: kind for one in OF_MESSAGES for name, kind in _named(one, Message).items()}
QUERIES: dict[str, type[Query]] = {name: kind for one in OF_QUERIES for name, kind in _named(one, Query).items()}


def encode(value: object) -> Any:
    """Plain JSON-able data of a message, query or answer."""
    return _converter.unstructure(value)


def decode(kind: type[T], data: Any) -> T:
    """The value of type ``kind`` from plain data; raises cattrs' ClassValidationError naming each wrong field."""
    return _converter.structure(data, kind)


def renewal_window(window: RenewalWindow, valid_to: date, calendar: Calendar) -> tuple[date | None, date]:
    """First (None: any) and last day on which renewal may be applied for. "N days before X" is met on a day when at least N such days
    lie after it up to and including X.
    """
    if window.unit == "calendar_day":
        return (valid_to - timedelta(days=window.open) if window.open else None), valid_to - timedelta(days=window.close)
    opens = _last_with(calendar, valid_to, window.open + 1) + timedelta(days=1) if window.open else None
    return opens, _last_with(calendar, valid_to, window.close)


def _last_with(calendar: Calendar, end: date, count: int) -> date:
    """The last day with ``count`` working days after it up to ``end``."""
    day = end
    while count > 0:
        count -= calendar.works(day)
        day -= timedelta(days=1)
    return day


def commitment_digest(item: ItemDefinition) -> str:
    """What the applicant is shown and signs, as one digest: conditions, standards, consequences, commitment of this item version."""
    terms = item.commitment
    told = [item.code, str(item.version), *terms.conditions, *terms.standards, *terms.consequences, *terms.text]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


__all__ = ["MESSAGES", "QUERIES", "commitment_digest", "decode", "encode", "months_later", "renewal_window"]
