"""Pure rules of credit records: how long one is shown, when it may be repaired, what it bars (信用修复管理办法, in force 2026-04-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from santai.exchange.contracts.rules import months_later

LEVELS: Mapping[str, str] = {"minor": "轻微失信", "general": "一般失信", "serious": "严重失信"}
KINDS: Mapping[str, str] = {
    "false_commitment": "虚假承诺",
    "unkept_commitment": "未履行承诺",
    "permit_by_fraud": "以欺骗、贿赂等手段取得许可被撤销",
    "false_materials": "隐瞒情况或者提供虚假材料申请许可",
}
# level → months before repair is possible, months after which publication ends by itself
TERMS: Mapping[str, tuple[int, int]] = {"minor": (0, 3), "general": (3, 12), "serious": (12, 36)}
BAR_YEARS: Mapping[str, int] = {"permit_by_fraud": 3, "false_materials": 1}  # 行政许可法 79, 78
# what closes 告知承诺 and 容缺 until credit is repaired (安阳市政务服务条例 29: serious bad credit, an earlier false commitment)
BARRING_KINDS = frozenset({"false_commitment", "unkept_commitment"})


@dataclass(frozen=True, kw_only=True)
class Term:
    """``repairable_on``: first day on which it may be repaired; ``ends_on``: first day on which it is no longer shown."""

    repairable_on: date
    ends_on: date


def term_of(level: str, from_on: date) -> Term:
    shortest, longest = TERMS[level]
    return Term(repairable_on=months_later(from_on, shortest), ends_on=months_later(from_on, longest))


def in_force(*, level: str, from_on: date, repaired_on: date | None, on: date) -> bool:
    """Does the record still count? Repair or the end of its longest term ends it; what it barred is open again."""
    return from_on <= on < term_of(level, from_on).ends_on and (repaired_on is None or on < repaired_on)


def shown(*, level: str, from_on: date, repaired_on: date | None, on: date) -> bool:
    """Is it shown to the public? Minor ones are not, as a rule."""
    return level != "minor" and in_force(level=level, from_on=from_on, repaired_on=repaired_on, on=on)


def bars_promises(*, kind: str, level: str) -> bool:
    """Does a record in force keep its subject from 告知承诺 and 容缺?"""
    return level == "serious" or kind in BARRING_KINDS
