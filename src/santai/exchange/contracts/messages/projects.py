"""Investment projects: what the firm sees of its project, and what it reports; who is the firm's account manager.

The rules of a progress report stand here because the firm's page and the office apply the same ones.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from santai.exchange.contracts.messages.base import Message

STAGES = {"waiting": "未开工", "building": "在建", "finished": "已竣工"}


@dataclass(frozen=True, kw_only=True)
class ProjectTold(Message):
    """How a project stands, for the space of its firm; each message replaces the one before."""

    name: ClassVar[str] = "back.projects.project_told"
    audience: ClassVar[tuple[str, ...]] = ("front.space",)

    code: str
    title: str
    firm_code: str
    kind: str
    organisation_name: str
    investment: str  # 万元
    invested: str
    stage: str
    started: bool
    period: str  # the quarter to be reported next
    report_due: str = ""  # ISO moment; empty once completed
    urged: bool = False
    at: str


@dataclass(frozen=True, kw_only=True)
class ProjectReported(Message):
    """A firm reports the progress of its project (企业投资项目核准和备案管理条例 16)."""

    name: ClassVar[str] = "front.space.project_reported"
    audience: ClassVar[tuple[str, ...]] = ("back.projects",)

    code: str
    firm_code: str
    period: str
    stage: str
    invested: str
    happened_on: str = ""
    text: str
    by_name: str
    at: str


@dataclass(frozen=True, kw_only=True)
class ManagerNamed(Message):
    """Who looks after a firm (客户经理); ``until`` an ISO date, empty while open. ``manager`` is the naming's identifier."""

    name: ClassVar[str] = "back.workorders.manager_named"
    audience: ClassVar[tuple[str, ...]] = ("front.space",)

    manager: str
    firm_code: str
    person: str
    post: str
    organisation_name: str
    phone: str
    since: str
    until: str = ""
    at: str


@dataclass(frozen=True, kw_only=True)
class ProgressEntry:
    """A progress report as typed."""

    period: str = ""
    stage: str = ""
    invested: str = ""
    happened_on: str = ""  # the day of the start or of completion
    text: str = ""


def as_money(text: str) -> Decimal | None:
    """万元 with at most two decimals; None when it is not an amount."""
    try:
        amount = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount >= Decimal("1e12") or amount != amount.quantize(Decimal("0.01")):
        return None
    return amount.quantize(Decimal("0.01"))


def as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def progress_problems(
    entry: ProgressEntry, *, expected: str, before: Decimal, investment: Decimal, started: bool, today: date
) -> dict[str, str]:
    """Field → what to do. ``expected``: the quarter whose turn it is; ``before``: invested up to the report before."""
    found: dict[str, str] = {}
    if entry.period != expected:
        found["period"] = "请先报送前面还没有报的季度。"
    elif quarter_end(expected) >= today and entry.stage != "finished":
        found["period"] = "这个季度还没有结束，季度结束后再报送；项目竣工的可以随时报送。"
    if entry.stage not in STAGES:
        found["stage"] = "请选择项目进展。"
    elif started and entry.stage == "waiting":
        found["stage"] = "以前已报送开工，不能改回未开工；确有错误的请联系项目主管部门。"
    amount = as_money(entry.invested)
    if amount is None:
        found["invested"] = "请填写累计完成投资，单位万元，没有的填 0。"
    elif amount < before:
        found["invested"] = "累计完成投资不能少于上期报送的数。"
    elif amount > investment * 3:
        found["invested"] = "超过总投资的三倍，请核对单位是不是万元。"
    day = as_day(entry.happened_on)
    needs_day = entry.stage == "finished" or (entry.stage == "building" and not started)
    if needs_day and (day is None or day > today):
        found["happened_on"] = "请填写实际的日期，不能晚于今天。"
    if not entry.text.strip():
        found["text"] = "请写明本期的工程进展，没有进展的说明原因。"
    elif len(entry.text.strip()) > 1000:
        found["text"] = "最多 1000 个字，请缩短。"
    return found


def quarter_of(day: date) -> str:
    """``2026Q1``."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def next_quarter(period: str) -> str:
    return quarter_of(quarter_end(period) + timedelta(days=1))


def quarter_end(period: str) -> date:
    """The last day of the quarter."""
    year, quarter = int(period[:4]), int(period[5:])
    return date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)


def period_name(period: str) -> str:
    return f"{period[:4]} 年第 {period[5:]} 季度"


__all__ = [
    "STAGES",
    "ManagerNamed",
    "ProgressEntry",
    "ProjectReported",
    "ProjectTold",
    "as_day",
    "as_money",
    "next_quarter",
    "period_name",
    "progress_problems",
    "quarter_end",
    "quarter_of",
]
