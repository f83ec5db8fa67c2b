"""What the rooms hand in at start-up: sweeps, tables partitioned by month, and who tells the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

SweepFunction = Callable[[datetime], int]


@dataclass(frozen=True)
class Sweep:
    """``run(now)`` does a bounded batch of what is due and returns how much; 0 means nothing was left."""

    name: str
    every: float  # seconds between looks when nobody wakes it
    run: SweepFunction
    patient: bool = False  # rests between batches while the machine is full: what it makes may follow a moment later, a person waits


_sweeps: dict[str, Sweep] = {}
_monthly: list[str] = []


def _real_time() -> datetime:
    return datetime.now(UTC)


_time: Callable[[], datetime] = _real_time


def sweep(name: str, *, every: float, patient: bool = False) -> Callable[[SweepFunction], SweepFunction]:
    """Register the decorated ``fn(now) -> int`` as sweep ``name`` (dotted room name, e.g. ``exchange.bus.deliver``).

    The function takes its work with ``select … for update skip locked`` in transactions of its own, a bounded batch a call, so that
    several workers side by side are safe. Import the module that registers from the room's ``apps.ready()``.
    """

    def decorator(function: SweepFunction) -> SweepFunction:
        _sweeps[name] = Sweep(name, every, function, patient)
        return function

    return decorator


def sweeps() -> dict[str, Sweep]:
    """All registered sweeps by name, in order of registration."""
    return dict(_sweeps)


def register_monthly(table: str) -> None:
    """Keep month partitions ready for ``table`` (partitioned by range over one timestamptz column)."""
    if table not in _monthly:
        _monthly.append(table)


def monthly_tables() -> tuple[str, ...]:
    return tuple(_monthly)


def tell_time(clock: Callable[[], datetime]) -> None:
    """Port: kernel/clocks sets what ``now`` means to the sweeps (real time plus the demonstration's shift)."""
    global _time
    _time = clock


def current_time() -> datetime:
    return _time()
