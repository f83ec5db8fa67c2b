"""The tokeniser and the pinyin table, behind two functions."""

import rjieba
from pypinyin import Style, lazy_pinyin

_jieba = rjieba.Jieba() if hasattr(rjieba, "Jieba") else None


def cut(text: str) -> list[str]:
    """Words for an index: overlapping ones too, so that 登记 is found in 失业登记."""
    return list(_jieba.cut_for_search(text)) if _jieba else list(rjieba.cut_for_search(text))


def initials(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def syllables(text: str) -> str:
    return "".join(lazy_pinyin(text))
