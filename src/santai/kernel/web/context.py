"""What every page knows: the site, its menus, who acts, how the reader wants to see it, and in the demonstration the personas."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, cached_property

from santai.kernel.web import service

MOST = 6  # places side by side in the workbench's bar


class Navigation:
    """Menus, each read only when a template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def public(self) -> list[dict[str, Any]]:
        return service.links("public", self._request)

    @cached_property
    def _workbench(self) -> list[dict[str, Any]]:
        return service.links("workbench", self._request)

    @cached_property
    def workbench(self) -> list[dict[str, Any]]:
        return self._workbench if len(self._workbench) <= MOST else self._workbench[: MOST - 1]

    @cached_property
    def more(self) -> list[dict[str, Any]]:
        """What does not fit into the workbench's bar."""
        return self._workbench[len(self.workbench) :]

    @cached_property
    def person(self) -> list[dict[str, Any]]:
        return service.links("person", self._request)

    @cached_property
    def footer(self) -> list[dict[str, Any]]:
        return service.links("footer", self._request)


def page(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("santai_theme", "")
    return {
        "site": SimpleLazyObject(service.site),
        "navigation": Navigation(request),
        "display": {
            "theme": theme if theme in ("dark", "light") else "",
            "elder": request.COOKIES.get("santai_elder") == "on",
            "url": address("kernel_web:display"),
        },
        "htmx_here": service.htmx_here(),
        "person": SimpleLazyObject(lambda: _person(request)),
        "sign_in_url": address("kernel_identity:sign_in"),
        "demo": SimpleLazyObject(lambda: _demo(request)) if settings.DEMO else None,
    }


def address(name: str) -> str:
    """The path of a URL name; empty where this zone has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def verify_link(path: str = "/v/") -> str:
    """A link to the page where anybody verifies a licence: a path where this zone has it, else the address of the zone that has."""
    return path if address("verify") else f"{settings.VERIFY_ADDRESS}{path}"


def _person(request: HttpRequest) -> dict[str, str] | None:
    actor = getattr(request, "actor", None)
    if actor is None:
        return None
    as_whom = ""
    if actor.represents is not None:
        as_whom = actor.represents.name
    elif actor.post_title:
        as_whom = f"{actor.organisation_name} {actor.post_title}".strip()
    return {
        "name": actor.name,
        "as_whom": as_whom,
        "switch_url": address("kernel_identity:switch"),
        "sign_out_url": address("kernel_identity:sign_out"),
    }


def _door(room: str, name: str) -> Callable[..., Any] | None:
    """A function of another kernel room; None where that room is not installed."""
    try:
        return getattr(import_module(f"santai.kernel.{room}.service"), name, None)
    except ImportError:
        return None


def _demo(request: HttpRequest) -> dict[str, Any]:
    from django.utils.timezone import localtime

    now, personas = _door("clocks", "now"), _door("identity", "demo_personas")
    real = localtime()
    shown = now() if now else real
    return {
        "now": localtime(shown),
        "shifted": abs((shown - real).total_seconds()) > 60,
        "start_url": address("demo:start"),
        "clock_url": address("demo:clock"),
        "switch_url": address("kernel_identity:become"),
        "personas": _groups(personas()) if personas else [],
    }


def _groups(personas: Any) -> list[dict[str, Any]]:
    """Personas by their group, in the order given; each a mapping or an object with login, name, what and group."""
    groups: dict[str, list[dict[str, str]]] = {}
    for one in personas:
        read = one.get if isinstance(one, dict) else lambda key, default="", one=one: getattr(one, key, default)
        what = "：".join(part for part in (read("role", ""), read("what", "")) if part)
        groups.setdefault(read("group", "") or "", []).append({"login": read("login", ""), "name": read("name", ""), "what": what})
    return [{"title": title, "people": people} for title, people in groups.items()]
