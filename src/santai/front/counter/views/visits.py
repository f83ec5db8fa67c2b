"""A person before the window: who it is, what there is already, what is to be done."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from santai.front.counter import service
from santai.front.counter.views.shared import friendly, queue_of, who
from santai.front.hall.service import current_item, find_items
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS
from santai.kernel.ledger.service import ActRefused

WHOM = (("self", "为本人办理"), ("organisation", "代单位办理"), ("person", "代他人办理"))


@require_http_methods(["GET", "POST"])
@friendly
@role_required(*service.STAFF)
def home(request: HttpRequest) -> HttpResponse:
    """到窗登记; the next field focused."""
    entry, errors, status = service.VisitEntry(), {}, 200
    if request.method == "POST":
        entry = _entry(request)
        try:
            visit = service.open_visit(entry=entry, actor=who(request), at=now())
        except service.VisitIncomplete as refusal:
            errors, status = dict(refusal.fields or {}), 422
        else:
            return redirect("front_counter:visit", number=visit.number)
    context = {
        **queue_of(request),
        "entry": entry,
        "errors": errors,
        "kinds": [(kind, IDENTIFIER_KINDS[kind]) for kind in PERSON_KINDS],
        "ways": list(service.IDENTIFIED_BY.items()),
        "whom": list(WHOM),
        "consent": service.CONSENT,
    }
    return render(request, "front_counter/home.html", context, status=status)


def _entry(request: HttpRequest) -> service.VisitEntry:
    names = {one.name for one in fields(service.VisitEntry)} - {"consent"}
    known = {name: request.POST[name].strip() for name in names if name in request.POST}
    return service.VisitEntry(**known, consent=bool(request.POST.get("consent")))


@require_http_methods(["GET"])
@friendly
@role_required(*service.STAFF)
def visit(request: HttpRequest, number: str) -> HttpResponse:
    found = service.access_visit(number=number, actor=who(request))
    words = request.GET.get("q", "").strip()
    party, _present = service.parties_of(found)
    moving = service.movable(found, request.GET.get("move", ""))
    items = find_items(text=words, holder_kind=party.kind)[:12] if words else find_items(holder_kind=party.kind)[:8]
    context = {
        **_about(found),
        **queue_of(request, found.number),
        "words": words,
        "moving": moving,
        "items": list(items),
        "intakes": list(found.intakes.order_by("-begun_at")),
        "rate_url": reverse("front_ratings:visit", args=[service.rating_token(found)]),
    }
    return render(request, "front_counter/visit.html", context)


def _about(found: service.Visit) -> dict[str, Any]:
    party, present = service.parties_of(found)
    cases, licences = service.history_of(found)
    return {
        "visit": found,
        "party": party,
        "present": present,
        "for_other": found.represents is not None,
        "way": service.WAYS.get(found.identified_by, ""),
        "cases": cases,
        "licences": licences,
        "told": service.taken_back_of(found),
    }


@require_http_methods(["GET", "POST"])
@friendly
@role_required(*service.STAFF)
def start(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """What the item needs, its guided questions, and the way in."""
    found = service.access_visit(number=number, actor=who(request))
    item = current_item(code)
    situation = {one["id"]: request.POST.get(one["id"], "") for one in item.questions}
    move = request.POST.get("move", "") or request.GET.get("move", "")
    moving = service.movable(found, move) if move else None
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = {key: "请选择一项。" for key, value in situation.items() if not value}
        if not errors:
            common: dict[str, Any] = {"number": number, "item_code": code, "situation": situation, "actor": who(request), "at": now()}
            try:
                if move:
                    intake = service.move_case(case_no=move, agreed=bool(request.POST.get("agreed")), **common)
                else:
                    intake = service.start_intake(**common)
            except service.VisitUnknown:
                raise
            except ActRefused as refusal:
                errors = dict(refusal.fields or {"": refusal.message})
            else:
                return redirect("front_counter:intake", intake_id=intake.id)
    questions = [
        {
            "id": one["id"],
            "text": one["text"],
            "help": one.get("help", ""),
            "value": situation[one["id"]],
            "error": errors.get(one["id"], ""),
            "options": [{"value": str(option["value"]), "label": option["label"]} for option in one["options"]],
        }
        for one in item.questions
    ]
    context = {**_about(found), **queue_of(request, number), "item": item, "questions": questions, "errors": errors, "moving": moving}
    return render(request, "front_counter/start.html", context, status=422 if errors else 200)


@require_POST
@friendly
@role_required(*service.STAFF)
def close(request: HttpRequest, number: str) -> HttpResponse:
    found = service.close_visit(number=number, actor=who(request), at=now())
    messages.success(request, f"已结束 {found.person_name} 的这次到窗。")
    return redirect("front_counter:home")
