"""Identity as plain values."""

from dataclasses import dataclass


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
