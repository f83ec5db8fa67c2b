"""Papers the person goes home with: the receipt, and the one list of what is wanting."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from santai.front.counter import service
from santai.front.counter.views.shared import friendly, who
from santai.kernel.access.service import role_required
from santai.kernel.files.service import FileRef, download_url
from santai.kernel.render.service import qr_svg


@require_GET
@friendly
@role_required(*service.STAFF)
def receipt(request: HttpRequest, case_no: str) -> HttpResponse:
    """收件凭证 to print at once; its sealed form as soon as it is made."""
    intake = service.intake_of_case(case_no=case_no, actor=who(request))
    found = service.receipt_of(case_no)
    if found is None:
        raise service.Unknown()
    facts = found.data
    context: dict[str, Any] = {
        "receipt": found,
        "facts": facts,
        "intake": intake,
        "visit": intake.visit,
        "received_at": datetime.fromisoformat(facts["received_at"]),
        "entered_at": datetime.fromisoformat(facts["entered_at"]) if facts["entered_at"] else None,
        "qr": mark_safe(qr_svg(service.track_address(found))),  # noqa: S308 - our own drawing
        "rate_url": reverse("front_ratings:visit", args=[service.rating_token(intake.visit)]),
        "sealed_url": _sealed(found, request),
    }
    return render(request, "front_counter/receipt.html", context)


def _sealed(found: service.Receipt, request: HttpRequest) -> str:
    if not found.digest:
        return ""
    ref = FileRef(digest=found.digest, name="收件凭证.pdf", size=found.size, media_type="application/pdf")
    return download_url(ref, who(request), inline=True)


@require_GET
@friendly
@role_required(*service.RETURNS_SEEN)
def told(request: HttpRequest, number: str) -> HttpResponse:
    """一次性告知单: everything that is wanting, once."""
    found = service.supervised_returns(who(request)).filter(number=number).first()
    if found is None:
        raise service.Unknown()
    return render(request, "front_counter/told.html", {"back": found, "visit": found.intake.visit})
