"""Pages of delivery: what is to be delivered, and one with its tries."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.delivery import service
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import clocks_of, now
from santai.kernel.ledger.service import Actor, ActRefused, fitting
from santai.kernel.web.service import page_number

PAGE = 50
STATES = {"": "全部", "waiting": "待送达", "late": "超期", "under_way": "送达中", "delivered": "已送达"}


@role_required(*service.READERS)
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    text, state, at = request.GET.get("q", "").strip(), request.GET.get("state", "waiting"), now()
    state = state if state in STATES else ""
    found = service.deliveries_seen_by(request.actor, text=text, state=state, at=at)  # type: ignore[attr-defined]
    number = page_number(request.GET.get("page", ""))
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    kept = {"state": state, **({"q": text} if text else {})}
    return render(
        request,
        "back_delivery/deliveries.html",
        {
            "rows": [{"one": one, "late": one.due_at is not None and one.state != "delivered" and one.due_at < at} for one in rows[:PAGE]],
            "text": text,
            "state": state,
            "filtered": bool(text or state),
            "states": [{"title": title, "href": f"?{urlencode({**kept, 'state': value})}"} for value, title in STATES.items()],
            "state_here": f"?{urlencode(kept)}",
            "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(rows) > PAGE else "",
        },
    )


@role_required(*service.READERS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, sub_case_no: str) -> HttpResponse:
    """One delivery: what was tried, and the acts that can follow; what is refused is told at the field and keeps the entry."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        delivery = service.access_delivery(sub_case_no=sub_case_no, actor=actor)
    except service.NotDelivery as refused:
        raise Http404(refused.message) from refused
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            messages.success(request, _do(request.POST, delivery, actor, now()))
            return redirect("back_delivery:one", sub_case_no=sub_case_no)
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    clock = next((one for one in clocks_of(f"delivery:{sub_case_no}") if one.is_open), None)
    rows = [
        {"label": "受送达人", "value": delivery.person_name},
        {"label": "送达文书", "value": delivery.document_no or "（见办件）"},
        {"label": "决定", "value": {"granted": "准予", "refused": "不予", "recorded": "备案"}.get(delivery.outcome, delivery.outcome)},
        {"label": "送达回证", "value": delivery.proof_no or "还没有"},
    ]
    return render(
        request,
        "back_delivery/one.html",
        {
            "delivery": delivery,
            "rows": rows,
            "clock": clock,
            "at": now(),
            "tries": delivery.tries.all(),
            "errors": errors,
            "entered": request.POST,
            "act": request.POST.get("act", ""),
            "address": service.address_of(delivery.person_code),
            "modes": list(service.MODES.items()),
            "receivers": list(service.RECEIVERS.items()),
            "proofs": list(service.PROOFS.items()),
            "may_act": any(may(actor, role, organisation=delivery.organisation) for role in service.WORKERS),
        },
        status=422 if errors else 200,
    )


@fitting()
def _do(given: QueryDict, delivery: service.Delivery, actor: Actor, at: datetime) -> str:
    act = given.get("act", "")
    if act == "issue":
        service.issue_paper(sub_case_no=delivery.sub_case_no, sealed=bool(given.get("sealed")), actor=actor, at=at)
        return "已登记制证。"
    if act == "address":
        service.confirm_address(
            person_code=delivery.person_code,
            person_name=delivery.person_name,
            recipient=given.get("recipient", ""),
            phone=given.get("phone", ""),
            address=given.get("address", ""),
            electronic=bool(given.get("electronic")),
            proof=given.get("proof", ""),
            actor=actor,
            at=at,
        )
        return "送达地址确认书已登记。"
    made = service.deliver(
        sub_case_no=delivery.sub_case_no,
        mode=given.get("mode", ""),
        receiver=given.get("receiver", ""),
        receiver_name=given.get("receiver_name", ""),
        proof=given.get("proof", ""),
        proof_note=given.get("proof_note", ""),
        mail_no=given.get("mail_no", ""),
        receipt_on=_day(given.get("receipt_on", "")),
        actor=actor,
        at=at,
    )
    return {
        "delivered": "已送达，送达回证已制作。",
        "under_way": "已登记，等待送达结果。",
        "failed": "已登记：没有送达，请改用其他方式。",
        "told": "已登记告知，告知不是送达。",
    }[made.state]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
