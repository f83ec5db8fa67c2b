"""Inspections: what the public hears of them."""

from dataclasses import dataclass
from typing import ClassVar

from santai.exchange.contracts.messages.base import Message


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


__all__ = ["InspectionPublished"]
