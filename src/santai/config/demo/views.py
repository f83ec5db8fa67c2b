"""The demonstration's pages. They compose what every room shows of itself; installed in the demonstration city only."""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from santai.config.demo import board, service
from santai.config.demo.script import STEPS
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.identity.service import demo_personas
from santai.kernel.render.service import qr_svg

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def one_zone(view: Any) -> Any:
    """A page that says so where the city is split over zones, instead of showing a fourth of itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            service.refuse_elsewhere()
        except service.DemoCityOnly:
            raise Http404 from None
        except service.OneZoneOnly as refusal:
            return render(request, "config_demo/elsewhere.html", {"message": refusal.message}, status=503)
        return view(request, *args, **kwargs)

    return guarded


def _address(name: str, *arguments: object) -> str:
    """Empty where the room that has this page does not run."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@never_cache
@require_safe
@one_zone
def start_page(request: HttpRequest) -> HttpResponse:
    """The ten minutes, step by step."""
    personas = {persona.login: persona for persona in demo_personas()}
    item = board.joint_item()
    steps = []
    for number, step in enumerate(STEPS, 1):
        persona = personas.get(step.login)
        href = step.path or _address(step.url, *([item.code] if step.of_item and item else []))
        steps.append({"number": number, "step": step, "persona": persona, "href": href})
    context = {
        "steps": steps,
        "figures": board.figures(),
        "become_url": _address("kernel_identity:become"),
        "cockpit_url": _address("oversight_cockpit:overview"),
        "now": clocks.now(),
    }
    return render(request, "config_demo/start.html", context)


@never_cache
@require_safe
@one_zone
def split_page(request: HttpRequest, case_no: str = "") -> HttpResponse:
    """前台 · 中台 · 后台 · 监管 of one case, side by side, moving as it moves."""
    asked = case_no or request.GET.get("case", "").strip()
    view = board.chosen_case(asked)
    if asked and view is None:
        messages.error(request, "没有找到这个办件，请从下面的列表里选。")
        view = board.chosen_case()
    context = {"view": view, "recent": board.recent_cases(), "panels": board.panels(view) if view else None}
    return render(request, "config_demo/split.html", context)


@never_cache
@require_safe
@one_zone
def panels_part(request: HttpRequest, case_no: str) -> HttpResponse:
    """The four panels alone, for the page that refreshes itself."""
    view = board.chosen_case(case_no)
    if view is None:
        raise Http404
    return render(request, "config_demo/panels.html", {"panels": board.panels(view)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_zone
def clock_page(request: HttpRequest) -> HttpResponse:
    """Move time on by working days, or back to real time."""
    if request.method == "POST":
        actor = getattr(request, "actor", None)
        days = request.POST.get("days", "")
        if days == "reset":
            service.back_to_real_time(actor=actor)
            messages.success(request, "平台时间已回到真实时间。已经发生的事不会撤销；要回到刚安装的样子，请执行 santai demo reset。")
        elif days.isdigit() and 1 <= int(days) <= 20:
            at = service.fast_forward(int(days), actor=actor)
            messages.success(request, f"已快进 {days} 个工作日，现在是 {at:%Y-%m-%d %H:%M}。")
        else:
            messages.error(request, "请选 1 到 20 个工作日。")
        target = request.POST.get("next", "")
        return redirect(target if target.startswith("/demo/") else _address("demo:clock"))
    now = clocks.now()
    ahead = [(clocks.add_working_days(clocks.today(), days), days) for days in (1, 5, 10)]
    return render(request, "config_demo/clock.html", {"now": now, "shift": clocks.demo_shift(), "ahead": ahead})


@never_cache
@require_safe
@one_zone
def compare_page(request: HttpRequest) -> HttpResponse:
    """What the joint item asked of people before, and asks now."""
    item = board.joint_item()
    context = {"item": item, "comparison": board.comparison(item) if item else None}
    return render(request, "config_demo/compare.html", context)


@never_cache
@require_safe
@one_zone
def phone_page(request: HttpRequest) -> HttpResponse:
    """QR codes that a phone in the same network can open."""
    base = _base(request)
    view = board.chosen_case()
    licence = hall.LicenceView.objects.filter(revoked_at=None).order_by("-issued_at").first()
    pages = [("本页的演示台", "在手机上切换身份、快进、看四屏", _address("demo:start"))]
    if view is not None:
        pages.append(("四屏", f"{view.item_name} {view.case_no}", _address("demo:split_case", view.case_no)))
        if progress := _address("front_hall:tracked", view.case_no):
            pages.append(("查办件进度", "不用登录，凭办件编号和手机验证码", progress))
    if licence is not None:
        pages.append(("证照核验", f"{licence.title} {licence.number}", licence.verify_path))
    if cockpit := _address("oversight_cockpit:overview"):
        pages.append(("领导一页", "以“分管领导”身份进入后打开", cockpit))
    codes = [
        {"title": title, "text": text, "href": path, "address": base + path, "drawing": SafeString(qr_svg(base + path))}  # noqa: S308
        for title, text, path in pages
    ]
    return render(request, "config_demo/phone.html", {"codes": codes, "local_only": urlsplit(base).hostname in LOOPBACK})


@never_cache
@require_safe
@one_zone
def sms_page(request: HttpRequest) -> HttpResponse:
    """The phones of the city's made-up people: what the file back end of the SMS interface was given, newest first."""
    return render(request, "config_demo/sms.html", {"lines": service.sent_sms()})


def _base(request: HttpRequest) -> str:
    """How a neighbour reaches this machine: the host the reader used, unless that is this machine itself."""
    here = f"{request.scheme}://{request.get_host()}"
    return settings.PUBLIC_ADDRESS.rstrip("/") if urlsplit(here).hostname in LOOPBACK else here
