"""“办不成事”反映窗口, and a helper's clients."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from santai.exchange.contracts.service import Party, decode
from santai.front.counter import service
from santai.front.counter.views.shared import friendly, who
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS
from santai.kernel.ledger.service import Actor, ActRefused

FOLLOWERS = ("intake", "assistant", "issuing", "chief", "supervisor")
OUTCOMES = (("solved", "已经办成"), ("put_right", "窗口、部门改正"), ("explained", "依法不能办，已说明理由"))


@require_http_methods(["GET", "POST"])
@friendly
@role_required(*FOLLOWERS)
def troubles(request: HttpRequest) -> HttpResponse:
    """Take one down; the open ones by their due date."""
    actor = who(request)
    names = ("person_name", "phone", "about", "what", "owner", "case_no")
    entered = {name: request.POST.get(name, "") for name in names}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = service.raise_trouble(**entered, actor=actor, at=now())
        except service.Incomplete as refusal:
            errors = dict(refusal.fields or {})
        else:
            return redirect("front_counter:trouble", number=made.number)
    every = request.GET.get("view") == "every"
    context = {
        "rows": service.troubles_of(actor, every=every),
        "every": every,
        "entered": entered,
        "errors": errors,
        "owners": service.owners_of(actor.organisation, on=today()),
        "may_raise": any(may(actor, role) for role in FOLLOWERS[:4]),
        "at": now(),
    }
    return render(request, "front_counter/troubles.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@friendly
@role_required(*FOLLOWERS)
def trouble(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: who owns it, until when, what came of it."""
    actor, errors = who(request), {}
    found = service.access_trouble(number=number, actor=actor)
    entered = {name: request.POST.get(name, "") for name in ("outcome", "answer", "told_how")}
    why = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "close":
                service.close_trouble(number=number, told_how=entered["told_how"], actor=actor, at=now())
            else:
                service.answer_trouble(number=number, outcome=entered["outcome"], answer=entered["answer"], actor=actor, at=now())
        except service.Unknown:
            raise
        except ActRefused as refusal:
            errors, why = dict(refusal.fields or {}), refusal.message
        else:
            messages.success(request, "已记录。")
            return redirect("front_counter:trouble", number=number)
    context = {
        "trouble": found,
        "entered": entered,
        "errors": errors,
        "why": why,
        "outcomes": OUTCOMES,
        "overdue": found.state == "open" and found.due_at < now(),
        "mine": found.owner_account == actor.account or may(actor, "chief", organisation=found.organisation),
    }
    return render(request, "front_counter/trouble.html", context, status=422 if why else 200)


@require_http_methods(["GET", "POST"])
@friendly
@role_required("assistant", "intake", "issuing")
def clients(request: HttpRequest) -> HttpResponse:
    """帮办代办: whom one may act for, with their cases."""
    names = ("kind", "code_kind", "code", "name", "phone", "authority", "valid_to")
    entered = {name: request.POST.get(name, "") for name in names}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            service.add_client(**entered, actor=who(request), at=now())
        except ActRefused as refusal:
            errors = dict(refusal.fields or {"": refusal.message})
        else:
            messages.success(request, "已登记代办委托。")
            return redirect("front_counter:clients")
    rows = [
        {"client": one, "party": decode(Party, one.party), "running": one.ended_at is None and one.valid_to >= today(),
         "cases": service.cases_of_client(one, today())}
        for one in service.clients_of(who(request))
    ]  # fmt: skip
    context = {
        "rows": rows,
        "entered": entered if request.method == "POST" else {"kind": "person", "code_kind": "resident-id"},
        "errors": errors,
        "kinds": [(kind, IDENTIFIER_KINDS[kind]) for kind in PERSON_KINDS],
    }
    return render(request, "front_counter/clients.html", context, status=422 if errors else 200)


@require_http_methods(["POST"])
@friendly
@role_required("assistant")
def client(request: HttpRequest, client: UUID) -> HttpResponse:
    """Begin for a client, or end the authority."""
    found = service.access_client(client=str(client), actor=who(request))
    try:
        if request.POST.get("act") == "end":
            service.end_client(client=client, why=request.POST.get("ended_why", ""), actor=who(request), at=now())
            messages.success(request, "委托已结束。")
            return redirect("front_counter:clients")
        visit = service.open_visit(entry=_on_behalf(found, who(request)), actor=who(request), at=now())
    except service.Unknown:
        raise
    except ActRefused as refusal:
        messages.error(request, next(iter((refusal.fields or {}).values()), refusal.message))
        return redirect("front_counter:clients")
    return redirect("front_counter:visit", number=visit.number)


def _on_behalf(found: service.HelperClient, helper: Actor) -> service.VisitEntry:
    """A person is the applicant, whose paper the helper holds; for a firm the helper stands at the window as its agent."""
    party = decode(Party, found.party)
    common = {"identified_by": "authorised", "authority": found.authority, "phone": found.phone}
    if party.kind == "person":
        return service.VisitEntry(person_name=party.name, code_kind=party.code_kind, code=party.code, consent=True, **common)
    return service.VisitEntry(
        person_name=helper.name, code=helper.person_code, represents="organisation", party_code=party.code, party_name=party.name,
        consent=True, **common,
    )  # fmt: skip
