"""The act the clock waited for has happened, or no longer can."""

from datetime import datetime

from santai.kernel.clocks.actions.change import ClockRef, append, locked
from santai.kernel.clocks.errors import ClockNotRunning
from santai.kernel.clocks.queries import state_of
from santai.kernel.clocks.rules import ClockState
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def finish_clock(*, clock: ClockRef, actor: Actor, at: datetime) -> ClockState:
    """Done at ``at``: met if that lies within the limit, else missed. Finishing what is finished changes nothing.

    ``at`` is the legal time of the act: a report that arrives late about an act in time turns a missed clock into a met one. A stopped
    clock is met: its time was not running out. ClockNotRunning for a void clock.
    """
    row = locked(clock)
    if row.finished_at is not None:
        return state_of(row)
    if row.state == "void":
        raise ClockNotRunning("这个时限已经不再适用。", clock=str(row.id), state=row.state)
    in_time = row.state == "stopped" or at.replace(microsecond=0) <= row.due_at
    row.finished_at = at
    row.state = "met" if in_time else "missed"
    if in_time:
        row.missed_at = None
    else:
        row.missed_at = row.missed_at or row.due_at
    append(row, "finish", actor=actor, at=at, details={"met": in_time})
    return state_of(row)


@as_one_act
def void_clock(*, clock: ClockRef, actor: Actor, at: datetime, reason: str = "") -> ClockState:
    """The clock no longer applies (withdrawn, another track). Voiding twice changes nothing; ClockNotRunning when it was finished."""
    row = locked(clock)
    if row.state == "void":
        return state_of(row)
    if row.finished_at is not None:
        raise ClockNotRunning("这个时限已经办结，不能作废。", clock=str(row.id), state=row.state)
    row.state = "void"
    append(row, "void", actor=actor, at=at, reason=reason)
    return state_of(row)
