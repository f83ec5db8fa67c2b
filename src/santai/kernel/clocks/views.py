"""Pages: the year, one day, a year's schedule, the rules with their law, one deadline explained."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from santai.kernel.clocks import service
from santai.kernel.clocks.forms import read_schedule
from santai.kernel.ledger.service import Actor, ActRefused

FIRST_YEAR, LAST_YEAR = 2004, 2100


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _base(request: HttpRequest) -> str:
    actor = _actor(request)
    return "kernel_web/workbench.html" if actor is not None and actor.kind == "official" else "kernel_web/public.html"


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, f"kernel_clocks/{template}.html", {"base": _base(request), **context}, status=status)


@require_safe
def year_page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Twelve months with holidays and make-up days; every day a link for those who may edit."""
    asked = request.GET.get("year", "")
    if year is None and asked.isdigit():
        year = int(asked)
    today = service.today()
    shown = year or today.year
    if not FIRST_YEAR <= shown <= LAST_YEAR:
        raise Http404(_("没有这一年的工作日历"))
    sheet = service.year_sheet(shown)
    context = {"sheet": sheet, "today": today, "may_edit": service.may_edit(_actor(request)), "weekdays": _("一 二 三 四 五 六 日").split()}
    return _page(request, "year", context)


@require_http_methods(["GET", "HEAD", "POST"])
def day_page(request: HttpRequest, day: str) -> HttpResponse:
    """One day: what it is and why; those who may, change it with a reason."""
    try:
        which = date.fromisoformat(day)
    except ValueError:
        raise Http404(_("没有这一天")) from None
    actor = _actor(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            change = service.set_day(
                day=which,
                kind=request.POST.get("kind", ""),  # type: ignore[arg-type]  # the action checks it
                name=request.POST.get("name", ""),
                reason=request.POST.get("reason", ""),
                actor=_acting(actor),
                at=service.now(),
            )
        except ActRefused as refusal:
            errors = refusal.fields or {"kind": refusal.message}
        else:
            messages.success(request, f"已保存。{_recomputed(change)}")
            return redirect("kernel_clocks:year_of", year=which.year)
    context = {
        "day": service.day_sheet(which),
        "errors": errors,
        "entry": request.POST,
        "may_edit": service.may_edit(actor),
        "kinds": [("holiday", "放假"), ("makeup", "调休上班（周六、周日）"), ("ordinary", "平常（按周末和工作日）")],
    }
    return _page(request, "day", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def load_page(request: HttpRequest, year: int) -> HttpResponse:
    """The schedule of a whole year, as the State Council's notice gives it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("没有这一年的工作日历"))
    actor = _actor(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            change = service.load_year(
                year=year,
                days=read_schedule(request.POST.get("days", "")),
                source=request.POST.get("source", ""),
                reason=request.POST.get("source", ""),
                actor=_acting(actor),
                at=service.now(),
            )
        except ActRefused as refusal:
            errors = {"source": refusal.message} if "reason" in refusal.fields else {"days": refusal.message}
        else:
            messages.success(request, f"{year} 年的放假安排已装入。{_recomputed(change)}")
            return redirect("kernel_clocks:year_of", year=year)
    context = {
        "year": year,
        "errors": errors,
        "entry": request.POST or {"days": service.schedule_text(year), "source": ""},
        "may_edit": service.may_edit(actor),
    }
    return _page(request, "load", context, status=422 if errors else 200)


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Every clock rule in force, in words, with the law it comes from."""
    return _page(request, "rules", {"rules": service.rules_in_words()})


@require_safe
def explain_page(request: HttpRequest, clock_id: UUID) -> HttpResponse:
    """Why a deadline is what it is, day by day, for the officials of the case; a fragment when htmx asks.

    It names who approved an extension and why, so an address that went astray shows nothing: absent and forbidden look alike. The
    applicant reads front/hall's own page; the visitors of the demonstration city read everything.
    """
    try:
        explanation = service.explain(clock_id)
    except service.UnknownClock as missing:
        raise Http404(missing.message) from None
    if not settings.DEMO and not service.may_read_clock(_actor(request), explanation.clock.subject):
        raise Http404(service.UnknownClock.message)
    context = {"explanation": explanation, "clock": explanation.clock, "now": service.now()}
    if request.headers.get("HX-Request"):
        return render(request, "kernel_clocks/explanation.html", context)
    return _page(request, "explain", context)


def _recomputed(change: service.CalendarChange) -> str:
    """What became of the open deadlines; with very many the later ones follow in the background."""
    said = f"{change.moved} 个未完成的时限已按新的日历改期，办件、申请人和监察页面随后更新。"
    return said + (f"另有 {change.left} 个较远的时限正在后台重新计算。" if change.left else "")


def _acting(actor: Actor | None) -> Actor:
    if actor is None:
        raise service.NotAllowedHere()
    return actor
