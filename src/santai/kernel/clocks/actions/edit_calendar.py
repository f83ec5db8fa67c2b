"""Change the working calendar: one day, or a whole year's schedule. Open deadlines are derived again in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from santai.kernel.clocks.actions.authority import has_role
from santai.kernel.clocks.actions.bump import bump, lock_pulse
from santai.kernel.clocks.actions.recompute import recompute_touched
from santai.kernel.clocks.errors import BadDay, NotAllowedHere, ReasonMissing
from santai.kernel.clocks.models import CalendarDay, CalendarYear
from santai.kernel.clocks.rules import Day
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, as_one_act, record

EDITORS = ("item_manager", "system_admin")


@dataclass(frozen=True)
class CalendarChange:
    """What an edit did: days written or removed, open deadlines that moved, and how many the sweep still has to look at."""

    days: int
    moved: int
    left: int = 0


def may_edit(actor: Actor | None) -> bool:
    """May this person edit the calendar: item manager or system administrator (or the platform itself)?"""
    return actor is not None and (actor.kind == "system" or any(has_role(actor, role) for role in EDITORS))


@as_one_act
def set_day(
    *, day: date, kind: Literal["holiday", "makeup", "ordinary"], name: str = "", reason: str, actor: Actor, at: datetime
) -> CalendarChange:
    """Make ``day`` a holiday, a make-up working day (weekends only), or an ordinary day that follows the week again.

    NotAllowedHere, ReasonMissing, BadDay.
    """
    _permitted(actor, reason)
    lock_pulse()
    _check(day, kind)
    if kind == "ordinary":
        written, _ = CalendarDay.objects.filter(date=day).delete()
    else:
        written = 1
        edited = {"source": "本地调整", "reason": reason.strip(), "edited_by": actor.name, "edited_at": at}
        CalendarDay.objects.update_or_create(date=day, defaults={"kind": kind, "name": name.strip(), **edited})
    return _changed([day], written, reason, actor, at, {"day": day.isoformat(), "kind": kind, "name": name.strip()})


@as_one_act
def load_year(*, year: int, days: Mapping[date, Day], source: str, reason: str, actor: Actor, at: datetime) -> CalendarChange:
    """Load (or replace) the official schedule of a year, e.g. the day the State Council's notice for the next year appears.

    NotAllowedHere, ReasonMissing, BadDay (also when the schedule names no holiday at all).
    """
    _permitted(actor, reason)
    lock_pulse()
    if not any(day.kind == "holiday" for day in days.values()):
        raise BadDay(f"{year}年的安排里没有放假日，请核对后再装入。", fields={"days": "至少写一个放假日"})
    for day, what in days.items():
        if day.year != year:
            raise BadDay(f"{day} 不在 {year} 年。", fields={"days": f"{day} 不在 {year} 年"})
        _check(day, what.kind)
    old = set(CalendarDay.objects.filter(date__year=year).values_list("date", flat=True))
    CalendarDay.objects.filter(date__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, kind=what.kind, name=what.name, source=source, edited_by=actor.name, edited_at=at, reason=reason.strip())
        for day, what in days.items()
    )
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "loaded_at": at})
    touched = [*sorted(old | set(days)), date(year, 1, 1), date(year, 12, 31)]
    return _changed(touched, len(days), reason, actor, at, {"year": year, "source": source, "days": len(days)})


def _permitted(actor: Actor, reason: str) -> None:
    if not may_edit(actor):
        raise NotAllowedHere()
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明修改的理由或依据的文件"})


def _check(day: date, kind: str) -> None:
    if kind not in ("holiday", "makeup", "ordinary"):
        raise BadDay(fields={"kind": "请选择放假、调休上班或恢复平常"})
    if kind == "makeup" and day.weekday() < 5:
        raise BadDay(
            f"{day.month}月{day.day}日不是周末，平常就上班，不需要设为调休上班。", fields={"kind": "只有周六、周日可以设为调休上班"}
        )


def _changed(days: list[date], written: int, reason: str, actor: Actor, at: datetime, facts: dict[str, object]) -> CalendarChange:
    bump("calendar")
    moved, left = recompute_touched(days=days, actor=actor, at=at, reason=reason)
    record(
        actor=actor,
        act="kernel.clocks.edit_calendar",
        on="calendar",
        at=at,
        why=reason,
        details={**facts, "deadlines_moved": moved, "left": left},
    )
    wake("kernel.clocks.recompute")
    wake("kernel.clocks.moved")
    wake("kernel.clocks.due")
    return CalendarChange(written, moved, left)
