"""How days are counted. Pure: no Django, no clock; everything a deadline depends on comes in as a value.

Day one is the day after the event (行政许可法82; 民法典201). A stop on day S that ends on day R takes the days after S up to and
including R out of the count: the day the procedure began was still a day of work, and counting goes on the day after its result came.
A day limit ends at 23:59:59 in China; hours run exactly, working hours exactly within the office hours of working days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from santai.kernel.clocks.errors import BadRule
from santai.kernel.clocks.messages import CAUSES, OFFICE_HOURS, STATE_NAMES, UNIT_NAMES, Event, Extension, Rule, State

CITY = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
FARTHEST = 3660  # days a walk may take before the input must be wrong
DayKind = Literal["workday", "weekend", "holiday", "makeup"]

# 全国年节及纪念日放假办法 (2024 revision), the days with a fixed solar date: all one knows of a year not yet published
FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节",
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day that departs from the week: ``holiday`` off, or a weekend day worked (``makeup``, 调休)."""

    kind: Literal["holiday", "makeup"]
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """The working calendar: exceptions by date, the years whose official schedule is loaded, a version that changes with every edit."""

    days: Mapping[date, Day] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    version: int = 0

    def kind(self, day: date) -> DayKind:
        exception = self.days.get(day)
        if exception:
            return exception.kind
        if day.year not in self.years and (day.month, day.day) in FIXED_HOLIDAYS:
            return "holiday"
        return "weekend" if day.weekday() >= 5 else "workday"

    def name(self, day: date) -> str:
        exception = self.days.get(day)
        if exception and exception.name:
            return exception.name
        if not exception and day.year not in self.years and (day.month, day.day) in FIXED_HOLIDAYS:
            return FIXED_HOLIDAYS[day.month, day.day]
        return {"holiday": "节假日", "makeup": "调休上班", "weekend": "周末", "workday": ""}[self.kind(day)]

    def works(self, day: date) -> bool:
        """Is the day worked? The same as ``kind`` says, short because deadlines ask it for every day."""
        exception = self.days.get(day)
        if exception is not None:
            return exception.kind == "makeup"
        return day.weekday() < 5 and (day.year in self.years or (day.month, day.day) not in FIXED_HOLIDAYS)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, when negative); ``day`` itself for 0."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + ONE_DAY * step) for step in range(1, (end - start).days + 1))

    def next_working(self, day: date) -> date:
        """``day`` if it is a working day, else the next one."""
        while not self.works(day):
            day += ONE_DAY
        return day

    def unloaded(self, start: date, end: date) -> tuple[int, ...]:
        """Years touched between two days whose official schedule is not loaded."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.years)


@dataclass(frozen=True)
class Stop:
    """A time that does not count: days after ``began`` to ``ended`` inclusive (``ended`` None: still stopped)."""

    began: datetime
    ended: datetime | None
    cause: str
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.ended is not None and local_date(self.began) < day <= local_date(self.ended)


@dataclass(frozen=True)
class Story:
    """A clock's events in the order of law: where counting (re)starts, the stops since then, the extensions."""

    counts_from: datetime
    stops: tuple[Stop, ...]
    extended: int
    extensions: int
    restart_cause: str = ""


@dataclass(frozen=True)
class Deadline:
    starts_on: date
    due_at: datetime  # while stopped: as if counting went on at once
    length: int  # with extensions
    stopped_since: datetime | None
    unloaded_years: tuple[int, ...]


@dataclass(frozen=True)
class DayLine:
    """One day of an explanation. ``number``: the how-manieth counted day, None when it does not count."""

    day: date
    counted: bool
    number: int | None
    kind: Literal["event", "workday", "makeup", "weekend", "holiday", "stopped", "day", "rolled"]
    reason: str
    minutes: int = 0  # limits in working hours: how long of this day counts

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def how(self) -> str:
        """What the day counts for, in words."""
        if not self.counted:
            return "不计入"
        return f"计 {duration(self.minutes)}" if self.minutes else f"第 {self.number} 日"

    @property
    def text(self) -> str:
        what = self.how
        return f"{self.day.year}年{self.day.month}月{self.day.day}日（{self.weekday}）{what}" + (f"：{self.reason}" if self.reason else "")


@dataclass(frozen=True)
class Span:
    """Neighbouring days that do not count for the same reason."""

    first: date
    last: date
    reason: str
    days: int

    @property
    def text(self) -> str:
        start = f"{self.first.month}月{self.first.day}日（{WEEKDAYS[self.first.weekday()]}）"
        if self.first == self.last:
            return f"{start} {self.reason}"
        return f"{start}至{self.last.month}月{self.last.day}日（{WEEKDAYS[self.last.weekday()]}）共 {self.days} 天 {self.reason}"


def local_date(at: datetime) -> date:
    return at.astimezone(CITY).date()


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=CITY)


def tell(event_at: datetime, events: Iterable[Event]) -> Story:
    """Read events in order. A restart forgets what came before; a resume ends the open stop."""
    start, stops, extended, extensions, cause = event_at, [], 0, 0, ""
    for event in events:
        if event.kind == "stop":
            stops.append(Stop(event.at, None, event.cause, event.reason))
        elif event.kind == "resume" and stops and stops[-1].ended is None:
            stops[-1] = Stop(stops[-1].began, event.at, stops[-1].cause, stops[-1].reason)
        elif event.kind == "extend":
            extended += event.by
            extensions += 1
        elif event.kind == "restart":
            start, stops, extended, extensions, cause = event.at, [], 0, 0, event.cause
    return Story(start, tuple(stops), extended, extensions, cause)


def derive(rule: Rule, event_at: datetime, events: Sequence[Event], calendar: Calendar) -> Deadline:
    """When the clock ends, from nothing but the rule, the event, what happened since, and the calendar."""
    story = tell(event_at, events)
    length = rule.length + story.extended
    began = local_date(story.counts_from)
    open_since = story.stops[-1].began if story.stops and story.stops[-1].ended is None else None
    if rule.unit == "hour":
        due_at = _hours(story, length)
        return Deadline(began, due_at, length, open_since, ())
    if rule.unit == "working_hour":
        worked = list(_walk_hours(rule, story, length, calendar))
        due_at = worked[-1][1] or story.counts_from
        return Deadline(began, due_at, length, open_since, calendar.unloaded(began, local_date(due_at)))
    last = began
    if rule.unit == "working_day" and length and not story.stops:
        last = calendar.add(began, length)  # nearly every clock: no need to write down each day
    else:
        for line in _walk(rule, story, length, calendar):
            last = line.day
    touched = calendar.unloaded(began, last) if rule.unit == "working_day" or rule.roll_forward else ()
    return Deadline(began, end_of(last), length, open_since, touched)


def _hours(story: Story, length: int) -> datetime:
    due = story.counts_from + timedelta(hours=length)
    for stop in story.stops:
        if stop.ended is not None and stop.began < due:
            due += stop.ended - max(stop.began, story.counts_from)
    return due


def spans_of(rule_hours: Sequence[str]) -> tuple[tuple[time, time], ...]:
    """The spans of a working day in which working hours run, from ``09:00-12:00`` and so on."""
    found = []
    for span in rule_hours or OFFICE_HOURS:
        opens, _, closes = span.partition("-")
        found.append((time.fromisoformat(opens), time.fromisoformat(closes)))
    return tuple(found)


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} 小时" if hours else "", f"{rest} 分钟" if rest or not hours else "")))


def _open_hours(day: date, spans: Sequence[tuple[time, time]], story: Story) -> list[tuple[datetime, datetime]]:
    """When the clock runs on a working day: the office hours after the event, without what was stopped."""
    pieces = [(datetime.combine(day, opens, tzinfo=CITY), datetime.combine(day, closes, tzinfo=CITY)) for opens, closes in spans]
    pieces = [(max(start, story.counts_from), end) for start, end in pieces]
    for stop in story.stops:
        if stop.ended is not None:
            pieces = [piece for start, end in pieces for piece in ((start, min(end, stop.began)), (max(start, stop.ended), end))]
    return [(start, end) for start, end in pieces if start < end]


def _walk_hours(rule: Rule, story: Story, length: int, calendar: Calendar) -> Iterator[tuple[DayLine, datetime | None]]:
    """The days from the event to the end of a limit in working hours; with the last comes the moment at which it ends."""
    day, left, spans = local_date(story.counts_from), timedelta(hours=length), spans_of(rule.hours)
    for _ in range(FARTHEST):
        kind = calendar.kind(day)
        if kind in ("weekend", "holiday"):
            yield DayLine(day, False, None, kind, calendar.name(day)), None
        else:
            said, counted, ends = [], timedelta(), None
            for start, end in _open_hours(day, spans, story):
                end = min(end, start + left)
                left -= end - start
                counted += end - start
                said.append(f"{start.astimezone(CITY):%H:%M}–{end.astimezone(CITY):%H:%M}")
                if not left:
                    ends = end.astimezone(CITY)
                    break
            name = f"{calendar.name(day)}，" if kind == "makeup" else ""
            what: Literal["makeup", "workday"] = "makeup" if kind == "makeup" else "workday"
            if said:
                total = timedelta(hours=length) - left
                reason = f"{name}{'、'.join(said)}，累计 {duration(round(total.total_seconds() / 60))}"
                yield DayLine(day, True, None, what, reason, max(round(counted.total_seconds() / 60), 1)), ends
            else:
                yield DayLine(day, False, None, *_not_running(day, story)), None
            if not left:
                return
        day += ONE_DAY
    raise ValueError(f"a deadline of {length} working hours after {story.counts_from} does not end within ten years")


def _not_running(day: date, story: Story) -> tuple[Literal["stopped", "event"], str]:
    """Why nothing of a working day counts: a stop, or office hours that were over when the event came."""
    stop = next((one for one in story.stops if one.ended is not None and one.began < end_of(day) and local_date(one.ended) >= day), None)
    if stop is not None and day != local_date(story.counts_from):
        return "stopped", f"特别程序停止计时 {CAUSES.get(stop.cause, stop.cause)}"
    return "event", "收到时已过办公时间，从下一个工作日开始计时"


def working_time(calendar: Calendar, hours: Sequence[str], start: datetime, end: datetime) -> timedelta:
    """How much office time lies between two moments."""
    total, day, spans = timedelta(), local_date(start), spans_of(hours)
    while day <= local_date(end):
        if calendar.works(day):
            for opens, closes in spans:
                first = max(start, datetime.combine(day, opens, tzinfo=CITY))
                last = min(end, datetime.combine(day, closes, tzinfo=CITY))
                total += max(last - first, timedelta())
        day += ONE_DAY
    return total


def _walk(rule: Rule, story: Story, length: int, calendar: Calendar) -> Iterator[DayLine]:
    """The days after the event, one by one, to the last day of the limit. Length 0 means on the same (working) day."""
    day = local_date(story.counts_from)
    number = 0
    if length == 0:
        if rule.unit == "working_day" or rule.roll_forward:
            while not calendar.works(day):
                day += ONE_DAY
                yield DayLine(day, calendar.works(day), None, "day", "当日")
        return
    stops = [(local_date(stop.began), local_date(stop.ended), stop.cause) for stop in story.stops if stop.ended is not None]
    for _ in range(FARTHEST):
        day += ONE_DAY
        kind = calendar.kind(day)
        cause = next((cause for began, ended, cause in stops if began < day <= ended), None)
        if rule.unit == "working_day" and kind in ("weekend", "holiday"):
            yield DayLine(day, False, None, kind, calendar.name(day))
        elif cause is not None:
            yield DayLine(day, False, None, "stopped", f"特别程序停止计时 {CAUSES.get(cause, cause)}")
        elif number >= length:  # only rolling forward is left
            if calendar.works(day):
                yield DayLine(day, False, None, "rolled", f"期限最后一日为休息日，顺延至此（{WEEKDAYS[day.weekday()]}）")
                return
            yield DayLine(day, False, None, "holiday" if kind == "holiday" else "weekend", f"顺延：{calendar.name(day)}")
        else:
            number += 1
            counted: Literal["makeup", "workday", "day"]
            if rule.unit == "calendar_day":
                counted, reason = "day", ""
            else:
                counted, reason = ("makeup", calendar.name(day)) if kind == "makeup" else ("workday", "")
            yield DayLine(day, True, number, counted, reason)
            if number >= length and (rule.unit == "working_day" or not rule.roll_forward or calendar.works(day)):
                return
    raise ValueError(f"a deadline of {length} {rule.unit} after {story.counts_from} does not end within ten years")


@dataclass(frozen=True)
class Explanation:
    """Why a deadline is what it is, day by day."""

    clock: "ClockState"
    rule: Rule
    event_at: datetime
    lines: tuple[DayLine, ...]
    events: tuple[Event, ...]
    story: Story

    @property
    def not_counted(self) -> tuple[DayLine, ...]:
        return tuple(line for line in self.lines if not line.counted and line.kind not in ("event", "rolled", "day"))

    @property
    def counted(self) -> tuple[DayLine, ...]:
        return tuple(line for line in self.lines if line.counted)

    @property
    def makeup_days(self) -> tuple[DayLine, ...]:
        return tuple(line for line in self.lines if line.kind == "makeup")

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days not counted, neighbours with the same reason put together."""
        spans: list[Span] = []
        for line in self.not_counted:
            if spans and spans[-1].reason == line.reason and line.day - spans[-1].last == ONE_DAY:
                spans[-1] = Span(spans[-1].first, line.day, line.reason, spans[-1].days + 1)
            else:
                spans.append(Span(line.day, line.day, line.reason, 1))
        return tuple(spans)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(_sentences(self))


def explain(clock: "ClockState", rule: Rule, event_at: datetime, events: Sequence[Event], calendar: Calendar) -> Explanation:
    """Every day from the event to the deadline, with why it counts or not."""
    story = tell(event_at, events)
    lines: list[DayLine] = []
    if rule.unit == "working_hour":
        lines.extend(line for line, _ in _walk_hours(rule, story, rule.length + story.extended, calendar))
    elif rule.unit != "hour":
        lines.append(DayLine(local_date(story.counts_from), False, None, "event", _event_words(rule, story)))
        lines.extend(_walk(rule, story, rule.length + story.extended, calendar))
    return Explanation(clock, rule, event_at, tuple(lines), tuple(events), story)


def _event_words(rule: Rule, story: Story) -> str:
    if story.restart_cause:
        return f"{CAUSES.get(story.restart_cause, story.restart_cause)}后重新计时，当日不计入"
    return f"{rule.counts_from or '起算事件发生之日'}，当日不计入"


def _sentences(explanation: Explanation) -> Iterator[str]:
    rule, clock = explanation.rule, explanation.clock
    unit = UNIT_NAMES[rule.unit]
    yield f"{rule.title}：{rule.length} 个{unit}" + (f"，依据{rule.law}。" if rule.law else "。")
    start = explanation.story.counts_from.astimezone(CITY)
    if rule.unit == "hour":
        yield f"自{long_date(start.date())}{start:%H:%M}起连续计算。"
    elif rule.unit == "working_hour":
        spans = "、".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans_of(rule.hours))
        yield f"自{long_date(start.date())}{start:%H:%M}起，只在工作日的办公时间（{spans}）内计算。"
    elif clock.length:
        yield f"{long_date(start.date())}{_event_words(rule, explanation.story)}；从次日起算第 1 日。"
    else:
        yield f"{long_date(start.date())}{rule.counts_from or '起算事件发生'}，应当日办结。"
    if explanation.story.extended:
        for event in explanation.events:
            if event.kind == "extend":
                approver = event.actor_name or "负责人"
                yield f"{long_date(local_date(event.at))}经{approver}批准延长 {event.by} 个{unit}，理由：{event.reason}。"
    for stop in explanation.story.stops:
        name = CAUSES.get(stop.cause, stop.cause)
        if stop.ended is None:
            yield f"{long_date(local_date(stop.began))}起因{name}停止计时，尚未恢复。"
        else:
            yield f"{long_date(local_date(stop.began))}至{long_date(local_date(stop.ended))}因{name}停止计时，所需时间不计入。"
    if explanation.not_counted:
        yield f"共有 {len(explanation.not_counted)} 天不计入：" + "；".join(span.text for span in explanation.spans) + "。"
    if explanation.makeup_days:
        days = "、".join(f"{line.day.month}月{line.day.day}日（{line.weekday}）" for line in explanation.makeup_days)
        yield f"调休上班，计入工作日：{days}。"
    yield clock.sentence_of_end
    if clock.warning:
        yield clock.warning


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def warning_for(years: Sequence[int]) -> str:
    """What to say of a deadline that runs into years without a published schedule; empty when all are loaded."""
    if not years:
        return ""
    names = "、".join(f"{year}年" for year in years)
    return f"{names}的放假和调休安排尚未装入工作日历，暂按周末和法定固定节日推算；安排公布后会自动重新计算。"


@dataclass(frozen=True)
class Remaining:
    """Time left at an instant. ``amount`` counts whole units after today (negative: over by so many); 0: today is the last day."""

    amount: int
    unit: str
    overdue: bool
    stopped: bool = False

    @property
    def days(self) -> int:
        """The same number under the name the design system asks for."""
        return self.amount

    @property
    def text(self) -> str:
        name = UNIT_NAMES[self.unit] if self.unit != "calendar_day" else "天"
        measure = "" if self.unit == "calendar_day" else "个"
        if self.stopped:
            return f"已停止计时，恢复后还剩 {max(self.amount, 0)} {measure}{name}"
        if self.overdue:
            return f"已超过 {max(abs(self.amount), 1)} {measure}{name}"
        if self.amount == 0:
            return f"不到 1 {measure}{name}" if self.unit in ("hour", "working_hour") else "今天到期"
        return f"还剩 {self.amount} {measure}{name}"


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """A clock as other rooms see it: a value; ask the door again for a fresh one."""

    id: UUID
    rule: str
    title: str
    subject: str
    kind: str
    state: State
    event_at: datetime
    starts_on: date
    due_at: datetime
    length: int
    unit: str
    law: str = ""
    stopped_since: datetime | None = None
    stop_cause: str = ""
    stop_reason: str = ""
    expected_resume: date | None = None
    extended_by: int = 0
    finished_at: datetime | None = None
    missed_at: datetime | None = None
    warning: str = ""
    hours: tuple[str, ...] = ()
    calendar: Calendar = field(default_factory=Calendar, repr=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Still waiting for its act: running, stopped, or missed and not yet done."""
        return self.state in ("running", "stopped") or (self.state == "missed" and self.finished_at is None)

    @property
    def due_on(self) -> date:
        return local_date(self.due_at)

    @property
    def stop_cause_name(self) -> str:
        return CAUSES.get(self.stop_cause, self.stop_cause)

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]

    def remaining(self, at: datetime) -> Remaining:
        """What is left at ``at`` (at the stop while stopped, at the finish once finished), in the clock's own unit."""
        at = self.stopped_since or self.finished_at or at
        stopped = self.stopped_since is not None
        overdue = not stopped and at.replace(microsecond=0) > self.due_at
        if self.unit == "hour":
            seconds = (self.due_at - at).total_seconds()
            return Remaining(int(abs(seconds) // 3600) * (-1 if overdue else 1), self.unit, overdue, stopped)
        if self.unit == "working_hour":
            first, last = sorted((at, self.due_at))
            hours = int(working_time(self.calendar, self.hours, first, last).total_seconds() // 3600)
            return Remaining(hours * (-1 if overdue else 1), self.unit, overdue, stopped)
        if self.unit == "calendar_day":
            return Remaining((self.due_on - local_date(at)).days, self.unit, overdue, stopped)
        return Remaining(self.calendar.between(local_date(at), self.due_on), self.unit, overdue, stopped)

    @property
    def sentence_of_end(self) -> str:
        if self.state == "stopped":
            return "现已停止计时；恢复后重新推算截止日。"
        due = self.due_at.astimezone(CITY)
        return f"截止：{long_date(due.date())}" + (f"{due:%H:%M:%S}。" if self.unit in ("hour", "working_hour") else "结束时。")

    def sentence(self, at: datetime) -> str:
        """One line for progress pages: 还剩 3 个工作日，最迟 12月3日（周四）办结."""
        if self.state == "void":
            return "不再适用"
        if self.finished_at is not None:
            return "按时完成" if self.state == "met" else f"{self.remaining(at).text}完成"
        if self.state == "stopped":
            return self.remaining(at).text + (f"（{self.stop_cause_name}）" if self.stop_cause else "")
        due = self.due_at.astimezone(CITY)
        hour = f" {due:%H:%M}" if self.unit in ("hour", "working_hour") else ""
        last = f"{due.month}月{due.day}日（{WEEKDAYS[due.weekday()]}）{hour}"
        if self.remaining(at).overdue:
            return f"{self.remaining(at).text}（应于 {last}前办结）"
        return f"{self.remaining(at).text}，最迟 {last}办结"


def months_of(year: int) -> list[list[list[date | None]]]:
    """Twelve months of weeks (Monday first) for a year's page; None pads the weeks."""
    months = []
    for month in range(1, 13):
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        cells: list[date | None] = [None] * first.weekday()
        cells += [first + ONE_DAY * step for step in range((following - first).days)]
        cells += [None] * (-len(cells) % 7)
        months.append([cells[at : at + 7] for at in range(0, len(cells), 7)])
    return months


# -- rules as data -------------------------------------------------------------------------------------------------------------------

UNITS = ("working_day", "calendar_day", "hour", "working_hour")
KINDS = ("correction", "acceptance", "promised", "statutory", "step", "answer", "publicity")
NATURES = ("permit", "registration", "filing", "report", "push", "confirmation", "benefit")
_KNOWN = {
    "code", "title", "kind", "unit", "length", "law", "trigger", "counts_from", "stops", "restarts", "extension", "natures",
    "roll_forward", "hours", "note", "source",
}  # fmt: skip
_OF_EXTENSION = {"role", "length", "times", "role_title", "law"}


def rule_problems(data: object) -> list[str]:
    """What is wrong with a rule written as data, in Chinese; empty when nothing."""
    if not isinstance(data, Mapping):
        return ["一条规则应是“字段: 值”的列表"]
    problems = [f"缺少 {name}" for name in ("code", "title", "kind", "unit", "length", "law") if data.get(name) in (None, "")]
    problems += [f"不认识的字段 {name}" for name in sorted(set(data) - _KNOWN)]
    for name, allowed in (("kind", KINDS), ("unit", UNITS)):
        if data.get(name) and data[name] not in allowed:
            problems.append(f"{name} 只能是 {'、'.join(allowed)}")
    length = data.get("length")
    if length is not None and (isinstance(length, bool) or not isinstance(length, int) or not 0 <= length <= 1000):
        problems.append("length 应是 0 到 1000 的整数")
    for name, known in (("stops", tuple(CAUSES)), ("restarts", tuple(CAUSES)), ("natures", NATURES)):
        value = data.get(name) or []
        if not isinstance(value, list):
            problems.append(f"{name} 应是列表")
        else:
            problems += [f"{name} 中不认识 {entry}" for entry in value if entry not in known]
    problems += _hours_problems(data)
    extension = data.get("extension")
    if extension:
        if not isinstance(extension, Mapping):
            problems.append("extension 应写明 role 和 length")
        else:
            problems += [f"extension 缺少 {name}" for name in ("role", "length") if not extension.get(name)]
            problems += [f"extension 中不认识的字段 {name}" for name in sorted(set(extension) - _OF_EXTENSION)]
            for name in ("length", "times"):
                if name in extension and (not isinstance(extension[name], int) or extension[name] < 1):
                    problems.append(f"extension.{name} 应是正整数")
    return problems


def _hours_problems(data: Mapping[str, object]) -> list[str]:
    """Office hours are spans of one day, in order, without overlap; only a limit in working hours has them, and it has an hour at least."""
    if data.get("unit") == "working_hour" and data.get("length") == 0:
        return ["按工作小时计的时限至少 1 小时"]
    given = data.get("hours")
    if not given:
        return []
    if data.get("unit") != "working_hour":
        return ["hours 只用于 unit: working_hour"]
    try:
        spans = spans_of(given) if isinstance(given, list | tuple) else ()
    except (ValueError, AttributeError):
        spans = ()
    points = [point for span in spans for point in span]
    if not points or any(earlier >= later for earlier, later in pairwise(points)):
        return ["hours 应是一天内按先后排列的时段，例如 09:00-12:00、13:30-17:30"]
    return []


def rule_from_data(data: Mapping[str, object], *, version: int = 1) -> Rule:
    """A rule from plain data (YAML, JSON); BadRule with every problem when it is not one."""
    problems = rule_problems(data)
    if problems:
        raise BadRule(f"时限规则 {data.get('code', '')}：{'；'.join(problems)}。")
    plain = {name: value for name, value in data.items() if name in _KNOWN and value is not None}
    for name in ("stops", "restarts", "natures", "hours"):
        plain[name] = tuple(data.get(name) or ())  # type: ignore[arg-type]
    extension = data.get("extension")
    plain["extension"] = Extension(**extension) if extension else None  # type: ignore[arg-type]
    return Rule(**plain, version=version)  # type: ignore[arg-type]


def rule_to_data(rule: Rule) -> dict[str, object]:
    """The same rule as plain data, without its version."""
    data = asdict(rule)
    data.pop("version")
    return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}
