"""The door of text: tokens and queries for PostgreSQL's ``simple`` full-text search."""

import re

from santai.kernel.text.adapters import cut, initials, syllables
from santai.kernel.text.rules import score

_WORD = re.compile(r"[\w㐀-鿿]+")


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
    """A raw tsquery: every word a person typed must occur, the last one may be unfinished. Never raises; empty text matches nothing."""
    words = [word.strip().lower() for word in cut(text)]
    wanted = list(dict.fromkeys(word for word in words if _WORD.fullmatch(word)))
    if not wanted:
        return "''"
    quoted = [f"'{word}'" for word in wanted]
    quoted[-1] += ":*"
    return " & ".join(quoted)


def pinyin_of(text: str) -> str:
    """Syllables without tones, for ordering names."""
    return syllables(text)


__all__ = ["pinyin_of", "query_of", "score", "tokens_of"]
