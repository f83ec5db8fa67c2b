"""Reads of enquiry services."""

from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from santai.front.enquiries.errors import UnknownEnquiry
from santai.front.enquiries.models import KINDS, Enquiry, EnquiryUse


def find_enquiries(*, text: str = "", kind: str = "") -> QuerySet[Enquiry]:
    """Services with how often each was used, most used first."""
    rows = Enquiry.objects.annotate(used=Coalesce(Sum("uses__count"), 0)).order_by("-used", "title")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(Q(title__icontains=text) | Q(definition__summary__icontains=text)) if text else rows


def get_enquiry(key: str) -> Enquiry:
    """UnknownEnquiry."""
    try:
        return Enquiry.objects.get(key=key)
    except Enquiry.DoesNotExist:
        raise UnknownEnquiry from None


def figures(*, since: date) -> dict[str, dict[str, int]]:
    """Per kind: how many services there are and how often they were used since a day; apart from items and cases."""
    used = dict(EnquiryUse.objects.filter(day__gte=since).values_list("enquiry__kind").annotate(Sum("count")))
    return {kind: {"services": Enquiry.objects.filter(kind=kind).count(), "used": used.get(kind, 0)} for kind, _ in KINDS}
