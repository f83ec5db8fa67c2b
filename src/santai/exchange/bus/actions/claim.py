"""Take deliveries that are due for the length of a transaction: the heads of their lanes, and what waits behind them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from santai.exchange.bus import rules

Lane = tuple[str, str]  # destination, lane
BATCH = 50
OPEN = "('pending', 'waiting', 'dead')"

# The heads of the lanes that are due are locked, then all that is open in those lanes is read, in one statement.
CLAIM = f"""
with heads as materialized (
  select d.destination, d.lane from exchange_bus_delivery d
  where d.state in ('pending', 'waiting') and d.destination not like 'zone:%%'
    and d.next_attempt_at <= greatest(clock_timestamp(), %(now)s::timestamptz)
    and d.seq <> all(%(skip)s::bigint[])
    {{lanes}}
    and not exists (
      select 1 from exchange_bus_delivery e
      where e.destination = d.destination and e.lane = d.lane and e.seq < d.seq and e.state in {OPEN})
    and (d.name <> '{rules.WATERMARK}' or not exists (
      select 1 from exchange_bus_delivery e
      where e.destination = d.destination and e.origin = d.origin and e.seq < d.seq and e.state = 'pending' and e.name <> d.name))
  order by d.seq limit %(limit)s for update of d skip locked)
select d.seq, d.destination, d.lane, d.state, d.attempts, d.waits, d.name, d.origin, m.id, m.published_at, m.order_key, m.actor, m.payload,
  d.next_attempt_at <= greatest(clock_timestamp(), %(now)s::timestamptz) as due
from heads
join exchange_bus_delivery d on d.destination = heads.destination and d.lane = heads.lane and d.state in {OPEN}
join exchange_bus_message m on m.id = d.message_id and m.published_at = d.published_at
order by d.seq limit 500
"""


@dataclass(frozen=True)
class Row:
    seq: int
    destination: str
    lane: str
    state: str
    attempts: int
    waits: int
    name: str
    origin: str
    id: UUID
    published_at: datetime
    order_key: str
    actor: dict[str, Any]
    payload: dict[str, Any]
    due: bool


def claim(cursor: Any, lanes: list[Lane] | None, now: datetime | None, failed: list[int], limit: int) -> list[Row]:
    only = "and (d.destination, d.lane) in (select * from unnest(%(destinations)s::text[], %(lanes)s::text[]))" if lanes else ""
    cursor.execute(
        CLAIM.format(lanes=only),
        {
            "now": now,
            "limit": limit,
            "skip": failed if now else [],
            "destinations": [one for one, _ in lanes or ()],
            "lanes": [one for _, one in lanes or ()],
        },
    )
    return [Row(*columns) for columns in decoded(cursor.fetchall())]


def decoded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Django's cursor hands jsonb over as text."""
    return [
        tuple(json.loads(value) if index in (11, 12) and isinstance(value, str) else value for index, value in enumerate(row))
        for row in rows
    ]


def free(rows: list[Row], failed: list[int]) -> list[Row]:
    """The rows nothing stands before in their lanes."""
    found: list[Row] = []
    blocked: set[Lane] = set()
    for row in rows:
        if row.state == "dead" or not row.due or row.seq in failed:
            blocked.add((row.destination, row.lane))
        elif (row.destination, row.lane) not in blocked:
            found.append(row)
    return found


def in_lists(rows: list[Row]) -> list[list[Row]]:
    """The rows in their order, each by itself; those of one lane and name that their room hears together with the first of them."""
    last: dict[Lane, list[Row]] = {}
    found: list[list[Row]] = []
    for row in rows:
        before = last.get((row.destination, row.lane))
        if before and before[0].name == row.name and len(before) < BATCH and (row.destination, row.name) in rules.MANY:
            before.append(row)
        else:
            last[(row.destination, row.lane)] = one = [row]
            found.append(one)
    return found
