"""听证 as it crosses the desks: the applicant is told, asks or waives, and sees time and place."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from santai.exchange.contracts.messages.base import Message


@dataclass(frozen=True, kw_only=True)
class HearingMoved(Message):
    """Where a hearing stands. ``on_request``: the parties may ask for it (行政许可法 47); otherwise it is held in any case (46)."""

    name: ClassVar[str] = "back.approvals.hearing_moved"
    audience: ClassVar[tuple[str, ...]] = ("front.hall",)

    case_no: str
    sub_case_no: str
    state: Literal["told", "requested", "waived", "notified", "held"]
    on_request: bool
    organisation_name: str
    reason: str = ""
    request_by: str = ""  # ISO date: the last day to ask
    hold_by: str = ""
    held_on: str = ""  # ISO datetime
    place: str = ""
    presider: str = ""
    at: str


@dataclass(frozen=True, kw_only=True)
class HearingAsked(Message):
    """The applicant asks for a hearing. Counted from when it was sent."""

    name: ClassVar[str] = "front.hall.hearing_asked"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    sub_case_no: str
    asked_at: str


__all__ = ["HearingAsked", "HearingMoved"]
