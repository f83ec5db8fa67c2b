"""Levels, reasons, and which words may stand in public. Pure; the texts are wrapped for translation where they are shown."""

import re
from collections.abc import Iterable

# GB/T 39046-2020: 1 非常满意 … 5 非常不满意
LEVELS: dict[int, str] = {1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}
BAD = frozenset({4, 5})
MOST_WORDS = 500

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

_NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九零〇]{6,}|(?:[0-9０-９][\s\-－—·.]?){7,}")
_ADDRESSES = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]+|https?://|www\.|\b[\w-]+\.(?:com|cn|net|org)\b|微信|QQ|加[我你]", re.IGNORECASE)
_HOMES = re.compile(r"[一-鿿]{2,}(?:路|街|弄|巷|村)[0-9０-９一二三四五六七八九十百]+|[0-9０-９]+(?:弄|号楼|室|栋|单元)")
# a surname with a form of address names an official or a neighbour: 王科长, 李老师
_NAMED = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
    r"[一-鿿]{0,2}(?:科长|处长|局长|主任|所长|股长|队长|站长|老师|先生|女士|小姐|同志|警官|经理|总)"
)
_ABUSE = ("傻逼", "操你", "妈的", "他妈", "去死", "滚蛋", "王八蛋", "狗官", "畜生")


def kept_reasons(level: int, chosen: Iterable[str]) -> tuple[str, ...]:
    """The chosen reasons that belong to the level, in the order they are offered; others were chosen before the mind changed."""
    wanted = set(chosen)
    return tuple(code for code in REASONS.get(level, {}) if code in wanted)


def hidden_why(text: str, names: Iterable[str] = ()) -> str:
    """Why these words do not stand in public: ``number``, ``address``, ``name``, ``abuse``; empty when they may (or there are none)."""
    said = text.strip()
    if any(name and len(name) >= 2 and name in said for name in names) or _NAMED.search(said):
        return "name"
    if _NUMBERS.search(said):
        return "number"
    if _ADDRESSES.search(said) or _HOMES.search(said):
        return "address"
    if any(word in said for word in _ABUSE):
        return "abuse"
    return ""
