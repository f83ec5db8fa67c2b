"""The maintained source of holidays and make-up days: chinesecalendar (MIT), which restates the State Council's yearly notices."""

from collections.abc import Mapping
from datetime import date
from importlib.metadata import version

from santai.kernel.clocks.rules import Day


def seed_source() -> str:
    return f"chinesecalendar {version('chinesecalendar')}（国务院办公厅年度放假安排）"


def seed_days() -> tuple[Mapping[date, Day], frozenset[int]]:
    """All holidays and make-up days the package knows, and the years it covers wholly."""
    from chinese_calendar import constants

    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    days: dict[date, Day] = {}
    for day, name in constants.holidays.items():
        days[day] = Day("holiday", _plain(names.get(name, name)))
    for day, name in constants.workdays.items():
        if day.weekday() >= 5:
            days[day] = Day("makeup", f"{_plain(names.get(name, name))}调休上班")
    return days, frozenset(day.year for day in days)


def _plain(name: str) -> str:
    return {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}.get(name, name)
