"""Supervision said what becomes of a card."""

from datetime import date, datetime

from santai.back.approvals.models import Card
from santai.exchange.contracts.service import CardReviewed
from santai.kernel.ledger.service import as_one_act

FINAL = ("accepted", "withdrawn", "closed")


@as_one_act
def take_card_review(*, message: CardReviewed) -> Card | None:
    """Close the card, or open it again for another answer (sent back). None when the card is not known here. Repeated: no effect."""
    card = Card.objects.select_for_update().filter(card_no=message.card_no).first()
    if card is None:
        return None
    reviewed_at = datetime.fromisoformat(message.reviewed_at)
    if card.reviewed_at and card.reviewed_at >= reviewed_at:
        return card
    card.verdict = message.verdict
    card.review = message.text
    card.reviewed_at = reviewed_at
    card.answer_by = date.fromisoformat(message.answer_by) if message.answer_by else card.answer_by
    card.closed_at = reviewed_at if message.verdict in FINAL else None
    if message.verdict == "returned":
        card.answered_at = None
    card.save()
    return card
