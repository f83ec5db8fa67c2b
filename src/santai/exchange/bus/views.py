"""The operator's pages, and the two addresses neighbours call."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from santai.exchange.bus import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused


@role_required("operator")
def overview(request: HttpRequest) -> HttpResponse:
    """Queues, links, and what was set aside."""
    state = "waiting" if request.GET.get("state") == "waiting" else "dead"
    before = request.GET.get("before", "")
    letters = service.letters(state=state, before=int(before) if before.isdecimal() and before.isascii() else 0)
    return render(
        request,
        "exchange_bus/overview.html",
        {
            "queues": service.queues(),
            "links": service.links(),
            "letters": letters,
            "state": state,
            "lag": service.lag_seconds(),
            "following": f"?state={state}&before={letters[-1].seq}" if len(letters) == 50 else "",
        },
    )


@role_required("operator")
def letter(request: HttpRequest, seq: int) -> HttpResponse:
    """One delivery: look, run again, or give up with a reason."""
    errors: dict[str, str] = {}
    try:
        if request.method == "POST" and request.POST.get("act") == "again":
            service.run_again(seq=seq, actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已重新投递。")
            return redirect("exchange_bus:letter", seq=seq)
        if request.method == "POST" and request.POST.get("act") == "give_up":
            service.give_up(seq=seq, reason=request.POST.get("reason", ""), actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已放弃，后面的消息继续投递。")
            return redirect("exchange_bus:overview")
    except ActRefused as refused:
        errors = refused.fields or {"": refused.message}
    try:
        shown = service.letter(seq)
    except service.NotADeadLetter as refused:
        messages.error(request, refused.message)
        return redirect("exchange_bus:overview")
    context = {"letter": shown, "errors": errors, "reason": request.POST.get("reason", "")}
    return render(request, "exchange_bus/letter.html", context, status=422 if errors else 200)


@csrf_exempt
@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """A batch of messages from a neighbour; answered only when it is on disk."""
    try:
        sender, stamp = service.sender_of(request.headers, request.path, request.body)
    except service.LinkRefused as refused:
        return HttpResponse(refused.message, status=403, content_type="text/plain; charset=utf-8")
    results = service.receive(sender=sender, envelopes=json.loads(request.body)["messages"])
    return _signed(request, stamp, json.dumps({"results": results}, ensure_ascii=False).encode(), "application/json")


@csrf_exempt
@require_POST
def file(request: HttpRequest, digest: str) -> HttpResponse:
    """A file that a message on its way to this neighbour names."""
    try:
        sender, stamp = service.sender_of(request.headers, request.path, request.body)
    except service.LinkRefused as refused:
        return HttpResponse(refused.message, status=403, content_type="text/plain; charset=utf-8")
    content = service.file_for(zone=sender, digest=digest)
    if content is None:
        return HttpResponse(status=404)
    return _signed(request, stamp, content, "application/octet-stream")


def _signed(request: HttpRequest, stamp: str, answer: bytes, kind: str) -> HttpResponse:
    return HttpResponse(answer, content_type=kind, headers={"X-Santai-Signature": service.answer_signature(stamp, request.path, answer)})
