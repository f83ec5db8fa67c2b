"""Messages in: one call each."""

from santai.back.fees import service
from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import PaymentProgressed
from santai.kernel.clocks.service import now


def register() -> None:
    subscribe(PaymentProgressed, room="back.fees", handler=on_payment_progressed)


def on_payment_progressed(message: PaymentProgressed, envelope: Envelope) -> None:
    try:
        service.note_payment(message=message, actor=envelope.actor, at=now())
    except service.ChargeNotFound as error:
        raise NotYet("收费记录尚未到达") from error
