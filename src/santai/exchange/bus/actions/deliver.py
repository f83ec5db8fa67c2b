"""Bring messages to the rooms of this zone: each takes effect exactly once, and in order within its lane."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from santai.exchange.bus.actions.claim import BATCH, Lane, Row, claim, decoded, free, in_lists
from santai.exchange.bus.actions.hand_over import fail, hand_over, handle, postpone
from santai.exchange.bus.messages import NotYet
from santai.exchange.bus.models import Delivery
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import flush, together

log = logging.getLogger(__name__)
SWEEP = "exchange.bus.deliver"
BATCH_SECONDS = 0.5  # a batch is one transaction: it must not hold what handlers lock for longer than this
INLINE_SECONDS = 2.0  # how long a request delivers what it caused before it leaves the rest to the worker


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
        return _at_once(lanes, now, failed)
    except Exception as trouble:  # noqa: BLE001 - it is undone as a whole, and written down where it fails again
        log.info("a batch of deliveries is tried again one by one: %s", type(trouble).__name__)
    try:
        return _tried(lanes, now, failed, limit=BATCH)
    except LateTrouble:
        # One of them left rows behind that the database does not take, and nobody can tell whose they are: each by itself, then.
        wake(SWEEP)
        return _tried(lanes, now, failed, limit=1)


def _at_once(lanes: list[Lane] | None, now: datetime | None, failed: list[int]) -> int:
    """As it nearly always goes: nothing fails or waits, and nobody needs a savepoint. Raises what goes wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        done: list[Row] = []
        with together():
            for rows in _turns(free(claim(cursor, lanes, now, failed, BATCH), failed)):
                handle(rows)
                done += rows
        if done:
            _close(cursor, done)
    return len(done)


def _tried(lanes: list[Lane] | None, now: datetime | None, failed: list[int], *, limit: int) -> int:
    """Each inside a savepoint of its own, so that what fails or waits is undone alone. ``limit`` 1: a transaction for one alone."""
    alone = limit == 1
    already_failed = len(failed)
    with transaction.atomic(), connection.cursor() as cursor:
        claimed = free(claim(cursor, lanes, now, failed, limit), failed)
        blocked: set[Lane] = set()
        done: list[Row] = []
        tried = 0
        try:
            with together():
                for (row,) in _turns(claimed[:1] if alone else claimed, lists=False):
                    if (row.destination, row.lane) in blocked:
                        continue
                    tried += 1
                    if hand_over(row, alone=alone):
                        done.append(row)
                    else:
                        failed.append(row.seq)
                        blocked.add((row.destination, row.lane))
        except Exception as trouble:
            if alone:
                raise
            del failed[already_failed:]
            raise LateTrouble from trouble
        if done:
            _close(cursor, done)
    return tried


def _turns(rows: list[Row], *, lists: bool = True) -> Iterator[list[Row]]:
    """What is handed over one after the other, as long as the batch may last: single messages, and lists where a room hears them so."""
    until = time.monotonic() + BATCH_SECONDS
    heard: set[Lane] = set()
    for turn in in_lists(rows) if lists else [[row] for row in rows]:
        if heard and time.monotonic() > until:
            return
        key = (turn[0].destination, turn[0].order_key)
        if key in heard:
            flush()  # this one may read what the one before it wrote
        heard.add(key)
        yield turn


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


def _batch_unprotected(*, now: datetime | None) -> int:
    """The control run: no lock, no shared transaction; effect and mark apart, as a naive bus would do it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.seq, d.destination, d.lane, d.state, d.attempts, d.waits, d.name, d.origin, m.id, "
            "m.published_at, m.order_key, m.actor, m.payload, true from exchange_bus_delivery d join exchange_bus_message m "
            "on m.id = d.message_id and m.published_at = d.published_at where d.state = 'pending' and d.destination not like 'zone:%%' "
            "and d.next_attempt_at <= clock_timestamp() order by d.seq limit 20"
        )
        rows = [Row(*columns) for columns in decoded(cursor.fetchall())]
    for row in rows:
        try:
            handle([row])
        except NotYet as reason:
            postpone(row, str(reason))
        except Exception as error:
            fail(row, error)
        else:
            Delivery.objects.filter(seq=row.seq).update(state="done")
    return len(rows)
