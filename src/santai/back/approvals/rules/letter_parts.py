"""What letters are made of."""

from datetime import date
from typing import Any

Parts = tuple[list[str], list[str], dict[str, Any] | None]  # paragraphs, what follows the table, the table


def chinese_day(iso: str) -> str:
    """2026年12月3日 from an ISO date or time."""
    day = date.fromisoformat(iso[:10])
    return f"{day.year}年{day.month}月{day.day}日"
