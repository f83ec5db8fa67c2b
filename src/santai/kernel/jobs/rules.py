"""Pure arithmetic of months and patience."""

from datetime import date, datetime, timedelta, timezone

CITY = timezone(timedelta(hours=8), "Asia/Shanghai")  # months of partitions begin at midnight in China
MONTHS_BACK, MONTHS_AHEAD = 12, 3
LONGEST_BACKOFF = 60.0
REST = 2.0  # times as long as a patient sweep worked
LONGEST_REST = 5.0


def add_months(month: date, count: int) -> date:
    """The first day of the month ``count`` months after ``month``."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_around(at: datetime, *, back: int = MONTHS_BACK, ahead: int = MONTHS_AHEAD) -> list[date]:
    """First days of the months for which partitions are kept ready around ``at``."""
    this = at.astimezone(CITY).date().replace(day=1)
    return [add_months(this, step) for step in range(-back, ahead + 1)]


def backoff(failures: int) -> float:
    """Seconds to leave a sweep alone after ``failures`` failures in a row: 1, 2, 4 … 60."""
    return float(min(LONGEST_BACKOFF, 2 ** max(0, min(failures, 10) - 1)))


def rest_after(worked: float, *, load: float, processors: int) -> float:
    """Seconds a patient sweep rests after it worked so many: none while a processor is free (``load``: processes that want one)."""
    return min(REST * worked, LONGEST_REST) if load > processors else 0.0
