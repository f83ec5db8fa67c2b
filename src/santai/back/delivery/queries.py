"""Reads of delivery."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from santai.back.delivery.errors import NotDelivery
from santai.back.delivery.models import Delivery, ServiceAddress
from santai.kernel.access.service import scope
from santai.kernel.ledger.service import Actor

READERS = ("issuing", "intake", "examiner", "chief", "decider", "leader")


def address_of(person_code: str) -> ServiceAddress | None:
    """The newest binds; None: nothing was confirmed."""
    return ServiceAddress.objects.filter(person_code=person_code).order_by("-confirmed_at").first() if person_code else None


def consents(person_code: str) -> bool:
    """Did the person agree to electronic service, and not take it back since?"""
    address = address_of(person_code)
    return address is not None and address.electronic


def deliveries_seen_by(actor: Actor, *, text: str = "", state: str = "", at: datetime) -> QuerySet[Delivery]:
    """Of the body of the post; what waits longest first. ``state`` may be ``late``."""
    found = Delivery.objects.filter(scope(actor, *READERS))
    if state == "late":
        found = found.exclude(state="delivered").filter(due_at__lt=at)
    elif state in Delivery.State.values:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(case_no=text) | Q(document_no=text) | Q(person_name__startswith=text) | Q(tries__mail_no=text)).distinct()
    return found.order_by("-decided_at") if state == "delivered" else found.order_by(F("due_at").asc(nulls_last=True), "decided_at")


def access_delivery(*, sub_case_no: str, actor: Actor) -> Delivery:
    """NotDelivery alike for absent and foreign."""
    found = Delivery.objects.filter(scope(actor, *READERS), sub_case_no=sub_case_no).first()
    if found is None:
        raise NotDelivery
    return found


def may_read_clock(actor: Actor, sub_case_no: str) -> bool:
    return Delivery.objects.filter(scope(actor, *READERS), sub_case_no=sub_case_no).exists()
