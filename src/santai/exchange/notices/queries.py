"""Reads for the operator."""

from django.db.models import Count, QuerySet

from santai.exchange.notices.models import Sending


def sendings(*, state: str = "", text: str = "") -> QuerySet[Sending]:
    """Newest first; ``text`` is a case number."""
    found = Sending.objects.select_related("notice").order_by("-created_at", "-id")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(notice__case_no=text)
    return found


def counts() -> dict[str, int]:
    return {row["state"]: row["n"] for row in Sending.objects.values("state").annotate(n=Count("id"))}
