"""The data steward's page, and the address where neighbours ask."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from santai.exchange.bus.service import LinkRefused, answer_signature, sender_of
from santai.exchange.gateway import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused


@role_required("data_steward")
def overview(request: HttpRequest) -> HttpResponse:
    """Who asked what for which purpose, and under which grants one may ask."""
    purpose, query = request.GET.get("purpose", ""), request.GET.get("query", "")
    context = {
        "counts": service.counts_by_purpose(since=now() - timedelta(days=30)),
        "asks": service.recent_asks(purpose=purpose, query=query),
        "grants": service.grants(),
        "purpose": purpose,
        "replicas": service.replicas(),
        "waiting": service.waiting_asks(),
    }
    return render(request, "exchange_gateway/overview.html", context)


@csrf_exempt
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """A neighbour's question."""
    return _for_neighbour(request, service.answer_from)


@csrf_exempt
@require_POST
def replica(request: HttpRequest) -> HttpResponse:
    """A neighbour's copy of reference entries, when they changed."""
    return _for_neighbour(request, lambda _, body: service.offer_replica(str(body["query"]), version=str(body["version"])))


def _for_neighbour(request: HttpRequest, act: Callable[[str, dict[str, Any]], dict[str, Any]]) -> HttpResponse:
    """Only for who can sign; the reply is signed too, a refusal is one."""
    try:
        sender, stamp = sender_of(request.headers, request.path, request.body)
    except LinkRefused as refused:
        return HttpResponse(refused.message, status=403, content_type="text/plain; charset=utf-8")
    try:
        reply = act(sender, json.loads(request.body))
    except ActRefused as refused:
        reply = {"refused": {"code": refused.code, "message": refused.message, "fields": refused.fields}}
    body = json.dumps(reply, ensure_ascii=False).encode()
    return HttpResponse(body, content_type="application/json", headers={"X-Santai-Signature": answer_signature(stamp, request.path, body)})
