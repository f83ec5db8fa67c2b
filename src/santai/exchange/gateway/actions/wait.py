"""Questions that wait for the line: kept once, asked when it is back, forgotten when the work is done."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from santai.exchange.contracts.service import Query, decode, encode
from santai.exchange.gateway import rules
from santai.exchange.gateway.messages import Asked
from santai.exchange.gateway.models import WaitingAsk
from santai.kernel.jobs.service import wake

KEPT = timedelta(days=30)


@transaction.atomic
def keep_waiting(query: Query, asked: Asked, *, digest: str) -> WaitingAsk:
    """Keep the question, once for a subject and a body however often it is asked."""
    kept, _ = WaitingAsk.objects.get_or_create(
        subject=asked.subject[:200],
        organisation=asked.actor.organisation,
        digest=digest,
        answered_at=None,
        defaults={
            "query": query.name,
            "content": encode(query),
            "actor": encode(asked.actor),
            "purpose": asked.purpose[:200],
            "asked_at": asked.at,
        },
    )
    wake("exchange.gateway.waiting")
    return kept


def question_of(kept: WaitingAsk) -> Query | None:
    """The query as it was asked; None when this version no longer knows it."""
    kind = rules.class_of(kept.query)
    return decode(kind, kept.content) if kind else None


def answered(kept: WaitingAsk, *, outcome: str, answer: dict[str, Any] | None, at: datetime) -> None:
    """Remember the answer. Sweeps side by side: the first one's stays."""
    WaitingAsk.objects.filter(id=kept.id, answered_at=None).update(answered_at=at, outcome=outcome, answer=answer)


def forget_answered(now: datetime) -> int:
    """Answers hold personal data: a month after, nothing of them is left here. The record of who asked what stays."""
    return WaitingAsk.objects.filter(answered_at__lt=now - KEPT).delete()[0]
