"""How far the record of each zone is known in full, so that a slow line never makes a false red card (house.md rule 6)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from santai.exchange.bus import rules
from santai.exchange.bus.actions.publish import publish
from santai.exchange.bus.models import Source
from santai.exchange.contracts.service import Watermark
from santai.kernel.ledger.service import system_actor


def sources() -> tuple[str, ...]:
    """The zones whose facts arrive here: this one alone, or all three of a split city."""
    return (settings.ZONE,) if settings.ZONE == "all" else tuple(settings.SPLIT_ZONES)


def _here(now: datetime) -> datetime:
    """Until when everything recorded in this zone is published: no transaction that began before is still open, no local delivery older."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select clock_timestamp(), (select min(xact_start) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid() and xact_start is not null and state <> 'idle')"
        )
        real, oldest = cursor.fetchone()
    lag = max(real - oldest, timedelta()) if oldest else timedelta()
    return now - lag - timedelta(seconds=1)


def recorded_until(source: str = "", *, room: str = "oversight.supervision", now: datetime | None = None) -> datetime:
    """Everything ``source`` (default: every source, the slowest counts) recorded up to here has reached ``room`` and taken effect.

    What was set aside (dead letters) or waits for another message does not hold it back; the year 1970 when nothing is known yet.
    ``now`` is the edge's time (``clocks.service.now()``), needed for this zone's own record.
    """
    if not source:
        return min(recorded_until(one, room=room, now=now) for one in sources())
    if source == settings.ZONE:
        until = _here(now or datetime.now(UTC))
    else:
        known = Source.objects.filter(zone=source).first()
        until = known.recorded_until if known else datetime(1970, 1, 1, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(published_at) from exchange_bus_delivery where destination = %s and origin = %s and state = 'pending' "
            "and name <> %s",
            [room, source, rules.WATERMARK],
        )
        oldest = cursor.fetchone()[0]
    return min(until, oldest - timedelta(microseconds=1)) if oldest else until


@transaction.atomic
def publish_watermark(*, now: datetime) -> bool:
    """Tell supervision how far this zone's record goes; False where nobody outside needs it (supervision in this zone)."""
    if settings.ZONE == "all" or "oversight.supervision" in settings.ROOMS:
        return False
    until = _here(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(published_at) from exchange_bus_delivery where origin = %s and destination like 'zone:%%' and state = 'pending' "
            "and name <> %s",
            [settings.ZONE, rules.WATERMARK],
        )
        oldest = cursor.fetchone()[0]
        cursor.execute(  # one that has not left yet is overtaken by the new one
            "delete from exchange_bus_delivery where seq in (select seq from exchange_bus_delivery where origin = %s and name = %s "
            "and state in ('pending', 'waiting') for update skip locked)",
            [settings.ZONE, rules.WATERMARK],
        )
        cursor.execute(
            "delete from exchange_bus_message where name = %s and published_at < now() - interval '1 day'",
            [rules.WATERMARK],
        )
    if oldest:
        until = min(until, oldest)
    publish(Watermark(source=settings.ZONE, recorded_until=until.isoformat()), actor=system_actor("bus"), order_key="", at=now)
    return True
