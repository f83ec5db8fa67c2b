"""One page for the leader, and its table as a file."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now, today
from santai.oversight.cockpit import service
from santai.oversight.supervision.service import safe_cell


@role_required("leader", "supervisor")
def overview(request: HttpRequest) -> HttpResponse:
    """Today's filings, running, about to be late, cards, bad ratings, on-time rate, departments."""
    shown = service.overview(request.actor, at=now(), day=today())  # type: ignore[attr-defined]
    rated = sorted((line for line in shown.lines if line.percent is not None), key=lambda line: (line.percent or 0, line.name))
    busy = sorted((line for line in shown.lines if line.running), key=lambda line: (-line.running, line.name))
    change = None
    if shown.rate.percent is not None and shown.rate_before.percent is not None:
        change = round(shown.rate.percent - shown.rate_before.percent, 1)
    context = {
        "shown": shown,
        "against": service.against(shown.filed, shown.filed_before, "上一工作日全天"),
        "bad_against": service.against(shown.bad, shown.bad_before, "上月"),
        "change": change,
        "change_size": abs(change) if change else 0,
        "on_time_title": service.finding_on_time(shown.lines),
        "on_time": [
            {"label": line.name, "value": line.percent, "marked": line.percent != 100, "href": _down(line.code)} for line in rated[:15]
        ],
        "running_title": service.finding_running(shown.lines),
        "running": [
            {"label": line.name, "value": line.running, "marked": bool(line.overdue), "href": _down(line.code)} for line in busy[:15]
        ],
        "download": reverse("oversight_cockpit:download"),
    }
    return render(request, "oversight_cockpit/overview.html", context)


def _down(code: str) -> str:
    return reverse("oversight_supervision:department", args=[code])


@role_required("leader", "supervisor")
def download(request: HttpRequest) -> HttpResponse:
    """The departments as CSV."""
    shown = service.overview(request.actor, at=now(), day=today())  # type: ignore[attr-defined]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["部门", "在办", "即将超期", "已超期", "待处理的牌", "本月办结", "其中超期", "本月按期率（%）"])
    for line in shown.lines:
        numbers = [line.running, line.due, line.overdue, line.pending, line.finished, line.late]
        writer.writerow([safe_cell(line.name), *numbers, "" if line.percent is None else line.percent])
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="departments-{shown.day.isoformat()}.csv"'},
    )
