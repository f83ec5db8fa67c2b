"""Work orders: what a bad rating sets going, and what the rater hears of it."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from santai.exchange.contracts.messages.base import Message


@dataclass(frozen=True, kw_only=True)
class RedressWanted(Message):
    """A bad rating (level 4 or 5) that the department has to answer. ``real_name``: the rater agreed to be called, at ``contact``."""

    name: ClassVar[str] = "front.ratings.redress_wanted"
    audience: ClassVar[tuple[str, ...]] = ("back.workorders",)

    rating: str
    case_no: str = ""
    item_name: str = ""
    organisation: str
    level: int
    reasons: tuple[str, ...] = ()
    text: str = ""
    real_name: bool = False
    contact: str = ""
    rated_at: str


@dataclass(frozen=True, kw_only=True)
class RedressProgressed(Message):
    """How far the department is: ``text`` is its words to the public, without any person's data."""

    name: ClassVar[str] = "back.workorders.redress_progressed"
    audience: ClassVar[tuple[str, ...]] = ("front.ratings",)

    rating: str
    state: Literal["opened", "contacted", "rectified", "revisited", "closed"]
    text: str = ""
    due: str = ""  # ISO date by which it is to be put right
    at: str


__all__ = ["RedressProgressed", "RedressWanted"]
