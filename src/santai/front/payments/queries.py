"""Reads of one's payments."""

from django.db.models import QuerySet

from santai.front.hall.service import NotFound, access_case_view, cases_of
from santai.front.payments.errors import PaymentNotFound
from santai.front.payments.models import PaymentView
from santai.kernel.ledger.service import Actor, Party


def payments_of(actor: Actor, party: Party) -> QuerySet[PaymentView]:
    """Those of one's cases, the newest first."""
    return PaymentView.objects.filter(case_no__in=cases_of(actor, party).order_by().values("case_no"))


def payments_due(actor: Actor, party: Party) -> QuerySet[PaymentView]:
    return payments_of(actor, party).filter(state="open")


def access_payment(*, order_no: str, actor: Actor, party: Party) -> PaymentView:
    """PaymentNotFound alike for absent and somebody else's."""
    payment = PaymentView.objects.filter(order_no=order_no).first()
    if payment is None:
        raise PaymentNotFound
    try:
        access_case_view(case_no=payment.case_no, actor=actor, party=party)
    except NotFound as error:
        raise PaymentNotFound from error
    return payment
