"""Puts the acting person on the request: ``request.actor`` and ``request.party``, read when first asked for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from santai.kernel.clocks.service import today
from santai.kernel.identity.service import chosen, holdings_in_use
from santai.kernel.ledger.service import Actor, Party

SESSION_KEY = "acting"  # {"post": code} or {"for": authorisation id}; absent: oneself


def acting_as(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """``request.actor`` is an Actor or None, ``request.party`` the person or the firm acted for, or None.

    Both come from one query, made only when a view or template first asks; posts and authority are judged anew on every request, so
    what was revoked is gone at the next one. A plain lazy object could never be ``None``, hence the request's own class with two
    properties.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.__class__ = _acting_class(type(request))
        token = holdings_in_use.set({})
        try:
            return get_response(request)
        finally:
            holdings_in_use.reset(token)

    return middleware


_classes: dict[type, type] = {}


def _acting_class(base: type) -> type:
    if base not in _classes:
        _classes[base] = type(base.__name__, (_Acting, base), {})
    return _classes[base]


class _Acting:
    _acting: tuple[Actor | None, Party | None] | None = None

    @property
    def actor(self: Any) -> Actor | None:
        return self._settled()[0]

    @actor.setter
    def actor(self: Any, actor: Actor | None) -> None:
        self._acting = (actor, self._settled()[1])

    @property
    def party(self: Any) -> Party | None:
        return self._settled()[1]

    @party.setter
    def party(self: Any, party: Party | None) -> None:
        self._acting = (self._settled()[0], party)

    def _settled(self: Any) -> tuple[Actor | None, Party | None]:
        if self._acting is None:
            user = getattr(self, "user", None)
            if user is None or not user.is_authenticated or user.must_change_password:  # a password others know acts for nobody
                self._acting = (None, None)
            else:
                self._acting = chosen(user, self.session.get(SESSION_KEY) or {}, today())
        return self._acting
