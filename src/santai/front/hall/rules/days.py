"""A deadline day by day as its owner reads it: which days count, which do not and why. Pure; the calendar comes as two questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

LONGEST = 800  # days shown at most


@dataclass(frozen=True, kw_only=True)
class Line:
    day: date
    number: int  # the how-manieth counted day; 0: not counted
    why: Literal["event", "off", "stopped", "waiting", "extended", "rolled", ""] = ""
    reason: str = ""  # the calendar's name of the day, or the cause of the stop


def days_of(
    clock: Mapping[str, Any], *, end: date, today: date, works: Callable[[date], bool], name: Callable[[date], str],
    day_of: Callable[[datetime], date],
) -> list[Line]:  # fmt: skip
    """The days of a clock of the projection (``DueDate`` with its ``stops``) from its event to ``end``, its last day.

    A day lies within a stop from the day after it began to the day it ended; while it lasts, the days after ``today`` wait.
    """
    working = clock["unit"] in ("working_day", "working_hour")
    over = [*clock.get("stops", [])]
    if clock["state"] == "stopped" and clock.get("stopped_since"):
        over.append({"began": clock["stopped_since"], "ended": "", "cause": clock.get("stop_cause", "")})
    stops = [
        (day_of(datetime.fromisoformat(one["began"])), day_of(datetime.fromisoformat(one["ended"])) if one["ended"] else None, one["cause"])
        for one in over
    ]
    start, number = date.fromisoformat(clock["starts_on"]), 0
    own = clock["length"] - clock.get("extended_by", 0)
    lines = [Line(day=start, number=0, why="event")]
    for offset in range(1, min((end - start).days, LONGEST) + 1):
        day = start + timedelta(days=offset)
        stop = next(((ended, cause) for began, ended, cause in stops if began < day and (ended is None or day <= ended)), None)
        if working and not works(day):
            lines.append(Line(day=day, number=0, why="off", reason=name(day)))
        elif stop is not None:
            ended, cause = stop
            lines.append(Line(day=day, number=0, why="waiting" if ended is None and day > today else "stopped", reason=cause))
        elif clock["length"] and number >= clock["length"]:
            lines.append(Line(day=day, number=0, why="rolled", reason=name(day)))
        else:
            number += 1
            lines.append(Line(day=day, number=number, why="extended" if own and number > own else "", reason=name(day) if working else ""))
    return lines


def kept_stops(before: Mapping[str, Any], *, state: str, at: str) -> Sequence[Mapping[str, str]]:
    """The stops of a clock after news of it: a stop that has ended is remembered with both its days."""
    stops = list(before.get("stops", []))
    if before.get("state") == "stopped" and before.get("stopped_since") and state != "stopped":
        stops.append({"began": before["stopped_since"], "ended": at, "cause": before.get("stop_cause", "")})
    return stops
