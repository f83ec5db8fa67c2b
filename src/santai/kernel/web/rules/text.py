"""Dates, money, sizes and identifiers as people read them. Chinese by default, ``language="en"`` for English pages."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMERALS = "〇一二三四五六七八九"


def as_date(value: object) -> date | datetime | None:
    """A date or datetime from what templates hold (a date, a datetime, ISO text); None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return None
    return None


def day(value: date, *, language: str = "zh", weekday: bool = True, year: bool = True) -> str:
    """2026年12月3日（周四）; in English Thu 3 Dec 2026."""
    if language == "en":
        head = f"{ENGLISH_WEEKDAYS[value.weekday()]} " if weekday else ""
        return f"{head}{value.day} {ENGLISH_MONTHS[value.month - 1]}{f' {value.year}' if year else ''}"
    tail = f"（{WEEKDAYS[value.weekday()]}）" if weekday else ""
    return f"{f'{value.year}年' if year else ''}{value.month}月{value.day}日{tail}"


def moment(value: datetime, *, language: str = "zh", year: bool = True) -> str:
    """2026年12月3日 09:05 (24-hour clock)."""
    return f"{day(value, language=language, weekday=False, year=year)} {value:%H:%M}"


def official_day(value: date) -> str:
    """二〇二六年十二月三日, as on sealed documents."""

    def count(n: int) -> str:
        tens, ones = divmod(n, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
        return head + (NUMERALS[ones] if ones else "")

    return f"{''.join(NUMERALS[int(d)] for d in str(value.year))}年{count(value.month)}月{count(value.day)}日"


def relative_days(value: date, today: date, *, language: str = "zh") -> str:
    """今天, 明天, 3天后, 2天前 (calendar days)."""
    apart = (value - today).days
    if language == "en":
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        return near.get(apart) or (f"in {apart} days" if apart > 0 else f"{-apart} days ago")
    near = {0: "今天", 1: "明天", 2: "后天", -1: "昨天", -2: "前天"}
    return near.get(apart) or (f"{apart}天后" if apart > 0 else f"{-apart}天前")


def number(value: object, places: int | None = None) -> str:
    """1234567.5 → 1,234,567.5; text that is no number comes back unchanged."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not amount.is_finite():
        return str(value)
    if places is not None:
        return f"{amount:,.{places}f}"
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: object, *, language: str = "zh") -> str:
    """Yuan with two places at most: 1,234.50元; whole yuan without them."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = number(amount, 0 if amount == amount.to_integral_value() else 2)
    return f"CNY {text}" if language == "en" else f"{text}元"


def wan(value: object, *, language: str = "zh") -> str:
    """An amount given in yuan, shown in ten thousands: 5000000 → 500万元."""
    try:
        amount = Decimal(str(value)) / 10000
    except InvalidOperation:
        return str(value)
    if language == "en":
        return f"CNY {number(amount * 10000)}"
    return f"{number(amount.quantize(Decimal('0.0001')))}万元"


_GROUPS: dict[int, tuple[int, ...]] = {18: (6, 8, 4), 15: (6, 6, 3), 11: (3, 4, 4)}


def grouped(value: object, kind: str = "") -> str:
    """An identifier with thin gaps for reading: 18 characters as 6 8 4, a mobile number as 3 4 4, anything longer in fours.

    A credit code (kind ``credit-code``) is read 2 6 9 1: authority and category, division, body, check character.
    """
    text = str(value)
    sizes: tuple[int, ...] = (2, 6, 9, 1) if kind == "credit-code" and len(text) == 18 else _GROUPS.get(len(text), ())
    if not sizes:
        if len(text) < 12 or not re.fullmatch(r"[0-9A-Z*]+", text):
            return text
        sizes = (6, 8) if text[:14].isdigit() and len(text) >= 20 else ()  # a case number: division, day, serial
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    rest = text[at:]
    if sizes:
        parts += [rest] if rest else []
    else:
        parts += [rest[i : i + 4] for i in range(0, len(rest), 4)]
    return " ".join(parts)


def file_size(value: object) -> str:
    """Bytes as 312 KB or 2.4 MB."""
    size = float(str(value or 0))
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}".replace(".0 ", " ")
        size /= 1024
    raise AssertionError


def duration(seconds: object, *, language: str = "zh") -> str:
    """3天4小时, 12分钟, 8秒: the two largest units."""
    left = int(float(str(seconds or 0)))
    units = (("天", " d", 86400), ("小时", " h", 3600), ("分钟", " min", 60), ("秒", " s", 1))
    parts = []
    for chinese, english, length in units:
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count}{english if language == 'en' else chinese}")
    if not parts:
        return "0 s" if language == "en" else "0秒"
    return (" " if language == "en" else "").join(parts[:2])


def whole(text: str, *, most: int) -> int | None:
    """The whole number from 0 to ``most`` that was typed or stands in an address, in plain digits; None when it is none.

    ``str.isdigit`` says yes to “²”, which ``int`` refuses, and to digits by the thousand, which ``int`` refuses too.
    """
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(most)):
        return None
    return found if (found := int(typed)) <= most else None


def page_number(asked: str) -> int:
    """Which page of a list an address asks for; the first when it asks for none."""
    return max(whole(asked, most=99_999) or 1, 1)
