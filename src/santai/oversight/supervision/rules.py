"""When a rule speaks: pure functions over plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from santai.oversight.supervision.messages import LEVELS, RANK, WATCHES, Fact, SupervisionRule

CITY = ZoneInfo("Asia/Shanghai")
ONE_SECOND = timedelta(seconds=1)
AddDays = Callable[[date, int], date]
NEEDS: Mapping[str, tuple[str, ...]] = {
    "clock": ("kinds",),
    "step": ("states", "working_days"),
    "answer": ("events", "until", "working_days"),
    "fact": ("events",),
    "rating": ("minimum",),
    "card": ("levels", "working_days"),
}


def local_date(at: datetime) -> date:
    return at.astimezone(CITY).date()


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CITY)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=CITY)


def instant_of(rule: SupervisionRule, *, starts_on: date, due_at: datetime, unit: str, add: AddDays) -> datetime | None:
    """The moment from which the rule speaks about a clock; None when it never does (a reminder before the clock has begun is noise)."""
    if rule.watch != "clock" or rule.at == "past":
        return due_at + ONE_SECOND
    if unit == "hour":
        return None
    day = add(local_date(due_at), -rule.working_days)
    return start_of(day) if day > starts_on else None


def rules_for(rules: Iterable[SupervisionRule], *, kind: str, rule: str, nature: str) -> list[SupervisionRule]:
    """The rules that look at a clock: those of its kind, or the one that made it (step, answer, card)."""
    own = [one for one in rules if one.code == rule and one.watch in ("step", "answer", "card")]
    return own or [one for one in rules if one.watch == "clock" and kind in one.kinds and (not one.natures or nature in one.natures)]


def spoken(passed: Sequence[tuple[datetime, SupervisionRule]]) -> list[tuple[datetime, SupervisionRule]]:
    """Of the rules whose moment has passed since the last look, those worth a card: reminders only while the limit is not over, and of
    several reminders the last."""
    over = [one for one in passed if one[1].watch != "clock" or one[1].at == "past"]
    if over:
        return over
    return [max(passed, key=lambda one: (one[0], RANK[one[1].level]))] if passed else []


def broken(rule: SupervisionRule, fact: Fact) -> bool:
    """Does the fact break the rule?"""
    if rule.watch != "fact" or fact.event not in rule.events:
        return False
    if rule.outcomes and fact.outcome not in rule.outcomes:
        return False
    if rule.natures and fact.nature not in rule.natures:
        return False
    tests = []
    if rule.count:
        tests.append(fact.nth >= rule.count)
    if rule.causes:
        tests.append(fact.cause not in rule.causes)
    if rule.missing:
        tests.append(any(not str(getattr(fact, name)).strip() for name in rule.missing))
    return any(tests) if tests else True


def false_since(
    *, trigger_at: datetime, fact_at: datetime, finished_at: datetime | None, stopped: bool, ended: bool, new_instant: datetime | None
) -> bool:
    """Does a fact that arrived late show that there was no cause for the card? Only what happened before the moment counts: an
    extension granted after the limit was over heals nothing."""
    if finished_at is not None:
        return finished_at < trigger_at
    if fact_at >= trigger_at:
        return False
    return stopped or ended or new_instant is None or new_instant > trigger_at


def rule_from_data(entry: Mapping[str, Any]) -> SupervisionRule:
    """One checked entry of a rules file as a value."""
    kinds = get_type_hints(SupervisionRule)
    values: dict[str, Any] = {key: tuple(value) if kinds[key] == tuple[str, ...] else value for key, value in entry.items()}
    return SupervisionRule(**values)


def rule_problems(entry: Any) -> list[tuple[str, str]]:
    """(place, what is wrong) for one entry of a rules file."""
    if not isinstance(entry, Mapping):
        return [("", "每条规则应当是“键: 值”的形式。")]
    kinds = get_type_hints(SupervisionRule)
    known = {field.name for field in fields(SupervisionRule)}
    found = [(str(key), "未知的键。") for key in entry if key not in known]
    found += [(key, "必须填写。") for key in ("code", "title", "watch", "level", "text", "basis") if not str(entry.get(key, "")).strip()]
    for key, value in entry.items():
        want = kinds.get(key)
        if want is int and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            found.append((str(key), "应当是不小于 0 的整数。"))
        elif want == tuple[str, ...] and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            found.append((str(key), "应当是文字的列表。"))
        elif want is bool and not isinstance(value, bool):
            found.append((str(key), "应当是 true 或 false。"))
        elif want is str and not isinstance(value, str):
            found.append((str(key), "应当是文字。"))
    if entry.get("watch") not in WATCHES:
        found.append(("watch", f"应当是 {'、'.join(WATCHES)} 之一。"))
    else:
        found += [(key, "这类规则必须填写。") for key in NEEDS[entry["watch"]] if not entry.get(key)]
    if entry.get("level") not in LEVELS:
        found.append(("level", f"应当是 {'、'.join(LEVELS)} 之一。"))
    if entry.get("at", "past") not in ("before", "past"):
        found.append(("at", "应当是 before 或 past。"))
    found += [
        ("missing", f"没有名为“{name}”的事实。")
        for name in entry.get("missing") or []
        if name not in {field.name for field in fields(Fact)}
    ]
    return found


def in_words(rule: SupervisionRule, names: Mapping[str, str]) -> str:
    """The condition as a sentence for people; ``names`` translates kinds, states and events."""

    def said(codes: Iterable[str]) -> str:
        return "、".join(names.get(code, code) for code in codes)

    if rule.watch == "clock":
        if rule.at == "past":
            return f"{said(rule.kinds)}届满仍未办结"
        return f"{said(rule.kinds)}的最后一天" if not rule.working_days else f"{said(rule.kinds)}届满前 {rule.working_days} 个工作日"
    if rule.watch == "step":
        return f"在{said(rule.states)}环节停留超过 {rule.working_days} 个工作日，而总时限未到"
    if rule.watch == "answer":
        return f"{said(rule.events)}后 {rule.working_days} 个工作日内没有{said(rule.until)}"
    if rule.watch == "rating":
        return f"评价为第 {rule.minimum} 级或更差"
    if rule.watch == "card":
        return f"{said(rule.levels)}发出 {rule.working_days} 个工作日未答复"
    parts = [said(rule.events)]
    if rule.outcomes:
        parts.append(f"结果为{said(rule.outcomes)}")
    if rule.count:
        parts.append(f"同一办件第 {rule.count} 次")
    if rule.missing:
        parts.append(f"没有{said(rule.missing)}")
    if rule.causes:
        parts.append("事由不在法定范围")
    return "，".join(parts)


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
