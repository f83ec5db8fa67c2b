"""When work must begin, and how often the beginning may be put off (建筑法 9; 企业投资项目核准和备案管理条例 12). Pure."""

from datetime import date
from typing import Literal

from santai.exchange.contracts.messages.items import StartOfWork
from santai.exchange.contracts.rules import months_later


def begin_by(terms: StartOfWork, granted_on: date) -> date | None:
    """The last day to begin; None when the permit knows no such limit."""
    return put_off(terms, granted_on, terms.length) if terms.length else None


def put_off(terms: StartOfWork, day: date, length: int) -> date:
    return months_later(day, length * (12 if terms.unit == "year" else 1))


def trouble(
    terms: StartOfWork, *, times: int, length: int, days_left: int, over: bool
) -> Literal["", "no_such_limit", "times_spent", "over_limit", "too_late"]:
    """Why putting off is refused. ``days_left``: working days after today up to the last day."""
    if not terms.length:
        return "no_such_limit"
    if times >= terms.times:
        return "times_spent"
    if not 0 < length <= terms.most:
        return "over_limit"
    return "too_late" if over or days_left < terms.asked_before else ""
