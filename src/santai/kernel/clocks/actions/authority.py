"""Ports to rooms above this one (house.md rule 2).

Who may extend a deadline or edit the calendar: kernel/access answers. Who reads why a deadline is what it is: the room of its subject.
"""

from collections.abc import Callable
from typing import Protocol

from santai.kernel.ledger.service import Actor


class Authority(Protocol):
    def __call__(self, actor: Actor, role: str, *, organisation: str = "") -> bool: ...


_authority: Authority | None = None


def register_authority(may: Authority) -> None:
    """Called once at start-up with ``kernel.access.service.may``."""
    global _authority
    _authority = may


def has_role(actor: Actor, role: str, *, organisation: str = "") -> bool:
    """Does the acting official hold ``role``? Without a registered authority only an official in a post counts; nobody else ever."""
    if actor.kind != "official" or not actor.post:
        return False
    return _authority is None or _authority(actor, role, organisation=organisation)


_readers: dict[str, Callable[[Actor, str], bool]] = {}


def register_clock_reader(kind: str, may_read: Callable[[Actor, str], bool]) -> None:
    """The room that owns subjects ``<kind>:…`` says which official reads their clocks: reasons of stops and extensions are the file's."""
    _readers[kind] = may_read


def may_read_clock(actor: Actor | None, subject: str) -> bool:
    """Only an official, and only where the subject's room says so; nobody before it is registered."""
    kind, _, name = subject.partition(":")
    return actor is not None and actor.kind == "official" and kind in _readers and _readers[kind](actor, name)
