"""Reading: the time, the calendar, rules, and clocks. Calendar and rules are kept in the process and refreshed when their version moves."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from django.conf import settings

from santai.kernel.clocks.errors import UnknownClock, UnknownRule
from santai.kernel.clocks.messages import CAUSES, OFFICE_HOURS, UNIT_NAMES, Event, Rule, State
from santai.kernel.clocks.models import CalendarDay, CalendarYear, Clock, ClockEvent, ClockRule, Pulse
from santai.kernel.clocks.rules import (
    CITY,
    WEEKDAYS,
    Calendar,
    ClockState,
    Day,
    Explanation,
    explain,
    local_date,
    months_of,
    rule_from_data,
)

DayMark = Literal["holiday", "makeup"]
SECONDS_TO_TRUST = 1.0  # another process's edit is seen after at most this; a sweep recomputes what was started meanwhile


@dataclass(frozen=True)
class _Beat:
    calendar: int
    rules: int
    demo_shift: timedelta
    read_at: float


@dataclass(frozen=True)
class _Rules:
    version: int
    by_code: Mapping[str, tuple[int, Rule]]  # code → row id of the version in force, rule
    by_id: dict[int, Rule]


_moment: ContextVar[datetime | None] = ContextVar("demo_moment", default=None)  # set by at_demo_moment, in its own context only
_beat: _Beat | None = None
_calendar: Calendar | None = None
_rules: _Rules | None = None


def forget() -> None:
    """Drop what this process remembers; edits call it, and tests between rolled-back transactions."""
    global _beat, _calendar, _rules
    _beat = _calendar = _rules = None


def _pulse() -> _Beat:
    global _beat
    known = _beat
    if known is not None and time.monotonic() - known.read_at < SECONDS_TO_TRUST:
        return known
    row = Pulse.objects.filter(id=1).values_list("calendar", "rules", "demo_shift").first() or (0, 0, timedelta())
    _beat = _Beat(*row, read_at=time.monotonic())
    return _beat


# -- time ----------------------------------------------------------------------------------------------------------------------------


def now() -> datetime:
    """The time everything at the edges uses: real time, plus the shift of the demonstration city. Aware, Asia/Shanghai."""
    real = datetime.now(UTC).astimezone(CITY)
    if not settings.DEMO:
        return real
    return _moment.get() or real + _pulse().demo_shift


def today() -> date:
    """The date in China now."""
    return local_date(now())


def demo_shift() -> timedelta:
    """How far the demonstration city's time is ahead of the real one; zero elsewhere."""
    return _pulse().demo_shift if settings.DEMO else timedelta()


# -- calendar ------------------------------------------------------------------------------------------------------------------------


def calendar() -> Calendar:
    """The working calendar in force, from memory when its version has not moved."""
    global _calendar
    version = _pulse().calendar
    known = _calendar
    if known is None or known.version != version:
        days = {row[0]: Day(cast(DayMark, row[1]), row[2]) for row in CalendarDay.objects.values_list("date", "kind", "name")}
        known = Calendar(days, frozenset(CalendarYear.objects.values_list("year", flat=True)), version)
        _calendar = known
    return known


def is_working_day(day: date) -> bool:
    """Is ``day`` worked: a weekday that is no holiday, or a make-up day?"""
    return calendar().works(day)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (day one is the next working day); before it when negative."""
    return calendar().add(day, count)


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    return calendar().between(start, end)


def years_loaded() -> tuple[int, ...]:
    """Years whose official schedule is in the calendar."""
    return tuple(sorted(calendar().years))


# -- rules ---------------------------------------------------------------------------------------------------------------------------


def _all_rules(*, fresh: bool = False) -> _Rules:
    global _rules
    version = _pulse().rules
    known = _rules
    if fresh or known is None or known.version != version:
        rows = ClockRule.objects.filter(in_force=True).values_list("id", "code", "version", "terms")
        by_code = {code: (row_id, rule_from_data(terms, version=number)) for row_id, code, number, terms in rows}
        known = _Rules(version, by_code, dict(by_code.values()))
        _rules = known
    return known


def rule_row(code: str) -> tuple[int, Rule]:
    """Row id and rule of the version in force; UnknownRule."""
    found = _all_rules().by_code.get(code) or _all_rules(fresh=True).by_code.get(code)
    if found is None:
        raise UnknownRule(f"没有代码为“{code}”的时限规则。请先登记这条规则，或检查事项引用的规则代码。", rule=code)
    return found


def get_rule(code: str) -> Rule:
    """The version in force of rule ``code``; UnknownRule."""
    return rule_row(code)[1]


def rules_in_force() -> list[Rule]:
    """Every rule in force, by code."""
    return [rule for _, (_, rule) in sorted(_all_rules().by_code.items())]


def rule_of_row(row_id: int) -> Rule:
    """The rule a clock runs under, also when a newer version is in force."""
    known = _all_rules().by_id
    if row_id not in known:
        row = ClockRule.objects.get(id=row_id)
        known[row_id] = rule_from_data(row.terms, version=row.version)
    return known[row_id]


# -- clocks --------------------------------------------------------------------------------------------------------------------------


def state_of(clock: Clock) -> ClockState:
    """The row as a value."""
    rule = rule_of_row(clock.rule_id)
    return ClockState(
        id=clock.id,
        rule=rule.code,
        title=clock.title,
        subject=clock.subject,
        kind=clock.kind,
        state=cast(State, clock.state),
        event_at=clock.event_at,
        starts_on=clock.starts_on,
        due_at=clock.due_at.astimezone(CITY),
        length=clock.length,
        unit=rule.unit,
        hours=rule.hours,
        law=rule.law,
        stopped_since=clock.stopped_since,
        stop_cause=clock.stop_cause,
        stop_reason=clock.stop_reason,
        expected_resume=clock.expected_resume,
        extended_by=clock.extended_by,
        finished_at=clock.finished_at,
        missed_at=clock.missed_at,
        warning=clock.warning,
        calendar=calendar(),
    )


def clock_row(clock_id: UUID | ClockState) -> Clock:
    """The row, unlocked; UnknownClock."""
    wanted = clock_id.id if isinstance(clock_id, ClockState) else clock_id
    row = Clock.objects.filter(id=wanted).first()
    if row is None:
        raise UnknownClock(clock=str(wanted))
    return row


def get_clock(clock_id: UUID) -> ClockState:
    """One clock; UnknownClock."""
    return state_of(clock_row(clock_id))


def clocks_of(subject: str) -> list[ClockState]:
    """Every clock of a subject (``case:…``, ``subcase:…``, ``card:…``), the earliest deadline first; one query."""
    return [state_of(row) for row in Clock.objects.filter(subject=subject).order_by("due_at", "id")]


def clocks_of_many(subjects: Iterable[str]) -> dict[str, list[ClockState]]:
    """The same for many subjects in one query; every subject has a key."""
    found: dict[str, list[ClockState]] = {subject: [] for subject in subjects}
    for row in Clock.objects.filter(subject__in=list(found)).order_by("due_at", "id"):
        found[row.subject].append(state_of(row))
    return found


def event_of(row: ClockEvent) -> Event:
    return Event(
        kind=row.kind,  # type: ignore[arg-type]
        at=row.at,
        cause=row.cause,
        by=row.by,
        reason=row.reason,
        actor_name=" ".join(filter(None, (row.actor.get("organisation_name"), row.actor.get("post_title"), row.actor.get("name")))),
        details=row.details,
    )


def events_of(clock: Clock) -> list[Event]:
    """What happened to one clock, in order; no query for a clock that has no events."""
    if not clock.has_events:
        return []
    return [event_of(row) for row in ClockEvent.objects.filter(clock=clock).order_by("id")]


def events_of_many(clocks: Iterable[Clock]) -> dict[UUID, list[Event]]:
    """The same for many clocks in one query."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    wanted = [clock.id for clock in clocks if clock.has_events]
    if wanted:
        for row in ClockEvent.objects.filter(clock__in=wanted).order_by("id"):
            found[row.clock_id].append(event_of(row))
    return found


def explain_clock(clock_id: UUID | ClockState) -> Explanation:
    """Day by day why the deadline is what it is, on the calendar in force; UnknownClock."""
    clock = clock_row(clock_id)
    return explain(state_of(clock), rule_of_row(clock.rule_id), clock.event_at, events_of(clock), calendar())


def stuck_clocks() -> list[ClockState]:
    """Due clocks whose handlers keep failing, for ``doctor`` and the operator's page; they are tried again by themselves."""
    return [state_of(row) for row in Clock.objects.filter(state="running", fire_failures__gt=0).order_by("due_at")[:200]]


def open_in_unloaded_years() -> int:
    """How many open deadlines run into years whose schedule is not loaded."""
    return Clock.objects.filter(state__in=["running", "stopped"]).exclude(warning="").count()


# -- for the pages -------------------------------------------------------------------------------------------------------------------

MARKS = {"holiday": "休", "makeup": "班"}


@dataclass(frozen=True)
class DaySheet:
    """A day as the calendar's pages show it."""

    date: date
    kind: str
    kind_name: str
    name: str
    mark: str
    source: str = ""
    reason: str = ""
    edited_by: str = ""
    edited_at: datetime | None = None
    weekday: str = ""


@dataclass(frozen=True)
class YearSheet:
    year: int
    months: list[tuple[int, list[list[DaySheet | None]]]]
    loaded: bool
    source: str
    working_days: int
    named: list[DaySheet]  # holidays and make-up days in order
    edited: list[DaySheet]  # those a person changed
    loaded_years: tuple[int, ...]


def _sheet(day: date, current: Calendar, row: CalendarDay | None = None) -> DaySheet:
    kind = current.kind(day)
    names = {"holiday": "放假", "makeup": "调休上班", "weekend": "周末", "workday": "工作日"}
    return DaySheet(
        date=day,
        kind=kind,
        kind_name=names[kind],
        name=current.name(day),
        mark=MARKS.get(kind, ""),
        source=row.source if row else "",
        reason=row.reason if row else "",
        edited_by=row.edited_by if row else "",
        edited_at=row.edited_at if row else None,
        weekday=WEEKDAYS[day.weekday()],
    )


def day_sheet(day: date) -> DaySheet:
    """One day with where its status comes from."""
    return _sheet(day, calendar(), CalendarDay.objects.filter(date=day).first())


def year_sheet(year: int) -> YearSheet:
    """A year for its page."""
    current = calendar()
    rows = {row.date: row for row in CalendarDay.objects.filter(date__year=year)}
    months = [
        (number, [[_sheet(day, current, rows.get(day)) if day else None for day in week] for week in weeks])
        for number, weeks in enumerate(months_of(year), 1)
    ]
    every = [sheet for _, weeks in months for week in weeks for sheet in week if sheet]
    loaded = CalendarYear.objects.filter(year=year).first()
    return YearSheet(
        year=year,
        months=months,
        loaded=loaded is not None,
        source=loaded.source if loaded else "",
        working_days=sum(sheet.kind in ("workday", "makeup") for sheet in every),
        named=[sheet for sheet in every if sheet.mark],
        edited=[sheet for sheet in every if sheet.reason],
        loaded_years=years_loaded(),
    )


def schedule_text(year: int) -> str:
    """The year's departures from the week in the form the loading page reads back."""
    rows = CalendarDay.objects.filter(date__year=year).order_by("date")
    return "\n".join(f"{row.date.isoformat()} {MARKS[row.kind]} {row.name}".rstrip() for row in rows)


@dataclass(frozen=True)
class RuleInWords:
    rule: Rule
    limit: str
    starts: str
    stops: str
    extension: str


def rules_in_words() -> list[RuleInWords]:
    """The rules in force as sentences for officials and the public."""
    words = []
    for rule in rules_in_force():
        unit = UNIT_NAMES[rule.unit]
        extra = rule.extension
        starts = f"{rule.counts_from or '起算事件发生之日'}的次日起算" if rule.length else f"{rule.counts_from}当日"
        if rule.unit == "working_hour":
            starts = f"{rule.counts_from or '起算事件发生之时'}起算，只计工作日 {'、'.join(rule.hours or OFFICE_HOURS)}"
        elif rule.unit == "hour":
            starts = f"{rule.counts_from or '起算事件发生之时'}起连续计算"
        words.append(
            RuleInWords(
                rule=rule,
                limit=f"{rule.length} 个{unit}" if rule.unit != "calendar_day" else f"{rule.length} 日",
                starts=starts,
                stops="、".join(CAUSES[cause] for cause in rule.stops) or "不停止计时",
                extension=f"经{extra.role_title}批准，最多延长 {extra.length} 个{unit}，{extra.times} 次" if extra else "不能延长",
            )
        )
    return words
