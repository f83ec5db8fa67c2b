"""Hand messages over to their room inside a savepoint, and write down what became of those that failed or wait."""

import logging
from datetime import datetime

from django.db import OperationalError, connection

from santai.exchange.bus import rules
from santai.exchange.bus.actions.claim import Row
from santai.exchange.bus.messages import Envelope, NotYet
from santai.exchange.bus.models import Source
from santai.exchange.contracts.service import decode
from santai.kernel.ledger.service import Actor, flush, one_of_many

log = logging.getLogger(__name__)
MAX_WAITS = rules.MAX_WAIT_SECONDS // rules.wait_for(99)
TRANSIENT = {"40001", "40P01", "55P03", "57014"}  # serialisation, deadlock, lock not available, cancelled: nobody's fault


def _envelope(row: Row) -> Envelope:
    return Envelope(
        id=row.id,
        origin=row.origin,
        name=row.name,
        published_at=row.published_at,
        order_key=row.order_key,
        actor=decode(Actor, row.actor),
    )


def handle(rows: list[Row]) -> None:
    """Let a room hear one message, or several of one lane and name. Raises what the handler raises."""
    first = rows[0]
    kind = rules.class_of(first.name)
    if kind is None:
        raise LookupError(f"no contract named {first.name} is known here")
    heard = [(decode(kind, row.payload), _envelope(row)) for row in rows]
    if first.name == rules.WATERMARK:
        _keep_watermark(first)
    if len(rows) > 1:
        rules.MANY[(first.destination, first.name)](heard)
    else:
        for handler in rules.HANDLERS.get((first.destination, first.name), []):
            handler(*heard[0])
    if connection.needs_rollback:  # a handler swallowed a database error: its effects are gone, so this is no success
        raise RuntimeError("the handler went on after a database error")


def _keep_watermark(row: Row) -> None:
    until = datetime.fromisoformat(row.payload["recorded_until"])
    known = Source.objects.filter(zone=row.payload["source"]).first()
    if known is None or known.recorded_until < until:
        Source.objects.update_or_create(zone=row.payload["source"], defaults={"recorded_until": until})


def hand_over(row: Row, *, alone: bool) -> bool:
    """Hand one message over inside a savepoint; False when it failed or waits. ``alone``: what it holds back is written inside it too."""
    try:
        with one_of_many():
            handle([row])
            if alone:
                flush()
    except NotYet as reason:
        postpone(row, str(reason))
        return False
    except Exception as error:
        fail(row, error)
        return False
    return True


def postpone(row: Row, reason: str) -> None:
    late = row.waits >= MAX_WAITS
    _update(
        row,
        state="dead" if late else "waiting",
        waits=row.waits + 1,
        seconds=rules.wait_for(row.waits),
        error=rules.without_personal_data(f"等待前件：{reason}" if reason else "等待前件"),
    )


def fail(row: Row, error: Exception) -> None:
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
