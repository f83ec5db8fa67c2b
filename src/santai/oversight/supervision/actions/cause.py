"""Who held what, how long, on the facts as heard: the cause of a card, kept with it."""

from datetime import datetime
from typing import Any

from santai.oversight.supervision.models import WatchedCase, WatchedClock, WatchedPart
from santai.oversight.supervision.queries import held_days
from santai.oversight.supervision.rules import local_date


def cause_of_clock(*, clock: WatchedClock, case: WatchedCase, parts: list[WatchedPart], at: datetime) -> dict[str, Any]:
    """The limit and, for each part it covers that is not finished, the step, who held it, since when."""
    due = local_date(clock.due_at)
    covered = [
        part for part in parts if part.finished_at is None and clock.subject in (f"subcase:{part.sub_case_no}", f"case:{case.case_no}")
    ]
    return {
        "clock": clock.title,
        "due": f"{due.year}年{due.month}月{due.day}日",
        "due_at": clock.due_at.isoformat(),
        "starts_on": clock.starts_on.isoformat(),
        "length": clock.length,
        "unit": clock.unit,
        "extended_by": clock.extended_by,
        "law": clock.law,
        "holders": [holder_of(part, at) for part in covered],
    }


def holder_of(part: WatchedPart, at: datetime) -> dict[str, Any]:
    return {
        "organisation": part.organisation_name,
        "item": part.item_name,
        "step": part.step,
        "since": part.step_since.isoformat(),
        "days": held_days(part.step_since, at),
        "last_by": part.last_by,
        "last_at": part.last_at.isoformat() if part.last_at else "",
    }
