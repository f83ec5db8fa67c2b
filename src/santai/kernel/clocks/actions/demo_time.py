"""The demonstration city can travel in time; no other can."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from santai.kernel.clocks.actions.bump import lock_pulse
from santai.kernel.clocks.errors import DemoOnly
from santai.kernel.clocks.models import Pulse
from santai.kernel.clocks.queries import _moment, calendar, forget, now
from santai.kernel.clocks.rules import local_date
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, as_one_act, record, system_actor


def shift_demo_time(working_days: int = 0, *, days: int = 0, hours: float = 0, actor: Actor | None = None) -> datetime:
    """Move the demonstration's time on by working days, calendar days or hours, same time of day; returns the new now(). DemoOnly."""
    current = now()
    if working_days:
        days += (calendar().add(local_date(current), working_days) - local_date(current)).days
    return _set(timedelta(days=days, hours=hours), actor, relative=True)


def set_demo_time(at: datetime, *, actor: Actor | None = None) -> datetime:
    """Make it ``at`` in the demonstration city; time runs on from there. DemoOnly."""
    return _set(at - now(), actor, relative=True)


def reset_demo_time(*, actor: Actor | None = None) -> datetime:
    """Back to real time. DemoOnly."""
    return _set(timedelta(), actor, relative=False)


@contextmanager
def at_demo_moment(at: datetime) -> Iterator[None]:
    """Within this block, and in this thread alone, ``now()`` is ``at``, as if then. Nobody else's time moves. DemoOnly."""
    if not settings.DEMO:
        raise DemoOnly()
    token = _moment.set(at)
    try:
        yield
    finally:
        _moment.reset(token)


@as_one_act
def _set(shift: timedelta, actor: Actor | None, *, relative: bool) -> datetime:
    if not settings.DEMO:
        raise DemoOnly()
    lock_pulse()
    row = Pulse.objects.get(id=1)
    row.demo_shift = row.demo_shift + shift if relative else shift
    row.save(update_fields=["demo_shift"])
    forget()
    transaction.on_commit(forget)
    at = now()
    record(
        actor=actor or system_actor("demo"), act="kernel.clocks.shift_demo_time", on="demo", at=at,
        details={"shift_seconds": int(row.demo_shift.total_seconds())},
    )  # fmt: skip
    wake("*")
    return at
