"""The payer sets out to pay; and what the provider says when it is asked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from santai.exchange.contracts.service import PaymentChecked, PaymentStarted
from santai.exchange.payments import rules
from santai.exchange.payments.actions.take_trade import take_trade
from santai.exchange.payments.adapters import GatewayAway, provider
from santai.exchange.payments.errors import NoProvider, NotPayable, OrderNotFound
from santai.exchange.payments.models import PaymentOrder
from santai.kernel.ledger.service import Actor, record

FIRST_ASK = timedelta(seconds=60)
ASK_FOR = timedelta(hours=24)
BATCH = 20


@transaction.atomic
def start_payment(*, order_no: str, return_to: str, actor: Actor, at: datetime) -> PaymentStarted:
    """The address of the cashier's page. OrderNotFound, NotPayable, NoProvider. Starting again leads to the same trade."""
    order = PaymentOrder.objects.select_for_update().filter(order_no=order_no).first()
    if order is None:
        raise OrderNotFound
    if order.state != PaymentOrder.State.OPEN:
        raise NotPayable
    way = provider()
    if way is None:
        raise NoProvider
    order.started_at = order.started_at or at
    order.ask_next_at, order.ask_until, order.asked = at + FIRST_ASK, at + ASK_FOR, 0
    order.save(update_fields=["started_at", "ask_next_at", "ask_until", "asked"])
    record(actor=actor, act="exchange.payments.start_payment", on=f"case:{order.case_no}", at=at, details={"order": order_no})
    url = way.cashier(
        order_no=order_no,
        amount=order.amount,
        title=f"{order.title}（{order.item_name}）"[:128],
        notify_url=f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('exchange_payments:notify')}",
        return_url=return_to,
        at=at,
    )
    return PaymentStarted(url=url, provider=way.title, demonstration=way.demonstration)


def check_payment(*, order_no: str, at: datetime) -> PaymentChecked:
    """Ask the provider about an order somebody set out to pay; what it says is entered like a call-back. OrderNotFound."""
    order = PaymentOrder.objects.filter(order_no=order_no).first()
    if order is None:
        raise OrderNotFound
    way = provider()
    reached = True
    if way is not None and order.started_at and not order.paid_at:
        try:
            trade = way.find(order_no=order_no, at=at)
        except GatewayAway:
            reached = False
        else:
            if trade is not None:
                take_trade(trade=trade, way="asked", told={}, provider_in_use=way, at=at)
        order.refresh_from_db()
    return PaymentChecked(state=order.state, provider_reached=reached)  # type: ignore[arg-type]


def ask_due(at: datetime) -> int:
    """Orders whose call-back may have been lost; a day after setting out the last time nobody is asked any more."""
    due = PaymentOrder.objects.filter(state=PaymentOrder.State.OPEN, ask_next_at__lte=at).order_by("ask_next_at")[:BATCH]
    asked = 0
    for order_no in due.values_list("order_no", flat=True):
        with transaction.atomic():
            order = PaymentOrder.objects.select_for_update(skip_locked=True).filter(order_no=order_no, ask_next_at__lte=at).first()
            if order is None:
                continue
            order.asked += 1
            until = order.ask_until or (order.started_at and order.started_at + ASK_FOR)  # set out before ask_until was kept
            late = until is not None and at > until
            order.ask_next_at = None if late else at + timedelta(seconds=rules.seconds_until_next(order.asked + 1))
            order.save(update_fields=["asked", "ask_next_at"])
        check_payment(order_no=order_no, at=at)
        asked += 1
    return asked
