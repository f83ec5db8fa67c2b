"""The sole composer of addresses: every installed room answers under /<domain>/<room>/; a few short public addresses are named here."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from santai.config import health


def _room_urls() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        module = f"santai.{room}.urls"
        if find_spec(module):
            domain, name = room.split(".")
            patterns.append(path(f"{domain}/{name}/", include((module, f"{domain}_{name}"))))
    return patterns


def _short_urls() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for room, module, prefix in (
        ("kernel.web", "santai.kernel.web.short_urls", ""),
        ("front.portal", "santai.front.portal.short_urls", ""),
        ("exchange.licences", "santai.exchange.licences.short_urls", ""),
    ):
        if room in settings.ROOMS and find_spec(module):
            patterns.append(path(prefix, include(module)))
    return patterns


def _demo_urls() -> list[URLPattern | URLResolver]:
    return [path("demo/", include("santai.config.demo.urls"))] if settings.DEMO and settings.ZONE == "all" else []


urlpatterns = [path("healthz", health.healthz, name="healthz"), *_demo_urls(), *_short_urls(), *_room_urls()]
