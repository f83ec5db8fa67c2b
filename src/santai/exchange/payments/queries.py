"""Reads of payments."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from santai.exchange.payments.adapters import provider
from santai.exchange.payments.errors import OrderNotFound
from santai.exchange.payments.models import Callback, Difference, PaymentOrder, Refund, StatementDay
from santai.kernel.access.service import roles_of, scope
from santai.kernel.ledger.service import Actor

READING_ROLES = ("cashier",)


def orders_seen_by(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[PaymentOrder]:
    """Orders of the bodies in the reach of the post, newest first; ``state`` may also be ``refunds``: with money on its way back."""
    orders = PaymentOrder.objects.filter(scope(actor, *READING_ROLES)).order_by("-wanted_at", "-order_no")
    if state == "refunds":
        orders = orders.filter(refunds__isnull=False).distinct()
    elif state in PaymentOrder.State.values:
        orders = orders.filter(state=state)
    if text:
        orders = orders.filter(
            Q(order_no=text) | Q(case_no=text) | Q(trade_no=text) | Q(payer_name__startswith=text) | Q(title__contains=text)
        )
    return orders


def access_order(*, order_no: str, actor: Actor) -> PaymentOrder:
    """OrderNotFound alike for absent and out of reach."""
    order = orders_seen_by(actor).filter(order_no=order_no).first()
    if order is None:
        raise OrderNotFound
    return order


def refunds_of(order: PaymentOrder) -> list[Refund]:
    return list(order.refunds.order_by("wanted_at"))


def failed_refunds(actor: Actor) -> list[Refund]:
    """Money that should have gone back and did not, of the bodies in the reach of the post: open work until it is sent again."""
    orders = orders_seen_by(actor).order_by().values("order_no")
    return list(Refund.objects.filter(state=Refund.State.FAILED, order__in=orders).order_by("wanted_at")[:50])


def callbacks_of(order_no: str) -> list[Callback]:
    return list(Callback.objects.filter(order_no=order_no).order_by("-at")[:50])


UNPROVED = ("wrong_signature", "wrong_receiver")  # anybody can send these


def odd_callbacks() -> list[Callback]:
    """The latest the provider proved and somebody has to look at. What strangers send cannot push one of them off the page."""
    return list(Callback.objects.exclude(verdict__in=("taken", "repeated", "not_paid", *UNPROVED)).order_by("-at")[:20])


def unproved_since(since: datetime) -> int:
    """How many call-backs since then were not the provider's."""
    return Callback.objects.filter(verdict__in=UNPROVED, at__gte=since).count()


def days_reconciled() -> QuerySet[StatementDay]:
    """With the number of differences nobody has answered."""
    return StatementDay.objects.annotate(open=Count("differences", filter=Q(differences__settled_at=None)), found=Count("differences"))


def open_differences(actor: Actor) -> QuerySet[Difference]:
    """What waits for an answer; nothing for who does not reconcile."""
    found = Difference.objects.filter(settled_at=None)
    return found if "cashier" in roles_of(actor) else found.none()


def figures(orders: QuerySet[PaymentOrder]) -> dict[str, Any]:
    """Sums over what one sees."""
    summed = PaymentOrder.objects.filter(order_no__in=orders.order_by().values("order_no")).aggregate(
        asked=Sum("amount", filter=~Q(state="cancelled")), paid=Sum("paid_amount"), refunded=Sum("refunded"),
        open=Sum("amount", filter=Q(state="open")),
    )  # fmt: skip
    return {key: value or 0 for key, value in summed.items()}


def way_in_use() -> str:
    """Title of the provider; empty when nobody can pay online."""
    way = provider()
    return way.title if way else ""
