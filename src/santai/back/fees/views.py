"""Pages of fees: what the body charged, and the fees of one case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.cases.service import CaseNotFound
from santai.back.fees import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import Actor, ActRefused, fitting
from santai.kernel.web.service import page_number

PAGE = 50
STATES = {"": "全部", "owed": "待缴", "paid": "已缴", "paybacks": "退费", "waived": "已免", "cancelled": "已撤销"}


@role_required(*service.WORKERS)
@require_GET
def charges(request: HttpRequest) -> HttpResponse:
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    state = state if state in STATES else ""
    found = service.charges_seen_by(request.actor, text=text, state=state)  # type: ignore[attr-defined]
    number = page_number(request.GET.get("page", ""))
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    kept = {key: value for key, value in (("q", text), ("state", state)) if value}
    searched = {"q": text} if text else {}
    return render(
        request,
        "back_fees/charges.html",
        {
            "charges": rows[:PAGE],
            "text": text,
            "state": state,
            "filtered": bool(kept),
            "states": [{"title": title, "href": f"?{urlencode({**searched, 'state': value})}"} for value, title in STATES.items()],
            "state_here": f"?{urlencode({**searched, 'state': state})}",
            "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(rows) > PAGE else "",
        },
    )


def _charge(given: QueryDict, actor: Actor, at: datetime) -> str:
    charge = service.charge_fee(
        sub_case_no=given.get("sub_case_no", ""), fee=given.get("fee", ""), amount=given.get("amount", ""), actor=actor, at=at
    )
    return f"缴款通知书已开具（{charge.notice_no}），已通知申请人。"


def _waive(given: QueryDict, actor: Actor, at: datetime) -> str:
    holds = service.waive_fee(
        order_no=given.get("order_no", ""),
        reason=given.get("reason", ""),
        basis=given.get("basis", ""),
        left=given.get("left", ""),
        actor=actor,
        at=at,
    )
    return f"已减收，新的缴款通知书：{holds.notice_no}（{holds.amount} 元）。" if holds.replaces_id else "已免收。"


def _cancel(given: QueryDict, actor: Actor, at: datetime) -> str:
    service.cancel_charge(order_no=given.get("order_no", ""), reason=given.get("reason", ""), actor=actor, at=at)
    return "缴款通知已撤销。"


def _window(given: QueryDict, actor: Actor, at: datetime) -> str:
    charge = service.take_at_window(
        order_no=given.get("order_no", ""), way=given.get("way", ""), note=given.get("note", ""), actor=actor, at=at
    )
    return f"已登记窗口收款，缴款凭证：{charge.receipt_no}。"


def _refund(given: QueryDict, actor: Actor, at: datetime) -> str:
    payback = service.refund_fee(
        order_no=given.get("order_no", ""), amount=given.get("amount", ""), reason=given.get("reason", ""), actor=actor, at=at
    )
    return f"退费通知书已开具（{payback.document_no}）。"


ACTS: dict[str, Callable[[QueryDict, Actor, datetime], str]] = {
    "charge": _charge,
    "waive": _waive,
    "cancel": _cancel,
    "window": _window,
    "refund": _refund,
}
OPENED = ("waive", "cancel", "window", "refund")  # acts with a form of their own


@role_required(*service.WORKERS)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case_no: str) -> HttpResponse:
    """The fees of a case; ``?act=waive&order=…`` opens the form of an act."""
    actor = request.actor  # type: ignore[attr-defined]
    given = request.POST if request.method == "POST" else request.GET
    act, order_no = given.get("act", ""), given.get("order_no", "") or given.get("order", "")
    try:
        fees = service.fees_of_case(case_no=case_no, actor=actor)
    except CaseNotFound as error:
        raise Http404(error.message) from error
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if act not in ACTS or not _of_this_case(fees, given):
                raise service.ChargeNotFound
            with fitting():
                messages.success(request, ACTS[act](request.POST, actor, now()))
            return redirect("back_fees:case", case_no=case_no)
        except CaseNotFound as error:
            raise Http404(error.message) from error
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    chosen = next((one for one in fees.charges if one.order_no == order_no), None) if act in OPENED else None
    return render(
        request,
        "back_fees/case.html",
        {
            "fees": fees,
            "case": fees.case,
            "act": act,
            "chosen": chosen,
            "errors": errors,
            "entered": _entered(request),
            "rows": [
                {"one": row, "error": errors.get("amount", "") if _meant(request, row) else "", "value": _amount(request, row)}
                for row in fees.rows
            ],
            "ways": list(service.WINDOW_WAYS.items()),
        },
        status=422 if errors else 200,
    )


def _of_this_case(fees: service.CaseFees, given: QueryDict) -> bool:
    """Only what the page offered: a charge or a part of this case."""
    if given.get("act") == "charge":
        return given.get("sub_case_no") in {row.sub_case.sub_case_no for row in fees.rows}
    return given.get("order_no") in {one.order_no for one in fees.charges}


def _meant(request: HttpRequest, row: Any) -> bool:
    told = request.POST
    return told.get("act") == "charge" and told.get("sub_case_no") == row.sub_case.sub_case_no and told.get("fee") == row.fee.code


def _amount(request: HttpRequest, row: Any) -> str:
    return str(request.POST.get("amount", "")) if _meant(request, row) else str(row.fee.amount)


def _entered(request: HttpRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.POST.items()}
