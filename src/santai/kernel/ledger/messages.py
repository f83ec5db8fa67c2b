"""Who acts, and for whom: plain values that cross every door."""

from dataclasses import dataclass
from typing import Literal

PartyKind = Literal["person", "organisation"]


@dataclass(frozen=True, kw_only=True)
class Party:
    """A natural or legal person as an applicant, holder or principal: a value, not a row.

    ``code_kind`` is one of kernel/codes' identifier kinds: ``resident-id``, ``credit-code``, ``prc-permanent-residence``,
    ``hkmo-tw-residence``, ``hkmo-pass``, ``tw-pass``, ``passport``.
    """

    kind: PartyKind
    code_kind: str
    code: str
    name: str
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who did it and in which capacity; recorded with every act and passed as a value across zones."""

    kind: Literal["person", "official", "system"]
    account: str  # the account's public id, or the name of the machine part for kind "system"
    name: str
    person_code: str = ""  # the acting natural person's identifier, when known
    post: str = ""  # code of the post in use (officials)
    post_title: str = ""
    organisation: str = ""  # code of the organisation the post belongs to
    organisation_name: str = ""
    represents: Party | None = None  # the company (or person) acted for, when not for oneself


def system_actor(part: str) -> Actor:
    """The platform itself, e.g. ``system_actor("clocks")`` for a deadline that passed."""
    return Actor(kind="system", account=part, name="系统")
