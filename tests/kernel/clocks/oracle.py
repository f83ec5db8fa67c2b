"""A second, deliberately dull way to find a deadline: write down every day of some years, strike out what does not count, take the n-th.

It shares no code with rules.py: calendar, stops, extensions and restarts come in as bare dates and numbers.
"""

from datetime import date, datetime, timedelta

HORIZON = 900


def days_after(event: date) -> list[date]:
    return [event + timedelta(days=number) for number in range(1, HORIZON)]


def working(day: date, holidays: set[date], makeups: set[date]) -> bool:
    if day in makeups:
        return True
    if day in holidays:
        return False
    return day.isoweekday() not in (6, 7)


def last_day(
    *,
    unit: str,
    length: int,
    event: date,
    stops: list[tuple[date, date]],
    holidays: set[date],
    makeups: set[date],
    roll_forward: bool,
) -> tuple[date, list[date], list[date]]:
    """The last day, the days that count, the days up to it that do not."""
    struck: set[date] = set()
    for began, ended in stops:
        day = began
        while day < ended:
            day = day + timedelta(days=1)
            struck.add(day)
    everything = days_after(event)
    if unit == "working_day":
        counting = [day for day in everything if working(day, holidays, makeups) and day not in struck]
    else:
        counting = [day for day in everything if day not in struck]
    counted = counting[:length]
    last = counted[-1]
    if unit == "calendar_day" and roll_forward and not working(last, holidays, makeups):
        last = next(day for day in counting if day > last and working(day, holidays, makeups))
    return last, counted, [day for day in everything if day <= last and day not in counted]


def last_quarter(
    *,
    length: int,
    event: datetime,
    stops: list[tuple[datetime, datetime]],
    holidays: set[date],
    makeups: set[date],
    hours: list[tuple[int, int]],
) -> tuple[datetime, dict[date, int]]:
    """Working hours, a quarter of an hour at a time: the end of the last quarter that counts, and the minutes each day gave.

    ``hours`` are spans in minutes after midnight; every moment that comes in lies on a quarter.
    """
    quarter, at, left, given = timedelta(minutes=15), event, length * 4, {}
    while left:
        minute = at.hour * 60 + at.minute
        open_now = working(at.date(), holidays, makeups) and any(opens <= minute < closes for opens, closes in hours)
        stopped = any(began <= at < ended for began, ended in stops)
        if open_now and not stopped:
            left -= 1
            given[at.date()] = given.get(at.date(), 0) + 15
        at = at + quarter
    return at, given
