"""Reads of the gateway."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from santai.exchange.gateway import rules
from santai.exchange.gateway.models import Ask, Grant, Replica, WaitingAsk
from santai.kernel.jobs.service import kept_briefly


@kept_briefly
def grants_for(query: str) -> tuple[rules.Grant, ...]:
    """The grants for one query as plain values."""
    return tuple(
        rules.Grant(
            query=row.query,
            askers=tuple(row.askers),
            purposes=tuple(row.purposes),
            open_fields=tuple(row.open_fields),
            masked_fields=tuple(row.masked_fields),
        )
        for row in Grant.objects.filter(query=query)
    )


def grants() -> QuerySet[Grant]:
    return Grant.objects.all()


def recent_asks(*, purpose: str = "", query: str = "", subject: str = "", before: datetime | None = None, limit: int = 100) -> list[Ask]:
    """The latest questions, newest first."""
    asks = Ask.objects.order_by("-at", "-id")
    if purpose:
        asks = asks.filter(purpose=purpose)
    if subject:
        asks = asks.filter(subject=subject)
    if query:
        asks = asks.filter(query=query)
    if before:
        asks = asks.filter(at__lt=before)
    return list(asks[:limit])


def counts_by_purpose(*, since: datetime) -> list[dict[str, Any]]:
    """How often each query was asked for each purpose."""
    rows = Ask.objects.filter(at__gte=since).values("purpose", "query").annotate(asked=Count("id"), people=Count("account", distinct=True))
    return list(rows.order_by("-asked", "purpose", "query"))


def replicas() -> list[dict[str, Any]]:
    """This zone's copies: of what, how many entries, of when."""
    rows = Replica.objects.order_by("query")
    return [{"query": row.query, "origin": row.origin, "count": len(row.entries), "as_of": row.as_of} for row in rows]


def waiting_asks() -> int:
    """How many questions wait for a line."""
    return WaitingAsk.objects.filter(answered_at=None).count()
