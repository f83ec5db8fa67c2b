"""The door of text: tokens and queries for PostgreSQL's ``simple`` full-text search; which words may stand in public."""

import re

from santai.kernel.text.adapters import cut, initials, syllables
from santai.kernel.text.rules import hidden_why, score

_WORD = re.compile(r"[\w㐀-鿿]+")
# What people say round the thing they want; no item is told apart by it.
_SAID_ROUND = """
我 我们 你 您 咱 他 她 想 要 我要 我想 想要 需要 准备 打算 请问 请 帮 怎么 怎么办 怎样 如何 咋 什么 哪 哪里 哪儿 谁 多少 多久 吗 呢 吧 啊
了 的 得 地 在 去 到 是 和 与 及 或 把 给 为 有 没有 一 一个 一家 一下 可以 能 能不能 应该 需 办 办理 手续 事 事情
"""
_ROUND = frozenset(_SAID_ROUND.split())


def tokens_of(text: str) -> str:
    """Space-separated lower-case tokens: words, single characters, and pinyin of each word (syllables and initials)."""
    found: dict[str, None] = {}
    for word in cut(text):
        plain = word.strip().lower()
        if not _WORD.fullmatch(plain):
            continue
        found[plain] = None
        if any("㐀" <= character <= "鿿" for character in plain):
            found.update(dict.fromkeys(character for character in plain if "㐀" <= character <= "鿿"))
            if len(plain) > 1:
                found[syllables(plain)] = None
                found[initials(plain)] = None
    return " ".join(found)


def query_of(text: str) -> str:
    """A raw tsquery: every word that carries meaning must occur, the last one may be unfinished. Never raises; no text, no match."""
    quoted = [f"'{word}'" for word in _meant(text)]
    if not quoted:
        return "''"
    quoted[-1] += ":*"
    return " & ".join(quoted)


def near_query_of(text: str) -> str:
    """For when nothing has all of the words: a raw tsquery that is content with one of them (single characters only when there is
    nothing longer)."""
    words = _meant(text)
    longer = [word for word in words if len(word) > 1]
    return " | ".join(f"'{word}':*" for word in longer or words) or "''"


def _meant(text: str) -> list[str]:
    """The words of a sentence without those said round them; all of them when it has no others."""
    words = [word.strip().lower() for word in cut(text)]
    wanted = list(dict.fromkeys(word for word in words if _WORD.fullmatch(word)))
    return [word for word in wanted if word not in _ROUND] or wanted


def pinyin_of(text: str) -> str:
    """Syllables without tones, for ordering names."""
    return syllables(text)


__all__ = ["hidden_why", "near_query_of", "pinyin_of", "query_of", "score", "tokens_of"]
