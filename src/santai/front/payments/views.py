"""Pages of what is to be paid and was paid."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from santai.front.payments import service
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import page_number

PAGE = 30
STATES = {"": gettext_noop("全部"), "open": gettext_noop("待缴"), "paid": gettext_noop("已缴")}
WORDS = {"open": (gettext_noop("待缴"), "warn"), "paid": (gettext_noop("已缴"), "done"), "cancelled": (gettext_noop("已撤销"), "off")}
REFUSALS = (
    gettext_noop("本地还没有开通网上缴费，请到窗口缴费。办件照常办理，不受影响。"),
    gettext_noop("这张缴款单已经缴清或者撤销，不用再缴。"),
    gettext_noop("缴费服务暂时不能应答，请稍后再试。您的缴款单不会丢失，办件照常办理。"),
    gettext_noop("没有找到这笔缴费，或者它不是您的。"),
)


def _row(view: service.PaymentView) -> dict[str, Any]:
    word, tone = WORDS[view.state]
    if view.refunding:
        word, tone = gettext_noop("退费中"), "warn"
    elif view.refunded and view.refunded >= view.paid_amount:
        word, tone = gettext_noop("已退费"), "off"
    return {"one": view, "word": _(word), "tone": tone}


@never_cache
@signed_in
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    found = service.payments_of(request.actor, request.party)  # type: ignore[attr-defined]
    if state:
        found = found.filter(state=state)
    number = page_number(request.GET.get("page", ""))
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    kept = {"state": state} if state else {}
    return render(
        request,
        "front_payments/payments.html",
        {
            "rows": [_row(view) for view in rows[:PAGE]],
            "state": state,
            "states": [{"title": _(title), "href": f"?{urlencode({'state': value})}" if value else "?"} for value, title in STATES.items()],
            "state_here": f"?{urlencode(kept)}" if kept else "?",
            "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(rows) > PAGE else "",
        },
    )


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, order_no: str) -> HttpResponse:
    """One payment. POST ``act``: ``pay`` goes to the provider, ``check`` asks whether the money has come; coming back asks by itself."""
    who = {"actor": request.actor, "party": request.party}  # type: ignore[attr-defined]
    try:
        view = service.access_payment(order_no=order_no, **who)
    except service.PaymentNotFound as refused:
        raise Http404(_(refused.message)) from refused
    here = reverse("front_payments:payment", args=[order_no])
    returned = request.method == "GET" and "back" in request.GET and view.state == "open"
    error = ""
    try:
        if request.method == "POST" and request.POST.get("act") == "pay":
            return_to = request.build_absolute_uri(f"{here}?back=1")
            started = service.start_paying(payment=view, return_to=return_to, actor=who["actor"], at=now())
            return HttpResponseRedirect(started.url)
        if request.method == "POST" or returned:
            checked = service.check_paying(payment=view, actor=who["actor"], at=now())
            if request.method == "POST":
                if checked.state == "open":
                    messages.info(request, _("还没有收到这笔钱。刚付过款的，请过一会儿再看。"))
                return redirect(here)
    except ActRefused as refused:
        error = _(refused.message)
    view.refresh_from_db()
    return render(
        request,
        "front_payments/payment.html",
        {**_row(view), "view": view, "error": error, "back": "back" in request.GET},
        status=409 if error and request.method == "POST" else 200,
    )
