"""The door of packs: a folder of data becomes a working application, or nothing at all (house.md rule 7).

A room makes its part known in ``apps.ready()`` with ``register_part``; everyone else checks and installs.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from santai.kernel.packs.actions.install_pack import install_pack, install_packs
from santai.kernel.packs.errors import PackRefused
from santai.kernel.packs.messages import Installation, Pack, PackFile, Problem
from santai.kernel.packs.queries import check_pack, installed_packs, packs_in, profiles_in
from santai.kernel.packs.rules import register_part

_guards: list[Callable[[Callable[..., Any]], Callable[..., Any]]] = []


def register_guard(guard: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Say who may open the list of packs. kernel/access does: it stands above this room, where its own parts are registered."""
    _guards[:] = [guard]


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view behind the registered guard; before one is registered nobody may enter."""
    if not _guards:
        raise PermissionDenied
    return _guards[0](view)


__all__ = [
    "Installation",
    "Pack",
    "PackFile",
    "PackRefused",
    "Problem",
    "check_pack",
    "guarded",
    "install_pack",
    "install_packs",
    "installed_packs",
    "packs_in",
    "profiles_in",
    "register_guard",
    "register_part",
]
