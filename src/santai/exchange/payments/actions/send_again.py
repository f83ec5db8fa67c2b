"""A refund the provider refused, tried again once the cause is removed: the money is the payer's."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from santai.exchange.payments.actions.send_back import REFUNDS
from santai.exchange.payments.actions.tell import tell
from santai.exchange.payments.errors import OrderNotFound, OverPaid
from santai.exchange.payments.models import PaymentOrder, Refund
from santai.exchange.payments.queries import access_order
from santai.kernel.access.service import require
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def send_again(*, refund_no: str, order_no: str, actor: Actor, at: datetime) -> Refund:
    """The same number again, so the provider pays it once. NotAllowed, OrderNotFound (order or refund), OverPaid."""
    require(actor, "cashier")
    access_order(order_no=order_no, actor=actor)
    order = PaymentOrder.objects.select_for_update().get(order_no=order_no)
    refund = Refund.objects.select_for_update().filter(refund_no=refund_no, order=order).first()
    if refund is None:
        raise OrderNotFound
    if refund.state != Refund.State.FAILED:
        return refund
    under_way = order.refunds.exclude(state=Refund.State.FAILED).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if refund.amount <= 0 or refund.amount > order.paid_amount - under_way:
        raise OverPaid
    refund.state, refund.attempts, refund.next_attempt_at = Refund.State.WANTED, 0, at
    refund.trade_no = refund.trade_no or order.trade_no
    refund.save(update_fields=["state", "attempts", "next_attempt_at", "trade_no"])
    record(actor=actor, act="exchange.payments.send_again", on=f"case:{order.case_no}", at=at, details={"refund": refund_no})
    tell(order=order, event="refund_begun", actor=actor, at=at, refund=refund, reason=refund.reason)
    wake(REFUNDS)
    return refund
