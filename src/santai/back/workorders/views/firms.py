"""Pages of the account managers: the firms one looks after, one firm, one problem. One call to the door each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from santai.back.workorders import service
from santai.kernel.access.service import ROLES, may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import holders_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.orgs.service import organisations

ANY_POST = tuple(ROLES)  # whoever is named may be in any post; what one sees depends on the naming
NAMED = ("firm_code", "firm_name", "holder", "phone", "since", "until")


@role_required(*ANY_POST)
@require_http_methods(["GET", "POST"])
def firms_page(request: HttpRequest) -> HttpResponse:
    """The own firms; who names also sees the department's namings and names."""
    actor, day = request.actor, today()  # type: ignore[attr-defined]
    errors: dict[str, str] = {}
    entry = {name: request.POST.get(name, "") for name in NAMED}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "end":
                service.end_manager(manager=_identifier(request), actor=actor, at=now())
                messages.success(request, "已结束，企业不再看到这位客户经理。")
            else:
                service.name_manager(**entry, actor=actor, at=now())
                messages.success(request, "已指定，企业会在“我的空间”看到客户经理的姓名、岗位和电话。")
            return redirect("back_workorders:firms")
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    names = any(may(actor, role) for role in service.NAMERS)
    context: dict[str, Any] = {
        "mine": service.firms_of(actor, on=day),
        "names": names,
        "named": service.managers_named(actor, on=day) if names else [],
        "holders": [
            (f"{one.account.id}:{one.post_id}", f"{one.account.name}（{one.post.title}）") for one in holders_in(actor.organisation, on=day)
        ]
        if names
        else [],
        "entry": entry,
        "errors": errors,
    }
    return render(request, "back_workorders/firms.html", context, status=422 if errors else 200)


def _identifier(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("manager", ""))
    except ValueError as wrong:
        raise service.ManagerNotFound() from wrong


@role_required(*ANY_POST)
@require_http_methods(["GET", "POST"])
def firm_page(request: HttpRequest, manager: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    errors: dict[str, str] = {}
    try:
        if request.method == "POST":
            problem = service.open_problem(
                manager=manager,
                organisation=request.POST.get("organisation", ""),
                text=request.POST.get("text", ""),
                actor=actor,
                at=now(),
            )
            messages.success(request, "已转交部门，答复时限已开始计算。")
            return redirect("back_workorders:problem", case_no=problem.case_id)
    except service.ManagerNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = refused.fields or {"": refused.message}
    try:
        firm = service.access_firm(manager, actor, on=today())
    except service.ManagerNotFound as refused:
        raise Http404(refused.message) from refused
    context = {
        "firm": firm,
        "errors": errors,
        "bodies": [("", "请选择"), *((one.code, one.name) for one in organisations(on=today()))],
        "organisation": request.POST.get("organisation", ""),
        "text": request.POST.get("text", ""),
        "at": now(),
    }
    return render(request, "back_workorders/firm.html", context, status=422 if errors else 200)


@role_required(*ANY_POST)
@require_http_methods(["GET", "POST"])
def problem_page(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    errors: dict[str, str] = {}
    try:
        if request.method == "POST":
            service.answer_problem(case_no=case_no, answer=request.POST.get("text", ""), actor=actor, at=now())
            messages.success(request, "已答复，客户经理会转告企业。")
            return redirect("back_workorders:problem", case_no=case_no)
    except service.OrderNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = refused.fields or {"": refused.message}
    try:
        file = service.access_problem(case_no, actor)
    except service.OrderNotFound as refused:
        raise Http404(refused.message) from refused
    context = {
        "file": file,
        "problem": file.problem,
        "case": file.problem.case,
        "errors": errors,
        "text": request.POST.get("text", ""),
        "at": now(),
    }
    return render(request, "back_workorders/problem.html", context, status=422 if errors else 200)
