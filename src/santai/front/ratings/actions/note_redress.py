"""How far the department is with putting a bad rating right."""

from datetime import date, datetime

from django.db import transaction

from santai.exchange.contracts.service import RedressProgressed
from santai.front.ratings.models import Rating
from santai.front.ratings.rules import REDRESS


@transaction.atomic
def note_redress(*, message: RedressProgressed) -> None:
    """Keep the state and the public answer. A repeated or older message changes nothing; an unknown rating is none of this zone's."""
    rating = Rating.objects.select_for_update().filter(id=message.rating).first()
    if rating is None or REDRESS.index(message.state) <= (REDRESS.index(rating.redress) if rating.redress else -1):
        return
    rating.redress = message.state
    rating.redress_at = datetime.fromisoformat(message.at)
    if message.due:
        rating.redress_due = date.fromisoformat(message.due)
    if message.text:
        rating.answer = message.text
    rating.save(update_fields=["redress", "redress_at", "redress_due", "answer"])
