"""The exchange says what became of an order."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from santai.exchange.contracts.service import PaymentProgressed
from santai.front.payments.models import PaymentView


@transaction.atomic
def take_progress(*, message: PaymentProgressed) -> PaymentView:
    """Facts of one case arrive in order; the same one again changes nothing."""
    at = datetime.fromisoformat(message.at)
    view, _ = PaymentView.objects.select_for_update().get_or_create(
        order_no=message.order_no,
        defaults={
            "case_no": message.case_no,
            "title": message.title,
            "item_name": message.item_name,
            "organisation_name": message.organisation_name,
            "basis": message.basis,
            "notice_no": message.notice_no,
            "amount": Decimal(message.amount),
            "state": message.state,
            "opened_at": at,
            "changed_at": at,
        },
    )
    view.state, view.changed_at = message.state, at
    view.refunded = Decimal(message.refunded)
    view.refunding = message.event == "refund_begun" or (view.refunding and message.event not in ("refunded", "refund_failed"))
    if message.paid_at:
        view.paid_at, view.paid_amount = datetime.fromisoformat(message.paid_at), Decimal(message.paid_amount)
        view.provider, view.trade_no = message.provider, message.trade_no
    if message.event in ("cancelled", "refund_begun", "refunded"):
        view.reason = message.reason
    view.save()
    return view
