"""The payer sets out to pay, and comes back."""

from datetime import datetime

from santai.exchange.contracts.service import CheckPayment, PaymentChecked, PaymentStarted, StartPayment
from santai.exchange.gateway.service import Deferred, Unavailable, ask
from santai.front.payments.errors import CannotPayNow
from santai.front.payments.models import PaymentView
from santai.kernel.ledger.service import Actor

PURPOSE = "缴费"


def start_paying(*, payment: PaymentView, return_to: str, actor: Actor, at: datetime) -> PaymentStarted:
    """Where to go; ``return_to``: address to come back to. CannotPayNow, or what payments refuses (paid already, no provider)."""
    try:
        started: PaymentStarted = ask(
            StartPayment(order_no=payment.order_no, return_to=return_to),
            actor=actor,
            purpose=PURPOSE,
            subject=f"case:{payment.case_no}",
            at=at,
        )
    except (Unavailable, Deferred) as error:
        raise CannotPayNow from error
    return started


def check_paying(*, payment: PaymentView, actor: Actor, at: datetime) -> PaymentChecked:
    """Has it arrived? The answer comes to this page by itself as well. CannotPayNow."""
    try:
        checked: PaymentChecked = ask(
            CheckPayment(order_no=payment.order_no), actor=actor, purpose=PURPOSE, subject=f"case:{payment.case_no}", at=at
        )
    except (Unavailable, Deferred) as error:
        raise CannotPayNow from error
    return checked
