"""Pages of the work orders: one call to the door each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.workorders import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused

READERS = (*service.WORKERS, "leader")
SAID = {"contact": "已记下联系的情况。", "rectify": "整改情况已公开。", "revisit": "已记下回访的情况。", "close": "已销号。"}


@role_required(*READERS)
@require_GET
def orders_page(request: HttpRequest) -> HttpResponse:
    at = now()
    page = service.orders(
        request.actor,  # type: ignore[attr-defined]
        show=request.GET.get("show", "open"),
        text=request.GET.get("q", ""),
        after=request.GET.get("after", ""),
        at=at,
    )
    following = f"?{urlencode({'show': page.show, 'q': page.text, 'after': page.following})}" if page.following else ""
    tabs = [
        {"title": title, "href": f"?show={key}", "current": key == page.show, "count": page.counts.get(key, 0)}
        for key, title in service.VIEWS.items()
    ]
    context = {"page": page, "tabs": tabs, "following": following, "levels": service.LEVELS, "at": at}
    return render(request, "back_workorders/orders.html", context)


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def order_page(request: HttpRequest, case_no: str) -> HttpResponse:
    errors: dict[str, str] = {}
    try:
        if request.method == "POST":
            step = request.POST.get("step", "")
            _take(step, case_no, request)
            messages.success(request, SAID[step])
            return redirect("back_workorders:order", case_no=case_no)
    except service.OrderNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = refused.fields or {"": refused.message}
    try:
        order = service.access_order(case_no, request.actor)  # type: ignore[attr-defined]
    except service.OrderNotFound as refused:
        raise Http404(refused.message) from refused
    context = {
        "order": order,
        "redress": order.redress,
        "case": order.redress.case,
        "level": service.LEVELS[order.redress.level],
        "errors": errors,
        "text": request.POST.get("text", ""),
        "satisfied": request.POST.get("satisfied", ""),
        "answers": [("yes", "满意"), ("no", "不满意"), ("", "没有联系上")],
        "at": now(),
    }
    return render(request, "back_workorders/order.html", context, status=422 if errors else 200)


def _take(step: str, case_no: str, request: HttpRequest) -> None:
    text = request.POST.get("text", "")
    common: dict[str, Any] = {"case_no": case_no, "actor": request.actor, "at": now()}  # type: ignore[attr-defined]
    if step == "contact":
        service.contact_rater(note=text, **common)
    elif step == "rectify":
        service.report_rectified(answer=text, **common)
    elif step == "revisit":
        said = {"yes": True, "no": False}.get(request.POST.get("satisfied", ""))
        service.revisit_rater(satisfied=said, note=text, **common)
    elif step == "close":
        service.close_redress(**common)
    else:
        raise service.StepDone("请从页面上列出的办法中选择。")
