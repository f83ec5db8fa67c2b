"""Identity as plain values."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class PersonaRow:
    """One line of the demonstration's sign-in table."""

    login: str
    name: str
    group: str
    role: str
    what: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """One way in which a person may act now: for themselves, in a post, or for a firm. ``key`` is what a form sends back."""

    key: str  # "self", "post:<code>", "for:<authorisation id>"
    title: str
    detail: str = ""
    note: str = ""
    usable: bool = True


@dataclass(frozen=True, kw_only=True)
class AccountWish:
    """Which accounts a keeper wants to see. ``state``: posted, idle (active without a post today), disabled; empty: all."""

    words: str = ""
    organisation: str = ""
    state: str = ""
    after: str = ""  # a login: the page behind it
    before: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.organisation or self.state)


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """Accounts in the order of their logins; ``before`` and ``after`` lead to the neighbouring pages, empty where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""
