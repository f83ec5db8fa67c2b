"""Ratings as plain values."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What is rated, once: an online business (``case``) or one visit at a counter (``visit``)."""

    kind: Literal["case", "visit"]
    number: str  # case number, or the visit's own
    case_no: str = ""
    item_code: str = ""
    item_name: str = ""
    organisation: str = ""
    organisation_name: str = ""
    applicant_name: str = ""  # kept out of public words; never stored

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.number}"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one department (or all) was rated in a period. ``by_level``: level → number."""

    organisation: str
    organisation_name: str
    by_level: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.by_level.values())

    @property
    def good(self) -> int:
        """Levels 1 to 3 (基本满意 and better)."""
        return sum(number for level, number in self.by_level.items() if level <= 3)

    @property
    def bad(self) -> int:
        """Levels 4 and 5."""
        return self.count - self.good

    @property
    def good_share(self) -> float:
        """Percent, one place; 0 when nobody rated."""
        return round(100 * self.good / self.count, 1) if self.count else 0.0
