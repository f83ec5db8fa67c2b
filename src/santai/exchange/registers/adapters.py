"""pypinyin: how a name sounds."""

from pypinyin import lazy_pinyin


def sound(text: str) -> str:
    """Syllables without tones, joined: 澄源 and 成元 sound the same."""
    return " ".join(lazy_pinyin(text))
