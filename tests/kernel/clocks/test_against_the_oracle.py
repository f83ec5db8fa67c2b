"""Deadlines and their explanations agree with a day-by-day oracle over random calendars, stops, extensions and restarts."""

import importlib.util
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from santai.kernel.clocks.messages import Event, Rule
from santai.kernel.clocks.rules import Calendar, ClockState, Day, derive, explain, rule_problems

_spec = importlib.util.spec_from_file_location("clocks_oracle", Path(__file__).with_name("oracle.py"))
assert _spec and _spec.loader
oracle = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oracle)

CITY = ZoneInfo("Asia/Shanghai")
FIRST = date(2023, 1, 1)
YEARS = frozenset(range(2022, 2030))
SPAN = 700

offsets = st.integers(0, SPAN)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Holidays in runs, make-up days on weekends, both ways at random."""
    days: dict[date, Day] = {}
    for start, length in draw(st.lists(st.tuples(offsets, st.integers(1, 9)), max_size=14)):
        for step in range(length):
            days[FIRST + timedelta(days=start + step)] = Day("holiday", "假日")
    for offset in draw(st.lists(offsets, max_size=20)):
        day = FIRST + timedelta(days=offset)
        if day.weekday() >= 5:
            days[day] = Day("makeup", "调休上班")
    return Calendar(days, YEARS, 1)


@st.composite
def lives(draw: st.DrawFn) -> tuple[datetime, list[Event]]:
    """An event and what follows it in order of time: stops with resumes, extensions, now and then a restart, perhaps a stop left open."""
    hours = st.integers(0, 23)
    event_at = datetime.combine(FIRST + timedelta(days=draw(st.integers(0, 300))), time(draw(hours), 30), tzinfo=CITY)
    at, events = event_at, []
    for kind in draw(st.lists(st.sampled_from(["pause", "pause", "extend", "restart"]), max_size=5)):
        at += timedelta(days=draw(st.integers(0, 12)), hours=draw(st.integers(0, 20)))
        if kind == "pause":
            back = at + timedelta(days=draw(st.integers(0, 40)), hours=draw(st.integers(0, 20)))
            events += [
                Event(kind="stop", at=at, cause="expert_review", reason="评审"),
                Event(kind="resume", at=back, cause="expert_review"),
            ]
            at = back
        elif kind == "extend":
            events.append(Event(kind="extend", at=at, by=draw(st.integers(1, 15)), reason="情况复杂"))
        else:
            events.append(Event(kind="restart", at=at, cause="correction"))
    if draw(st.booleans()):
        events.append(Event(kind="stop", at=at, cause="hearing", reason="听证"))
    return event_at, events


rules = st.builds(
    Rule,
    code=st.just("r"),
    title=st.just("时限"),
    kind=st.just("statutory"),
    unit=st.sampled_from(["working_day", "calendar_day"]),
    length=st.integers(1, 60),
    law=st.just("法"),
    roll_forward=st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(calendars(), rules, lives())
def test_every_deadline_is_the_one_a_person_with_a_wall_calendar_finds(
    calendar: Calendar, rule: Rule, life: tuple[datetime, list[Event]]
) -> None:
    event_at, events = life
    event, stops, extra = event_at.astimezone(CITY).date(), [], 0
    for one, following in zip_longest(events, events[1:]):
        day = one.at.astimezone(CITY).date()
        if one.kind == "restart":
            event, stops, extra = day, [], 0
        elif one.kind == "extend":
            extra += one.by
        elif one.kind == "stop" and following is not None:
            stops.append((day, following.at.astimezone(CITY).date()))
    last, counted, not_counted = oracle.last_day(
        unit=rule.unit,
        length=rule.length + extra,
        event=event,
        stops=stops,
        holidays={day for day, what in calendar.days.items() if what.kind == "holiday"},
        makeups={day for day, what in calendar.days.items() if what.kind == "makeup"},
        roll_forward=rule.roll_forward,
    )

    deadline = derive(rule, event_at, events, calendar)
    assert deadline.due_at == datetime.combine(last, time(23, 59, 59), tzinfo=CITY)
    assert deadline.length == rule.length + extra
    assert (deadline.stopped_since is not None) == bool(events and events[-1].kind == "stop")

    state = ClockState(
        id=UUID(int=1), rule="r", title="时限", subject="case:1", kind="statutory", state="running", event_at=event_at, starts_on=event,
        due_at=deadline.due_at, length=deadline.length, unit=rule.unit,
    )  # fmt: skip
    explained = explain(state, rule, event_at, events, calendar)
    assert [line.day for line in explained.counted] == counted
    assert [line.number for line in explained.counted] == list(range(1, len(counted) + 1))
    told = [line.day for line in explained.lines if not line.counted and line.kind != "event"]
    assert told == not_counted
    assert explained.lines[-1].day == last  # the explanation walks; the deadline may take a short cut
    assert all(line.reason for line in explained.lines if not line.counted)
    assert sum(span.days for span in explained.spans) == len(explained.not_counted)


@settings(max_examples=200, deadline=None)
@given(calendars(), offsets, st.integers(1, 60))
def test_adding_and_counting_working_days_undo_each_other(calendar: Calendar, offset: int, count: int) -> None:
    day = FIRST + timedelta(days=offset)
    later = calendar.add(day, count)
    assert calendar.works(later)
    assert calendar.between(day, later) == count
    assert calendar.between(later, day) == -count


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 480_000),
    st.integers(1, 200),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=4),
)
def test_hours_run_exactly_and_stand_still_while_stopped(start: int, length: int, pauses: list[tuple[int, int]]) -> None:
    event_at = datetime(2024, 1, 1, tzinfo=CITY) + timedelta(minutes=start)
    rule = Rule(code="h", title="时限", kind="step", unit="hour", length=length, law="法", stops=("testing",))
    at, events, left, due = event_at, [], timedelta(hours=length), None
    for wait, pause in pauses:  # the oracle walks the timeline and eats up the time left
        if due is None and timedelta(minutes=wait) >= left:
            due = at + left
        left -= timedelta(minutes=wait)
        at += timedelta(minutes=wait)
        events.append(Event(kind="stop", at=at, cause="testing"))
        at += timedelta(minutes=pause)
        events.append(Event(kind="resume", at=at, cause="testing"))
    assert derive(rule, event_at, events, Calendar()).due_at == (due or at + left)


def test_a_limit_of_no_days_ends_on_the_same_working_day() -> None:
    rule = Rule(code="z", title="即办", kind="promised", unit="working_day", length=0, law="承诺")
    calendar = Calendar({}, YEARS, 1)
    monday = datetime(2024, 3, 4, 9, 0, tzinfo=CITY)
    assert derive(rule, monday, (), calendar).due_at.date() == date(2024, 3, 4)
    saturday = datetime(2024, 3, 9, 9, 0, tzinfo=CITY)
    assert derive(rule, saturday, (), calendar).due_at.date() == date(2024, 3, 11)


quarters = st.integers(0, 60).map(lambda number: timedelta(minutes=15 * number))
office_hours = st.sampled_from([(), ("09:00-12:00", "13:30-17:30"), ("08:30-11:45", "14:00-18:00", "19:00-20:00"), ("09:00-12:00",)])


@settings(max_examples=150, deadline=None)
@given(
    calendars(), office_hours, st.integers(1, 40), st.integers(0, 28_000), st.lists(st.tuples(quarters, quarters), max_size=3),
    st.integers(0, 9),
)  # fmt: skip
def test_working_hours_run_only_in_office_hours_of_working_days(
    calendar: Calendar, hours: tuple[str, ...], length: int, start: int, pauses: list[tuple[timedelta, timedelta]], extra: int
) -> None:
    event_at = datetime.combine(FIRST, time(), tzinfo=CITY) + timedelta(minutes=15 * start)
    rule = Rule(code="w", title="时限", kind="promised", unit="working_hour", length=length, law="法", hours=hours, stops=("testing",))
    at, events, stops = event_at, [], []
    for wait, pause in pauses:
        began, ended = at + wait, at + wait + pause
        events += [Event(kind="stop", at=began, cause="testing"), Event(kind="resume", at=ended, cause="testing")]
        stops.append((began, ended))
        at = ended
    if extra:
        events.append(Event(kind="extend", at=at, by=extra, reason="情况复杂"))
    spans = [tuple(int(point[:2]) * 60 + int(point[3:]) for point in span.split("-")) for span in hours or ("09:00-17:00",)]
    due_at, given = oracle.last_quarter(
        length=length + extra,
        event=event_at,
        stops=stops,
        holidays={day for day, what in calendar.days.items() if what.kind == "holiday"},
        makeups={day for day, what in calendar.days.items() if what.kind == "makeup"},
        hours=spans,
    )

    deadline = derive(rule, event_at, events, calendar)
    assert deadline.due_at == due_at
    assert deadline.length == length + extra
    state = ClockState(
        id=UUID(int=1), rule="w", title="时限", subject="case:1", kind="promised", state="running", event_at=event_at,
        starts_on=event_at.date(), due_at=due_at, length=deadline.length, unit="working_hour", hours=hours, calendar=calendar,
    )  # fmt: skip
    explained = explain(state, rule, event_at, events, calendar)
    assert {line.day: line.minutes for line in explained.counted} == given
    days = [event_at.date() + timedelta(days=number) for number in range((due_at.date() - event_at.date()).days + 1)]
    assert [line.day for line in explained.lines] == days, "every day from the event to the end is told"
    assert all(line.reason for line in explained.lines)
    if not stops:
        left = state.remaining(event_at)
        assert (left.amount, left.overdue) == (length + extra, False)
        assert state.remaining(due_at + timedelta(seconds=1)).overdue


def test_half_a_working_day_ends_the_next_morning_when_it_begins_in_the_afternoon() -> None:
    rule = Rule(code="w", title="承诺", kind="promised", unit="working_hour", length=4, law="承诺", hours=("09:00-17:00",))
    calendar = Calendar({date(2026, 2, 14): Day("makeup", "春节调休上班")}, YEARS, 1)
    friday = datetime(2026, 2, 13, 15, 30, tzinfo=CITY)
    deadline = derive(rule, friday, (), calendar)
    assert deadline.due_at == datetime(2026, 2, 14, 11, 30, tzinfo=CITY), "a Saturday that is worked counts"
    state = ClockState(
        id=UUID(int=1), rule="w", title="承诺", subject="case:1", kind="promised", state="running", event_at=friday,
        starts_on=friday.date(), due_at=deadline.due_at, length=4, unit="working_hour", hours=rule.hours, calendar=calendar,
    )  # fmt: skip
    lines = [line.text for line in explain(state, rule, friday, (), calendar).lines]
    assert lines == [
        "2026年2月13日（周五）计 1 小时 30 分钟：15:30–17:00，累计 1 小时 30 分钟",
        "2026年2月14日（周六）计 2 小时 30 分钟：春节调休上班，09:00–11:30，累计 4 小时",
    ]
    assert state.sentence(friday) == "还剩 4 个工作小时，最迟 2月14日（周六） 11:30办结"
    evening = datetime(2026, 2, 13, 19, 0, tzinfo=CITY)
    assert derive(rule, evening, (), calendar).due_at == datetime(2026, 2, 14, 13, 0, tzinfo=CITY)


def test_office_hours_are_refused_where_they_mean_nothing() -> None:
    base = {"code": "w", "title": "承诺", "kind": "promised", "unit": "working_hour", "length": 4, "law": "承诺"}
    assert rule_problems(base | {"hours": ["09:00-12:00", "13:30-17:30"]}) == []
    for wrong in (["12:00-09:00"], ["09:00-12:00", "11:00-17:00"], ["9点"], "09:00-17:00", ["09:00"]):
        assert "hours 应是" in rule_problems(base | {"hours": wrong})[0]
    assert rule_problems(base | {"unit": "working_day", "hours": ["09:00-17:00"]}) == ["hours 只用于 unit: working_hour"]
    assert rule_problems(base | {"length": 0}) == ["按工作小时计的时限至少 1 小时"]
