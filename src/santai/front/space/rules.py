"""What a row says to its owner: state in words, the clock that counts, which items an agent may see. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

STATES: dict[str, str] = {
    "submitted": "已提交",
    "received": "待受理",
    "correcting": "待补正",
    "accepted": "办理中",
    "completed": "已办结",
}
OUTCOMES: dict[str, str] = {
    "recorded": "已备案",
    "refused": "不予许可",
    "not_accepted": "不予受理",
    "withdrawn": "已撤回",
    "terminated": "已终止",
    "partly": "部分准予",
}


TONES: dict[str, str] = {  # of words the design system does not know
    "已备案": "done",
    "部分准予": "warn",
    "已暂扣": "warn",
    "已失效": "off",
    "已转出": "off",
    "已吊销": "wrong",
    "尚未生效": "off",
}


def state_word(state: str, outcome: str) -> str:
    """The state in the words of the design system."""
    if state == "completed":
        return OUTCOMES.get(outcome, "已办结")
    return STATES.get(state, "办理中")


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """The clock that counts, with the days left already worked out, for ``{% remaining %}``."""

    state: str
    due_at: datetime | None
    unit: str
    days: int | None


def remaining(
    clocks: Iterable[Mapping[str, Any]],
    parts: Mapping[str, Mapping[str, Any]],
    *,
    due_at: datetime | None,
    today: date,
    day_of: Callable[[datetime], date],
    working_days: Callable[[date, date], int],
) -> Remaining | None:
    """The clock that decides when the whole is due: the running one that ends at ``due_at``; one that stands still when none runs."""
    everything = [*clocks, *(clock for part in parts.values() for clock in part.get("clocks", []))]
    relevant = [clock for clock in everything if clock.get("kind") not in ("correction", "step")]
    running = [clock for clock in relevant if clock.get("state") == "running"]
    if due_at is None or not running:
        stopped = next((clock for clock in relevant if clock.get("state") == "stopped"), None)
        return Remaining(state="stopped", due_at=None, unit="working_day", days=None) if stopped else None
    same = [clock for clock in running if datetime.fromisoformat(clock["due_at"]) == due_at]
    unit = (same or running)[0].get("unit", "working_day")
    due = day_of(due_at)
    days = working_days(today, due) if unit == "working_day" else (due - today).days
    return Remaining(state="running", due_at=due_at, unit="working_day" if unit == "working_day" else "calendar_day", days=days)
