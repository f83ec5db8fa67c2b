"""Withdraw a card that was not deserved, or close one whose matter is done. Nothing is deleted."""

from datetime import datetime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CardReviewed
from santai.kernel.ledger.service import Actor, record, system_actor
from santai.oversight.supervision.actions.issue_card import ME, pending, tallies
from santai.oversight.supervision.models import Card, CardLine, Tally, WatchedClock


def withdraw_card(*, card: Card, reason: str, at: datetime) -> None:
    """The facts show there was no cause: the card is marked, its reason kept, the figures corrected on the day it was issued."""
    if card.state == "withdrawn":
        return
    was_pending = card.is_pending
    card.state = "withdrawn"
    card.withdrawn_reason = reason
    card.settled_at = at
    card.save(update_fields=["state", "withdrawn_reason", "settled_at"])
    rows = tallies(card, at, -1)
    Tally.objects.bulk_create(rows if was_pending else rows[:1])
    stop_watching(card=card, at=at)
    tell(card=card, verdict="withdrawn", text=reason, actor=system_actor(ME), at=at)
    for follower in Card.objects.select_for_update().filter(parent=card).exclude(state="withdrawn"):
        withdraw_card(card=follower, reason=f"{card.card_no} 已撤销：{reason}", at=at)


def settle_card(*, card: Card, state: str, verdict: str, text: str, actor: Actor, at: datetime) -> None:
    """Accepted or closed: nothing more is expected of the department."""
    was_pending = card.is_pending
    card.state = state
    card.settled_at = at
    card.save(update_fields=["state", "settled_at"])
    if was_pending:
        Tally.objects.bulk_create([pending(card, at, -1)])
    stop_watching(card=card, at=at)
    tell(card=card, verdict=verdict, text=text, actor=actor, at=at)


def stop_watching(*, card: Card, at: datetime) -> None:
    WatchedClock.objects.filter(subject=f"card:{card.card_no}", finished_at=None).update(finished_at=at, state="met", next_check_at=None)


def tell(*, card: Card, verdict: str, text: str, actor: Actor, at: datetime, answer_by: str = "") -> None:
    """Thread, ledger, and the department's desk."""
    official = actor.kind == "official"
    by = f"{actor.post_title} {actor.name}".strip() if official else "电子监察系统"
    CardLine.objects.create(card=card, kind=verdict, by=by, organisation_name=actor.organisation_name if official else "", text=text, at=at)
    record(actor=actor, act=f"oversight.supervision.card_{verdict}", on=f"card:{card.card_no}", at=at, why=text)
    publish(
        CardReviewed(
            card_no=card.card_no,
            verdict=verdict,  # type: ignore[arg-type]
            text=text,
            reviewed_at=at.isoformat(),
            by_name=by,
            answer_by=answer_by,
        ),
        actor=actor,
        order_key=card.case_id,
        at=at,
    )
