"""Spreadsheets out and in."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from santai.exchange.items import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused

READERS = ("item_manager", "legal_reviewer", "item_publisher")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required("item_manager")
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _book(service.template(), "事项实施清单模板.xlsx")


@role_required(*READERS)
def export(request: HttpRequest) -> HttpResponse:
    """The items the list shows under the conditions in the address, as a workbook."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "organisation", "act_type")}
    rows = service.find_versions(text=asked["q"], state=asked["state"], organisation=asked["organisation"], act_type=asked["act_type"])
    return _book(service.book_of(rows.defer(None)[: service.MOST]), f"事项实施清单{today():%Y%m%d}.xlsx")


@role_required(*READERS)
def export_one(request: HttpRequest, code: str) -> HttpResponse:
    try:
        return _book(service.book_of(service.versions_of(code)[:1]), f"{code}.xlsx")
    except service.UnknownItem as unknown:
        raise Http404(unknown.message) from unknown


@role_required("item_manager")
def import_sheet(request: HttpRequest) -> HttpResponse:
    """Drafts from an uploaded workbook; what is wrong is listed by cell and nothing is saved."""
    error, problems = "", ()
    if request.method == "POST":
        actor, upload = request.actor, request.FILES.get("book")  # type: ignore[attr-defined]
        try:
            if upload is None:
                raise service.EntriesWrong("请选择要导入的表格。")
            drafts = service.import_book(data=upload.read(service.LARGEST + 1), organisation=actor.organisation, actor=actor, at=now())
            messages.success(request, f"导入了 {len(drafts)} 个事项的草稿。")
            if len(drafts) == 1:
                return redirect("exchange_items:draft", draft_id=drafts[0].pk)
            return redirect("exchange_items:drafts")
        except ActRefused as refused:
            error, problems = refused.message, refused.facts.get("problems", ())  # type: ignore[assignment]
    context = {"error": error, "problems": problems, "most": service.MOST}
    return render(request, "exchange_items/import.html", context, status=422 if error else 200)


def _book(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename=\"items.xlsx\"; filename*=UTF-8''{quote(name)}"
    return answer
