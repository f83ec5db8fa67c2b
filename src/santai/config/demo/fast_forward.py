"""Time moves on, a working day at a time, and what falls due on the way takes effect on its own day."""

from datetime import datetime

from santai.config.demo.history import refuse_elsewhere
from santai.kernel.clocks import service as clocks
from santai.kernel.jobs.service import drain, wake
from santai.kernel.ledger.service import Actor

AT_ONCE = ("kernel.clocks", "exchange.bus", "oversight.supervision")  # the rest (drawing, sealing) is left to the worker
MOST_DAYS = 260


def fast_forward(working_days: int, *, actor: Actor | None = None) -> datetime:
    """Move the city's time on by working days; the new time. Deadlines, warnings and cards of each day take effect on that day.

    DemoCityOnly, OneZoneOnly; ValueError for less than 1 or more than a year's worth of days.
    """
    refuse_elsewhere()
    if not 1 <= working_days <= MOST_DAYS:
        raise ValueError(f"1 … {MOST_DAYS}")
    at = clocks.now()
    for _ in range(working_days):
        at = clocks.shift_demo_time(1, actor=actor)
        drain(at, only=AT_ONCE)
    wake("*")
    return at


def back_to_real_time(*, actor: Actor | None = None) -> datetime:
    """The city's clock shows the real time again; what has happened stays. DemoCityOnly, OneZoneOnly."""
    refuse_elsewhere()
    return clocks.reset_demo_time(actor=actor)
