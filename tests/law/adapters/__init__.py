"""What the platform is held to: each adapter says which rows of the table it can run, and runs them against the real code.

An adapter supports a row only when it can do every event and compare every expectation of it. A row no adapter supports is not run, and
``docs/law.md`` says so. A supported row the platform does not keep is a defect, mended, or stands in the adapter's ``DISPUTED`` with the
reason why it is not run.
"""

from collections.abc import Mapping
from typing import Protocol

from tests.law.adapters import authority, case, catalogue, clocks, codes, drafting, identifiers, items
from tests.law.table import Row


class Adapter(Protocol):
    """A module of this folder."""

    PLACE: str  # where in the platform its rows are tried, in a word for a lawyer
    DATABASE: bool  # does running a row need one?
    # CITY = True: a row needs the installed city of tests/law/conftest.py
    DISPUTED: Mapping[str, str]  # row id → why the platform does otherwise

    def supports(self, row: Row) -> bool:
        """Can every word of the row be done and compared? Looks at the row only."""

    def run(self, row: Row) -> None:
        """Do it; AssertionError when the platform does otherwise."""


ADAPTERS: tuple[Adapter, ...] = (
    identifiers,
    codes,
    items,
    catalogue,
    drafting,
    authority,
    case,
    clocks,
)  # a whole case says more than its clocks


def adapter_of(row: Row) -> Adapter | None:
    """The adapter that runs this row; None when it is not run."""
    return next((one for one in ADAPTERS if one.supports(row) and row.id not in one.DISPUTED), None)


def place_of(row: Row) -> str:
    """Where the row is tried; empty when it is not run."""
    adapter = adapter_of(row)
    return adapter.PLACE if adapter else ""


def disputed() -> dict[str, str]:
    """Every row left out although it could be run, with the reason."""
    return {row: why for one in ADAPTERS for row, why in one.DISPUTED.items()}
