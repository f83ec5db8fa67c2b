"""The one library all component modules add to."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

register = template.Library()


def reader() -> str:
    """``en`` on English pages, else ``zh``."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def pairs(parts: tuple[Any, ...]) -> list[dict[str, Any]]:
    """``"办事", "/front/hall/", "当前页"`` → links; a last text without an address is the page one is on. A list is taken as it is."""
    if len(parts) == 1 and not isinstance(parts[0], str | Promise):
        return list(parts[0] or [])
    found = []
    for i in range(0, len(parts), 2):
        found.append({"title": parts[i], "href": parts[i + 1] if i + 1 < len(parts) else ""})
    return found
