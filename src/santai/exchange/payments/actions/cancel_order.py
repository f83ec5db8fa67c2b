"""The order is not to be paid any more."""

from datetime import datetime

from django.db import transaction

from santai.exchange.contracts.service import PaymentCancelled
from santai.exchange.payments.actions.send_back import CLOSINGS, send_back
from santai.exchange.payments.actions.tell import tell
from santai.exchange.payments.models import PaymentOrder
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def cancel_order(*, message: PaymentCancelled, actor: Actor, at: datetime) -> PaymentOrder | None:
    """Close it here and, when the payer was sent there, at the provider. Paid in the meantime: the money goes back. None: not here yet."""
    order = PaymentOrder.objects.select_for_update().filter(order_no=message.order_no).first()
    if order is None or order.state == PaymentOrder.State.CANCELLED:
        return order
    record(
        actor=actor, act="exchange.payments.cancel_order", on=f"case:{order.case_no}", at=at, why=message.reason,
        details={"order": order.order_no},
    )  # fmt: skip
    if order.state == PaymentOrder.State.PAID:
        send_back(order=order, refund_no=f"{order.order_no}C", amount=order.paid_amount, reason=message.reason, at=at)
        return order
    order.state, order.cancelled_at, order.cancel_reason, order.ask_next_at = PaymentOrder.State.CANCELLED, at, message.reason, None
    if order.started_at:
        order.close_at = at
        wake(CLOSINGS)
    order.save()
    tell(order=order, event="cancelled", actor=actor, at=at, reason=message.reason)
    return order
