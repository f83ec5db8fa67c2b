"""Pages of 双随机 inspections: one call to the door each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.inspections import service
from santai.back.inspections.forms import Answers, drawn, errors_of
from santai.back.inspections.rules import questions
from santai.back.inspections.views.penalties import READERS
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused, fitting


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def plans_page(request: HttpRequest) -> HttpResponse:
    errors: dict[str, str] = {}
    if request.method == "POST":
        said = Answers("plan", request.POST)
        try:
            with fitting():
                plan = service.make_plan(
                    title=said.text("title"), subject=said.text("subject"), basis=said.text("basis"), take=said.number("take"),
                    actor=request.actor, at=now(),  # type: ignore[attr-defined]
                )  # fmt: skip
        except ActRefused as refused:
            errors = errors_of("plan", refused)
        else:
            messages.success(request, "计划已经建立，请抽取。")
            return redirect("back_inspections:plan", plan=plan.id)
    text = request.GET.get("q", "")
    context = {
        "plans": service.plans(request.actor, text=text),  # type: ignore[attr-defined]
        "text": text,
        "form": drawn(questions.PLAN, post=request.POST if request.method == "POST" else None, errors=errors),
        "errors": errors,
        "may_edit": service.is_enforcing(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "back_inspections/plans.html", context, status=422 if errors else 200)


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def plan_page(request: HttpRequest, plan: UUID) -> HttpResponse:
    errors: dict[str, str] = {}
    try:
        if request.method == "POST":
            said = Answers("draw", request.POST)
            with fitting():
                service.draw_plan(plan=plan, seed=said.text("seed"), seed_from=said.text("seed_from"), actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已抽取。")
            return redirect("back_inspections:plan", plan=plan)
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = errors_of("draw", refused)
    file = _plan(request, plan)
    seed = request.GET.get("seed", "").strip()
    context = {
        "file": file,
        "plan": file.plan,
        "form": drawn(questions.DRAW, post=request.POST if request.method == "POST" else None, errors=errors),
        "errors": errors,
        "seed": seed,
        "same": service.same_draw(file.draw, seed) if file.draw and seed else None,
    }
    return render(request, "back_inspections/plan.html", context, status=422 if errors else 200)


@role_required(*READERS)
@require_GET
def draw_sheet(request: HttpRequest, plan: UUID) -> HttpResponse:
    file = _plan(request, plan)
    if file.draw is None:
        raise Http404("还没有抽取。")
    return render(request, "back_inspections/draw_sheet.html", {"file": file, "plan": file.plan, "at": now()})


def _plan(request: HttpRequest, plan: UUID) -> Any:
    try:
        return service.access_plan(plan, request.actor)  # type: ignore[attr-defined]
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def inspection_page(request: HttpRequest, case_no: str) -> HttpResponse:
    errors: dict[str, str] = {}
    act = request.POST.get("act", "")
    common: dict[str, Any] = {"case_no": case_no, "actor": request.actor, "at": now()}  # type: ignore[attr-defined]
    try:
        if request.method == "POST":
            service.access_inspection(case_no, request.actor)  # type: ignore[attr-defined]
            said = Answers(act, request.POST)
            if act == "publish":
                service.publish_inspection(**common)
            else:
                with fitting():
                    service.record_inspection(
                        officers=said.many("officers"),
                        shown=said.ticked("shown"),
                        result=said.text("result"),
                        findings=said.text("findings"),
                        **common,
                    )
            messages.success(request, "已记录。")
            return redirect("back_inspections:inspection", case_no=case_no)
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = errors_of(act, refused)
    try:
        file = service.access_inspection(case_no, request.actor)  # type: ignore[attr-defined]
    except service.EnforcementNotFound as refused:
        raise Http404(refused.message) from refused
    form = {"inspect": questions.INSPECT, "publish": questions.PUBLISH}.get(file.step)
    post = request.POST if request.method == "POST" else None
    context = {
        "file": file,
        "inspection": file.inspection,
        "case": file.inspection.case,
        "form": drawn(form, inspectors=file.inspectors, post=post, errors=errors) if form else None,
        "errors": errors,
        "at": now(),
    }
    return render(request, "back_inspections/inspection.html", context, status=422 if errors else 200)


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def lists_page(request: HttpRequest) -> HttpResponse:
    errors: dict[str, str] = {}
    act = request.POST.get("act", "")
    if request.method == "POST":
        try:
            _keep(act, Answers(act, request.POST), {"actor": request.actor, "at": now()})  # type: ignore[attr-defined]
        except service.EnforcementNotFound as refused:
            raise Http404(refused.message) from refused
        except ActRefused as refused:
            errors = errors_of(act, refused)
        else:
            messages.success(request, "名录已经更新。")
            return redirect("back_inspections:lists")
    text = request.GET.get("q", "")
    forms = [
        drawn(form, post=request.POST if form.act == act else None, errors=errors if form.act == act else {})
        for form in (questions.INSPECTOR, questions.OBJECT)
    ]
    context = {
        "inspectors": service.inspectors_of(request.actor, text=text),  # type: ignore[attr-defined]
        "found": service.objects_of(request.actor, text=text),  # type: ignore[attr-defined]
        "text": text,
        "forms": forms,
        "act": act,
        "errors": errors,
        "may_edit": service.is_enforcing(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "back_inspections/lists.html", context, status=422 if errors else 200)


@fitting()
def _keep(act: str, said: Answers, common: dict[str, Any]) -> None:
    match act:
        case "inspector":
            service.add_inspector(
                name=said.text("name"), card_no=said.text("card_no"), valid_to=said.wanted_day("valid_to"),
                interests=said.text("interests").splitlines(), **common,
            )  # fmt: skip
        case "object":
            service.add_object(name=said.text("name"), code=said.text("code"), address=said.text("address"), **common)
        case _:
            service.remove_from_list(kind=said.post.get("kind", ""), code=said.post.get("code", ""), **common)
