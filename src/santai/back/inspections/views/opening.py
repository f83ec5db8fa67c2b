"""The two pages that open a penalty: 立案 and 当场处罚."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from santai.back.inspections import service
from santai.back.inspections.forms import Answers, drawn, errors_of
from santai.back.inspections.rules import questions
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused, fitting


@role_required("examiner")
@require_http_methods(["GET", "POST"])
def file_page(request: HttpRequest) -> HttpResponse:
    return _opening(request, questions.FILE)


@role_required("examiner")
@require_http_methods(["GET", "POST"])
def on_spot_page(request: HttpRequest) -> HttpResponse:
    return _opening(request, questions.ON_SPOT)


def _opening(request: HttpRequest, form: questions.ActForm) -> HttpResponse:
    """A page with the one form that opens a case."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            penalty = _open(form.act, Answers(form.act, request.POST), {"actor": request.actor, "at": now()})  # type: ignore[attr-defined]
        except ActRefused as refused:
            errors = errors_of(form.act, refused)
        else:
            messages.success(request, f"已{form.title}。")
            return redirect("back_inspections:penalty", case_no=penalty.case_id)
    post = request.POST if request.method == "POST" else None
    shown = drawn(form, inspectors=service.inspectors_of(request.actor), post=post, errors=errors)  # type: ignore[attr-defined]
    return render(request, "back_inspections/open.html", {"form": shown, "errors": errors}, status=422 if errors else 200)


@fitting()
def _open(act: str, said: Answers, common: dict[str, Any]) -> service.Penalty:
    facts: dict[str, Any] = {
        "party": said.party(),
        "born_on": said.day("born_on"),
        "violation": said.text("violation"),
        "conduct_ended": said.wanted_day("conduct_ended"),
        "facts": said.text("facts"),
        "basis": said.text("basis"),
    }
    if act == "spot":
        return service.decide_on_spot(
            **facts,
            statement=said.text("statement"),
            kinds=said.many("kinds"),
            amount=said.money("amount"),
            officers=said.many("officers"),
            shown=said.ticked("shown"),
            **common,
        )
    return service.file_penalty(
        **facts,
        found_on=said.wanted_day("found_on"),
        source=said.text("source"),
        life_or_safety=said.ticked("life_or_safety"),
        grave=said.ticked("grave"),
        review_prescribed=said.ticked("review_prescribed"),
        hearing_kind=said.text("hearing_kind"),
        **common,
    )
