"""A card arrived from e-supervision."""

from datetime import date, datetime

from santai.back.approvals.models import Card
from santai.exchange.contracts.service import CardIssued
from santai.kernel.ledger.service import as_one_act


@as_one_act
def take_card(*, message: CardIssued) -> Card:
    """Keep it once, to be answered at the desk."""
    card, _ = Card.objects.get_or_create(
        card_no=message.card_no,
        defaults={
            "level": message.level,
            "case_no": message.case_no,
            "sub_case_no": message.sub_case_no,
            "organisation": message.organisation,
            "rule": message.rule,
            "text": message.text,
            "issued_at": datetime.fromisoformat(message.issued_at),
            "answer_by": date.fromisoformat(message.answer_by) if message.answer_by else None,
        },
    )
    return card
