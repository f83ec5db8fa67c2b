"""The interface other halls use (FD-028…030): list items, read a guide, file, follow cases. The same rules as the pages,
JSON in and out."""

import json
from typing import Any, TypeGuard

from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from santai.exchange.contracts.service import encode
from santai.front.hall import service
from santai.kernel.clocks.service import now
from santai.kernel.files.service import file_from_token
from santai.kernel.forms.service import file_places, get_form, value_at, with_files
from santai.kernel.ledger.service import Actor, ActRefused

LARGEST = 2 * 1024 * 1024
PAGE = 100
# how the platform does its work is nobody else's business
INTERNAL = {"tables", "decisions", "process", "clocks", "signers", "correction_texts", "refusal_texts", "extension_rule", "pre_form"}


@require_GET
def items(request: HttpRequest) -> JsonResponse:
    """``GET /front/hall/api/items/?q=&hall=&topic=&page=`` → ``{"items": […], "total", "page", "pages"}``, 100 a page; no sign-in.

    ``hall``: code of a region or a body (``/front/hall/of/``). 404 ``{"code", "message"}`` for a hall that offers nothing.
    """
    try:
        hall = service.get_hall(code) if (code := request.GET.get("hall", "")) else None
    except ActRefused as refusal:
        return _refusal(refusal.code, refusal.message, status=404)
    found = service.find_items(
        text=request.GET.get("q", ""), topic=request.GET.get("topic", ""), organisations=hall.organisations if hall else ()
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    listed = [service.definition_of(copy.code, copy.version) for copy in page.object_list]
    rows = [
        {
            "code": one.code, "version": one.version, "name": one.name, "name_en": one.name_en, "summary": one.summary,
            "act_type": one.act_type,
            "organisation": one.organisation, "organisation_name": one.organisation_name, "holder_kinds": list(one.holder_kinds),
            "handling": one.handling, "promised": one.promised_text, "statutory": one.statutory_text, "fee": one.fee, "visits": one.visits,
            "online_depth": one.online_depth, "topics": list(one.topics), "assurance_level": one.assurance_level,
            "guide": reverse("front_hall:guide", args=[one.code]), "item": reverse("front_hall:api_item", args=[one.code]),
        }
        for one in listed
    ]  # fmt: skip
    return JsonResponse({"items": rows, "total": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages})


@require_GET
def item(request: HttpRequest, code: str) -> JsonResponse:
    """``GET …/api/items/<code>/`` → every field of the list of the version on offer; no sign-in. 404 when it is not offered."""
    try:
        found: dict[str, Any] = encode(service.current_item(code))
    except ActRefused as refusal:
        return _refusal(refusal.code, refusal.message, status=404)
    shown = {key: value for key, value in found.items() if key not in INTERNAL}
    shown["branches"] = [
        {key: one[key] for key in ("code", "name", "organisation", "item_name", "nature")} for one in found.get("branches", [])
    ]
    return JsonResponse(shown)


@require_GET
def cases(request: HttpRequest) -> JsonResponse:
    """``GET …/api/cases/?page=`` → the signed-in person's (or firm's) cases, newest first. 401 not signed in."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return _refusal("front.hall.not_signed_in", "请先登录。", status=401)
    page = Paginator(service.cases_of(actor, request.party), PAGE).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    return JsonResponse(
        {"cases": [_case(one) for one in page.object_list], "total": page.paginator.count, "pages": page.paginator.num_pages}
    )


@require_GET
def case(request: HttpRequest, case_no: str) -> JsonResponse:
    """``GET …/api/cases/<case_no>/`` → state, what is due, every line of its timeline. 404 alike for absent and foreign;
    401 not signed in."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return _refusal("front.hall.not_signed_in", "请先登录。", status=401)
    try:
        view = service.access_case_view(case_no=case_no, actor=actor, party=request.party)  # type: ignore[attr-defined]
    except ActRefused as refusal:
        return _refusal(refusal.code, refusal.message, status=404)
    lines = [
        {"at": line.at.isoformat(), "event": line.event, "by": line.organisation_name, "text": line.text}
        for line in service.lines_of(case_no)
    ]
    return JsonResponse({**_case(view), "lines": lines})


def _case(view: Any) -> dict[str, Any]:
    return {
        "case_no": view.case_no, "item_code": view.item_code, "item_name": view.item_name, "organisation_name": view.organisation_name,
        "received_at": view.received_at.isoformat(), "state": view.state, "step": view.step, "outcome": view.outcome,
        "due_at": view.due_at.isoformat() if view.due_at else "",
        "completed_at": view.completed_at.isoformat() if view.completed_at else "",
        "waits_for_applicant": view.needs_me, "path": reverse("front_hall:case", args=[view.case_no]),
    }  # fmt: skip


@require_POST
def applications(request: HttpRequest) -> JsonResponse:
    """``POST /front/hall/api/applications/`` ``{"item_code", "content", "materials"}`` → 201 ``{"case_no", "received_at", "path"}``.

    ``content`` is the form's data (guided answers under ``situation``; files attached in it as upload tokens); ``materials``: code →
    ``{"tokens": [upload token], "follows_later"}``. Signed in by session, acting for whom the session says. ``Idempotency-Key``: the same
    key of the same account is one case however often it is sent (200 instead of 201). Refusals: 422 ``{"code", "message", "fields"}``;
    401 not signed in; 400 no JSON.
    """
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return _refusal("front.hall.not_signed_in", "请先登录。", status=401)
    try:
        body = json.loads(request.body) if len(request.body) <= LARGEST else None
    except ValueError:
        body = None
    if not _well_formed(body):
        return _refusal("front.hall.not_understood", "请求应为 JSON：item_code、content、materials。", status=400)
    try:
        application, new = service.file_application(
            account=request.user,  # type: ignore[arg-type]
            party=request.party,  # type: ignore[attr-defined]
            item_code=body["item_code"],
            content=_with_files(body["item_code"], body["content"], actor),
            materials={code: _given(one, actor) for code, one in body.get("materials", {}).items()},
            key=request.headers.get("Idempotency-Key", "")[:200],
            actor=actor,
            at=now(),
        )
    except ActRefused as refusal:
        return _refusal(refusal.code, refusal.message, fields=refusal.fields)
    answer = {
        "case_no": application.case_no,
        "received_at": application.received_at.isoformat(),
        "path": reverse("front_hall:case", args=[application.case_no]),
    }
    return JsonResponse(answer, status=201 if new else 200)


def _well_formed(body: Any) -> TypeGuard[dict[str, Any]]:
    return (
        isinstance(body, dict)
        and isinstance(body.get("item_code"), str)
        and isinstance(body.get("content"), dict)
        and isinstance(body.get("materials", {}), dict)
        and all(isinstance(one, dict) for one in body.get("materials", {}).values())
    )


def _with_files(item_code: str, content: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Files attached in the form come as tokens of this account's uploads; anything else in their place is left out."""
    if not _may_hold_files(content):
        return content
    item = service.current_item(item_code)
    given: dict[str, list[dict[str, Any]]] = {}
    for path, _field in file_places(get_form(item.form, item.form_version), content):
        tokens = value_at(content, path)
        given[path] = [encode(file_from_token(str(token), actor)) for token in tokens] if isinstance(tokens, list) else []
    return with_files(content, given, {}, anew=True) if given else content


def _may_hold_files(value: Any) -> bool:
    """Anything that reads like a token or a reference: most applications have none, and need not be looked up twice."""
    if isinstance(value, dict):
        return "digest" in value or any(_may_hold_files(part) for part in value.values())
    return isinstance(value, list) and any(isinstance(part, str) and len(part) > 80 or _may_hold_files(part) for part in value)


def _given(one: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Only files this account uploaded: a token proves it, a digest would not."""
    return {
        "files": [encode(file_from_token(str(token), actor)) for token in one.get("tokens", [])],
        "follows_later": one.get("follows_later") is True,
    }


def _refusal(code: str, message: str, *, fields: dict[str, str] | None = None, status: int = 422) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "fields": fields or {}}, status=status)
