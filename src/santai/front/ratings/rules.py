"""Levels and reasons. Pure; the texts are wrapped for translation where they are shown."""

from collections.abc import Iterable

# GB/T 39046-2020: 1 非常满意 … 5 非常不满意
LEVELS: dict[int, str] = {1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}
BAD = frozenset({4, 5})
MOST_WORDS = 500
REDRESS = ("opened", "contacted", "rectified", "revisited", "closed")  # how a bad rating is put right, in this order

GOOD_REASONS: dict[str, str] = {
    "clear-guide": "办事指南清楚",
    "once-done": "一次就办成",
    "fast": "办得快",
    "few-materials": "材料少",
    "prefilled": "不用重复填写",
    "kind": "工作人员耐心",
}
MIDDLE_REASONS: dict[str, str] = {
    "guide-could-be-clearer": "指南可以更清楚",
    "could-be-faster": "可以更快",
    "form-could-be-shorter": "填写可以更少",
    "site-could-be-easier": "网站可以更好用",
    "reply-could-be-faster": "答复可以更及时",
}
BAD_REASONS: dict[str, str] = {
    "not-told-at-once": "没有一次说清要补什么",
    "beyond-guide": "要求指南以外的材料",
    "late": "超过承诺时限",
    "many-trips": "多次跑腿",
    "passed-around": "部门之间推诿",
    "rude": "态度不好",
    "unlawful-fee": "不合理收费",
    "site-failed": "网站不好用",
}
REASONS: dict[int, dict[str, str]] = {1: GOOD_REASONS, 2: GOOD_REASONS, 3: MIDDLE_REASONS, 4: BAD_REASONS, 5: BAD_REASONS}
ALL_REASONS: dict[str, str] = {**GOOD_REASONS, **MIDDLE_REASONS, **BAD_REASONS}


def kept_reasons(level: int, chosen: Iterable[str]) -> tuple[str, ...]:
    """The chosen reasons that belong to the level, in the order they are offered; others were chosen before the mind changed."""
    wanted = set(chosen)
    return tuple(code for code in REASONS.get(level, {}) if code in wanted)
