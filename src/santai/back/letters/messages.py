"""Plain values of letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Read = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of document whose words a department may choose.

    ``places``: name → how it is read from the facts frozen at the act; ``musts``: what the law wants said; ``before``, ``after``: the words
    to start from, before and after the table; ``table``: what the table in between shows, empty without one; ``law``: where the musts
    come from.
    """

    kind: str
    places: Mapping[str, Read]
    musts: tuple[str, ...] = ()
    law: str = ""
    before: str
    after: str = ""
    table: str = ""
    sample: Mapping[str, Any]
