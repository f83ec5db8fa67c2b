"""出件: what waits, who collects, what is lost or void, and whom the message did not reach."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.front.counter import service
from santai.front.counter.views.shared import friendly, queue_of, shown_files, who
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now
from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS
from santai.kernel.ledger.service import ActRefused

KINDS = [(kind, IDENTIFIER_KINDS[kind]) for kind in PERSON_KINDS]


@require_GET
@friendly
@role_required(*service.STAFF)
def handouts(request: HttpRequest) -> HttpResponse:
    """Results that wait, and what was collected lately; a case number leads straight to its results."""
    words = request.GET.get("q", "").replace(" ", "").strip()
    if words.isdigit() and len(words) >= 20:
        return redirect("front_counter:handout", case_no=words)
    context = {
        "words": words,
        "waiting": service.waiting_results(who(request).organisation),
        "recent": service.recent_handouts(who(request), words),
    }
    return render(request, "front_counter/handouts.html", context)


@require_http_methods(["GET", "POST"])
@friendly
@role_required("issuing", "intake")
def handout(request: HttpRequest, case_no: str) -> HttpResponse:
    view = service.open_results(case_no=case_no, actor=who(request), at=now())
    post = request.POST
    entered: dict[str, Any] = {
        "papers": post.getlist("papers"),
        "again_why": post.get("again_why", ""),
        "confirmed": post.get("confirmed", ""),
        **{name: post.get(name, "") for name in ("collector_name", "code_kind", "code", "relation", "authority")},
    }
    errors: dict[str, str] = {}
    why = ""
    if request.method == "POST":
        collector = service.Collector(
            name=entered["collector_name"],
            code_kind=entered["code_kind"],
            code=entered["code"],
            relation=entered["relation"],
            authority=entered["authority"],
        )
        try:
            done = service.hand_out(
                case_no=case_no,
                papers=entered["papers"],
                collector=collector,
                signature_image=post.get("signature_image", ""),
                confirmed=bool(entered["confirmed"]),
                again_why=entered["again_why"],
                actor=who(request),
                at=now(),
            )
        except service.Unknown:
            raise
        except ActRefused as refusal:
            errors, why = dict(refusal.fields or {}), refusal.message
        else:
            return redirect("front_counter:handed_out", number=done.number)
    else:
        entered |= {"papers": [one["number"] for one in service.papers_waiting(case_no)], "relation": "self", "code_kind": "resident-id"}
    return _show(request, view, entered, errors, why)


def _show(
    request: HttpRequest, view: Any, entered: dict[str, Any], errors: dict[str, str], why: str = "", tried: dict[str, str] | None = None
) -> HttpResponse:
    actor = who(request)
    earlier = service.handouts_of(view.case_no)
    tries = service.tries_of(view.case_no)
    address = service.address_of(view.applicant_code) if view.applicant_code else None
    context = {
        **queue_of(request),
        "view": view,
        "papers": [(one["number"], f"{one['title']}（{one['number']}）") for one in service.papers_waiting(view.case_no)],
        "earlier": earlier,
        "entered": entered,
        "errors": errors,
        "why": why,
        "kinds": KINDS,
        "relations": list(service.RELATIONS.items()),
        "tries": tries,
        "next_channel": service.next_channel([(one.channel, one.reached) for one in tries]),
        "tried": tried or {},
        "address": address,
        "may_recall": may(actor, "issuing") or may(actor, "chief"),
    }
    return render(request, "front_counter/handout.html", context, status=422 if errors else 200)


@require_GET
@friendly
@role_required(*service.STAFF)
def handed_out(request: HttpRequest, number: str) -> HttpResponse:
    """The collection on paper (送达回证)."""
    found = service.access_handout(number=number, actor=who(request))
    signature = shown_files([found.signature_file], who(request))[0]["href"] if found.signature_file else ""
    context = {"handout": found, "relation": service.RELATIONS.get(found.relation, ""), "signature": signature}
    return render(request, "front_counter/handed_out.html", context)


@require_POST
@friendly
@role_required("issuing", "intake", "chief")
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Call a void paper back, or note that it came back."""
    found = service.access_handout(number=number, actor=who(request))
    try:
        if request.POST.get("act") == "returned":
            service.take_returned(number=number, actor=who(request), at=now())
            messages.success(request, "已登记交回。")
        else:
            service.recall(number=number, why=request.POST.get("recall_why", ""), actor=who(request), at=now())
            messages.success(request, "已登记作废收回，请通知领取人交回。")
    except ActRefused as refusal:
        errors = dict(refusal.fields or {"recall_why": refusal.message})
        return _show(request, service.open_results(case_no=found.case_no, actor=who(request), at=now()), {}, errors, refusal.message)
    return redirect("front_counter:handout", case_no=found.case_no)


@require_POST
@friendly
@role_required(*service.STAFF)
def tried(request: HttpRequest, case_no: str) -> HttpResponse:
    """A recorded call, or the post."""
    view = service.open_results(case_no=case_no, actor=who(request), at=now())
    entered = {name: request.POST.get(name, "") for name in ("channel", "to", "proof", "said")}
    reached = request.POST.get("reached") == "yes"
    try:
        service.note_try(case_no=case_no, reached=reached, actor=who(request), at=now(), **entered)
    except service.Unknown:
        raise
    except ActRefused as refusal:
        return _show(request, view, {}, dict(refusal.fields or {}), refusal.message, {**entered, "reached": "yes" if reached else "no"})
    messages.success(request, "已记录。")
    return redirect("front_counter:handout", case_no=case_no)


@require_http_methods(["GET", "POST"])
@friendly
@role_required(*service.STAFF)
def address(request: HttpRequest, number: str) -> HttpResponse:
    """送达地址确认书."""
    visit = service.access_visit(number=number, actor=who(request))
    party, present = service.parties_of(visit)
    known = service.address_of(party.code)
    names = ("recipient", "phone", "address", "postcode", "electronic_to")
    entered: dict[str, Any] = {name: request.POST.get(name, "") for name in names}
    entered |= {name: request.POST.get(name, "") for name in ("electronic", "signed")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            service.confirm_address(
                number=number,
                **{name: entered[name] for name in names},
                electronic=bool(entered["electronic"]),
                signed=bool(entered["signed"]),
                signature_image=request.POST.get("signature_image", ""),
                actor=who(request),
                at=now(),
            )
        except service.Incomplete as refusal:
            errors = dict(refusal.fields or {})
        else:
            messages.success(request, "已确认送达地址。")
            return redirect("front_counter:visit", number=number)
    else:
        entered |= {name: getattr(known, name) for name in names} if known else {"recipient": present.name, "phone": present.phone}
        entered["electronic"] = "on" if known and known.electronic else ""
    context = {**queue_of(request, number), "visit": visit, "party": party, "known": known, "entered": entered, "errors": errors}
    return render(request, "front_counter/address.html", context, status=422 if errors else 200)
