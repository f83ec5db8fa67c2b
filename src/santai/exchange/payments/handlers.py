"""Messages in, questions in: one call each."""

from santai.exchange.bus.service import Envelope, NotYet, subscribe
from santai.exchange.contracts.service import (
    CheckPayment,
    PaymentCancelled,
    PaymentChecked,
    PaymentStarted,
    PaymentWanted,
    RefundWanted,
    StartPayment,
)
from santai.exchange.gateway.service import Asked, provide
from santai.exchange.payments import service
from santai.kernel.clocks.service import now

ROOM = "exchange.payments"


def register() -> None:
    subscribe(PaymentWanted, room=ROOM, handler=on_payment_wanted)
    subscribe(PaymentCancelled, room=ROOM, handler=on_payment_cancelled)
    subscribe(RefundWanted, room=ROOM, handler=on_refund_wanted)
    provide(StartPayment, answer_start_payment)
    provide(CheckPayment, answer_check_payment)


def on_payment_wanted(message: PaymentWanted, envelope: Envelope) -> None:
    service.take_order(message=message, actor=envelope.actor, at=now())


def on_payment_cancelled(message: PaymentCancelled, envelope: Envelope) -> None:
    if service.cancel_order(message=message, actor=envelope.actor, at=now()) is None:
        raise NotYet("缴款单尚未到达")


def on_refund_wanted(message: RefundWanted, envelope: Envelope) -> None:
    if service.want_refund(message=message, actor=envelope.actor, at=now()) is None:
        raise NotYet("缴款单尚未到达")


def answer_start_payment(query: StartPayment, asked: Asked) -> PaymentStarted:
    return service.start_payment(order_no=query.order_no, return_to=query.return_to, actor=asked.actor, at=asked.at)


def answer_check_payment(query: CheckPayment, asked: Asked) -> PaymentChecked:
    return service.check_payment(order_no=query.order_no, at=asked.at)
