"""Messages in: one call each."""

from santai.exchange.bus.service import Envelope, subscribe
from santai.exchange.contracts.service import PaymentProgressed
from santai.front.payments import service


def register() -> None:
    subscribe(PaymentProgressed, room="front.payments", handler=on_payment_progressed)


def on_payment_progressed(message: PaymentProgressed, envelope: Envelope) -> None:
    service.take_progress(message=message)
