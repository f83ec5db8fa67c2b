"""What a provider says of a payment: by call-back, or when it was asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from santai.exchange.payments import rules
from santai.exchange.payments.actions.send_back import send_back
from santai.exchange.payments.actions.tell import tell
from santai.exchange.payments.adapters import BadCallback, PaymentProvider, provider
from santai.exchange.payments.messages import Trade
from santai.exchange.payments.models import Callback, PaymentOrder
from santai.kernel.ledger.service import record, system_actor

KEPT = ("notify_id", "notify_time", "trade_status", "app_id", "seller_id", "buyer_logon_id")  # what is kept of the provider's words
MOST_UNPROVED = 200  # an hour: strangers may not fill the table
SETTLED = ("taken", "repeated", "not_paid", "paid_twice", "after_cancel")  # nothing would change by hearing it again


@transaction.atomic
def take_callback(*, told: Mapping[str, str], at: datetime) -> str:
    """The verdict (models.Callback.VERDICTS). Whatever it is, the call-back is kept."""
    way = provider()
    try:
        if way is None:
            raise BadCallback("wrong_receiver")
        trade = way.read_callback(told)
    except BadCallback as bad:
        if (
            Callback.objects.filter(verdict__in=("wrong_signature", "wrong_receiver"), at__gt=at - timedelta(hours=1)).count()
            >= MOST_UNPROVED
        ):
            return bad.why
        amount = str(told.get("total_amount", ""))[:20]
        _keep("callback", bad.why, str(told.get("out_trade_no", ""))[:64], str(told.get("trade_no", ""))[:64], amount, told, at)
        return bad.why
    return take_trade(trade=trade, way="callback", told=told, provider_in_use=way, at=at)


@transaction.atomic
def take_trade(*, trade: Trade, way: str, told: Mapping[str, str], provider_in_use: PaymentProvider, at: datetime) -> str:
    """Enter the payment in the books, once. Returns the verdict."""
    order = PaymentOrder.objects.select_for_update().filter(order_no=trade.order_no).first()
    if order is None:
        verdict = "unknown_order"
    elif not trade.paid:
        verdict = "not_paid"
    else:
        told_amount = rules.yuan(trade.amount)
        verdict = rules.verdict_on(
            wanted=order.amount, told=told_amount, state=order.state, known_trade=order.trade_no, trade_no=trade.trade_no
        )
    if way == "callback" or verdict not in ("not_paid", "repeated"):
        _keep(way, verdict, trade.order_no, trade.trade_no, f"{trade.amount:.2f}", told, at)
    if order is not None and verdict in ("taken", "after_cancel"):
        _enter(order, trade, verdict, provider_in_use, at)
    return verdict


def _enter(order: PaymentOrder, trade: Trade, verdict: str, way: PaymentProvider, at: datetime) -> None:
    actor = system_actor("exchange.payments")
    order.paid_at, order.paid_amount, order.trade_no, order.provider = trade.at or at, trade.amount, trade.trade_no, way.title
    order.ask_next_at = None
    if verdict == "taken":
        order.state = PaymentOrder.State.PAID
    order.save()
    record(
        actor=actor, act=f"exchange.payments.{verdict}", on=f"case:{order.case_no}", at=at,
        details={"order": order.order_no, "trade": trade.trade_no, "amount": f"{trade.amount:.2f}"},
    )  # fmt: skip
    if verdict == "taken":
        tell(order=order, event="paid", actor=actor, at=at)
    else:
        refund = send_back(order=order, refund_no=f"{order.order_no}C", amount=trade.amount, reason="缴款单已撤销", at=at)
        tell(order=order, event="refund_begun", actor=actor, at=at, refund=refund, reason=refund.reason)


def _keep(way: str, verdict: str, order_no: str, trade_no: str, amount: str, told: Mapping[str, str], at: datetime) -> None:
    kept = {key: str(told[key])[:200] for key in KEPT if key in told}
    Callback.objects.create(at=at, order_no=order_no, trade_no=trade_no, amount=amount, way=way, verdict=verdict, told=kept)
