"""Answer a supervision card."""

from datetime import datetime

from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.approvals.models import Card
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CardAnswered
from santai.kernel.access.service import may, require
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def answer_card(*, card_no: str, text: str, actor: Actor, at: datetime) -> Card:
    """The department's one answer. Errors: NotAllowed, WrongStep (answered before), ReasonMissing."""
    card = Card.objects.select_for_update().filter(card_no=card_no).first()
    if card is None or card.answered_at or card.closed_at:
        raise WrongStep("这张提示卡不存在，或者已经答复、已经了结。")
    if not may(actor, "examiner", organisation=card.organisation):
        require(actor, "decider", organisation=card.organisation)
    if not text.strip():
        raise ReasonMissing("请写明原因和处理措施。", fields={"text": "请写明原因和处理措施。"})
    card.answer = text.strip()
    card.answered_at = at
    card.answered_by = actor.name
    card.save()
    record(actor=actor, act="back.approvals.answer_card", on=f"card:{card_no}", at=at)
    publish(
        CardAnswered(card_no=card_no, text=card.answer, answered_at=at.isoformat(), by_name=actor.name, by_post=actor.post_title),
        actor=actor,
        order_key=card.case_no,
        at=at,
    )
    return card
