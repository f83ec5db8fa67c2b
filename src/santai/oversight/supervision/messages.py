"""Values of supervision: a rule as data, levels, states."""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS: Mapping[str, str] = {"prompt": "提示", "warning": "预警", "yellow": "黄牌", "red": "红牌"}
RANK: Mapping[str, int] = {"prompt": 0, "warning": 1, "yellow": 2, "red": 3}
WATCHES: Mapping[str, str] = {
    "clock": "时限",
    "step": "环节用时",
    "answer": "限时回复",
    "fact": "办理行为",
    "rating": "评价",
    "card": "处理反馈",
}
CARD_STATES: Mapping[str, str] = {
    "told": "已提示",
    "open": "待答复",
    "answered": "已答复待审",
    "returned": "退回重答",
    "accepted": "已认可",
    "closed": "已了结",
    "withdrawn": "已撤销",
}
PENDING = ("open", "answered", "returned")  # somebody still has to act on the card


@dataclass(frozen=True, kw_only=True)
class SupervisionRule:
    """When which card is shown. ``basis`` cites the law, or says that the rule is a local default to be confirmed.

    clock: ``kinds`` of clocks; ``at`` before (``working_days`` before the last day begins) or past (the limit is over).
    step: a department's part stays in one of ``states`` longer than ``working_days``. answer: ``events`` starts, ``until`` ends it.
    fact: one of ``events`` that lacks a field of ``missing``, is the ``count``-th in its case, or has a stop cause outside ``causes``.
    rating: a rating of ``minimum`` or worse. card: a card of ``levels`` unanswered for ``working_days``.
    """

    code: str
    title: str
    watch: str
    level: str
    text: str
    basis: str
    kinds: tuple[str, ...] = ()
    at: str = "past"
    working_days: int = 0
    states: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    count: int = 0
    minimum: int = 0
    levels: tuple[str, ...] = ()
    answer_within: int = 0  # working days; 0: no answer is asked for
    local: bool = False  # a default of the platform or of local practice, no national rule: the city confirms or changes it


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a fact rule looks at."""

    event: str
    outcome: str = ""
    nature: str = ""
    reason: str = ""
    document_no: str = ""
    cause: str = ""
    by_post: str = ""
    nth: int = 1
