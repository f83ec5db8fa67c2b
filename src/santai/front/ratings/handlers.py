"""Messages in: one call each."""

from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import RedressProgressed
from santai.front.ratings import service


def register() -> None:
    subscribe(RedressProgressed, room="front.ratings", handler=on_redress_progressed)


def on_redress_progressed(message: RedressProgressed, envelope: Envelope) -> None:
    service.note_redress(message=message)
