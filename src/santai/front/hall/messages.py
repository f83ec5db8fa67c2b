"""Plain values of the hall."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hall:
    """A district's, a committee's or a department's own view of the one catalogue: whose items it shows."""

    code: str
    name: str
    kind: str  # region, organisation
    organisations: tuple[str, ...]
    items: int = 0
