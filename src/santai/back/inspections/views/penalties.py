"""Pages of penalties: one call to the door each."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.timezone import get_current_timezone
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.inspections import service
from santai.back.inspections.forms import Answers, drawn, errors_of
from santai.back.inspections.rules import questions
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused, fitting

READERS = (*service.WORKERS, "leader")


@role_required(*READERS)
@require_GET
def penalties_page(request: HttpRequest) -> HttpResponse:
    at = now()
    page = service.penalties(
        request.actor,  # type: ignore[attr-defined]
        show=request.GET.get("show", "open"),
        text=request.GET.get("q", ""),
        after=request.GET.get("after", ""),
        at=at,
    )
    following = f"?{urlencode({'show': page.show, 'q': page.text, 'after': page.following})}" if page.following else ""
    tabs = [
        {"title": title, "href": f"?show={key}", "current": key == page.show, "count": page.counts.get(key, 0)}
        for key, title in service.PENALTY_VIEWS.items()
    ]
    may_file = service.is_enforcing(request.actor)  # type: ignore[attr-defined]
    context = {"page": page, "tabs": tabs, "following": following, "may_file": may_file, "at": at}
    return render(request, "back_inspections/penalties.html", context)


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def penalty_page(request: HttpRequest, case_no: str) -> HttpResponse:
    errors: dict[str, str] = {}
    act = request.POST.get("act", "")
    try:
        if request.method == "POST":
            service.access_penalty(case_no, request.actor, at=now())  # type: ignore[attr-defined]
            wanting = _act(act, Answers(act, request.POST), {"case_no": case_no, "actor": request.actor, "at": now()})  # type: ignore[attr-defined]
            if wanting:
                messages.warning(request, f"已记下，但告知还缺：{'、'.join(wanting)}。补齐以后才能作出处罚决定。")
            else:
                messages.success(request, "已记录。")
            return redirect("back_inspections:penalty", case_no=case_no)
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = errors_of(act, refused)
    try:
        file = service.access_penalty(case_no, request.actor, at=now())  # type: ignore[attr-defined]
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused
    forms = [
        drawn(
            questions.ACTS[one], inspectors=file.inspectors, post=request.POST if one == act else None, errors=errors if one == act else {}
        )
        for one in file.acts
        if one in questions.ACTS
    ]
    context = {
        "file": file,
        "penalty": file.penalty,
        "case": file.penalty.case,
        "forms": forms,
        "dispose": drawn(questions.DISPOSE, post=request.POST if act == "dispose" else None, errors=errors),
        "may_dispose": "dispose" in file.acts,
        "errors": errors,
        "act": act,
        "at": now(),
    }
    return render(request, "back_inspections/penalty.html", context, status=422 if errors else 200)


@fitting()
def _act(act: str, said: Answers, common: dict[str, Any]) -> list[str]:
    """Do the act of the form; the parts a notice lacks, else nothing. One line each: which door, which answers."""
    match act:
        case "investigate" | "reinvestigate":
            service.investigate(officers=said.many("officers"), shown=said.ticked("shown"), text=said.text("text"), **common)
        case "inform" | "reinform":
            amount = said.money("amount") if said.text("amount") else None
            return service.inform_party(parts={key: said.text(key) for key in service.TOLD_PARTS}, amount=amount, **common)
        case "hear" if said.ticked("waived"):
            service.waive_statement(**common)
        case "hear":
            service.hear_statement(statement=said.text("statement"), answer=said.text("answer"), **common)
        case "hearing_right":
            service.tell_hearing_right(kind=said.text("kind"), **common)
        case "hearing_wish":
            service.request_hearing(wanted=said.chosen("wanted", "yes", "no") == "yes", **common)
        case "hearing_notice":
            clock = time.fromisoformat(said.chosen("time", *(value for value, _ in questions.TIMES)))
            when = datetime.combine(said.wanted_day("hearing_on"), clock, get_current_timezone())
            service.notify_hearing(hearing_on=when, place=said.text("place"), **common)
        case "hearing_record":
            service.hold_hearing(presider=said.text("presider"), record=said.text("record"), signing=said.text("signing"), **common)
        case "review":
            service.review_penalty(passed=said.chosen("passed", "yes", "no") == "yes", text=said.text("text"), **common)
        case "discuss":
            service.discuss_penalty(text=said.text("text"), **common)
        case "hold":
            service.hold_evidence(items=said.text("items"), **common)
        case "dispose":
            service.dispose_evidence(hold=said.identifier("hold"), disposal=said.text("disposal"), **common)
        case "decide":
            service.decide_penalty(
                outcome=said.text("outcome"),
                kinds=said.many("kinds"),
                amount=said.money("amount"),
                content=said.text("content"),
                reason=said.text("reason"),
                present=said.ticked("present"),
                **common,
            )
        case "serve":
            service.serve_penalty(mode=said.text("mode"), receiver=said.text("receiver"), **common)
        case "record":
            service.record_on_spot(**common)
        case "execute":
            service.settle_fine(receipt_no=said.text("receipt_no"), **common)
        case _:
            raise service.StepDone("请从页面上列出的办法中选择。")
    return []
