"""Reading the record."""

from datetime import datetime

from django.db.models import QuerySet

from santai.kernel.ledger.models import Entry


def entries_on(reference: str, *, since: datetime | None = None) -> QuerySet[Entry]:
    """Every act on one thing, oldest first."""
    entries = Entry.objects.filter(on=reference)
    if since:
        entries = entries.filter(at__gte=since)
    return entries.order_by("at", "id")
