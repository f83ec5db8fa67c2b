"""Messages in: one call each."""

from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import NoticeSent
from santai.front.space import service

ROOM = "front.space"


def register() -> None:
    subscribe(NoticeSent, room=ROOM, handler=on_notice_sent)


def on_notice_sent(message: NoticeSent, envelope: Envelope) -> None:
    service.take_notice(message=message)
