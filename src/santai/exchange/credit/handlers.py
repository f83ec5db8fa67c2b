"""Messages in, questions in: one call each."""

from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import (
    CreditAnswer,
    CreditEventFound,
    CreditStanding,
    DecisionPublished,
    DecisionUnpublished,
    PublicationAnswered,
)
from santai.exchange.credit import service
from santai.exchange.gateway.service import Asked, provide
from santai.kernel.clocks.service import now

ROOM = "exchange.credit"


def register() -> None:
    subscribe(CreditEventFound, room=ROOM, handler=on_credit_event_found)
    subscribe(DecisionPublished, room=ROOM, handler=on_decision_published)
    subscribe(DecisionUnpublished, room=ROOM, handler=on_decision_unpublished)
    subscribe(PublicationAnswered, room=ROOM, handler=on_publication_answered)
    provide(CreditStanding, answer_credit_standing)


def on_credit_event_found(message: CreditEventFound, envelope: Envelope) -> None:
    service.record_event(message=message, actor=envelope.actor, at=now())


def on_decision_published(message: DecisionPublished, envelope: Envelope) -> None:
    service.keep_decision(message=message)


def on_decision_unpublished(message: DecisionUnpublished, envelope: Envelope) -> None:
    service.take_down(message=message)


def on_publication_answered(message: PublicationAnswered, envelope: Envelope) -> None:
    service.take_answer(message=message)


def answer_credit_standing(query: CreditStanding, asked: Asked) -> CreditAnswer:
    return service.standing(query)
