"""Pure rules: filling in a letter, patience between attempts, limits of codes."""

import hashlib
import hmac
from datetime import datetime, timedelta
from string import Formatter

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_PAUSE = timedelta(seconds=60)
CODES_A_DAY = 10
MOST_ATTEMPTS = 6


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def fill(text: str, facts: dict[str, str]) -> str:
    """``{item}`` → the fact of that name; an unknown one becomes nothing. ISO dates read as Chinese dates."""
    return text.format_map(_Facts({key: plain(str(value)) for key, value in facts.items()})).strip()


def plain(value: str) -> str:
    """2026-02-14 or an ISO datetime → 2026年2月14日; everything else as it is."""
    if len(value) >= 10 and value[4:5] == "-" and value[7:8] == "-":
        try:
            day = datetime.fromisoformat(value)
        except ValueError:
            return value
        return f"{day.year}年{day.month}月{day.day}日"
    return value


def placeholder_problem(text: str) -> str:
    """What is wrong with the placeholders of a letter; empty if nothing."""
    try:
        names = [name for _, name, spec, _ in Formatter().parse(text) if name is not None]
    except ValueError as wrong:
        return f"花括号不成对：{wrong}"
    bad = [name for name in names if not name.isidentifier()]
    return f"不能使用的占位符：{'、'.join(bad)}" if bad else ""


def next_attempt(at: datetime, attempts: int) -> datetime:
    """1, 4, 16, 64 minutes …"""
    return at + timedelta(minutes=4 ** min(max(attempts - 1, 0), 4))


def digest_of(code: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
