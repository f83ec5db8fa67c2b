"""The person has gone: the visit ends, and may be rated."""

from datetime import datetime

from django.db import transaction

from santai.front.counter.models import Visit
from santai.front.counter.queries import access_visit
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def close_visit(*, number: str, actor: Actor, at: datetime) -> Visit:
    """End it; a second time changes nothing. VisitUnknown."""
    visit = access_visit(number=number, actor=actor, lock=True)
    if visit.closed_at is None:
        visit.closed_at = at
        visit.save(update_fields=["closed_at"])
        record(actor=actor, act="front.counter.close_visit", on=f"visit:{number}", at=at)
    return visit
