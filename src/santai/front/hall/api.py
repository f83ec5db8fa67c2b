"""Filing through the interface: one call, the same rules as the pages, JSON in and out."""

import json
from typing import Any, TypeGuard

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from santai.exchange.contracts.service import encode
from santai.front.hall import service
from santai.kernel.clocks.service import now
from santai.kernel.files.service import file_from_token
from santai.kernel.forms.service import file_places, get_form, value_at, with_files
from santai.kernel.ledger.service import Actor, ActRefused

LARGEST = 2 * 1024 * 1024


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
