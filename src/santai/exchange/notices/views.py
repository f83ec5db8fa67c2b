"""The operator's page: what was sent, what waits, what failed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from santai.exchange.notices import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import page_number

PAGE = 100


@role_required("operator")
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            service.retry_sending(sending_id=request.POST.get("sending", ""), actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已重新排队，马上发送。")
        except ActRefused as refusal:
            messages.error(request, refusal.message)
        return redirect("exchange_notices:overview")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    counts = service.counts()
    number = page_number(request.GET.get("page", ""))
    rows = list(service.sendings(state=state, text=text)[(number - 1) * PAGE : number * PAGE + 1])
    kept = {key: value for key, value in (("state", state), ("q", text)) if value}
    return render(
        request,
        "exchange_notices/overview.html",
        {
            "sendings": rows[:PAGE],
            "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(rows) > PAGE else "",
            "text": text,
            "state": state,
            "tabs": [
                {"title": title, "href": f"?state={key}", "count": counts.get(key, 0)}
                for key, title in (("failed", "失败"), ("pending", "待发送"), ("sent", "已发送"))
            ],
            "here": f"?state={state}",
        },
    )
