"""Port: who may extend a deadline or edit the calendar. kernel/access, above this room, answers (house.md rule 2)."""

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
