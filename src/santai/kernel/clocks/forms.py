"""What people type into the calendar's pages, read into values."""

import re
from datetime import date

from santai.kernel.clocks.errors import BadDay
from santai.kernel.clocks.rules import Day

LINE = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:至|~|到)\s*(\d{4}-\d{1,2}-\d{1,2}))?\s+(休|班)\s*(.*)$")


def read_schedule(text: str) -> dict[date, Day]:
    """A year's schedule written line by line: ``2027-01-01 至 2027-01-03 休 元旦``, ``2027-02-20 班 春节调休``; BadDay naming the line."""
    days: dict[date, Day] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        found = LINE.match(line)
        if not found:
            raise _bad(number, "看不懂这一行", line)
        try:
            first = _day(found[1])
            last = _day(found[2]) if found[2] else first
        except ValueError:
            raise _bad(number, "没有这一天", line) from None
        if not 0 <= (last - first).days < 60:
            raise _bad(number, "起止日期不对", line)
        kind = "holiday" if found[3] == "休" else "makeup"
        for offset in range((last - first).days + 1):
            day = date.fromordinal(first.toordinal() + offset)
            if day in days:
                raise _bad(number, f"{day.month}月{day.day}日写了两次", line)
            days[day] = Day("holiday" if kind == "holiday" else "makeup", found[4].strip())
    return days


def _day(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return date(year, month, day)


def _bad(number: int, what: str, line: str) -> BadDay:
    message = f"第 {number} 行{what}：{line[:40]}。每行写：日期 休或班 名称，例如 2027-01-01 至 2027-01-03 休 元旦。"
    return BadDay(message, fields={"days": message})
