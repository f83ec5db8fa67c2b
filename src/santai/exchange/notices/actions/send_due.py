"""The sweep that sends: each row once, with patience when the way out is blocked."""

import logging
from datetime import datetime

from django.db import transaction

from santai.exchange.notices import adapters, rules
from santai.exchange.notices.errors import NothingToRetry
from santai.exchange.notices.models import Sending
from santai.kernel.ledger.service import Actor, record

log = logging.getLogger(__name__)
SWEEP = "exchange.notices.send"
BATCH = 50


def send_due(now: datetime) -> int:
    """Send what is due, one transaction each; returns how many were tried."""
    done = 0
    while done < BATCH and _send_one(now):
        done += 1
    return done


@transaction.atomic
def _send_one(now: datetime) -> bool:
    due = Sending.objects.select_for_update(skip_locked=True).filter(state="pending", next_attempt_at__lte=now)
    sending = due.order_by("next_attempt_at").first()
    if sending is None:
        return False
    sending.attempts += 1
    try:
        if sending.channel == "sms":
            adapters.send_sms(key=str(sending.id), phone=sending.address, text=sending.text, at=sending.created_at)
        else:
            adapters.send_mail(key=str(sending.id), to=sending.address, subject=sending.subject, text=sending.text)
    except Exception as trouble:
        log.warning("sending %s failed (attempt %d): %s", sending.id, sending.attempts, type(trouble).__name__)
        sending.error = f"{type(trouble).__name__}: {trouble}"[:300]
        sending.next_attempt_at = rules.next_attempt(now, sending.attempts)
        sending.state = "failed" if sending.attempts >= rules.MOST_ATTEMPTS else "pending"
    else:
        sending.state, sending.sent_at, sending.error = "sent", now, ""
        if sending.secret:
            sending.text = ""
    sending.save()
    return True


@transaction.atomic
def retry_sending(*, sending_id: str, actor: Actor, at: datetime) -> None:
    """Run a failed one again; NothingToRetry when it is not failed."""
    sending = Sending.objects.select_for_update().filter(id=sending_id, state="failed").first()
    if sending is None:
        raise NothingToRetry
    sending.state, sending.attempts, sending.next_attempt_at = "pending", 0, at
    sending.save(update_fields=["state", "attempts", "next_attempt_at"])
    record(actor=actor, act="exchange.notices.retry_sending", on=f"sending:{sending_id}", at=at)
