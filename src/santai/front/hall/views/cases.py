"""After filing: the number and what comes next, progress, documents, the thread, withdrawal, progress without an account."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.exchange.contracts.service import FileRef, decode
from santai.front.hall import service
from santai.front.hall.rules.days import Line, days_of
from santai.front.hall.views.attachments import file_links
from santai.front.hall.views.items import NATURES
from santai.front.hall.views.shared import friendly, link, refused, said, shown_files, who
from santai.kernel.clocks.service import CAUSES, calendar, now, working_days_between
from santai.kernel.files.service import download_url
from santai.kernel.forms.service import answers_context, get_form
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.render.service import qr_svg
from santai.kernel.web.context import verify_link

TRACKED_FOR = timedelta(minutes=30)
CASE_WORDS = {"submitted": "已提交", "received": "待受理", "correcting": "待补正", "accepted": "办理中", "completed": "已办结"}
OUTCOME_WORDS = {
    "granted": ("准予", "done"),
    "refused": ("不予许可", "wrong"),
    "not_accepted": ("不予受理", "wrong"),
    "recorded": ("已备案", "done"),
    "withdrawn": ("已撤回", "off"),
    "terminated": ("已终止", "off"),
    "partly": ("部分准予", "warn"),
    "partly_granted": ("部分准予", "warn"),
}
PART_WORDS = {
    "received": "待受理",
    "sub_case_opened": "待受理",
    "material_checked": "待受理",
    "correction_requested": "待补正",
    "corrected": "已补正",
    "accepted": "已受理",
    "deemed_accepted": "已受理",
    "not_accepted": "不予受理",
    "claimed": "审查中",
    "transferred": "审查中",
    "examined": "审查中",
    "returned": "审查中",
    "stopped": "已暂停",
    "resumed": "审查中",
    "extended": "已延期",
    "extension_asked": "审查中",
    "extension_refused": "审查中",
    "decided": "已办结",
    "recorded": "已办结",
    "hearing_told": "审查中",
    "hearing_requested": "听证中",
    "hearing_waived": "审查中",
    "hearing_notified": "听证中",
    "hearing_held": "审查中",
    "licence_issued": "已办结",
    "served": "已办结",
    "withdrawn": "已撤回",
    "terminated": "已终止",
    "completed": "已办结",
}


def mine(request: HttpRequest, case_no: str) -> service.CaseView:
    actor, party, _account = who(request)
    return service.access_case_view(case_no=case_no, actor=actor, party=party)


def state_of(view: service.CaseView) -> dict[str, str]:
    """The case in one word, with its tone where the word is not a common one."""
    if view.state == "completed":
        word, tone = OUTCOME_WORDS.get(view.outcome, ("已办结", "done"))
        return {"word": "已办结" if view.outcome in ("granted", "") else word, "tone": tone}
    return {"word": CASE_WORDS.get(view.state, "办理中"), "tone": ""}


def clock_lines(clocks: list[dict[str, Any]], base: str, branch: str) -> list[dict[str, Any]]:
    """Each clock as a value the ``remaining`` tag reads, with the working days left and the page that explains it."""
    lines = []
    today = localdate(now())
    order = {"correction": 0, "promised": 1, "statutory": 2}
    for clock in sorted(clocks, key=lambda one: order.get(one["kind"], 3)):
        due = datetime.fromisoformat(clock["due_at"])
        left = working_days_between(today, localdate(due)) if clock["unit"] == "working_day" else None
        lines.append(
            {
                "title": clock["title"],
                "kind": clock["kind"],
                "clock": SimpleNamespace(due_at=due, state=clock["state"], unit=clock["unit"]),
                "left": left,
                "href": f"{base}?branch={quote(branch)}&rule={quote(clock['rule'])}" if base else "",
            }
        )
    return lines


def parts_of(view: service.CaseView, base: str, item: Any = None) -> list[dict[str, Any]]:
    """The departments' parts, in the order the item names them (the lead first)."""
    order = {one.code: number for number, one in enumerate(item.branches)} if item else {}
    parts = []
    for branch, part in sorted(view.parts.items(), key=lambda pair: order.get(pair[0], len(order))):
        word = PART_WORDS.get(part.get("event", ""), "办理中")
        tone = ""
        if part.get("outcome"):
            word, tone = OUTCOME_WORDS.get(part["outcome"], (word, ""))
            if part.get("nature") not in ("permit", "registration", "") and part["outcome"] == "granted":
                word, tone = "已办结", "done"
        parts.append(
            {
                "branch": branch,
                "organisation": part.get("organisation_name", ""),
                "item": part.get("item_name", ""),
                "nature": NATURES().get(part.get("nature", ""), ""),
                "word": word,
                "tone": tone,
                "step": part.get("step", ""),
                "clocks": [one for one in clock_lines(part.get("clocks", []), base, branch) if one["clock"].state != "void"],
            }
        )
    return parts


def timeline_of(view: service.CaseView) -> list[dict[str, Any]]:
    tones = {"correction_requested": "warn", "stopped": "warn", "not_accepted": "wrong"}
    events = [
        {
            "text": line.text,
            "at": line.at,
            "by": line.organisation_name if line.organisation_name and line.organisation_name not in line.text else "",
            "tone": tones.get(line.event, "done"),
        }
        for line in service.lines_of(view.case_no)
    ]
    if view.state != "completed":
        if view.step:
            events.append({"text": _("现在：%(step)s") % {"step": view.step}, "at": None, "tone": "now"})
        due = localdate(view.due_at) if view.due_at else None
        if due:
            events.append({"text": _("最迟 %(day)s 办结") % {"day": due.isoformat()}, "at": None, "tone": "next"})
    return events


@require_GET
@friendly
@signed_in
def filed(request: HttpRequest, case_no: str) -> HttpResponse:
    """Filed: the number, what happens next, when at the latest."""
    return render(request, "front_hall/filed.html", _filed(request, case_no))


@require_GET
@friendly
@signed_in
def receipt(request: HttpRequest, case_no: str) -> HttpResponse:
    application = service.application_of(mine(request, case_no).case_no)
    form = get_form(application.form, application.form_version)
    data = {key: value for key, value in application.content.items() if key != "situation"}
    return render(
        request, "front_hall/receipt.html", {**_filed(request, case_no), "application": application, **answers_context(form, data)}
    )


def _filed(request: HttpRequest, case_no: str) -> dict[str, Any]:
    view = mine(request, case_no)
    item = service.definition_of(view.item_code, service.application_of(case_no).item_version)
    base = reverse("front_hall:clock", args=[case_no])
    return {
        "view": view,
        "item": item,
        "state": state_of(view),
        "clocks": clock_lines(view.clocks, base, ""),
        "parts": parts_of(view, base, item),
        "instant": item.handling == "instant",
        "phone_tail": service.application_of(case_no).phone[-4:],
        "case_url": reverse("front_hall:case", args=[case_no]),
    }


@require_GET
@friendly
@signed_in
def case(request: HttpRequest, case_no: str) -> HttpResponse:
    """Progress of one's own case, complete."""
    view = mine(request, case_no)
    return render(request, "front_hall/case.html", _case(request, view))


def _case(request: HttpRequest, view: service.CaseView, **more: Any) -> dict[str, Any]:
    actor, _party, _account = who(request)
    base = reverse("front_hall:clock", args=[view.case_no])
    correction = service.correction_of(view.case_no)
    application = service.application_of(view.case_no)
    item = service.definition_of(view.item_code, application.item_version)
    return {
        "view": view,
        "item": item,
        "state": state_of(view),
        "events": timeline_of(view),
        "parts": parts_of(view, base, item),
        "single": view.shape == "single",
        "clocks": [one for one in clock_lines(view.clocks, base, "") if one["clock"].state != "void"],
        "papers": service.papers_of(view.case_no),
        "licences": [
            {
                "title": one.title,
                "number": one.number,
                "holder": one.holder_name,
                "issued_at": one.issued_at,
                "by": one.organisation_name,
                "valid_to": one.valid_to,
                "verify": verify_link(one.verify_path),
                "revoked": one.revoked_at,
                "why": one.revoked_why,
                "qr": qr_svg(f"{settings.VERIFY_ADDRESS}{one.verify_path}"),
                "href": download_url(decode(FileRef, one.file), actor, inline=True) if one.file else "",
            }
            for one in service.licences_of_case(view.case_no)
        ],
        "thread": [
            {
                "by": _("我") if one.mine else one.by,
                "organisation": one.organisation_name,
                "text": one.text,
                "at": one.at,
                "urges": one.urges,
                "mine": one.mine,
            }
            for one in service.talk_of(view.case_no)
        ],
        "hearings": [
            {"hearing": one, "may_ask": one.may_ask(localdate(now()))}
            for one in service.hearings_of(view.case_no)
            if view.state != "completed"
        ],
        "correction": correction if correction and not correction.answered_at and view.state != "completed" else None,
        "withdrawing": application.withdrawal_asked_at,
        "promises": service.open_promises(service.promises_of(view.case_no)) if view.state != "completed" else [],
        "committed": bool(application.commitment) and not application.commitment.get("withdrawn_at"),
        "remedy": item.remedy if any(part.get("outcome") in ("refused", "not_accepted") for part in view.parts.values()) else "",
        "open": view.state != "completed",
        "rate_url": link("front_ratings:rate", view.case_no) if view.state == "completed" and not view.rated else "",
        "errors": {},
        "typed": "",
        **more,
    }


@require_POST
@friendly
@signed_in
def write(request: HttpRequest, case_no: str) -> HttpResponse:
    """A line to the handler, or 催办."""
    view = mine(request, case_no)
    actor, _party, _account = who(request)
    urges = request.POST.get("act") == "urge"
    try:
        service.write_line(case_no=case_no, text=request.POST.get("text", ""), urges=urges, actor=actor, at=now())
    except service.NotFound:
        raise
    except ActRefused as refusal:
        context = _case(request, view, errors={"text": said(refusal)}, typed=request.POST.get("text", ""))
        return render(request, "front_hall/case.html", context, status=422)
    messages.success(request, _("已催办，经办部门会在这里答复您。") if urges else _("已发送，经办部门会在这里答复您。"))
    return redirect(f"{reverse('front_hall:case', args=[case_no])}#thread")


@require_POST
@friendly
@signed_in
def hearing(request: HttpRequest, case_no: str) -> HttpResponse:
    """Ask for a hearing within the time told."""
    mine(request, case_no)
    actor, _party, _account = who(request)
    try:
        service.ask_hearing(case_no=case_no, sub_case_no=request.POST.get("sub_case_no", ""), actor=actor, at=now())
    except service.HearingNotOpen as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("已要求听证，承办部门会通知您时间和地点。"))
    return redirect("front_hall:case", case_no=case_no)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def withdraw(request: HttpRequest, case_no: str) -> HttpResponse:
    """Withdrawal, with its consequence in words first."""
    view = mine(request, case_no)
    actor, _party, _account = who(request)
    why = request.POST.get("reason", "").strip()
    errors: dict[str, str] = {}
    if request.method == "POST":
        if not why:
            errors = {"reason": _("请写明撤回的原因。")}
        else:
            try:
                service.ask_withdrawal(case_no=case_no, reason=why, actor=actor, at=now())
            except service.NotOpen as refusal:
                refused(request, refusal)
            else:
                messages.success(request, _("撤回申请已送达经办部门。"))
            return redirect("front_hall:case", case_no=case_no)
    parts = parts_of(view, "")
    context = {
        "view": view,
        "errors": errors,
        "why": why,
        "open": view.state != "completed",
        "decided": [one for one in parts if one["word"] in ("准予", "已办结", "不予许可", "已备案")],
        "running": [one for one in parts if one["word"] not in ("准予", "已办结", "不予许可", "已备案", "已撤回", "已终止")],
    }
    return render(request, "front_hall/withdraw.html", context, status=422 if errors else 200)


@require_GET
@friendly
@signed_in
def content(request: HttpRequest, case_no: str) -> HttpResponse:
    """What was handed in, as it stands now."""
    view = mine(request, case_no)
    actor, _party, _account = who(request)
    application = service.application_of(case_no)
    correction = service.correction_of(case_no)
    form = get_form(application.form, application.form_version)
    data = correction.data if correction and correction.answered_at and correction.data else application.content
    content = {key: value for key, value in data.items() if key != "situation"}
    context = answers_context(form, content, origins=application.prefilled, file_url=file_links(actor))
    context |= {
        "view": view,
        "materials": [{**one, "files": shown_files(one.get("files", []), actor)} for one in service.materials_now(application, correction)],
        "signatures": application.signatures,
    }
    return render(request, "front_hall/content.html", context)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def paper(request: HttpRequest, document_no: str) -> HttpResponse:
    """A document that was served. The first opening is its delivery (送达), so it is a POST: no prefetching browser may receive a
    decision in somebody's place; an address followed before that asks first."""
    actor, party, _account = who(request)
    found = service.access_paper(document_no=document_no, actor=actor, party=party)
    if request.method == "GET" and found.opened_at is None:
        return render(request, "front_hall/paper.html", {"paper": found, "back_url": reverse("front_hall:case", args=[found.case_no])})
    opened = service.open_paper(document_no=document_no, actor=actor, at=now())
    return redirect(download_url(decode(FileRef, opened.file), actor, inline=True))


# -- why this day ------------------------------------------------------------------------------------------------------------------


@require_GET
@friendly
def clock(request: HttpRequest, case_no: str) -> HttpResponse:
    """The deadline explained day by day: which days count, which do not and why."""
    view = _viewed(request, case_no)
    branch, rule = request.GET.get("branch", ""), request.GET.get("rule", "")
    clocks = view.parts.get(branch, {}).get("clocks", []) if branch else view.clocks
    found = next((one for one in clocks if one["rule"] == rule), None)
    if found is None:
        raise service.NotFound()
    due = datetime.fromisoformat(found["due_at"])
    known = calendar()
    lines = days_of(found, end=localdate(due), today=localdate(now()), works=known.works, name=known.name, day_of=localdate)
    context = {
        "view": view,
        "found": found,
        "lines": [{"day": one.day, "number": one.number, "said": _said_of(one), "zh": one.why in ("", "off", "rolled")} for one in lines],
        "due": due,
        "branch": view.parts.get(branch, {}),
        "starts_on": date.fromisoformat(found["starts_on"]),
        "extended_by": found.get("extended_by", 0),
        "paused": sum(one.why in ("stopped", "waiting") for one in lines),
        "back_url": reverse("front_hall:case" if getattr(request, "actor", None) else "front_hall:tracked", args=[case_no]),
    }
    return render(request, "front_hall/clock.html", context)


def _said_of(line: Line) -> str:
    if line.why == "event":
        return _("这一天发生，不计入")
    if line.why == "stopped":
        return _("依法暂停计时：%(cause)s") % {"cause": _(CAUSES.get(line.reason, line.reason))}
    if line.why == "waiting":
        return _("暂停计时，恢复后顺延")
    if line.why == "extended":
        return _("经批准延长的期限")
    return line.reason


# -- without an account ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Case number and a code to the phone left when applying. Answers alike whether the case exists or not."""
    case_no = (request.POST.get("case_no") or request.GET.get("case_no") or "").replace(" ", "").strip()
    context: dict[str, Any] = {
        "case_no": case_no,
        "errors": {},
        "sent": False,
        "demo_sms": link("demo:sms") if settings.DEMO else "",
    }
    if request.method == "GET":
        printed = request.GET.get("code", "")[:12]  # the QR code of a window's receipt brings both
        return render(request, "front_hall/track.html", context | {"code": printed, "printed": bool(case_no and printed)})
    printed_code = bool(request.POST.get("printed"))
    if not (case_no.isdigit() and len(case_no) >= 20):
        wrong = _("办件编号是 20 位以上的数字，在申请回执和短信里。")
        return render(request, "front_hall/track.html", context | {"errors": {"case_no": wrong}}, status=422)
    try:
        if request.POST.get("act") == "check":
            service.check_track_code(case_no=case_no, code=request.POST.get("code", ""), at=now())
            request.session["tracked"] = {**request.session.get("tracked", {}), case_no: (now() + TRACKED_FOR).isoformat()}
            return redirect("front_hall:tracked", case_no=case_no)
        if request.POST.get("act") == "printed":
            return render(request, "front_hall/track.html", context | {"printed": True})
        service.send_track_code(case_no=case_no, at=now())
    except service.WrongCode as refusal:
        told = {"sent": not printed_code, "printed": printed_code, "errors": {"code": said(refusal)}}
        return render(request, "front_hall/track.html", context | told, status=422)
    except ActRefused as refusal:
        return render(request, "front_hall/track.html", context | {"sent": True, "errors": {"code": said(refusal)}}, status=429)
    return render(request, "front_hall/track.html", context | {"sent": True})


@require_GET
@friendly
def tracked(request: HttpRequest, case_no: str) -> HttpResponse:
    """Progress for whoever proved the phone: no form content, no names."""
    if not _proved(request, case_no):
        return redirect(f"{reverse('front_hall:track')}?case_no={case_no}")
    view = service.case_by_number(case_no)
    if view is None:
        raise service.NotFound()
    base = reverse("front_hall:clock", args=[case_no])
    context = {
        "view": view,
        "state": state_of(view),
        "events": timeline_of(view),
        "parts": parts_of(view, base),
        "single": view.shape == "single",
        "clocks": clock_lines(view.clocks, base, ""),
    }
    return render(request, "front_hall/tracked.html", context)


def _proved(request: HttpRequest, case_no: str) -> bool:
    until = request.session.get("tracked", {}).get(case_no)
    return bool(until) and datetime.fromisoformat(until) > now()


def _viewed(request: HttpRequest, case_no: str) -> service.CaseView:
    """One's own case, or one whose phone was proved in this session."""
    if _proved(request, case_no) and (view := service.case_by_number(case_no)):
        return view
    if getattr(request, "actor", None) is None:
        raise service.NotFound()
    return mine(request, case_no)
