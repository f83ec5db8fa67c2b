"""Pages of who reconciles, and the address the provider calls."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.exchange.payments import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import page_number

PAGE = 50
STATES = {"": "全部", "open": "待缴", "paid": "已缴", "refunds": "退费", "cancelled": "已撤销"}


@csrf_exempt  # the provider proves itself by its signature
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """A call-back. ``success`` ends its repetitions; anything else makes the provider call again."""
    verdict = service.take_callback(told={key: str(value) for key, value in request.POST.items()}, at=now())
    return HttpResponse("success" if verdict in service.SETTLED else "fail", content_type="text/plain")


def _tabs(here: str) -> dict[str, Any]:
    waiting = {"orders": "", "days": ""}
    return {"places": [{"title": title, "href": f"/exchange/payments/{path}", "count": waiting[key]} for key, title, path in
                       (("orders", "缴款单", ""), ("days", "对账", "days/"))], "place_here": f"/exchange/payments/{here}"}  # fmt: skip


@role_required(*service.READING_ROLES)
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """Orders, newest first; searched by number, case, payer or what is charged."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    state = state if state in STATES else ""
    found = service.orders_seen_by(request.actor, text=text, state=state)  # type: ignore[attr-defined]
    number = page_number(request.GET.get("page", ""))
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    kept = {key: value for key, value in (("q", text), ("state", state)) if value}
    return render(
        request,
        "exchange_payments/orders.html",
        {
            **_tabs(""),
            "orders": rows[:PAGE],
            "figures": service.figures(found),
            "text": text,
            "state": state,
            "filtered": bool(kept),
            "states": [
                {"title": title, "href": f"?{urlencode({**({'q': text} if text else {}), 'state': value})}"}
                for value, title in STATES.items()
            ],
            "state_here": f"?{urlencode({**({'q': text} if text else {}), 'state': state})}",
            "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(rows) > PAGE else "",
            "odd": service.odd_callbacks(),
            "failed": service.failed_refunds(request.actor),  # type: ignore[attr-defined]
            "unproved": service.unproved_since(now() - timedelta(days=7)),
            "way": service.way_in_use(),
        },
    )


@role_required(*service.READING_ROLES)
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, order_no: str) -> HttpResponse:
    """One order with its call-backs and refunds; POST asks the provider, or sends a failed refund again."""
    try:
        found = service.access_order(order_no=order_no, actor=request.actor)  # type: ignore[attr-defined]
    except service.OrderNotFound as refused:
        raise Http404(refused.message) from refused
    if request.method == "POST" and (refund_no := request.POST.get("refund", "")):
        try:
            service.send_again(refund_no=refund_no, order_no=order_no, actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已重新提交退款，结果稍后显示在本页。")
        except ActRefused as refused:
            messages.error(request, refused.message)
        return redirect("exchange_payments:order", order_no=order_no)
    if request.method == "POST":
        checked = service.check_payment(order_no=order_no, at=now())
        if checked.provider_reached:
            messages.success(request, f"已向支付平台查询，现在的状态：{service.PaymentOrder.State(checked.state).label}。")
        else:
            messages.error(request, "支付平台没有应答，请稍后再查。")
        return redirect("exchange_payments:order", order_no=order_no)
    rows = [
        {"label": "缴款单号", "value": found.order_no},
        {"label": "缴款通知书", "value": found.notice_no},
        {"label": "办件编号", "value": found.case_no},
        {"label": "收费项目", "value": f"{found.title}（{found.item_name}）"},
        {"label": "依据", "value": found.basis},
        {"label": "执收单位", "value": found.organisation_name},
        {"label": "缴款人", "value": found.payer_name},
        {"label": "应缴", "value": f"{found.amount} 元"},
        {"label": "支付平台交易号", "value": f"{found.trade_no}（{found.provider}）" if found.trade_no else "无"},
    ]
    return render(
        request,
        "exchange_payments/order.html",
        {
            **_tabs(""),
            "order": found,
            "rows": rows,
            "refunds": service.refunds_of(found),
            "callbacks": service.callbacks_of(order_no),
            "askable": bool(found.started_at and not found.paid_at and service.way_in_use()),
        },
    )


@role_required(*service.READING_ROLES)
@require_http_methods(["GET", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """The days that were reconciled; POST fetches the statement of one."""
    errors: dict[str, str] = {}
    entered = request.POST.get("day", "")
    if request.method == "POST":
        day = _day(entered)
        if day is None:
            errors["day"] = "请选择要对账的日期。"
        else:
            try:
                service.reconcile(day=day, actor=request.actor, at=now())  # type: ignore[attr-defined]
                return redirect("exchange_payments:day", day=day.isoformat())
            except ActRefused as refused:
                errors = refused.fields or {"": refused.message}
    return render(
        request,
        "exchange_payments/days.html",
        {
            **_tabs("days/"), "days": service.days_reconciled()[:100], "errors": errors, "entered": entered, "today": today(),
            "way": service.way_in_use(),
        },
        status=422 if errors else 200,
    )  # fmt: skip


@role_required(*service.READING_ROLES)
@require_http_methods(["GET", "POST"])
def one_day(request: HttpRequest, day: str) -> HttpResponse:
    """What differed on a day; POST answers one difference."""
    chosen = _day(day)
    kept = service.days_reconciled().filter(day=chosen).first() if chosen else None
    if kept is None:
        raise Http404("这一天还没有对账。")
    errors: dict[str, str] = {}
    which = request.POST.get("difference", "")
    if request.method == "POST":
        try:
            service.settle_difference(
                difference=which,  # type: ignore[arg-type]
                answer=request.POST.get("answer", ""),
                actor=request.actor,  # type: ignore[attr-defined]
                at=now(),
            )
            messages.success(request, "处理结果已记录。")
            return redirect("exchange_payments:day", day=day)
        except ValidationError as unreadable:
            raise Http404("没有这条差异。") from unreadable
        except ActRefused as refused:
            errors = {f"answer-{which}": text for text in refused.fields.values()} or {"": refused.message}
    rows = [
        {"one": one, "error": errors.get(f"answer-{one.id}", ""), "entered": request.POST.get("answer", "") if which == str(one.id) else ""}
        for one in kept.differences.all()
    ]
    return render(
        request,
        "exchange_payments/day.html",
        {**_tabs("days/"), "kept": kept, "rows": rows, "errors": errors},
        status=422 if errors else 200,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
