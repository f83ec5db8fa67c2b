"""What the operator sees of the bus."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from santai.exchange.bus import rules
from santai.exchange.bus.errors import NotADeadLetter
from santai.exchange.bus.models import Delivery, Link, Message


@dataclass(frozen=True)
class Queue:
    """One destination: how much is on its way and how long the oldest has waited, in seconds."""

    destination: str
    pending: int
    waiting: int
    dead: int
    done: int  # in the last hour
    lag: float


def queues() -> list[Queue]:
    """Every destination with something open or delivered within the hour, the most troubled first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select destination, count(*) filter (where state = 'pending'), count(*) filter (where state = 'waiting'), "
            "count(*) filter (where state = 'dead'), count(*) filter (where state = 'done'), "
            "coalesce(extract(epoch from clock_timestamp() - min(next_attempt_at) filter (where state in ('pending', 'waiting'))), 0) "
            "from exchange_bus_delivery where state in ('pending', 'waiting', 'dead') or done_at > clock_timestamp() - interval '1 hour' "
            "group by destination"
        )
        found = [Queue(str(row[0]), row[1], row[2], row[3], row[4], max(float(row[5]), 0.0)) for row in cursor.fetchall()]
    return sorted(found, key=lambda queue: (-queue.dead, -queue.lag, queue.destination))


def lag_seconds() -> float:
    """How long the oldest delivery that is due has been due; 0 when nothing is."""
    return max((queue.lag for queue in queues()), default=0.0)


def links() -> list[Link]:
    return list(Link.objects.order_by("zone"))


def letters(*, state: str = "dead", before: int = 0, limit: int = 50) -> list[Delivery]:
    """Set-aside (or waiting) deliveries, newest first, by keyset."""
    found = Delivery.objects.filter(state=state)
    if before:
        found = found.filter(seq__lt=before)
    return list(found.order_by("-seq")[:limit])


@dataclass(frozen=True)
class Journey:
    """One message of a case and where it went; no content."""

    name: str
    published_at: datetime
    destinations: tuple[tuple[str, str], ...]  # room, state


def journeys(order_key: str, *, limit: int = 12) -> list[Journey]:
    """The latest messages under one key with the state of each delivery, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.name, m.published_at, array_agg(d.destination || ' ' || d.state order by d.seq) from exchange_bus_message m "
            "join exchange_bus_delivery d on d.message_id = m.id and d.published_at = m.published_at where m.order_key = %s "
            "group by m.id, m.name, m.published_at order by max(d.seq) desc limit %s",
            [order_key, limit],
        )
        rows = cursor.fetchall()
    return [Journey(name, at, tuple(tuple(one.split(" ", 1)) for one in places)) for name, at, places in rows]


@dataclass(frozen=True)
class Letter:
    delivery: Delivery
    order_key: str
    published_at: datetime
    by: str
    summary: dict[str, str]
    behind: int  # how many wait behind it

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The summary for templates, where ``summary.items`` would mean a field of that name."""
        return list(self.summary.items())


def letter(seq: int) -> Letter:
    """One delivery with its message as an operator may see it. Raises NotADeadLetter when there is none."""
    delivery = Delivery.objects.filter(seq=seq).first()
    if delivery is None:
        raise NotADeadLetter
    message = Message.objects.filter(id=delivery.message_id, published_at=delivery.published_at).first()
    actor: dict[str, Any] = message.actor if message else {}
    behind = Delivery.objects.filter(
        destination=delivery.destination, lane=delivery.lane, seq__gt=seq, state__in=["pending", "waiting", "dead"]
    ).count()
    return Letter(
        delivery=delivery,
        order_key=message.order_key if message else "",
        published_at=delivery.published_at,
        by=str(actor.get("post_title") or {"person": "申请人", "system": "系统"}.get(str(actor.get("kind")), "工作人员")),
        summary=rules.summary(message.payload) if message else {},
        behind=behind,
    )
