"""A department charges: open the payment order."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from santai.exchange.contracts.service import PaymentWanted, encode
from santai.exchange.payments.actions.tell import tell
from santai.exchange.payments.models import PaymentOrder
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def take_order(*, message: PaymentWanted, actor: Actor, at: datetime) -> PaymentOrder:
    """Once, however often it is delivered."""
    order, made = PaymentOrder.objects.get_or_create(
        order_no=message.order_no,
        defaults={
            "notice_no": message.notice_no,
            "case_no": message.case_no,
            "item_name": message.item_name,
            "title": message.title,
            "basis": message.basis,
            "amount": Decimal(message.amount),
            "payer": encode(message.payer),
            "payer_name": message.payer.name,
            "organisation": message.organisation,
            "organisation_name": message.organisation_name,
            "wanted_at": datetime.fromisoformat(message.wanted_at),
        },
    )
    if made:
        record(actor=actor, act="exchange.payments.take_order", on=f"case:{order.case_no}", at=at, details={"order": order.order_no})
        tell(order=order, event="opened", actor=actor, at=at)
    return order
