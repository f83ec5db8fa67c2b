"""Money goes back: wished for in the transaction, sent to the provider after the commit (tasks), with one number for every attempt."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from santai.exchange.contracts.service import RefundWanted
from santai.exchange.payments import rules
from santai.exchange.payments.actions.tell import tell
from santai.exchange.payments.adapters import GatewayAway, GatewayRefused, provider
from santai.exchange.payments.errors import OverPaid
from santai.exchange.payments.models import PaymentOrder, Refund
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record, system_actor

REFUNDS, CLOSINGS = "exchange.payments.refunds", "exchange.payments.closings"
BATCH = 20


@transaction.atomic
def want_refund(*, message: RefundWanted, actor: Actor, at: datetime) -> Refund | None:
    """A department pays back. None: the order is not here yet. What the order cannot bear is refused and said."""
    order = PaymentOrder.objects.select_for_update().filter(order_no=message.order_no).first()
    if order is None:
        return None
    existing = Refund.objects.filter(refund_no=message.refund_no).first()
    if existing is not None:
        return existing
    record(
        actor=actor, act="exchange.payments.want_refund", on=f"case:{order.case_no}", at=at, why=message.reason,
        details={"refund": message.refund_no, "amount": message.amount},
    )  # fmt: skip
    try:
        refund = send_back(order=order, refund_no=message.refund_no, amount=Decimal(message.amount), reason=message.reason, at=at)
    except OverPaid as refused:
        refund = Refund.objects.create(
            refund_no=message.refund_no, order=order, trade_no=order.trade_no, amount=Decimal(message.amount), reason=message.reason,
            wanted_at=at, next_attempt_at=at, state=Refund.State.FAILED, trouble=refused.message,
        )  # fmt: skip
        tell(order=order, event="refund_failed", actor=actor, at=at, refund=refund, reason=refused.message)
        return refund
    tell(order=order, event="refund_begun", actor=actor, at=at, refund=refund, reason=message.reason)
    return refund


def send_back(*, order: PaymentOrder, refund_no: str, amount: Decimal, reason: str, at: datetime) -> Refund:
    """Inside the caller's transaction, which holds the order. OverPaid when so much was not received or is on its way back already."""
    existing = Refund.objects.filter(refund_no=refund_no).first()
    if existing is not None:
        return existing
    under_way = order.refunds.exclude(state=Refund.State.FAILED).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if amount <= 0 or amount > order.paid_amount - under_way:
        raise OverPaid
    wake(REFUNDS)
    return Refund.objects.create(
        refund_no=refund_no, order=order, trade_no=order.trade_no, amount=amount, reason=reason, wanted_at=at, next_attempt_at=at
    )


def send_refunds(at: datetime) -> int:
    """Send what is due, one transaction each; returns how many were tried."""
    due = Refund.objects.filter(state=Refund.State.WANTED, next_attempt_at__lte=at).order_by("next_attempt_at")[:BATCH]
    return sum(_send(refund_no, at) for refund_no in due.values_list("refund_no", flat=True))


@transaction.atomic
def _send(refund_no: str, at: datetime) -> bool:
    refund = Refund.objects.select_for_update(skip_locked=True).filter(Q(state=Refund.State.WANTED), refund_no=refund_no).first()
    if refund is None:
        return False
    order = PaymentOrder.objects.select_for_update().get(order_no=refund.order_id)
    actor = system_actor("exchange.payments")
    refund.attempts += 1
    try:
        way = provider()
        if way is None:
            raise GatewayAway("没有开通支付平台")
        way.refund(order_no=order.order_no, refund_no=refund.refund_no, amount=refund.amount, reason=refund.reason, at=at)
    except GatewayAway as trouble:
        refund.trouble, refund.next_attempt_at = str(trouble), at + timedelta(seconds=rules.seconds_until_next(refund.attempts))
    except GatewayRefused as trouble:
        refund.trouble, refund.state = str(trouble), Refund.State.FAILED
        tell(order=order, event="refund_failed", actor=actor, at=at, refund=refund, reason=str(trouble))
    else:
        refund.trouble, refund.state, refund.done_at = "", Refund.State.DONE, at
        order.refunded += refund.amount
        order.save(update_fields=["refunded"])
        record(actor=actor, act="exchange.payments.refunded", on=f"case:{order.case_no}", at=at, details={"refund": refund.refund_no})
        tell(order=order, event="refunded", actor=actor, at=at, refund=refund, reason=refund.reason)
    refund.save()
    return True


def send_closings(at: datetime) -> int:
    """Tell the provider that nobody may pay a cancelled order any more; a provider that is away is asked again by the next turn."""
    way = provider()
    done = 0
    for order_no in PaymentOrder.objects.filter(close_at__lte=at).values_list("order_no", flat=True)[:BATCH] if way else ():
        with transaction.atomic():
            order = PaymentOrder.objects.select_for_update(skip_locked=True).filter(order_no=order_no).exclude(close_at=None).first()
            if order is None or way is None:
                continue
            try:
                way.close(order_no=order_no, at=at)
            except GatewayAway:
                order.asked += 1
                order.close_at = at + timedelta(seconds=rules.seconds_until_next(order.asked))
            else:
                order.close_at = None
            order.save(update_fields=["close_at", "asked"])
            done += 1
    return done
