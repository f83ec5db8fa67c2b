"""What every verb on a running clock shares: lock the row, append the event, derive again."""

from datetime import date, datetime
from uuid import UUID

from santai.kernel.clocks.errors import OutOfOrder, UnknownClock
from santai.kernel.clocks.messages import Event, EventKind
from santai.kernel.clocks.models import Clock, ClockEvent
from santai.kernel.clocks.queries import calendar, events_of, rule_of_row
from santai.kernel.clocks.rules import ClockState, derive, local_date, warning_for
from santai.kernel.ledger import service as ledger
from santai.kernel.ledger.service import Actor

ClockRef = UUID | str | ClockState


def locked(clock: ClockRef) -> Clock:
    """The row, locked until the transaction ends; UnknownClock."""
    wanted = clock.id if isinstance(clock, ClockState) else clock
    row = Clock.objects.select_for_update(of=("self",)).filter(id=wanted).first()
    if row is None:
        raise UnknownClock(clock=str(wanted))
    return row


def in_order(row: Clock, events: list[Event], at: datetime) -> None:
    """Events of law come one after the other; OutOfOrder."""
    latest = max([row.event_at, *(event.at for event in events if event.kind in ("stop", "resume", "restart"))])
    if at < latest:
        raise OutOfOrder(clock=str(row.id), latest=latest.isoformat())


def append(
    row: Clock,
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    cause: str = "",
    reason: str = "",
    by: int = 0,
    details: dict[str, object] | None = None,
) -> None:
    """Write the event, bring the row's deadline up to date, write the ledger entry."""
    before = row.due_at
    event = ClockEvent(
        clock=row, kind=kind, at=at, cause=cause, reason=reason, by=by, actor=actor_value(actor), due_before=before, details=details or {}
    )
    row_events = [*events_of(row), Event(kind=kind, at=at, cause=cause, by=by, reason=reason)]
    row.has_events = True
    refresh(row, row_events)
    event.due_after = row.due_at
    ledger.append(event)
    ledger.change(row)
    ledger.record(
        actor=actor,
        act=f"kernel.clocks.{kind}",
        on=row.subject,
        at=at,
        why=reason,
        details={"clock": str(row.id), "cause": cause, "by": by, "due_before": before.isoformat(), "due_after": row.due_at.isoformat()},
    )


def refresh(row: Clock, events: list[Event]) -> None:
    """Derive the stored deadline again from rule, events and the calendar in force."""
    current = calendar()
    deadline = derive(rule_of_row(row.rule_id), row.event_at, events, current)
    row.starts_on = deadline.starts_on
    row.due_at = deadline.due_at
    row.length = deadline.length
    row.warning = warning_for(deadline.unloaded_years)
    row.calendar_version = current.version


def actor_value(actor: Actor) -> dict[str, str]:
    return {
        "kind": actor.kind,
        "account": actor.account,
        "name": actor.name,
        "post": actor.post,
        "post_title": actor.post_title,
        "organisation": actor.organisation,
        "organisation_name": actor.organisation_name,
    }


def resume_day(row: Clock, at: datetime, expected_days: int) -> date | None:
    """When a stop is expected to end, as told to the applicant in writing (行政许可法45)."""
    return calendar().add(local_date(at), expected_days) if expected_days > 0 else None
