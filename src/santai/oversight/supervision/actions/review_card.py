"""The supervisor's acts on a card: accept the answer, send it back, escalate (督办)."""

from datetime import datetime

from django.db import transaction

from santai.kernel.access.service import require
from santai.kernel.clocks.service import add_working_days
from santai.kernel.ledger.service import Actor
from santai.oversight.supervision.actions.close_card import settle_card, tell
from santai.oversight.supervision.actions.issue_card import pending, watch_answer
from santai.oversight.supervision.errors import CardNotFound, CardSettled, NothingToReview, TextMissing
from santai.oversight.supervision.models import Card, Tally
from santai.oversight.supervision.rules import local_date

ANSWER_AGAIN = 2  # working days for a second answer; a local default


@transaction.atomic
def accept_answer(*, card_no: str, text: str = "", actor: Actor, at: datetime) -> Card:
    """The answer is good: the card is settled. Errors: CardNotFound, NotAllowed, NothingToReview."""
    card = _locked(card_no, actor)
    if card.state != "answered":
        raise NothingToReview()
    settle_card(card=card, state="accepted", verdict="accepted", text=text.strip() or "认可答复。", actor=actor, at=at)
    return card


@transaction.atomic
def return_answer(*, card_no: str, text: str, actor: Actor, at: datetime) -> Card:
    """Send the answer back with what is missing. Errors: CardNotFound, NotAllowed, NothingToReview, TextMissing."""
    card = _locked(card_no, actor)
    if card.state != "answered":
        raise NothingToReview()
    if not text.strip():
        raise TextMissing("请写明退回的理由，让部门知道缺什么。", fields={"text": "请写明退回的理由，让部门知道缺什么。"})
    card.state = "returned"
    card.answer_by = add_working_days(local_date(at), ANSWER_AGAIN)
    card.save(update_fields=["state", "answer_by"])
    watch_answer(card=card, at=at)
    tell(card=card, verdict="returned", text=text.strip(), actor=actor, at=at, answer_by=card.answer_by.isoformat())
    return card


@transaction.atomic
def escalate_card(*, card_no: str, text: str, actor: Actor, at: datetime) -> Card:
    """督办: the department must answer, also a reminder that asked for none. Errors: CardNotFound, NotAllowed, CardSettled, TextMissing."""
    card = _locked(card_no, actor)
    if card.state in ("accepted", "closed", "withdrawn"):
        raise CardSettled()
    if not text.strip():
        raise TextMissing("请写明督办的要求。", fields={"text": "请写明督办的要求。"})
    card.escalated_at = at
    if card.answer_by is None:
        Tally.objects.bulk_create([pending(card, at, 1)])
    if card.state in ("told", "open", "returned"):
        card.state = "open" if card.state == "told" else card.state
        card.answer_by = add_working_days(local_date(at), 1)
    card.save(update_fields=["escalated_at", "state", "answer_by"])
    tell(
        card=card, verdict="escalated", text=text.strip(), actor=actor, at=at,
        answer_by=card.answer_by.isoformat() if card.answer_by else "",
    )  # fmt: skip
    return card


def _locked(card_no: str, actor: Actor) -> Card:
    card = Card.objects.select_for_update().filter(card_no=card_no).first()
    if card is None:
        raise CardNotFound()
    require(actor, "supervisor", organisation=card.organisation)
    return card
