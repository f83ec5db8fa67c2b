"""Put a message into the outbox, inside the caller's transaction."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from santai.exchange.bus import rules
from santai.exchange.bus.actions import deliver
from santai.exchange.contracts.service import Message, encode
from santai.kernel.codes.service import new_id
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, write_later

LINKS_SWEEP = "exchange.bus.links"
# The gate makes publishers of one key wait for each other, so that the order of seq is the order of commits: a delivery's number is drawn
# where rows leave the join, and the join has none before the gate is passed.
INSERT = """
with gate as materialized (
    select pg_advisory_xact_lock(hashtextextended(key, 20)) from (select unnest(%(keys)s::text[]) as key order by 1) keys),
m as (
    insert into exchange_bus_message (id, published_at, origin, name, order_key, actor, payload)
    select id, published_at, origin, name, key, actor::jsonb, payload::jsonb
    from unnest(%(ids)s::uuid[], %(times)s::timestamptz[], %(origins)s::text[], %(names)s::text[], %(order_keys)s::text[],
        %(actors)s::text[], %(payloads)s::text[]) as m (id, published_at, origin, name, key, actor, payload))
insert into exchange_bus_delivery
    (message_id, published_at, name, origin, destination, lane, state, attempts, waits, next_attempt_at, error)
select id, published_at, name, origin, destination, lane, 'pending', 0, 0, now(), ''
from (select count(*) from gate) as passed,
    unnest(%(to_ids)s::uuid[], %(to_times)s::timestamptz[], %(to_origins)s::text[], %(to_names)s::text[], %(destinations)s::text[],
        %(lanes)s::text[]) with ordinality as d (id, published_at, origin, name, destination, lane, nth)
order by nth
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
    row = Outgoing(
        id=identifier,
        at=at,
        origin=settings.ZONE,
        name=message.name,
        key=order_key,
        lane=f"{settings.ZONE}/{order_key or identifier}",
        actor=json.dumps(encode(actor), ensure_ascii=False),
        payload=json.dumps(encode(message), ensure_ascii=False),
        destinations=destinations,
    )
    if deliver.unprotected():  # the control run of the kill tests: the message is not part of the act's transaction
        transaction.on_commit(lambda: _insert([row]))
        return identifier
    write_later(_insert, row, table="exchange_bus_")
    return identifier


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message as the outbox keeps it. ``origin`` is the zone it was published in."""

    id: UUID
    at: datetime
    origin: str
    name: str
    key: str
    lane: str
    actor: str
    payload: str
    destinations: list[str]


def _insert(rows: list[Outgoing]) -> None:
    ways = keep(rows)
    local = [(destination, row.lane) for row, destination in ways if not destination.startswith("zone:")]
    if local:
        deliver.after_commit(local)
    if len(local) < len(ways):
        wake(LINKS_SWEEP)


def keep(rows: list[Outgoing]) -> list[tuple[Outgoing, str]]:
    """Messages in the order of publication, behind the gates of their keys, with what is to be brought where, which is returned."""
    ways = [(row, destination) for row in rows for destination in row.destinations]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "keys": list({row.key for row in rows if row.key}),
                "ids": [row.id for row in rows],
                "times": [row.at for row in rows],
                "origins": [row.origin for row in rows],
                "names": [row.name for row in rows],
                "order_keys": [row.key for row in rows],
                "actors": [row.actor for row in rows],
                "payloads": [row.payload for row in rows],
                "to_ids": [row.id for row, _ in ways],
                "to_times": [row.at for row, _ in ways],
                "to_origins": [row.origin for row, _ in ways],
                "to_names": [row.name for row, _ in ways],
                "destinations": [destination for _, destination in ways],
                "lanes": [row.lane for row, _ in ways],
            },
        )
    return ways


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
