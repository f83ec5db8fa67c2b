"""The demonstration connector's page: what a tax official would see in the tax bureau's own system."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from santai.back.connectors import service
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import official_required
from santai.kernel.ledger.service import ActRefused


@official_required
@require_GET
def tasks_page(request: HttpRequest, system: str) -> HttpResponse:
    return _page(request, system)


@official_required
@require_POST
def report_page(request: HttpRequest, system: str, task: UUID) -> HttpResponse:
    answer, text = request.POST.get("answer", ""), request.POST.get("text", "")
    try:
        service.report(task_id=str(task), answer=answer, text=text, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except service.TaskNotHere as error:
        raise Http404(error.message) from error
    except ActRefused as error:
        return _page(request, system, wrong={"task": task, "answer": answer, "text": text, "message": error.message}, status=422)
    messages.success(request, "结果已报送，正在通过总线送达办件。")
    return redirect("back_connectors:tasks", system=system)


def _page(request: HttpRequest, system: str, *, wrong: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    known = service.SYSTEMS.get(system)
    actor = request.actor  # type: ignore[attr-defined]
    if known is None or not service.works_in(actor, known.organisation):
        raise Http404("没有这个业务系统，或者您无权进入。")
    lines = service.tasks_for(system, actor)
    for line in lines:
        line["wrong"] = wrong if wrong and wrong["task"] == line["task"].id else None
    context = {"system": known, "lines": lines, "errors": {"text": wrong["message"]} if wrong else {}}
    return render(request, "back_connectors/tasks.html", context, status=status)
