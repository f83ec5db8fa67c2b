"""The list of services and each one's page; a filled-in page has an address of its own and nothing of it is kept."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from santai.front.enquiries import service
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused, system_actor


def kinds() -> dict[str, str]:
    return {"query": _("查询"), "calculation": _("计算"), "booking": _("预约")}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Services by kind with how much they are used, apart from what one applies for."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind")}
    counted = service.figures(since=today() - timedelta(days=29))
    rows = [_said(row) for row in service.find_enquiries(text=asked["q"], kind=asked["kind"])]
    figures = [{"title": title, "kind": kind, **counted[kind]} for kind, title in kinds().items()]
    return render(request, "front_enquiries/home.html", {"asked": asked, "rows": rows, "figures": figures})


@require_GET
def enquiry(request: HttpRequest, key: str) -> HttpResponse:
    """One service: its questions, and the answer below when they are filled in."""
    try:
        row = service.get_enquiry(key)
    except service.UnknownEnquiry as unknown:
        raise Http404(unknown.message) from unknown
    if page := row.definition["via"].get("page"):
        return redirect(page)
    typed = request.GET.dict()
    errors: dict[str, str] = {}
    answer = None
    if "ask" in typed:
        try:
            actor = request.actor or system_actor("enquiries")  # type: ignore[attr-defined]
            answer = service.enquire(enquiry=row, typed=typed, actor=actor, at=now())
        except ActRefused as refused:
            errors = {name: _(text) for name, text in refused.fields.items()} or {"": _(refused.message)}
    context = {"row": _said(row), "fields": _fields(row, typed, errors), "errors": errors, "answer": answer}
    return render(request, "front_enquiries/enquiry.html", context, status=422 if errors else 200)


def _said(row: service.Enquiry) -> dict[str, Any]:
    definition, english = row.definition, get_language() == "en"
    return {
        "key": row.key, "kind": kinds()[row.kind], "organisation": row.organisation_name, "used": getattr(row, "used", 0),
        "title": definition.get("title_en") or row.title if english else row.title,
        "summary": definition.get("summary_en") or definition["summary"] if english else definition["summary"],
        "law": definition.get("law", ""), "note": definition.get("note", ""),
    }  # fmt: skip


def _fields(row: service.Enquiry, typed: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    english = get_language() == "en"
    widgets = {"choice": "select", "number": "number", "text": "text"}
    return [
        {
            "name": one["name"], "label": one.get("label_en") or one["label"] if english else one["label"],
            "kind": widgets[one.get("kind", "text")], "value": typed.get(one["name"], ""), "error": errors.get(one["name"], ""),
            "options": [(option["value"], option["label"]) for option in one.get("options", [])], "help": one.get("help", ""),
            "unit": one.get("unit", ""), "required": one.get("required", True),
        }
        for one in row.definition.get("inputs") or []
    ]  # fmt: skip
