"""Bring open deadlines up to the calendar in force, and tell the rooms that keep them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from santai.kernel.clocks.actions.change import actor_value, refresh
from santai.kernel.clocks.models import OPEN, WAITING, Clock, ClockEvent
from santai.kernel.clocks.queries import calendar, events_of_many, state_of
from santai.kernel.clocks.rules import ClockState, end_of
from santai.kernel.jobs.service import sweep
from santai.kernel.ledger.service import Actor, as_one_act, system_actor

BATCH = 1000
AT_ONCE = 2000  # deadlines an edit moves before it answers; the rest, the later ones, follow in the background
TOLD = 100
Handler = Callable[[str, list[ClockState], datetime], None]
_handlers: list[Handler] = []


def on_moved(handler: Handler) -> None:
    """Call ``handler(subject, clocks, at)`` when a change of the calendar moved deadlines of a subject.

    Runs in a transaction of its own, after the edit and without holding a clock, so that it may lock what the deadline belongs to. If
    it raises, it is called again later; the others go on.
    """
    if handler not in _handlers:
        _handlers.append(handler)


def touched_by(days: Sequence[date]) -> QuerySet[Clock]:
    """Clocks that still wait and whose count passes one of ``days``; one day back for roll-forward."""
    first, last = min(days), max(days)
    return Clock.objects.filter(WAITING, starts_on__lte=last, due_at__gte=end_of(first - timedelta(days=1)))


def recompute_touched(*, days: Sequence[date], actor: Actor, at: datetime, reason: str) -> tuple[int, int]:
    """Derive the nearest deadlines that ``days`` touch again, inside the caller's transaction: how many moved, how many are left.

    Whatever another transaction holds, and what exceeds ``AT_ONCE``, is left to the sweep; until it comes no such clock can fire.
    """
    touched = touched_by(days)
    rows = list(touched.order_by("due_at").select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    moved = sum(_derive_again(rows[start : start + BATCH], actor=actor, at=at, reason=reason) for start in range(0, len(rows), BATCH))
    return moved, touched.filter(calendar_version__lt=calendar().version).count()


@sweep("kernel.clocks.recompute", every=30)
def recompute_stale(now: datetime) -> int:
    """Waiting clocks derived from an older calendar, the nearest deadline first: what an edit left, or another process began meanwhile."""
    version = calendar().version
    with transaction.atomic():
        stale = Clock.objects.filter(WAITING, calendar_version__lt=version).order_by("due_at")
        rows = list(stale.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        _derive_again(rows, actor=system_actor("kernel.clocks"), at=now, reason="工作日历有变动")
    return len(rows)


@sweep("kernel.clocks.moved", every=30)
def tell_moved(now: datetime) -> int:
    """Tell the rooms of deadlines that moved, subject by subject; a subject is told until its handlers have done it."""
    subjects = list(Clock.objects.filter(moved=True).order_by("subject").values_list("subject", flat=True).distinct()[:TOLD])
    trouble: Exception | None = None
    told = 0
    for subject in subjects:
        try:
            told += _tell(subject, now)
        except Exception as error:  # noqa: BLE001 - one subject's trouble never holds up the others
            trouble = error
    if trouble is not None and not told:
        raise trouble  # the worker waits, longer each time, and says so
    return told


@as_one_act
def _tell(subject: str, now: datetime) -> int:
    rows = list(Clock.objects.filter(subject=subject, moved=True).order_by("due_at", "id"))
    clocks = [state_of(row) for row in rows]
    for handler in list(_handlers):
        handler(subject, clocks, now)
    for row in rows:  # moved again meanwhile: told again
        Clock.objects.filter(id=row.id, due_at=row.due_at).update(moved=False)
    return 1 if rows else 0


def _derive_again(rows: list[Clock], *, actor: Actor, at: datetime, reason: str) -> int:
    events = events_of_many(rows)
    moved: list[ClockEvent] = []
    for row in rows:
        before = row.due_at
        refresh(row, events.get(row.id, []))
        if row.due_at != before:
            row.has_events = row.moved = True
            if row.state == "missed" and row.due_at > at:
                row.state, row.missed_at = "running", None  # the new calendar says there is still time
            moved.append(
                ClockEvent(
                    clock=row, kind="recompute", at=at, reason=reason, actor=actor_value(actor), due_before=before, due_after=row.due_at
                )
            )
    Clock.objects.bulk_update(
        rows, ["starts_on", "due_at", "length", "warning", "calendar_version", "has_events", "moved", "state", "missed_at"], batch_size=500
    )
    ClockEvent.objects.bulk_create(moved, batch_size=500)
    return len(moved)


def stale_no_more(row: Clock, *, at: datetime) -> None:
    """Derive one locked clock again if the calendar has moved on since: nothing fires by a calendar that is no longer in force."""
    if row.calendar_version < calendar().version and row.state in OPEN:
        _derive_again([row], actor=system_actor("kernel.clocks"), at=at, reason="工作日历有变动")
