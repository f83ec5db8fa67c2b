"""The door of access: roles as data, rights from the post in use, deny by default."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.kernel.access.errors import NotAllowed
from santai.kernel.access.queries import may, require, require_any, roles_of, scope
from santai.kernel.access.rules import DISJOINT, ROLES, Role, conflict
from santai.kernel.identity.service import signed_in

View = Callable[..., HttpResponse]


def role_required(*roles: str) -> Callable[[View], View]:
    """Only for a post that grants one of ``roles``; strangers are asked to sign in, others are told what they lack (403)."""
    for role in roles:
        ROLES[role]  # a misspelt role fails when the page is written, not when it is opened

    def guard(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(may(request.actor, role) for role in roles):  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)
            return render(request, "kernel_access/not_allowed.html", {"needed": [ROLES[role] for role in roles]}, status=403)

        return guarded

    return guard


def shown_to(*roles: str) -> Callable[[Any], bool]:
    """For ``register_link(visible=…)``: does the post in use grant one of ``roles``?"""
    for role in roles:
        ROLES[role]
    return lambda request: any(may(getattr(request, "actor", None), role) for role in roles)


__all__ = [
    "DISJOINT",
    "ROLES",
    "NotAllowed",
    "Role",
    "conflict",
    "may",
    "require",
    "require_any",
    "role_required",
    "roles_of",
    "scope",
    "shown_to",
]
