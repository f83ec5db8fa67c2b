"""The line between zones: what goes out, what comes in. A message counts as sent only when the other side has it on disk."""

import json
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from santai.exchange.bus import adapters, rules
from santai.exchange.bus.actions.claim import OPEN
from santai.exchange.bus.actions.deliver import SWEEP, unprotected
from santai.exchange.bus.actions.publish import LINKS_SWEEP, Outgoing, destinations_for, keep
from santai.exchange.bus.errors import LinkDown
from santai.exchange.bus.models import Link
from santai.kernel.files import service as files
from santai.kernel.jobs.service import wake

log = logging.getLogger(__name__)
LINK_PATH = "/exchange/bus/link/"
FILE_PATH = "/exchange/bus/files/"
BATCH = 100
BATCH_BYTES = 4 * 1024 * 1024

# Oldest first; within a lane nothing passes an earlier one that is not due yet or set aside; watermarks pass nothing of their zone.
CLAIM = f"""
select d.seq, d.lane, d.attempts, m.id, m.published_at, m.origin, m.name, m.order_key, m.actor, m.payload
from exchange_bus_delivery d join exchange_bus_message m on m.id = d.message_id and m.published_at = d.published_at
where d.destination = %(destination)s and d.state in ('pending', 'waiting') and d.next_attempt_at <= clock_timestamp()
  and not exists (
    select 1 from exchange_bus_delivery e
    where e.destination = d.destination and e.lane = d.lane and e.seq < d.seq and e.state in {OPEN}
      and (e.state = 'dead' or e.next_attempt_at > clock_timestamp()))
  and (d.name <> '{rules.WATERMARK}' or not exists (
    select 1 from exchange_bus_delivery e
    where e.destination = d.destination and e.origin = d.origin and e.seq < d.seq and e.state = 'pending'
      and e.next_attempt_at > clock_timestamp() and e.name <> d.name))
order by d.seq limit {BATCH}
"""


def send_all() -> int:
    """Send what is due to every neighbour; returns how many messages were acknowledged."""
    return sum(send_to(zone) for zone in settings.ZONE_LINKS if zone != settings.ZONE)


def send_to(zone: str) -> int:
    """Send everything that is due to one neighbour; a line that is down only makes its queue wait."""
    total = 0
    while sent := _send_batch(zone):
        total += sent
    return total


def _send_batch(zone: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 22))", [f"zone:{zone}"])
            if not cursor.fetchone()[0]:  # another worker is sending on this line
                return 0
            link, _ = Link.objects.get_or_create(zone=zone)
            cursor.execute("select coalesce(%s::timestamptz > clock_timestamp(), false)", [link.next_attempt_at])
            if cursor.fetchone()[0]:
                return 0
            cursor.execute(CLAIM, {"destination": f"zone:{zone}"})
            rows = _cut(cursor.fetchall())
            if not rows:
                return 0
            sent = _post(zone, rows)
            _settle(cursor, rows, sent)
            cursor.execute(
                "update exchange_bus_link set failures = 0, next_attempt_at = null, "
                "last_ok_at = clock_timestamp(), last_error = '' where zone = %s",
                [zone],
            )
            return sum(1 for row in rows if sent.get(str(row[3])) == "")
    except LinkDown as down:
        _note_failure(zone, down.message)
        return 0


def _cut(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    size = 0
    for index, row in enumerate(rows):
        size += len(row[9]) if isinstance(row[9], str) else len(json.dumps(row[9]))
        if size > BATCH_BYTES and index:
            return rows[:index]
    return rows


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _post(zone: str, rows: list[tuple[Any, ...]]) -> dict[str, str]:
    """Identifier → "" when the other side has it, else why not."""
    envelopes = [
        {
            "id": str(identifier),
            "published_at": published_at.isoformat(),
            "origin": origin,
            "name": name,
            "order_key": order_key,
            "lane": lane,
            "actor": _plain(actor),
            "payload": _plain(payload),
            "rooms": _rooms_beyond(zone, name),
        }
        for _, lane, _, identifier, published_at, origin, name, order_key, actor, payload in rows
    ]
    answer = json.loads(adapters.call(zone, LINK_PATH, adapters.dumps({"messages": envelopes})))
    results = answer.get("results")
    if not isinstance(results, dict):
        raise LinkDown(f"分区 {zone} 的回答不完整。")
    return {str(key): str(value) for key, value in results.items()}


def _rooms_beyond(zone: str, name: str) -> list[str]:
    """The rooms of a message's audience that are reached through this neighbour."""
    kind = rules.class_of(name)
    audience = kind.audience if kind else ()
    return [room for room in audience if f"zone:{zone}" in destinations_for(name, (room,))]


def _settle(cursor: Any, rows: list[tuple[Any, ...]], sent: dict[str, str]) -> None:
    done = [row[0] for row in rows if sent.get(str(row[3])) == ""]
    cursor.execute("update exchange_bus_delivery set state = 'done', done_at = clock_timestamp(), error = '' where seq = any(%s)", [done])
    for row in rows:
        why = sent.get(str(row[3]))
        if why:  # the other side cannot take this one message; "held" ones wait behind it and are not counted
            attempts = row[2] + (0 if why == "held" else 1)
            cursor.execute(
                "update exchange_bus_delivery set state = %s, attempts = %s, "
                "next_attempt_at = clock_timestamp() + make_interval(secs => %s), "
                "error = %s where seq = %s",
                [
                    "dead" if attempts >= rules.MAX_ATTEMPTS else "pending", attempts, rules.backoff(max(attempts, 1)),
                    "" if why == "held" else rules.without_personal_data(why), row[0],
                ],
            )  # fmt: skip


def _note_failure(zone: str, text: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        link = Link.objects.select_for_update().filter(zone=zone).first() or Link.objects.create(zone=zone)
        if not link.failures:
            log.warning("link to zone %s is down: %s", zone, text)
        cursor.execute(
            "update exchange_bus_link set failures = failures + 1, last_error = %s, "
            "next_attempt_at = clock_timestamp() + make_interval(secs => %s) where zone = %s",
            [text[:500], rules.link_backoff(link.failures + 1), zone],
        )


# -- coming in -----------------------------------------------------------------------------------------------------------------


def receive(*, sender: str, envelopes: list[dict[str, Any]]) -> dict[str, str]:
    """Take what a neighbour sends: files first, then messages and their deliveries in one transaction.

    Returns identifier → "" (kept, or known already) or why it cannot be taken; after a refusal the rest of its lane is ``held``.
    """
    results: dict[str, str] = {}
    held: set[str] = set()
    with transaction.atomic():
        for envelope in envelopes:
            identifier, lane = str(envelope.get("id")), str(envelope.get("lane"))
            if lane in held:
                results[identifier] = "held"
                continue
            try:
                _fetch_files(sender, envelope["payload"])
                with transaction.atomic():
                    _keep(envelope)
            except LinkDown:
                results[identifier] = "held"
                held.add(lane)
            except Exception as error:  # one message that cannot be read must not stop the line
                log.exception("message %s from zone %s cannot be taken", identifier, sender)
                results[identifier] = f"{type(error).__name__}: {error}"[:300]
                held.add(lane)
            else:
                results[identifier] = ""
    wake(SWEEP)
    wake(LINKS_SWEEP)
    return results


def _fetch_files(sender: str, payload: Any) -> None:
    for reference in rules.file_references(payload):
        digest = str(reference["digest"])
        if len(digest) != 64 or not all(character in "0123456789abcdef" for character in digest):
            raise ValueError("a file reference without a SHA-256 digest")
        if not files.exists(digest):
            files.keep(digest, adapters.call(sender, f"{FILE_PATH}{digest}/", timeout=60.0))


def _keep(envelope: dict[str, Any]) -> None:
    name = str(envelope["name"])
    if rules.class_of(name) is None:
        raise LookupError(f"no contract named {name} is known in zone {settings.ZONE}")
    if envelope["origin"] == settings.ZONE:
        raise ValueError("a message came back to the zone that published it")
    message = Outgoing(
        id=UUID(str(envelope["id"])),
        at=datetime.fromisoformat(envelope["published_at"]),
        origin=envelope["origin"],
        name=name,
        key=envelope["order_key"],
        lane=envelope["lane"],
        actor=json.dumps(envelope["actor"], ensure_ascii=False),
        payload=json.dumps(envelope["payload"], ensure_ascii=False),
        destinations=destinations_for(name, tuple(str(room) for room in envelope["rooms"])),
    )
    if not unprotected():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 23))", [str(message.id)])
            cursor.execute("select 1 from exchange_bus_message where id = %s and published_at = %s", [message.id, message.at])
            if cursor.fetchone():
                return  # sent twice because the acknowledgement was lost: known, nothing to do
    keep([message])


def file_for(*, zone: str, digest: str) -> bytes | None:
    """A stored file for a neighbour, only while a message that names it is on its way there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from exchange_bus_delivery d join exchange_bus_message m on m.id = d.message_id and m.published_at = d.published_at "
            "where d.destination = %s and d.state in ('pending', 'waiting', 'dead') "
            "and jsonb_path_exists(m.payload, '$.**.digest ? (@ == $digest)', jsonb_build_object('digest', %s::text)) limit 1",
            [f"zone:{zone}", digest],
        )
        if cursor.fetchone() is None or not files.exists(digest):
            return None
    return files.read(digest)
