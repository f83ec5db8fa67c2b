"""Bring open deadlines up to the calendar in force."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from santai.kernel.clocks.actions.change import actor_value, refresh
from santai.kernel.clocks.models import OPEN, Clock, ClockEvent
from santai.kernel.clocks.queries import calendar, events_of_many
from santai.kernel.clocks.rules import end_of
from santai.kernel.jobs.service import sweep
from santai.kernel.ledger.service import Actor, system_actor

BATCH = 1000


def recompute_touched(*, days: Sequence[date], actor: Actor, at: datetime, reason: str) -> int:
    """Derive again every open deadline whose count passes one of ``days``; returns how many moved. Inside the caller's transaction."""
    first, last = min(days), max(days)
    # a day counts for a clock when it lies after its event and not after its deadline; one day back for roll-forward
    touched = Clock.objects.filter(state__in=OPEN, starts_on__lt=last, due_at__gte=end_of(first - timedelta(days=1)))
    touched |= Clock.objects.filter(state="missed", finished_at=None, starts_on__lt=last, due_at__gte=end_of(first - timedelta(days=1)))
    moved = 0
    ids = list(touched.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = list(Clock.objects.select_for_update(of=("self",)).filter(id__in=ids[start : start + BATCH]).order_by("id"))
        moved += _derive_again(rows, actor=actor, at=at, reason=reason)
    return moved


@sweep("kernel.clocks.recompute", every=30)
def recompute_stale(now: datetime) -> int:
    """Open clocks derived from an older calendar: those another process started in the second it had not yet heard of the edit."""
    version = calendar().version
    with transaction.atomic():
        stale = Clock.objects.filter(state__in=OPEN, calendar_version__lt=version).order_by("calendar_version")
        rows = list(stale.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        _derive_again(rows, actor=system_actor("kernel.clocks"), at=now, reason="工作日历有变动")
    return len(rows)


def _derive_again(rows: list[Clock], *, actor: Actor, at: datetime, reason: str) -> int:
    events = events_of_many(rows)
    moved: list[ClockEvent] = []
    for row in rows:
        before = row.due_at
        refresh(row, events.get(row.id, []))
        if row.due_at != before:
            row.has_events = True
            if row.state == "missed" and row.due_at > at:
                row.state, row.missed_at = "running", None  # the new calendar says there is still time
            moved.append(
                ClockEvent(
                    clock=row, kind="recompute", at=at, reason=reason, actor=actor_value(actor), due_before=before, due_after=row.due_at
                )
            )
    Clock.objects.bulk_update(
        rows, ["starts_on", "due_at", "length", "warning", "calendar_version", "has_events", "state", "missed_at"], batch_size=500
    )
    ClockEvent.objects.bulk_create(moved, batch_size=500)
    return len(moved)
