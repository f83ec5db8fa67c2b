"""What the pages read from the address and what they show: values into rows, no rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from santai.kernel.clocks.service import CAUSES, working_days_between
from santai.oversight.supervision.service import CARD_STATES, LEVELS, Rate, local_date, month_of

FILTERS = ("level", "state", "organisation", "item_code", "region", "rule", "day", "month", "show")
COLUMNS = (
    ("card_no", "监察编号"),
    ("level", "预警类型"),
    ("rule", "监察规则编号"),
    ("title", "规则"),
    ("case", "办件编号"),
    ("item", "事项"),
    ("organisation", "责任部门"),
    ("text", "监察内容"),
    ("trigger", "发生时间"),
    ("issued", "发出时间"),
    ("state", "状态"),
    ("answer", "部门答复"),
    ("answered", "答复时间"),
    ("settled", "办结时间"),
    ("withdrawn", "撤销理由"),
)  # fmt: skip  (监察编号 … 结果: GB/T 39046 table 11)
NAMES: Mapping[str, str] = {
    **LEVELS, "promised": "承诺时限", "statutory": "法定时限", "correction": "补正告知期限", "acceptance": "受理期限", "step": "环节时限",
    "answer": "回复期限", "checking": "材料审查", "deciding": "决定", "examining": "审查", "urged": "催办", "answered": "回复",
    "completed": "办结", "withdrawn": "撤回", "deemed_accepted": "视为受理", "correction_requested": "补正告知", "decided": "作出决定",
    "refused": "不予", "not_accepted": "不予受理", "stopped": "停止计时", "extended": "延长期限", "reason": "理由", "document_no": "文书",
}  # fmt: skip
STATE_TONES = {"open": "warn", "answered": "go", "returned": "warn", "accepted": "done", "closed": "done", "withdrawn": "off", "told": ""}
CLOCK_STATES = {"running": "计时中", "stopped": "已停止计时", "met": "按时完成", "missed": "超过时限", "void": "不再适用"}


def filters(given: Mapping[str, str]) -> dict[str, str] | None:
    """The known filters that are set; None when a date in them is none."""
    wanted = {key: given[key].strip() for key in FILTERS if given.get(key, "").strip()}
    try:
        if "day" in wanted:
            date.fromisoformat(wanted["day"])
        if "month" in wanted:
            month_of(wanted["month"])
    except ValueError:
        return None
    return wanted


def compare(this: Rate, before: Rate) -> str:
    """The rate against last month, in words."""
    if this.percent is None:
        return "本月还没有办结的部件"
    if before.percent is None:
        return f"本月办结 {this.finished} 件；上月没有可比数据"
    change = round(this.percent - before.percent, 1)
    word = "与上月持平" if not change else f"比上月{'高' if change > 0 else '低'} {abs(change)} 个百分点"
    return f"{word}（上月 {before.percent}%）"


@dataclass(frozen=True)
class Cell:
    text: str
    tone: str
    href: str
    label: str


def matrix(counts: Mapping[tuple[str, date, str], int], names: Mapping[str, str], since: date, until: date) -> dict[str, Any]:
    """Departments by days; each cell says how many of its worst level and leads to them. Only departments with cards."""
    days = [since + timedelta(days=step) for step in range((until - since).days + 1)]
    rows: list[dict[str, Any]] = []
    for code, name in names.items():
        cells = [_cell(counts, code, name, day) for day in days]
        sums = {level: sum(counts.get((code, day, f"cards_{level}"), 0) for day in days) for level in LEVELS}
        if any(sums.values()):
            rows.append(
                {"code": code, "name": name, "cells": cells, "sums": sums, "rank": tuple(sums[level] for level in reversed(list(LEVELS)))}
            )
    rows.sort(key=lambda row: row["rank"], reverse=True)
    return {"days": days, "rows": rows}


def _cell(counts: Mapping[tuple[str, date, str], int], code: str, name: str, day: date) -> Cell | None:
    found = [(level, counts.get((code, day, f"cards_{level}"), 0)) for level in ("red", "yellow", "warning", "prompt")]
    there = [(level, number) for level, number in found if number > 0]
    if not there:
        return None
    text = " ".join(f"{LEVELS[level][0]}{number}" for level, number in there)
    words = "、".join(f"{LEVELS[level]} {number} 张" for level, number in there)
    href = f"{reverse('oversight_supervision:cards')}?organisation={code}&day={day.isoformat()}"
    tone = {"red": "wrong", "yellow": "warn"}.get(there[0][0], "off")
    return Cell(text, tone, href, f"{text}（{name} {day.month}月{day.day}日：{words}）")


def wall_columns(cards: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards by department, the worst first."""
    columns: dict[str, dict[str, Any]] = {}
    for card in cards:
        column = columns.setdefault(card.organisation, {"title": card.organisation_name, "cards": [], "rank": 0})
        column["rank"] = max(column["rank"], card.rank)
        column["cards"].append(
            {
                "kind": card.level,
                "title": card.title,
                "text": f"{card.item_name} · {card.card_no}",
                "href": reverse("oversight_supervision:card", args=[card.card_no]),
                "at": card.issued_at,
                "answered": card.state == "answered",
            }
        )
    for column in columns.values():
        column["cards"].sort(key=lambda one: ("red", "yellow", "warning", "prompt").index(one["kind"]))
    return sorted(columns.values(), key=lambda one: (-one["rank"], one["title"]))


def left(due_at: datetime | None, at: datetime, *, state: str = "") -> dict[str, Any]:
    """Remaining time in words with its tone, in working days."""
    if state == "stopped":
        return {"text": "已停止计时", "tone": "warn", "due": None}
    if due_at is None:
        return {"text": "没有计时", "tone": "off", "due": None}
    if due_at < at:
        over = working_days_between(local_date(due_at), local_date(at))
        return {"text": f"已超过 {max(over, 1)} 个工作日", "tone": "wrong", "due": due_at}
    days = working_days_between(local_date(at), local_date(due_at))
    return {"text": "今天到期" if days == 0 else f"还剩 {days} 个工作日", "tone": "warn" if days <= 1 else "go", "due": due_at}


def case_rows(rows: Iterable[Any], at: datetime, *, whole: bool) -> list[dict[str, Any]]:
    """Cases or departments' parts for the list."""
    shown = []
    for row in rows:
        number = row.case_no if whole else row.case_id
        over = row.completed_at if whole else row.finished_at
        shown.append(
            {
                "case_no": number,
                "href": reverse("oversight_supervision:case", args=[number]),
                "item": row.item_name,
                "organisation": row.organisation_name,
                "step": row.step,
                "since": None if whole else row.step_since,
                "last_by": "" if whole else row.last_by,
                "opened_at": row.received_at if whole else row.opened_at,
                "finished_at": over,
                "late": False if whole else row.late,
                "rating": RATINGS[row.rating] if whole and row.rating else "",
                "left": None if over else left(row.due_at, at, state=row.state),
            }
        )
    return shown


RATINGS = ("", "非常满意", "满意", "基本满意", "不满意", "非常不满意")


def clock_rows(clocks: Iterable[Any], events: Iterable[Any], at: datetime) -> list[dict[str, Any]]:
    """Each limit with its story as heard: start, every stop and resumption, every extension, end."""
    heard = list(events)
    rows = []
    for clock in clocks:
        story = [{"text": f"{_day(clock.starts_on)}起算，当日不计入", "by": ""}]
        for event in heard:
            mine = any(one.get("clock") == clock.clock for one in event.clocks) if clock.clock else False
            if mine and event.event in ("stopped", "resumed", "extended"):
                what = {"stopped": "停止计时", "resumed": "恢复计时", "extended": "延长期限"}[event.event]
                cause = CAUSES.get(event.facts.get("cause", ""), "")
                due = next((one["due_at"] for one in event.clocks if one.get("clock") == clock.clock), "")
                after = f"，届满日改为 {_day(local_date(datetime.fromisoformat(due)))}" if due and event.event != "stopped" else ""
                why = f"：{event.reason}" if event.reason else ""
                story.append({"text": f"{_day(local_date(event.at))}{what}{f'（{cause}）' if cause else ''}{after}{why}", "by": event.by})
        if clock.finished_at:
            story.append({"text": f"{_day(local_date(clock.finished_at))}{CLOCK_STATES[clock.state]}", "by": ""})
        unit = {"working_day": "个工作日", "calendar_day": "日", "hour": "小时", "working_hour": "个工作小时"}.get(clock.unit, "")
        tone = {"met": "done", "missed": "wrong", "stopped": "warn", "void": "off"}.get(clock.state, "go")
        state = CLOCK_STATES.get(clock.state, "")
        if clock.is_open and clock.state != "stopped" and clock.due_at < at:
            state, tone = "已超过时限", "wrong"
        rows.append({"clock": clock, "state": state, "tone": tone, "story": story, "length": f"{clock.length} {unit}"})
    return rows


def event_rows(events: Iterable[Any], trigger_at: datetime | None = None, sub_case_no: str = "") -> list[dict[str, Any]]:
    """The timeline; the moment of the card stands among the facts."""
    rows = [
        {
            "at": event.at,
            "text": event.text or event.step,
            "by": " ".join(part for part in (event.organisation_name, event.by) if part),
            "more": f"理由：{event.reason}" if event.reason else "",
            "tone": "warn" if event.event in ("stopped", "correction_requested", "urged") else "done",
        }
        for event in events
        if not sub_case_no or not event.sub_case_no or event.sub_case_no == sub_case_no
    ]
    if trigger_at is not None:
        rows.append({"at": trigger_at, "text": "达到监察规则的条件", "by": "电子监察系统", "more": "", "tone": "wrong"})
    return sorted(rows, key=lambda row: row["at"])


def card_row(card: Any) -> list[str]:
    """One line of the export, in the order of COLUMNS."""
    return [
        card.card_no, LEVELS[card.level], card.rule, card.title, card.case_id, card.item_name, card.organisation_name, card.text,
        _moment(card.trigger_at), _moment(card.issued_at), CARD_STATES[card.state], card.answer, _moment(card.answered_at),
        _moment(card.settled_at), card.withdrawn_reason,
    ]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
