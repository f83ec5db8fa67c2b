"""When a hall is open. Pure. It says nothing about limits: those run by the statutory calendar (行政许可法 82), whenever doors are open."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")
WEEKDAYS = {1: "星期一", 2: "星期二", 3: "星期三", 4: "星期四", 5: "星期五", 6: "星期六", 7: "星期日"}


def read_hours(text: str) -> str | None:
    """``09:00-12:00 13:30-17:00`` in normal form; empty: closed; None when it cannot be read or the times are out of order."""
    parts = text.replace("，", " ").replace(",", " ").replace("：", ":").replace("–", "-").replace("—", "-").split()
    last = ""
    for part in parts:
        if not SPAN.match(part):
            return None
        begin, end = part.split("-")
        if end <= begin or begin < last:
            return None
        last = end
    return " ".join(parts)


def days_ahead(
    today: date, week: Mapping[int, str], exceptions: Mapping[date, tuple[str, str]], count: int = 14
) -> list[tuple[date, str, str]]:
    """(day, hours, note) for ``count`` days from today; an exception stands before the weekday's hours."""
    found = []
    for offset in range(count):
        day = today + timedelta(days=offset)
        hours, note = exceptions.get(day, (week.get(day.isoweekday(), ""), ""))
        found.append((day, hours, note))
    return found
