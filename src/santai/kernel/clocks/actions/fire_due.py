"""The sweep: what is due is marked missed, once, and the rooms that asked are told in the same transaction."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from santai.kernel.clocks.actions.change import append
from santai.kernel.clocks.actions.recompute import stale_no_more
from santai.kernel.clocks.models import Clock
from santai.kernel.clocks.queries import rule_of_row, state_of
from santai.kernel.clocks.rules import ClockState
from santai.kernel.jobs.service import sweep
from santai.kernel.ledger.service import system_actor

log = logging.getLogger(__name__)
BATCH = 200
Handler = Callable[[ClockState, datetime], None]
_handlers: list[tuple[str, Handler]] = []


def on_due(rule_prefix: str, handler: Handler) -> None:
    """Call ``handler(clock, at)`` when a clock of a rule whose code starts with ``rule_prefix`` passes its deadline unfinished.

    Runs in the transaction that marks the clock missed; the handler may finish or void the clock. If it raises, nothing of it happened
    and it is tried again later (10 s, 20 s … 1 h); the other clocks go on. ``at`` is the sweep's time, the deadline is ``clock.due_at``.
    """
    if (rule_prefix, handler) not in _handlers:
        _handlers.append((rule_prefix, handler))


def _due(now: datetime) -> Q:
    return Q(state="running", due_at__lte=now) & (Q(fire_after=None) | Q(fire_after__lte=now))


@sweep("kernel.clocks.due", every=5)
def fire_due(now: datetime) -> int:
    """Fire up to 200 due clocks; the cost is what is due, not what is open (partial index on due_at)."""
    ids = list(Clock.objects.filter(_due(now)).order_by("due_at").values_list("id", flat=True)[:BATCH])
    return sum(_fire(clock_id, now) for clock_id in ids)


def _fire(clock_id: UUID, now: datetime) -> int:
    try:
        with transaction.atomic():
            row = Clock.objects.select_for_update(skip_locked=True, of=("self",)).filter(_due(now), id=clock_id).first()
            if row is None:
                return 0  # another worker has it, or it was finished meanwhile
            stale_no_more(row, at=now)
            if row.due_at > now:
                return 0  # the calendar was changed: there is still time
            row.state = "missed"
            row.missed_at = row.due_at
            row.fire_after, row.fire_failures, row.fire_error = None, 0, ""
            append(row, "miss", actor=system_actor("kernel.clocks"), at=now)
            state = state_of(row)
            code = rule_of_row(row.rule_id).code
            for prefix, handler in list(_handlers):
                if code.startswith(prefix):
                    handler(state, now)
            return 1
    except Exception as trouble:  # noqa: BLE001 - one clock's handler never holds up the others
        log.exception("clock %s is due but its handler failed", clock_id)
        _later(clock_id, now, trouble)
        return 0


def _later(clock_id: UUID, now: datetime, trouble: Exception) -> None:
    with transaction.atomic():
        row = Clock.objects.select_for_update(of=("self",)).filter(id=clock_id, state="running").first()
        if row is None:
            return
        row.fire_failures += 1
        row.fire_after = now + min(timedelta(hours=1), timedelta(seconds=10 * 2 ** min(row.fire_failures - 1, 9)))
        row.fire_error = f"{type(trouble).__name__}: {trouble}"[:1000]
        row.save(update_fields=["fire_after", "fire_failures", "fire_error"])
