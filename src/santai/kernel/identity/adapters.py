"""Port: who keeps accounts and posts. kernel/access, above this room, answers (house.md rule 2)."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from santai.kernel.identity.errors import NotKeeper
from santai.kernel.ledger.service import Actor

KEEPER = "system_admin"
Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class Authority(Protocol):
    def __call__(self, actor: Actor, role: str) -> bool: ...


class Conflict(Protocol):
    def __call__(self, roles: set[str]) -> set[str]: ...


_registered: list[tuple[Guard, Authority, Conflict]] = []


def register_keeper(*, guard: Guard, may: Authority, conflict: Conflict) -> None:
    """Called once at start-up with ``role_required(KEEPER)``, ``may`` and ``conflict`` of kernel.access."""
    _registered[:] = [(guard, may, conflict)]


def require_keeper(actor: Actor | None) -> None:
    """NotKeeper unless the acting post is the system administrator's, or the platform itself sets a city up. Nobody before registration."""
    if actor is not None and actor.kind == "system":
        return
    if actor is None or not _registered or not _registered[0][1](actor, KEEPER):
        raise NotKeeper()


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view for keepers alone; NotKeeper before anybody is registered."""
    if not _registered:
        raise NotKeeper()
    return _registered[0][0](view)


def conflicting(roles: Iterable[str]) -> set[str]:
    """Administrator roles that would meet in one person (三员分立); empty when all is well."""
    return _registered[0][2](set(roles)) if _registered else set()
