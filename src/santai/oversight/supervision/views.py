"""The supervisor's pages. Leaders may look; only supervisors act."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused
from santai.oversight.supervision import service
from santai.oversight.supervision.forms import COLUMNS, card_row, case_rows, clock_rows, compare, event_rows, filters, matrix, wall_columns

WALL_DAYS = 10
WALL_CARDS = 48


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


@role_required("supervisor", "leader")
def wall(request: HttpRequest) -> HttpResponse:
    """Figures, the wall by department and day, the cards somebody has to act on."""
    actor, at, day = _actor(request), now(), today()
    wanted = filters(request.GET) or {}
    names = service.departments(actor)
    (first, last), (first_before, last_before) = service.months_around(day)
    this, previous = service.flows(actor, first, last), service.flows(actor, first_before, last_before)
    standing, due = service.standing(actor), service.due_counts(actor, at)
    since = day - timedelta(days=WALL_DAYS - 1)
    per_day = service.daily(actor, since, day, [f"cards_{level}" for level in service.LEVELS])
    shown = service.card_page(actor, {"state": "pending", **wanted})
    context = {
        "standing": {level: service.total(standing, f"pending_{level}") for level in service.LEVELS},
        "issued": {level: (service.total(this, f"cards_{level}"), service.total(previous, f"cards_{level}")) for level in service.LEVELS},
        "rate": service.rate_of(this),
        "rate_before": service.rate_of(previous),
        "compare": compare(service.rate_of(this), service.rate_of(previous)),
        "running": service.total(standing, "parts_running"),
        "due": service.total(due, "due"),
        "overdue": service.total(due, "overdue"),
        "matrix": matrix(per_day, names, since, day),
        "columns": wall_columns(shown.rows[:WALL_CARDS]),
        "more": bool(shown.following),
        "month": f"{day:%Y-%m}",
        "month_before": f"{first_before:%Y-%m}",
        "until": service.horizon(at),
        "lagging": at - service.horizon(at) > timedelta(minutes=5),
        **_choices(actor, wanted, names),
    }
    return render(request, "oversight_supervision/wall.html", context)


@role_required("supervisor", "leader")
def cards(request: HttpRequest) -> HttpResponse:
    """Every card behind a figure."""
    actor = _actor(request)
    wanted = filters(request.GET)
    if wanted is None:
        return redirect("oversight_supervision:cards")
    page = service.card_page(actor, wanted, request.GET.get("before", ""))
    context = {
        "page": page,
        "following": f"?{urlencode({**wanted, 'before': page.following})}" if page.following else "",
        "query": urlencode(wanted),
        **_choices(actor, wanted, service.departments(actor)),
    }
    return render(request, "oversight_supervision/cards.html", context)


@role_required("supervisor", "leader")
def export(request: HttpRequest) -> Any:
    """The filtered cards as CSV, without anything a spreadsheet would run."""
    wanted = filters(request.GET) or {}
    rows = service.filtered_cards(_actor(request), wanted)[: service.EXPORT_LIMIT]

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff" + writer.writerow([label for _, label in COLUMNS])
        for row in rows.iterator(chunk_size=500):
            yield writer.writerow([service.safe_cell(value) for value in card_row(row)])

    name = f"supervision-cards-{today().isoformat()}.csv"
    return StreamingHttpResponse(
        lines(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


class _Echo:
    def write(self, value: str) -> str:
        return value


@role_required("supervisor", "leader")
def card(request: HttpRequest, card_no: str) -> HttpResponse:
    """One card: its cause, the limit with every stop, who held it, the answers, and what the supervisor may do."""
    actor, errors, said = _actor(request), {}, request.POST.get("text", "")
    act = request.POST.get("act", "")
    if request.method == "POST":
        try:
            if act == "accept":
                service.accept_answer(card_no=card_no, text=said, actor=actor, at=now())
                messages.success(request, "已认可答复，这张牌已了结。")
            elif act == "return":
                service.return_answer(card_no=card_no, text=said, actor=actor, at=now())
                messages.success(request, "已退回，部门会在工作台看到您的要求。")
            elif act == "escalate":
                service.escalate_card(card_no=card_no, text=said, actor=actor, at=now())
                messages.success(request, "已督办，部门会在工作台看到您的要求。")
            return redirect("oversight_supervision:card", card_no=card_no)
        except ActRefused as refused:
            errors = {"text": refused.message}
    try:
        found = service.get_card(actor, card_no)
    except service.CardNotFound as refused:
        raise Http404(refused.message) from refused
    events = service.events_of(found.case_id)
    clocks = service.clocks_of(found.case_id)
    limit = found.parent.clock_id if found.parent else found.clock_id
    context = {
        "card": found,
        "cause": found.cause,
        "holders": found.cause.get("holders", []),
        "clock": next(iter(clock_rows([one for one in clocks if one.id == limit], events, now())), None),
        "events": event_rows(events, found.trigger_at, found.sub_case_no),
        "lines": list(found.lines.all()),
        "followers": list(found.followers.all()),
        "errors": errors,
        "said": said,
        "act": act,
        "may_act": (found.is_pending or found.state == "told") and may(actor, "supervisor", organisation=found.organisation),
        "at": now(),
    }
    return render(request, "oversight_supervision/card.html", context, status=422 if errors else 200)


@role_required("supervisor", "leader")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a figure, with the time that remains."""
    actor, at = _actor(request), now()
    wanted = filters(request.GET)
    if wanted is None:
        return redirect("oversight_supervision:cases")
    show = wanted.get("show", "running")
    before = request.GET.get("before", "")
    whole = show in ("filed", "bad")
    page = service.case_page(actor, wanted, before) if whole else service.part_page(actor, wanted, at, before)
    context = {
        "rows": case_rows(page.rows, at, whole=whole),
        "show": show,
        "whole": whole,
        "following": f"?{urlencode({**wanted, 'before': page.following})}" if page.following else "",
        "until": service.horizon(at),
        **_choices(actor, wanted, service.departments(actor)),
    }
    return render(request, "oversight_supervision/cases.html", context)


@role_required("supervisor", "leader")
def case(request: HttpRequest, case_no: str) -> HttpResponse:
    """One case as supervision knows it."""
    actor, at = _actor(request), now()
    try:
        found = service.get_watched_case(actor, case_no)
    except service.CaseNotWatched as refused:
        raise Http404(refused.message) from refused
    events = service.events_of(case_no)
    context = {
        "case": found,
        "parts": case_rows(service.parts_of(case_no), at, whole=False),
        "clocks": clock_rows(service.clocks_of(case_no), events, at),
        "events": event_rows(events),
        "cards": service.cards_of(actor, case_no),
    }
    return render(request, "oversight_supervision/case.html", context)


@role_required("supervisor", "leader")
def department(request: HttpRequest, code: str) -> HttpResponse:
    """One department: its figures with comparison, its cards, what it holds."""
    actor, at, day = _actor(request), now(), today()
    names = service.departments(actor)
    if code not in names:
        raise Http404("没有这个部门，或者它不在您的监督范围内。")
    (first, last), (first_before, last_before) = service.months_around(day)
    this, previous = service.flows(actor, first, last, code), service.flows(actor, first_before, last_before, code)
    standing, due = service.standing(actor, code), service.due_counts(actor, at, code)
    since = day - timedelta(days=WALL_DAYS - 1)
    wanted = {"organisation": code}
    context = {
        "code": code,
        "name": names[code],
        "rate": service.rate_of(this),
        "rate_before": service.rate_of(previous),
        "compare": compare(service.rate_of(this), service.rate_of(previous)),
        "running": service.total(standing, "parts_running"),
        "due": service.total(due, "due"),
        "overdue": service.total(due, "overdue"),
        "late": service.total(this, "late"),
        "bad": service.total(this, "bad_rated"),
        "pending": sum(service.total(standing, f"pending_{level}") for level in service.LEVELS),
        "matrix": matrix(
            service.daily(actor, since, day, [f"cards_{level}" for level in service.LEVELS], code), {code: names[code]}, since, day
        ),
        "cards": service.card_page(actor, wanted).rows[:12],
        "parts": case_rows(service.part_page(actor, {**wanted, "show": "overdue"}, at).rows, at, whole=False)
        + case_rows(service.part_page(actor, {**wanted, "show": "due"}, at).rows, at, whole=False),
        "month": f"{day:%Y-%m}",
        "until": service.horizon(at),
    }
    return render(request, "oversight_supervision/department.html", context)


@role_required("supervisor", "leader")
def rules(request: HttpRequest) -> HttpResponse:
    """Which rules speak, in words, with their source."""
    from santai.oversight.supervision.forms import NAMES

    shown = [
        {"rule": rule, "when": service.in_words(rule, NAMES), "source": row.source}
        for row in service.rule_rows()
        for rule in [service.rule_from_data(row.data)]
    ]
    return render(request, "oversight_supervision/rules.html", {"rules": shown})


def _choices(actor: Any, wanted: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    lists = service.card_filters(actor)
    return {
        "wanted": wanted,
        "levels": [("", "全部级别"), *service.LEVELS.items()],
        "states": [("", "全部状态"), ("pending", "待处理"), *service.CARD_STATES.items()],
        "organisations": [("", "全部部门"), *names.items()],
        "items": [("", "全部事项"), *lists["items"]],
        "regions": [("", "全部区域"), *lists["regions"]],
        "here": reverse("oversight_supervision:wall"),
        "today": localtime(now()).date(),
    }
