"""The door of the front's payments."""

from santai.front.payments.actions.pay import check_paying, start_paying
from santai.front.payments.actions.take_progress import take_progress
from santai.front.payments.errors import CannotPayNow, PaymentNotFound
from santai.front.payments.models import PaymentView
from santai.front.payments.queries import access_payment, payments_due, payments_of

__all__ = [
    "CannotPayNow",
    "PaymentNotFound",
    "PaymentView",
    "access_payment",
    "check_paying",
    "payments_due",
    "payments_of",
    "start_paying",
    "take_progress",
]
