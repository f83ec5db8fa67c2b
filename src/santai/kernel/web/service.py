"""The door of the design system: what other rooms register so that it shows on every page."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse

from santai.kernel.orgs.service import Region
from santai.kernel.packs.service import register_part
from santai.kernel.web.actions.compile_messages import compile_messages
from santai.kernel.web.actions.install_site import check_site, install_site
from santai.kernel.web.messages import Area, Link, Site
from santai.kernel.web.models import SiteFacts
from santai.kernel.web.rules.text import (
    day,
    duration,
    file_size,
    grouped,
    moment,
    money,
    number,
    official_day,
    page_number,
    relative_days,
    wan,
    whole,
)

_links: dict[tuple[str, str], Link] = {}
_site: list[Callable[[], Site]] = []


def register_link(
    area: Area,
    title: Any,
    url: str,
    *,
    order: int = 50,
    visible: Callable[[Any], bool] | None = None,
    count: Callable[[Any], int] | None = None,
) -> None:
    """Put a place into a menu: ``public`` (blue bar), ``workbench``, ``person`` (under the name) or ``footer``. Call it in apps.ready().

    ``url`` is a URL name or a path; a name that does not resolve in this zone is left out.
    """
    _links[(area, url)] = Link(area=area, title=title, url=url, order=order, visible=visible, count=count)


def links(area: Area, request: Any) -> list[dict[str, Any]]:
    """The entries of ``area`` for this request, in order; ``current`` marks the one the page lies under."""
    shown = []
    for link in sorted((one for (where, _), one in _links.items() if where == area), key=lambda one: one.order):
        if link.visible is not None and not link.visible(request):
            continue
        href = link.url
        if not href.startswith("/"):
            try:
                href = reverse(href)
            except NoReverseMatch:
                continue
        count = link.count(request) if link.count is not None else 0
        shown.append({"title": link.title, "href": href, "count": count, "current": False})
    here = [one for one in shown if request.path == one["href"] or (one["href"] != "/" and request.path.startswith(one["href"]))]
    if here:
        max(here, key=lambda one: len(one["href"]))["current"] = True
    return shown


def register_site(read: Callable[[], Site]) -> None:
    """Say who runs this site, read at each page (keep it cheap): the city's settings, in the demonstration its pack."""
    _site[:] = [read]


def site() -> Site:
    """Who runs this site; before anyone registered: the settings' ``SITE`` over the pack's part ``site``, named after the division."""
    known = _site[0]() if _site else Site(**{**_facts(), **getattr(settings, "SITE", {})})
    return known if known.domain else replace(known, domain=settings.PUBLIC_ADDRESS.split("://")[-1])


_known: tuple[float, dict[str, str]] = (0.0, {})


def _facts() -> dict[str, str]:
    """What the packs say about this site; asked once a minute at most, at every page while there is nothing.

    The name is that of the district whose installation this is (the first by code), or of the city.
    """
    global _known
    if not _known[1] or monotonic() - _known[0] > 60:
        try:
            found = Region.objects.filter(level__in=("district", "city")).order_by("-level", "code").values_list("name", flat=True).first()
            told = SiteFacts.objects.values_list("facts", flat=True).first()
        except DatabaseError:  # before the first migration
            found = told = None
        _known = (monotonic(), {"name": f"{found or '三台'}政务服务网", **(told or {})} if found or told else {})
    return _known[1] or {"name": "三台政务服务网"}


def register_pack_parts() -> None:
    """Make the part ``site`` known to the loader; called once when the application starts."""
    register_part("site", order=15, check=check_site, install=install_site)


@lru_cache(maxsize=1)
def htmx_here() -> bool:
    """Whether set-up has laid htmx into the static folder; pages work without it."""
    return bool(finders.find("vendor/htmx.min.js"))


def compile_catalogues() -> int:
    """Make the English catalogue of all rooms if a source is newer; returns the number of messages written (0: nothing to do)."""
    return compile_messages(Path(settings.ROOT) / "src" / "santai", Path(settings.VAR) / "locale")


__all__ = [
    "Link",
    "Site",
    "compile_catalogues",
    "day",
    "duration",
    "file_size",
    "grouped",
    "htmx_here",
    "links",
    "moment",
    "money",
    "number",
    "official_day",
    "page_number",
    "register_link",
    "register_pack_parts",
    "register_site",
    "relative_days",
    "site",
    "wan",
    "whole",
]
