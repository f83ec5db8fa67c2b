"""Pages of the projects: one call to the door each."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.back.projects import service
from santai.exchange.contracts.service import STAGES, ProgressEntry, period_name
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import page_number


@role_required(*service.READERS)
@require_GET
def projects_page(request: HttpRequest) -> HttpResponse:
    at = now()
    page = service.projects(
        request.actor,  # type: ignore[attr-defined]
        show=request.GET.get("show", "open"),
        text=request.GET.get("q", ""),
        page=page_number(request.GET.get("page", "")),
        at=at,
    )
    kept = {"show": page.show, "q": page.text}
    context = {
        "page": page,
        "at": at,
        "tabs": [
            {"title": title, "href": f"?show={key}", "current": key == page.show, "count": page.counts.get(key, 0)}
            for key, title in service.VIEWS.items()
        ],
        "previous": f"?{urlencode({**kept, 'page': page.previous})}" if page.previous else "",
        "following": f"?{urlencode({**kept, 'page': page.following})}" if page.following else "",
        "formats": list(service.FORMATS),
        "keeps": any(may(request.actor, role) for role in service.KEEPERS),  # type: ignore[attr-defined]
    }
    return render(request, "back_projects/projects.html", context)


def _entry(kind: type[Any], given: QueryDict) -> Any:
    return kind(**{one.name: given.get(one.name, "") for one in fields(kind)})


@role_required(*service.KEEPERS)
@require_http_methods(["GET", "POST"])
def register_page(request: HttpRequest) -> HttpResponse:
    """A code and firm found on a case come in the address."""
    entry = _entry(service.Entry, request.POST if request.method == "POST" else request.GET)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            project = service.register_project(entry=entry, actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "项目已登记，项目单位会在“我的空间”看到报送要求。")
            return redirect("back_projects:project", code=project.code)
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    context = {"entry": entry, "errors": errors, "kinds": list(service.KINDS.items())}
    return render(request, "back_projects/register.html", context, status=422 if errors else 200)


@role_required(*service.READERS)
@require_http_methods(["GET", "POST"])
def project_page(request: HttpRequest, code: str) -> HttpResponse:
    errors: dict[str, str] = {}
    actor = request.actor  # type: ignore[attr-defined]
    try:
        if request.method == "POST":
            if request.POST.get("act") == "urge":
                service.urge_report(code=code, actor=actor, at=now())
                messages.success(request, "已催报，项目单位会收到消息。")
            else:
                service.report_progress(code=code, entry=_entry(ProgressEntry, request.POST), actor=actor, at=now())
                messages.success(request, "进度已记录。")
            return redirect("back_projects:project", code=code)
    except service.ProjectNotFound as refused:
        raise Http404(refused.message) from refused
    except ActRefused as refused:
        errors = refused.fields or {"": refused.message}
    try:
        file = service.access_project(code, actor)
    except service.ProjectNotFound as refused:
        raise Http404(refused.message) from refused
    context = {
        "file": file,
        "project": file.project,
        "period": period_name(file.project.period),
        "reports": [{"one": one, "period": period_name(one.period)} for one in file.reports],
        "entry": _entry(ProgressEntry, request.POST),
        "errors": errors,
        "stages": list(STAGES.items()),
        "at": now(),
    }
    return render(request, "back_projects/project.html", context, status=422 if errors else 200)


@role_required(*service.READERS)
@require_POST
def exchange(request: HttpRequest) -> HttpResponse:
    """The file of the moment; a POST, because it goes on the record."""
    form, at = request.POST.get("format", ""), now()
    if form not in service.FORMATS:
        raise Http404
    text = service.download_exchange(form=form, actor=request.actor, at=at)  # type: ignore[attr-defined]
    answer = HttpResponse(text, content_type=service.FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="projects-{localdate(at):%Y%m%d}.{form}"'
    return answer
