"""How the window runs: papers taken back, outages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.front.counter import service
from santai.front.counter.views.shared import friendly, who
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused
from santai.kernel.orgs.service import get_organisation

PAGE = 50


@require_GET
@role_required(*service.RETURNS_SEEN)
def returns(request: HttpRequest) -> HttpResponse:
    """带回监督: who went home with papers, what was told, and whether the person came back."""
    words = request.GET.get("q", "").strip()
    found = service.supervised_returns(who(request))
    if words:
        found = found.filter(item_name__icontains=words) | found.filter(number__icontains=words) | found.filter(clerk__icontains=words)
    rows = list(found.order_by("-at")[:PAGE])
    counts: dict[tuple[str, str], int] = {}
    for one in rows:
        counts[one.applicant_code, one.item_code] = counts.get((one.applicant_code, one.item_code), 0) + 1
    shown = [{"back": one, "again": counts[one.applicant_code, one.item_code] > 1, "filed": one.intake.case_no} for one in rows]
    return render(request, "front_counter/returns.html", {"rows": shown, "words": words, "most": PAGE})


@require_http_methods(["GET", "POST"])
@friendly
@role_required("intake", "issuing", "chief", "decider", "supervisor")
def outages(request: HttpRequest) -> HttpResponse:
    """停机登记: declare one, and see which are approved."""
    entered = {name: request.POST.get(name, "") for name in ("began", "ended", "reason")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            service.declare_outage(**entered, actor=who(request), at=now())
        except service.Incomplete as refusal:
            errors = dict(refusal.fields or {})
        else:
            messages.success(request, "已登记停机。由另一位负责人批准后，可以补录这段时间收到的申请。")
            return redirect("front_counter:outages")
    return _outages(request, entered, errors)


def _outages(request: HttpRequest, entered: dict[str, str], errors: dict[str, str], answering: str = "") -> HttpResponse:
    actor = who(request)
    approver = any(may(actor, role, organisation=actor.organisation) for role in ("chief", "decider", "supervisor"))
    rows = [
        {
            "outage": one,
            "may_answer": approver and not one.approved_at and not one.refused_why and one.asked_account != actor.account,
            "error": errors.get("why", "") if one.number == answering else "",
        }
        for one in service.outages_of(actor)
    ]
    context = {"rows": rows, "entered": entered, "errors": errors}
    return render(request, "front_counter/outages.html", context, status=422 if errors else 200)


@require_POST
@friendly
@role_required("chief", "decider", "supervisor")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    approve = request.POST.get("answer") == "approve"
    try:
        service.answer_outage(number=number, approve=approve, why=request.POST.get("why", ""), actor=who(request), at=now())
    except service.Unknown:
        raise
    except ActRefused as refusal:
        messages.error(request, refusal.message)
        return _outages(request, {}, dict(refusal.fields or {"why": refusal.message}), number)
    messages.success(request, "已批准，可以补录。" if approve else "已记下不批准的原因。")
    return redirect("front_counter:outages")


@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """When the halls are open, for everybody: fourteen days, with the reason of each day that differs."""
    rows = [{"name": get_organisation(code).name, "days": service.days_open(code, today())} for code in service.halls()]
    return render(request, "front_counter/hours.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@friendly
@role_required("chief", "supervisor", *service.STAFF)
def calendar(request: HttpRequest) -> HttpResponse:
    """The hall's own hours; those who lead it change them."""
    actor, post = who(request), request.POST
    known = service.hours_of(actor.organisation)
    week = {weekday: post.get(f"day-{weekday}", known.get(weekday, "")) for weekday in service.WEEKDAYS}
    entered = {name: post.get(name, "") for name in ("day", "hours", "note")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if post.get("act") == "week":
                service.set_week(hours=week, actor=actor, at=now())
            else:
                service.set_day(**entered, actor=actor, at=now())
        except service.Incomplete as refusal:
            errors = dict(refusal.fields or {})
        else:
            messages.success(request, "已保存，并在大厅开放时间页公布。")
            return redirect("front_counter:calendar")
    context = {
        "week": [
            {"name": f"day-{weekday}", "label": label, "value": week[weekday], "error": errors.get(f"day-{weekday}", "")}
            for weekday, label in service.WEEKDAYS.items()
        ],
        "entered": entered,
        "errors": errors,
        "days": service.days_open(actor.organisation, today()),
        "may_set": may(actor, "chief") or may(actor, "supervisor"),
    }
    return render(request, "front_counter/calendar.html", context, status=422 if errors else 200)
