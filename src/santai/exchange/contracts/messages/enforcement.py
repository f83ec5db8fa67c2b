"""Penalties and inspections: what 双公示 and the public hear of them."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from santai.exchange.contracts.messages.base import Message


@dataclass(frozen=True, kw_only=True)
class PenaltyDecided(Message):
    """A penalty was decided; to be published within seven working days. ``party_code`` stays empty for a natural person."""

    name: ClassVar[str] = "back.inspections.penalty_decided"
    audience: ClassVar[tuple[str, ...]] = ("back.permits",)

    case_no: str
    decision_no: str
    procedure: Literal["ordinary", "summary"]
    organisation: str
    organisation_name: str
    party_kind: Literal["person", "organisation"]
    party_name: str
    party_code: str = ""
    violation: str
    facts: str
    basis: str
    kinds: tuple[str, ...] = ()
    content: str
    fine: str = "0"  # yuan
    decided_on: str  # ISO date


@dataclass(frozen=True, kw_only=True)
class InspectionPublished(Message):
    """The result of one inspection, for the public."""

    name: ClassVar[str] = "back.inspections.inspection_published"
    audience: ClassVar[tuple[str, ...]] = ("exchange.credit",)

    case_no: str
    organisation: str
    organisation_name: str
    title: str
    subject: str
    object_name: str
    object_code: str = ""
    result: str
    inspected_at: str
    published_at: str


__all__ = ["InspectionPublished", "PenaltyDecided"]
