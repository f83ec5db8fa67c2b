"""Filters: dates, money, sizes, identifiers, as the reader's language writes them."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import is_aware, localtime

from santai.kernel.web.rules import text
from santai.kernel.web.templatetags._library import reader, register


def local_day(value: object) -> date | None:
    found = text.as_date(value)
    if isinstance(found, datetime):
        return (localtime(found) if is_aware(found) else found).date()
    return found


@register.filter
def day(value: object) -> str:
    """2026年12月3日（周四）"""
    found = local_day(value)
    return text.day(found, language=reader()) if found else ""


@register.filter
def short_day(value: object) -> str:
    """12月3日"""
    found = local_day(value)
    return text.day(found, language=reader(), weekday=False, year=False) if found else ""


@register.filter
def plain_day(value: object) -> str:
    """2026年12月3日"""
    found = local_day(value)
    return text.day(found, language=reader(), weekday=False) if found else ""


@register.filter
def moment(value: object) -> str:
    """2026年12月3日 09:05"""
    found = text.as_date(value)
    if not isinstance(found, datetime):
        return plain_day(value)
    return text.moment(localtime(found) if is_aware(found) else found, language=reader())


@register.filter
def short_moment(value: object) -> str:
    """12月3日 09:05"""
    found = text.as_date(value)
    if not isinstance(found, datetime):
        return short_day(value)
    return text.moment(localtime(found) if is_aware(found) else found, language=reader(), year=False)


@register.filter
def official_day(value: object) -> str:
    """二〇二六年十二月三日"""
    found = local_day(value)
    return text.official_day(found) if found else ""


@register.filter
def relative_days(value: object, today: object = None) -> str:
    """今天, 3天后; ``today`` for pages that follow the platform's clock."""
    found, base = local_day(value), local_day(today) or localtime().date()
    return text.relative_days(found, base, language=reader()) if found else ""


@register.filter
def money(value: Any) -> str:
    return "" if value in (None, "") else text.money(value, language=reader())


@register.filter
def wan(value: Any) -> str:
    return "" if value in (None, "") else text.wan(value, language=reader())


@register.filter
def number(value: Any, places: int | None = None) -> str:
    return "" if value in (None, "") else text.number(value, places)


@register.filter
def grouped(value: Any, kind: str = "") -> str:
    return "" if value in (None, "") else text.grouped(value, kind)


@register.filter
def masked(value: Any, kind: str = "resident-id") -> str:
    """The identifier as one may show it before it is asked for, grouped for reading."""
    from santai.kernel.codes.service import mask

    return "" if value in (None, "") else text.grouped(mask(kind, str(value)), kind)


@register.filter
def size(value: Any) -> str:
    return text.file_size(value)


@register.filter
def duration(value: Any) -> str:
    return text.duration(value, language=reader())


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """``errors|lookup:path``: a value by a key that is itself a variable; empty text when missing."""
    try:
        return mapping.get(key, "")
    except AttributeError:
        return ""
