"""Messages in: one call each."""

from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import CardAnswered, CaseProgressed, CaseRated
from santai.kernel.clocks.service import now
from santai.oversight.supervision import service

ROOM = "oversight.supervision"


def register() -> None:
    subscribe(CaseProgressed, room=ROOM, handler=on_case_progressed, many=on_facts)
    subscribe(CaseRated, room=ROOM, handler=on_case_rated)
    subscribe(CardAnswered, room=ROOM, handler=on_card_answered)


def on_case_progressed(message: CaseProgressed, envelope: Envelope) -> None:
    on_facts([(message, envelope)])


def on_facts(facts: list[tuple[CaseProgressed, Envelope]]) -> None:
    """Facts of one case, in order."""
    service.note_facts(facts=[(message, envelope.id) for message, envelope in facts], at=now())


def on_case_rated(message: CaseRated, envelope: Envelope) -> None:
    try:
        service.note_rating(message=message, message_id=envelope.id, at=now())
    except service.CaseNotWatched as error:
        raise NotYet("办件的事实尚未到达") from error


def on_card_answered(message: CardAnswered, envelope: Envelope) -> None:
    try:
        service.note_answer(message=message, at=now())
    except service.CardNotFound as error:
        raise NotYet("监察牌尚未建立") from error
