"""The leader's one page, from supervision's counters: the same number of queries whatever the city has filed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from santai.kernel.clocks.service import add_working_days
from santai.kernel.ledger.service import Actor
from santai.oversight.cockpit.rules import Line, lines_of
from santai.oversight.supervision import service as supervision

TREND_DAYS = 14


@dataclass(frozen=True)
class Overview:
    filed: int
    filed_before: int
    filed_trend: list[int]
    running: int
    due: int
    overdue: int
    cards: dict[str, int]
    bad: int
    bad_before: int
    rated: int
    rate: Any
    rate_before: Any
    lines: list[Line]
    until: datetime
    day: date
    day_before: date
    month: str


def overview(actor: Actor | None, *, at: datetime, day: date) -> Overview:
    """Everything on the page, for the region of the post in use."""
    (first, last), (first_before, last_before) = supervision.months_around(day)
    this, previous = supervision.flows(actor, first, last), supervision.flows(actor, first_before, last_before)
    standing, due = supervision.standing(actor), supervision.due_counts(actor, at)
    since = day - timedelta(days=TREND_DAYS - 1)
    yesterday = add_working_days(day, -1)
    filed = supervision.daily(actor, min(since, yesterday), day, ["filed"])

    def on(which: date) -> int:
        return sum(number for (_, when, _), number in filed.items() if when == which)

    return Overview(
        filed=on(day),
        filed_before=on(yesterday),
        filed_trend=[on(since + timedelta(days=step)) for step in range(TREND_DAYS)],
        running=supervision.total(standing, "cases_running"),
        due=supervision.total(due, "due"),
        overdue=supervision.total(due, "overdue"),
        cards={level: supervision.total(standing, f"pending_{level}") for level in supervision.LEVELS},
        bad=supervision.total(this, "bad_rated"),
        bad_before=supervision.total(previous, "bad_rated"),
        rated=supervision.total(this, "rated"),
        rate=supervision.rate_of(this),
        rate_before=supervision.rate_of(previous),
        lines=lines_of(supervision.departments(actor), standing, due, this),
        until=supervision.horizon(at),
        day=day,
        day_before=yesterday,
        month=f"{day:%Y-%m}",
    )
