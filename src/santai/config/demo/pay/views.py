"""Pages of the demonstration provider: its cashier, its gateway, its statement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from santai.config.demo.pay import provider


@never_cache
@csrf_exempt  # asked by the merchant's server, proved by its signature
@require_http_methods(["GET", "POST"])
def gateway(request: HttpRequest) -> HttpResponse:
    """POST: a question of the merchant. GET: a payer who was sent here."""
    asked = {key: str(value) for key, value in (request.POST if request.method == "POST" else request.GET).items()}
    if request.method == "POST":
        return HttpResponse(provider.gateway().answer(asked), content_type="text/json;charset=utf-8")
    try:
        order_no = provider.gateway().open_trade(asked)
    except (ValueError, KeyError, ArithmeticError) as wrong:
        return render(
            request, "config_demo/pay_wrong.html", {"wrong": str(wrong) if type(wrong) is ValueError else "请求不完整。"}, status=400
        )
    return redirect("demo:pay_cashier", order_no=order_no)


@never_cache
@require_safe
def cashier(request: HttpRequest, order_no: str) -> HttpResponse:
    trade = provider.gateway().books.trade(order_no)
    if trade is None:
        raise Http404("没有这笔交易。")
    return render(
        request,
        "config_demo/pay_cashier.html",
        {"trade": trade, "order_no": order_no, "waiting": trade["state"] == "WAIT_BUYER_PAY", "paid": bool(trade.get("paid_at"))},
    )


@require_POST
def pay(request: HttpRequest, order_no: str) -> HttpResponse:
    """The payer confirms; the merchant is told, and the payer goes back."""
    trade = provider.gateway().books.trade(order_no)
    if trade is None:
        raise Http404("没有这笔交易。")
    if provider.gateway().pay(order_no):
        provider.call_back(order_no)
    return redirect(trade["return_url"]) if trade["return_url"] else redirect("demo:pay_cashier", order_no=order_no)


@never_cache
@require_safe
def bill(request: HttpRequest) -> HttpResponse:
    day = request.GET.get("day", "")
    if request.GET.get("sign") != provider.gateway().bill_mark(day):
        raise Http404
    return HttpResponse(provider.gateway().bill(day), content_type="application/zip")
