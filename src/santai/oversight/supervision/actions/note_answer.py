"""The department answered a card at its desk."""

from datetime import datetime

from django.db import transaction

from santai.exchange.contracts.service import CardAnswered
from santai.oversight.supervision.actions.close_card import stop_watching, withdraw_card
from santai.oversight.supervision.errors import CardNotFound
from santai.oversight.supervision.models import Card, CardLine


@transaction.atomic
def note_answer(*, message: CardAnswered, at: datetime) -> Card:
    """Keep the answer for the supervisor to judge; a repeated or superfluous one changes nothing. CardNotFound."""
    card = Card.objects.select_for_update().filter(card_no=message.card_no).first()
    if card is None:
        raise CardNotFound()
    answered_at = datetime.fromisoformat(message.answered_at)
    if card.state not in ("told", "open", "returned") or (card.answered_at and card.answered_at >= answered_at):
        return card
    card.answer = message.text
    card.answered_at = answered_at
    if card.answer_by is not None:
        card.state = "answered"
    card.save(update_fields=["answer", "answered_at", "state"])
    CardLine.objects.create(
        card=card, kind="answer", by=f"{message.by_post} {message.by_name}".strip(), organisation_name=card.organisation_name,
        text=message.text, at=answered_at,
    )  # fmt: skip
    stop_watching(card=card, at=answered_at)
    for follower in Card.objects.select_for_update().filter(parent=card, trigger_at__gt=answered_at).exclude(state="withdrawn"):
        withdraw_card(card=follower, reason=f"{card.card_no} 的答复在期限内作出，到达较迟。", at=at)
    return card
