"""Is a promised limit (承诺时限) never longer than the statutory one? Compared over the real calendar, day by day. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from santai.kernel.clocks.service import Calendar, Rule

HOURS_OF_A_DAY = 8  # of work: a limit of four working hours is half a working day
OF_THE_CLOCK = {"hour": 1, "calendar_day": 24, "working_day": 24, "working_hour": 3}


def later_from(promised: Rule, statutory: Rule, calendar: Calendar, years: Iterable[int]) -> date | None:
    """A day from which the promised limit would end after the statutory one; None when no day of ``years`` is one.

    Fifteen working days are within thirty days wherever they begin, twenty are not across a long holiday: only the calendar can tell.
    What ends beyond ``years`` proves nothing: its holidays are not known.
    """
    first, last = date(min(years := list(years)), 1, 1), date(max(years), 12, 31)
    if promised.unit == statutory.unit:
        return first if promised.length > statutory.length else None
    if "hour" in (promised.unit, statutory.unit):
        longer = promised.length * OF_THE_CLOCK[promised.unit] > statutory.length * OF_THE_CLOCK[statutory.unit]
        return first if longer else None
    day = first
    while day <= last:
        ends = _last_day(promised, day, calendar)
        if ends <= last and ends > _last_day(statutory, day, calendar):
            return day
        day += timedelta(days=1)
    return None


def _last_day(rule: Rule, day: date, calendar: Calendar) -> date:
    if rule.unit == "calendar_day":
        return day + timedelta(days=rule.length)
    return calendar.add(day, rule.length if rule.unit == "working_day" else -(-rule.length // HOURS_OF_A_DAY))
