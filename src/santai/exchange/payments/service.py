"""The door of payments: orders, what providers say, refunds, reconciliation."""

from santai.exchange.payments.actions.cancel_order import cancel_order
from santai.exchange.payments.actions.reconcile import reconcile, reconcile_due, settle_difference
from santai.exchange.payments.actions.send_again import send_again
from santai.exchange.payments.actions.send_back import CLOSINGS, REFUNDS, send_closings, send_refunds, want_refund
from santai.exchange.payments.actions.start_payment import ask_due, check_payment, start_payment
from santai.exchange.payments.actions.take_order import take_order
from santai.exchange.payments.actions.take_trade import SETTLED, take_callback
from santai.exchange.payments.errors import DayNotOver, NoProvider, NotPayable, NotSettled, OrderNotFound, OverPaid
from santai.exchange.payments.models import Callback, Difference, PaymentOrder, Refund, StatementDay
from santai.exchange.payments.queries import (
    READING_ROLES,
    access_order,
    callbacks_of,
    days_reconciled,
    failed_refunds,
    figures,
    odd_callbacks,
    open_differences,
    orders_seen_by,
    refunds_of,
    unproved_since,
    way_in_use,
)

__all__ = [
    "CLOSINGS",
    "READING_ROLES",
    "REFUNDS",
    "SETTLED",
    "Callback",
    "DayNotOver",
    "Difference",
    "NoProvider",
    "NotPayable",
    "NotSettled",
    "OrderNotFound",
    "OverPaid",
    "PaymentOrder",
    "Refund",
    "StatementDay",
    "access_order",
    "ask_due",
    "callbacks_of",
    "cancel_order",
    "check_payment",
    "days_reconciled",
    "failed_refunds",
    "figures",
    "odd_callbacks",
    "open_differences",
    "orders_seen_by",
    "reconcile",
    "reconcile_due",
    "refunds_of",
    "send_again",
    "send_closings",
    "send_refunds",
    "settle_difference",
    "start_payment",
    "take_callback",
    "take_order",
    "unproved_since",
    "want_refund",
    "way_in_use",
]
