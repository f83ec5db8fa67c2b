"""Plain values of the room: what a rule says and what happened to a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Unit = Literal["working_day", "calendar_day", "hour", "working_hour"]
Kind = Literal["correction", "acceptance", "promised", "statutory", "step", "answer", "publicity"]
State = Literal["running", "stopped", "met", "missed", "void"]
EventKind = Literal["stop", "resume", "extend", "restart", "finish", "void", "miss", "recompute"]

# 行政许可法 article 45: the only lawful causes for licences; a rule of another law may list others
CAUSES: Mapping[str, str] = {
    "hearing": "听证",
    "bidding": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "testing": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
    "correction": "申请人补正",
    "third_party": "征求第三方意见",
    "other_organ": "征求其他机关意见",
    "publicity": "依法公示",
    "announcement": "依法公告",
    "medical": "体检、考试等法定程序",
}
LICENSING_CAUSES = ("hearing", "bidding", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review")
UNIT_NAMES: Mapping[str, str] = {"working_day": "工作日", "calendar_day": "日", "hour": "小时", "working_hour": "工作小时"}
OFFICE_HOURS = ("09:00-17:00",)  # when working hours run unless the rule names others; eight hours are a working day
STATE_NAMES: Mapping[str, str] = {"running": "计时中", "stopped": "已停止计时", "met": "按时完成", "missed": "超过时限", "void": "不再适用"}


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Who may give more time, how much at most and how often (行政许可法42: +10 by the organ's head, reasons told)."""

    role: str  # access role of the approver
    length: int  # at most, in the rule's unit
    times: int = 1
    role_title: str = "本机关负责人"
    law: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of a clock rule. ``law`` is the citation; ``kind`` says what the clock means for the case."""

    code: str
    title: str
    kind: Kind
    unit: Unit
    length: int
    law: str
    trigger: str = "receipt"  # receipt acceptance decision notice request assignment
    counts_from: str = ""  # in words, for the explanation: 收到申请之日
    stops: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    extension: Extension | None = None
    natures: tuple[str, ...] = ()  # permit registration filing report push; empty: whatever names the rule
    roll_forward: bool = False  # calendar days: a last day off moves to the next working day
    hours: tuple[str, ...] = ()  # working hours: the spans of a working day in which they run; empty: OFFICE_HOURS
    note: str = ""
    source: str = ""
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that changes a deadline: stop, resume, extend, restart. ``by`` counts units of an extension."""

    kind: EventKind
    at: datetime
    cause: str = ""
    by: int = 0
    reason: str = ""
    actor_name: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
