"""How well entries answer what people type, and which words of a person may stand in public. Pure."""

import re
from collections.abc import Iterable

_NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九零〇]{6,}|(?:[0-9０-９][\s\-－—·.]?){7,}")
_ADDRESSES = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]+|https?://|www\.|\b[\w-]+\.(?:com|cn|net|org)\b|微信|QQ|加[我你]", re.IGNORECASE)
_HOMES = re.compile(r"[一-鿿]{2,}(?:路|街|弄|巷|村)[0-9０-９一二三四五六七八九十百]+|[0-9０-９]+(?:弄|号楼|室|栋|单元)")
# a surname with a form of address names an official or a neighbour: 王科长, 李老师
_NAMED = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
    r"[一-鿿]{0,2}(?:科长|处长|局长|主任|所长|股长|队长|站长|老师|先生|女士|小姐|同志|警官|经理|总)"
)
_ABUSE = ("傻逼", "操你", "妈的", "他妈", "去死", "滚蛋", "王八蛋", "狗官", "畜生")


def score(text: str, *fields: str) -> int:
    """How well ``fields`` answer ``text``: every term contained counts most, then shared pairs of characters; 0 is no answer."""
    terms = [term for term in text.lower().split() if term]
    if not terms:
        return 0
    first, everything = fields[0].lower(), " ".join(fields).lower()
    points = 0
    for term in terms:
        if term in first:
            points += 100 + (40 if first.startswith(term) else 0) - min(len(first), 30)
        elif term in everything:
            points += 60
        else:
            shared = sum(1 for pair in _pairs(term) if pair in everything)
            if not shared or (len(term) > 3 and shared * 2 < len(term) - 1):
                return 0
            points += 10 * shared
    return max(points, 1)


def _pairs(term: str) -> Iterable[str]:
    return (term[i : i + 2] for i in range(len(term) - 1))


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
