"""基本目录, from which items are claimed, and 权责清单."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from santai.exchange.items import service
from santai.exchange.items.views._paging import page_of_rows
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused

READERS = ("item_manager", "legal_reviewer", "item_publisher")


@role_required(*READERS)
def basic(request: HttpRequest) -> HttpResponse:
    """基本目录 with what this office has claimed of it."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "act_type")}
    actor = request.actor  # type: ignore[attr-defined]
    page = page_of_rows(request, service.find_basic(text=asked["q"], act_type=asked["act_type"]))
    page["rows"] = service.with_claims(page["rows"], actor.organisation)
    context = page | {"asked": asked, "act_types": service.ACT_TYPES.items(), "claims": may(actor, "item_manager")}
    return render(request, "exchange_items/basic.html", context)


@role_required("item_manager")
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    try:
        draft = service.claim_item(organisation=actor.organisation, basic_code=request.POST.get("basic_code", ""), actor=actor, at=now())
    except ActRefused as refused:
        messages.error(request, refused.message)
        return redirect("exchange_items:basic")
    messages.success(request, "已认领。名称、编码、类型和依据照基本目录，请补充本单位的内容。")
    return redirect("exchange_items:draft", draft_id=draft.pk)


@role_required(*READERS)
def powers(request: HttpRequest) -> HttpResponse:
    """权责清单: every kind of power with its duties and what is answered for."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "act_type", "organisation")}
    rows = service.find_powers(text=asked["q"], act_type=asked["act_type"], organisation=asked["organisation"])
    context = page_of_rows(request, rows, 20) | {
        "asked": asked, "act_types": service.ACT_TYPES.items(), "offices": service.offices_with_powers(),
        "by_type": service.powers_by_type(),
    }  # fmt: skip
    return render(request, "exchange_items/powers.html", context)
