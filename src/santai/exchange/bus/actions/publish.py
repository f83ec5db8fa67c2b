"""Put a message into the outbox, inside the caller's transaction."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from santai.exchange.bus import rules
from santai.exchange.bus.actions import deliver
from santai.exchange.contracts.service import Message, encode
from santai.kernel.codes.service import new_id
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor

LINKS_SWEEP = "exchange.bus.links"
INSERT_MESSAGE = """
insert into exchange_bus_message (id, published_at, origin, name, order_key, actor, payload)
values (%(id)s, %(at)s, %(origin)s, %(name)s, %(key)s, %(actor)s::jsonb, %(payload)s::jsonb)
"""
# The gate makes publishers of one key wait for each other, so that the order of seq is the order of commits.
INSERT_BOTH = f"""
with gate as materialized (select case when %(key)s = '' then null else pg_advisory_xact_lock(hashtextextended(%(key)s, 20)) end as held),
m as ({INSERT_MESSAGE})
insert into exchange_bus_delivery
    (message_id, published_at, name, origin, destination, lane, state, attempts, waits, next_attempt_at, error)
select %(id)s, %(at)s, %(name)s, %(origin)s, destination, %(lane)s, 'pending', 0, 0, now(), ''
from gate, unnest(%(destinations)s::text[]) as destination
"""


def publish(message: Message, *, actor: Actor, order_key: str, at: datetime) -> UUID:
    """Publish ``message`` exactly when the caller's transaction commits; returns its identifier.

    ``order_key``: messages with the same key are delivered to each room in the order of publication; ``""`` where order is no matter.
    Rooms of this zone receive it right after the commit, before the response; other zones through their link.
    A message for more than one room loses the acting person's identifier and the party acted for (house.md rule 8).
    """
    if not connection.in_atomic_block and not deliver.unprotected():
        raise RuntimeError("publish() belongs inside the transaction of the act it tells of (house.md rule 4)")
    if len(message.audience) > 1:
        actor = replace(actor, person_code="", represents=None)
    identifier = new_id()
    destinations = destinations_for(message.name, message.audience)
    row: dict[str, Any] = {
        "id": identifier,
        "at": at,
        "origin": settings.ZONE,
        "name": message.name,
        "key": order_key,
        "lane": f"{settings.ZONE}/{order_key or identifier}",
        "actor": json.dumps(encode(actor), ensure_ascii=False),
        "payload": json.dumps(encode(message), ensure_ascii=False),
        "destinations": destinations,
    }
    if deliver.unprotected():  # the control run of the kill tests: the message is not part of the act's transaction
        transaction.on_commit(lambda: _insert(row))
        return identifier
    _insert(row)
    return identifier


def _insert(row: dict[str, Any]) -> None:
    destinations = row["destinations"]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_BOTH if destinations else INSERT_MESSAGE, row)
    local = [(name, str(row["lane"])) for name in destinations if not name.startswith("zone:")]
    if local:
        deliver.after_commit(local)
    if len(local) < len(destinations):
        wake(LINKS_SWEEP)


def destinations_for(name: str, rooms: tuple[str, ...]) -> list[str]:
    """Where a message for ``rooms`` goes from here: rooms of this zone that hear it, and the neighbours on the way to the others."""
    here = settings.ZONE
    found: list[str] = []
    for room in rooms:
        if here == "all" or settings.ZONE_OF_ROOM(room) == here:
            if room in settings.ROOMS and rules.hears(room, name):
                found.append(room)
        else:
            found.append(f"zone:{rules.next_hop(settings.ZONE_OF_ROOM(room), here=here, links=settings.ZONE_LINKS)}")
    return list(dict.fromkeys(found))
