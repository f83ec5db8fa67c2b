"""告知承诺 in a draft, handing in what was promised, and beginning from a licence one holds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from santai.front.hall import service
from santai.front.hall.views.cases import mine
from santai.front.hall.views.drafts import next_step, opened
from santai.front.hall.views.materials import taken, upload_context
from santai.front.hall.views.shared import friendly, said, who
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused

BUSINESS = ("renew", "change", "replace")


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def commitment(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Read conditions, standards and consequences; choose the commitment and sign it, or go the ordinary way."""
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    item = service.definition_of(draft.item_code, draft.item_version)
    error, told = "", request.POST.getlist("told")
    if request.method == "POST":
        try:
            if request.POST.get("act") == "ordinary":
                service.drop_commitment(draft_id=draft.id, actor=actor, at=now())
                messages.success(request, _("按一般程序办理。"))
            else:
                service.choose_commitment(draft_id=draft.id, told=told, actor=actor, at=now())
                messages.success(request, _("已签署告知承诺。受理后当场作出决定，决定以后会核查。"))
            return redirect(next_step(opened(request, draft_id)))
        except service.NotFound:
            raise
        except ActRefused as refusal:
            error = said(refusal)
    terms = item.commitment
    context = {
        "draft": draft,
        "terms": terms,
        "parts": [
            {"name": "conditions", "title": _("许可条件"), "confirm": _("我已看完许可条件"), "lines": terms.conditions},
            {"name": "standards", "title": _("标准和技术要求"), "confirm": _("我已看完标准和技术要求"), "lines": terms.standards},
            {"name": "consequences", "title": _("不实承诺的后果"), "confirm": _("我已知道不实承诺的后果"), "lines": terms.consequences},
        ],
        "basis": terms.prescribed_by or terms.listed,
        "told": told,
        "error": error,
        "errors": {"told": error} if error else {},
        "draft_url": reverse("front_hall:draft", args=[draft.id]),
    }
    return render(request, "front_hall/commitment.html", context, status=422 if error else 200)


@require_POST
@friendly
@signed_in
def withdraw_commitment(request: HttpRequest, case_no: str) -> HttpResponse:
    """Take the commitment back before the decision."""
    mine(request, case_no)
    try:
        service.withdraw_commitment(case_no=case_no, actor=who(request)[0], at=now())
        messages.success(request, _("已撤回承诺，申请按一般程序办理。"))
    except service.NotFound:
        raise
    except ActRefused as refusal:
        messages.error(request, said(refusal))
    return redirect("front_hall:case", case_no=case_no)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def promised(request: HttpRequest, case_no: str, code: str) -> HttpResponse:
    """Hand in one material that was promised."""
    view = mine(request, case_no)
    actor, _party, _account = who(request)
    waiting = next((one for one in service.open_promises(service.promises_of(case_no)) if one["code"] == code), None)
    item = service.definition_of(view.item_code, service.application_of(case_no).item_version)
    material = next((one for one in item.materials if one.code == code), None)
    if waiting is None or material is None:
        raise service.NotFound(_("没有等待补交的这份材料，可能已经交过了。"))
    error = ""
    if request.method == "POST":
        try:
            files = taken(request, material, actor)
            if not files:
                raise service.MaterialNotHere(_("请先选择文件。"))
            service.complete_materials(case_no=case_no, files={code: files}, actor=actor, at=now())
            messages.success(request, _("已补交，经办部门会继续办理。"))
            return redirect("front_hall:case", case_no=case_no)
        except service.NotFound:
            raise
        except ActRefused as refusal:
            error = said(refusal)
    context = {
        "view": view,
        "material": material,
        "waiting": waiting,
        "error": error,
        "errors": {"file": error} if error else {},
        "case_url": reverse("front_hall:case", args=[case_no]),
        **upload_context(material, actor),
    }
    return render(request, "front_hall/promised.html", context, status=422 if error else 200)


@require_POST
@friendly
@signed_in
def from_licence(request: HttpRequest, identifier: str) -> HttpResponse:
    """Begin a renewal, change or replacement from a licence in one's wallet."""
    actor, party, account = who(request)
    business = request.POST.get("business", "")
    choice = next(
        (one for one in service.licence_choices(identifier=identifier, party=party, on=today()) if one.business == business), None
    )
    if choice is None or business not in BUSINESS:
        raise service.NotFound()
    common: dict[str, Any] = {"account": account, "party": party, "actor": actor, "at": now()}
    try:
        draft = service.start_draft(item_code=choice.item_code, situation={}, business=business, licence=identifier, **common)
    except (service.NotFound, service.ItemNotOffered):
        raise
    except ActRefused as refusal:
        messages.error(request, said(refusal))
        back = request.POST.get("back", "")
        return redirect(back if back.startswith("/front/") else reverse("front_hall:home"))
    return redirect("front_hall:draft", draft_id=draft.id)
