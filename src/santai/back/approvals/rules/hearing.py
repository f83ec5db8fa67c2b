"""听证 (行政许可法 46–48) as plain values: what stands in the way of a decision, and when a hearing may be held."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

REQUEST, HOLD = "hearing-request-5", "hearing-hold-20"  # clock rules
NOTICE_DAYS = 7  # working days between the notice and the hearing (48 (1), 82)
Obstacle = Literal["", "right_not_told", "pending", "not_held", "not_on_record"]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A hearing as far as the law looks at it. ``request_by``: the last day on which one may be asked for."""

    on_request: bool  # 47: the parties may ask; otherwise (46) one is held in any case
    told: bool = False
    request_by: date | None = None
    requested: bool = False
    waived: bool = False
    held: bool = False


def obstacle(facts: Facts, *, today: date, on_record: bool) -> Obstacle:
    """Why no decision may be made yet; empty when it may. ``on_record``: does it rest on the hearing's record (48 last paragraph)?"""
    if facts.held:
        return "" if on_record else "not_on_record"
    if not facts.on_request or facts.requested:
        return "not_held"
    if not facts.told:
        return "right_not_told"
    if facts.waived or (facts.request_by is not None and today > facts.request_by):
        return ""
    return "pending"


def notice_problem(*, notice_days: int, day: date, hold_by: date | None) -> Literal["", "too_short", "over_limit"]:
    """``notice_days``: working days after the notice up to and including the hearing's. ``hold_by``: the twentieth after the request."""
    if notice_days < NOTICE_DAYS:
        return "too_short"
    return "over_limit" if hold_by is not None and day > hold_by else ""


def may_preside(*, account: str, handled_by: Collection[str], interested: bool) -> bool:
    """Somebody else than those who examine the case, and without a direct interest in it (48 (3))."""
    return account not in handled_by and not interested
