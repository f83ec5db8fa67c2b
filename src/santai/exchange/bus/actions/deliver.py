"""Bring messages to the rooms of this zone: each takes effect exactly once, and in order within its lane."""

import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection, transaction

from santai.exchange.bus import rules
from santai.exchange.bus.messages import Envelope, NotYet
from santai.exchange.bus.models import Delivery, Source
from santai.exchange.contracts.service import decode
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, flush, one_of_many, together

log = logging.getLogger(__name__)
Lane = tuple[str, str]  # destination, lane
SWEEP = "exchange.bus.deliver"
BATCH = 50
BATCH_SECONDS = 0.5  # a batch is one transaction: it must not hold what handlers lock for longer than this
INLINE_SECONDS = 2.0  # how long a request delivers what it caused before it leaves the rest to the worker
MAX_WAITS = rules.MAX_WAIT_SECONDS // rules.wait_for(99)
TRANSIENT = {"40001", "40P01", "55P03", "57014"}  # serialisation, deadlock, lock not available, cancelled: nobody's fault
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


class _Here(threading.local):
    def __init__(self) -> None:
        self.lanes: dict[Lane, None] = {}
        self.busy = False


class LateTrouble(Exception):
    """Rows held back by several deliveries could not be written."""


class _Wish:
    """What one request wants delivered before its answer goes out."""

    def __init__(self, lanes: list[Lane]) -> None:
        self.lanes = lanes
        self.granted = False


_here = _Here()
_turn = threading.Lock()  # one thread of a process delivers at a time, for all that wait: under load they share a transaction
_wishes: deque[_Wish] = deque()


def unprotected() -> bool:
    """Is the protection off for the control run of the kill tests? Only where the settings allow faults."""
    return os.environ.get("SANTAI_FAULTS_UNPROTECTED") == "1" and bool(getattr(settings, "FAULTS_ALLOWED", False))


def after_commit(lanes: Iterable[Lane]) -> None:
    """Deliver these lanes as soon as the running transaction has committed."""
    for lane in lanes:
        _here.lanes[lane] = None
    if len(_here.lanes) > 2000:  # transactions that were rolled back leave lanes behind; the sweep finds what is real
        _here.lanes.clear()
    transaction.on_commit(_pump)


def _pump() -> None:
    """Deliver what this thread's commits caused, and what that causes in turn. Never fails the act that has committed."""
    if _here.busy or not _here.lanes:
        return  # a handler published: the loop further out goes on with it
    wish = _Wish(list(_here.lanes))
    _here.lanes.clear()
    if not getattr(settings, "BUS_INLINE", True):
        wake(SWEEP)
        return
    until = time.monotonic() + INLINE_SECONDS
    _wishes.append(wish)
    if not _turn.acquire(timeout=INLINE_SECONDS):
        wake(SWEEP)  # whoever delivers takes long: the answer does not wait for it
        return
    try:
        if not wish.granted:
            _grant_all(until)
    finally:
        _turn.release()


def _grant_all(until: float) -> None:
    """Deliver for every thread that waits for its turn, this one among them."""
    _here.busy = True
    taken = [_wishes.popleft() for _ in range(len(_wishes))]
    for wish in taken:
        _here.lanes.update(dict.fromkeys(wish.lanes))
        wish.granted = True
    try:
        while _here.lanes:
            lanes = list(_here.lanes)
            _here.lanes.clear()
            tried = _batch(lanes=lanes)
            if time.monotonic() >= until:
                _here.lanes.clear()
                wake(SWEEP)
            elif not tried or tried >= BATCH:  # another worker holds the head, it waits its turn, or there is more than one batch
                wake(SWEEP)
    except Exception:
        log.exception("delivery after commit stumbled; the worker goes on with it")
        _here.lanes.clear()
        wake(SWEEP)
    finally:
        _here.busy = False


def deliver_pending(*, now: datetime | None = None, seconds: float = 0) -> int:
    """Deliver everything that is due, cascades included; returns the number of deliveries attempted.

    ``now``: what is due by then is due (tests), each delivery tried once; ``seconds``: stop after so long (0: until nothing is due).
    """
    was_busy, _here.busy = _here.busy, True
    until = time.monotonic() + seconds
    total = 0
    failed: list[int] = []
    try:
        while done := _batch(now=now, failed=failed):
            total += done
            if seconds and time.monotonic() > until:
                break
    finally:
        _here.busy = was_busy
        _here.lanes.clear()
    return total


def deliver_mine() -> int:
    """Deliver, within the caller's transaction and before its commit, what this thread published in it, and what that causes in turn.

    For what must become visible as a whole (the demonstration's history). What fails or waits stays for the worker, as ever.
    """
    was_busy, _here.busy = _here.busy, True
    total = 0
    try:
        while _here.lanes:
            lanes = list(_here.lanes)
            _here.lanes.clear()
            while done := _batch(lanes=lanes):
                total += done
    finally:
        _here.busy = was_busy
    return total


def _batch(*, lanes: list[Lane] | None = None, now: datetime | None = None, failed: list[int] | None = None) -> int:
    """One transaction of deliveries; returns how many were tried. ``failed`` is left alone and added to."""
    failed = [] if failed is None else failed
    if unprotected():
        return _batch_unprotected(now=now)
    try:
        return _tried(lanes, now, failed, limit=BATCH)
    except LateTrouble:
        # One of them left rows behind that the database does not take, and nobody can tell whose they are: each by itself, then.
        wake(SWEEP)
        return _tried(lanes, now, failed, limit=1)


def _tried(lanes: list[Lane] | None, now: datetime | None, failed: list[int], *, limit: int) -> int:
    alone = limit == 1
    already_failed = len(failed)
    with transaction.atomic(), connection.cursor() as cursor:
        rows = _claim(cursor, lanes, now, failed, limit)
        blocked: set[Lane] = set()
        heard: set[Lane] = set()
        done: list[Row] = []
        tried = 0
        until = time.monotonic() + BATCH_SECONDS
        try:
            with together():
                for row in rows:
                    lane = (row.destination, row.lane)
                    if lane in blocked:
                        continue
                    if row.state == "dead" or not row.due or row.seq in failed:
                        blocked.add(lane)
                        continue
                    if tried and (alone or time.monotonic() > until):
                        break
                    if (row.destination, row.order_key) in heard:
                        flush()  # this one may read what the one before it wrote
                    heard.add((row.destination, row.order_key))
                    tried += 1
                    if _deliver(row, alone=alone):
                        done.append(row)
                    else:
                        failed.append(row.seq)
                        blocked.add(lane)
        except Exception as trouble:
            if alone:
                raise
            del failed[already_failed:]
            raise LateTrouble from trouble
        if done:
            _close(cursor, done)
    return tried


def _claim(cursor: Any, lanes: list[Lane] | None, now: datetime | None, failed: list[int], limit: int) -> list[Row]:
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
    return [Row(*columns) for columns in _decoded(cursor.fetchall())]


def _decoded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Django's cursor hands jsonb over as text."""
    return [
        tuple(json.loads(value) if index in (11, 12) and isinstance(value, str) else value for index, value in enumerate(row))
        for row in rows
    ]


def _envelope(row: Row) -> Envelope:
    return Envelope(
        id=row.id,
        origin=row.origin,
        name=row.name,
        published_at=row.published_at,
        order_key=row.order_key,
        actor=decode(Actor, row.actor),
    )


def _handle(row: Row) -> None:
    kind = rules.class_of(row.name)
    if kind is None:
        raise LookupError(f"no contract named {row.name} is known here")
    message = decode(kind, row.payload)
    if row.name == rules.WATERMARK:
        _keep_watermark(row)
    envelope = _envelope(row)
    for handler in rules.HANDLERS.get((row.destination, row.name), []):
        handler(message, envelope)


def _keep_watermark(row: Row) -> None:
    until = datetime.fromisoformat(row.payload["recorded_until"])
    known = Source.objects.filter(zone=row.payload["source"]).first()
    if known is None or known.recorded_until < until:
        Source.objects.update_or_create(zone=row.payload["source"], defaults={"recorded_until": until})


def _deliver(row: Row, *, alone: bool) -> bool:
    """Hand one message over inside a savepoint; False when it failed or waits. ``alone``: what it holds back is written inside it too."""
    try:
        with one_of_many():
            _handle(row)
            if connection.needs_rollback:  # the handler swallowed a database error: its effects are gone, so this is no success
                raise RuntimeError("the handler went on after a database error")
            if alone:
                flush()
    except NotYet as reason:
        _postpone(row, str(reason))
        return False
    except Exception as error:
        _fail(row, error)
        return False
    return True


def _close(cursor: Any, done: list[Row]) -> None:
    keyed = [row for row in done if row.order_key]
    closed = [row.seq for row in done]
    # What waited in these rooms for one of these cases may go on now. Both updates see the rows as they were before the statement, so the
    # second must leave alone what the first closes: of two updates of one row in a statement only one counts.
    cursor.execute(
        "with closed as (update exchange_bus_delivery set state = 'done', done_at = clock_timestamp(), error = '' where seq = any(%s)) "
        "update exchange_bus_delivery d set next_attempt_at = now() "
        "from unnest(%s::text[], %s::text[]) as k(destination, order_key) where d.state = 'waiting' "
        "and d.destination = k.destination and d.seq <> all(%s) and substr(d.lane, strpos(d.lane, '/') + 1) = k.order_key "
        "and d.next_attempt_at > now() returning d.destination, d.lane",
        [closed, [row.destination for row in keyed], [row.order_key for row in keyed], closed],
    )
    for destination, lane in cursor.fetchall():
        _here.lanes[(destination, lane)] = None


def _postpone(row: Row, reason: str) -> None:
    late = row.waits >= MAX_WAITS
    _update(
        row,
        state="dead" if late else "waiting",
        waits=row.waits + 1,
        seconds=rules.wait_for(row.waits),
        error=rules.without_personal_data(f"等待前件：{reason}" if reason else "等待前件"),
    )


def _fail(row: Row, error: Exception) -> None:
    code = getattr(getattr(error, "__cause__", None), "sqlstate", None) if isinstance(error, OperationalError) else None
    transient = code in TRANSIENT
    attempts = row.attempts + (0 if transient else 1)
    dead = attempts >= rules.MAX_ATTEMPTS
    log.log(
        logging.ERROR if dead else logging.WARNING,
        "message %s (%s) to %s failed, attempt %d%s",
        row.id, row.name, row.destination, attempts, ": set aside" if dead else "",
        exc_info=error,
    )  # fmt: skip
    _update(
        row,
        state="dead" if dead else "pending",
        attempts=attempts,
        seconds=1 if transient else rules.backoff(attempts),
        error=rules.without_personal_data(f"{type(error).__name__}: {error}"),
    )


def _update(row: Row, *, state: str, seconds: int, error: str, attempts: int | None = None, waits: int | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update exchange_bus_delivery set state = %s, next_attempt_at = clock_timestamp() + make_interval(secs => %s), error = %s, "
            "attempts = %s, waits = %s where seq = %s",
            [state, seconds, error, row.attempts if attempts is None else attempts, row.waits if waits is None else waits, row.seq],
        )


def _batch_unprotected(*, now: datetime | None) -> int:
    """The control run: no lock, no shared transaction; effect and mark apart, as a naive bus would do it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.seq, d.destination, d.lane, d.state, d.attempts, d.waits, d.name, d.origin, m.id, "
            "m.published_at, m.order_key, m.actor, m.payload, true from exchange_bus_delivery d join exchange_bus_message m "
            "on m.id = d.message_id and m.published_at = d.published_at where d.state = 'pending' and d.destination not like 'zone:%%' "
            "and d.next_attempt_at <= clock_timestamp() order by d.seq limit 20"
        )
        rows = [Row(*columns) for columns in _decoded(cursor.fetchall())]
    for row in rows:
        try:
            _handle(row)
        except NotYet as reason:
            _postpone(row, str(reason))
        except Exception as error:
            _fail(row, error)
        else:
            Delivery.objects.filter(seq=row.seq).update(state="done")
    return len(rows)
