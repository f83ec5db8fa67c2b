"""What was set aside: an operator lets it run again or gives it up. Both are acts with a name and a reason in the record."""

from datetime import datetime

from django.db import connection, transaction

from santai.exchange.bus.actions.deliver import after_commit
from santai.exchange.bus.actions.publish import LINKS_SWEEP
from santai.exchange.bus.errors import NotADeadLetter, ReasonMissing
from santai.exchange.bus.models import Delivery
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record


def _letter(seq: int) -> Delivery:
    letter = Delivery.objects.select_for_update().filter(seq=seq, state__in=["dead", "waiting"]).first()
    if letter is None:
        raise NotADeadLetter
    return letter


@transaction.atomic
def run_again(*, seq: int, actor: Actor, at: datetime) -> None:
    """Try a set-aside or waiting delivery once more, with a fresh count. Raises NotADeadLetter."""
    letter = _letter(seq)
    with connection.cursor() as cursor:
        cursor.execute(
            "update exchange_bus_delivery set state = 'pending', attempts = 0, waits = 0, "
            "next_attempt_at = clock_timestamp() where seq = %s",
            [seq],
        )
    _keep(letter, "run_again", actor=actor, at=at)
    if letter.destination.startswith("zone:"):
        wake(LINKS_SWEEP)
    else:
        after_commit([(letter.destination, letter.lane)])


@transaction.atomic
def give_up(*, seq: int, reason: str, actor: Actor, at: datetime) -> None:
    """Let a delivery go for good; what waited behind it goes on. Raises NotADeadLetter, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(fields={"reason": ReasonMissing.message})
    letter = _letter(seq)
    with connection.cursor() as cursor:
        cursor.execute("update exchange_bus_delivery set state = 'given_up', done_at = clock_timestamp() where seq = %s", [seq])
    _keep(letter, "give_up", actor=actor, at=at, why=reason.strip())
    if not letter.destination.startswith("zone:"):
        after_commit([(letter.destination, letter.lane)])


def _keep(letter: Delivery, verb: str, *, actor: Actor, at: datetime, why: str = "") -> None:
    record(
        actor=actor,
        act=f"exchange.bus.{verb}",
        on=f"message:{letter.message_id}",
        at=at,
        why=why,
        details={"name": letter.name, "destination": letter.destination, "error": letter.error[:200]},
    )


def forget_delivered(*, days: int = 3, limit: int = 20_000) -> int:
    """Drop the marks of old deliveries; the messages themselves stay in their month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from exchange_bus_delivery where seq in (select seq from exchange_bus_delivery "
            "where done_at < clock_timestamp() - make_interval(days => %s) and state = 'done' limit %s)",
            [days, limit],
        )
        return int(cursor.rowcount)
