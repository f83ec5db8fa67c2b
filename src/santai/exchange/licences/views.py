"""Pages: verification for everybody, the issuer's list."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from santai.exchange.licences import service
from santai.exchange.licences.forms import RevokeForm, VerifyForm
from santai.exchange.licences.messages import Verification
from santai.kernel.access.service import may
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import official_required
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import day, grouped, page_number

PAGE = 50
BY_DECISION = ("03", "04")  # 撤销, 注销: only on a lawful ground and with a document, where the department decides
MOST_BYTES = 20 * 1024 * 1024


@csrf_exempt  # changes nothing, and a stale page on a phone shall not answer 403
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Number, identifier, or the file itself."""
    form = VerifyForm(request.POST or request.GET, request.FILES)
    form.is_valid()
    entered = (form.cleaned_data.get("q") or "").strip()
    file = request.FILES.get("file")
    error = ""
    found: Verification | None = None
    if file is not None:
        if file.size and file.size > MOST_BYTES:
            error = _("文件超过 20 MB，不是本平台颁发的证照。")
        else:
            found = service.verify_file(file.read(), on=today())
    elif entered:
        found = service.verify(entered, on=today())
    elif request.method == "POST":
        error = _("请输入证照编号，或选择证照文件。")
    return _page(request, found, entered=entered, error=error)


@require_GET
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    found = service.verify(token, on=today())
    return _page(request, found, entered="", status=404 if found.outcome == "unknown" else 200)


def _page(request: HttpRequest, found: Verification | None, *, entered: str, error: str = "", status: int = 200) -> HttpResponse:
    english = request.LANGUAGE_CODE.startswith("en")
    response = render(
        request,
        "exchange_licences/verify.html",
        {
            "found": found,
            "entered": entered,
            "error": error,
            "english": english,
            "rows": _rows(found, english) if found else [],
            "tone": _tone(found),
            "state": _(found.state_name) if found and found.state_name else "",
        },
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"  # a holder's licence is for whoever holds it, not for search engines
    response["Cache-Control"] = "no-store"
    return response


def _tone(found: Verification | None) -> str:
    return {"valid": "done", "being_made": "info", "not_valid": "wrong", "altered": "wrong", "superseded": "warn"}.get(
        found.outcome if found else "", "warn"
    )


def _day(iso: str, english: bool) -> str:
    return day(date.fromisoformat(iso), language="en" if english else "zh", weekday=False) if iso else ""


def _rows(found: Verification, english: bool) -> list[dict[str, str]]:
    rows = [
        {"label": _("证照名称"), "value": f"{found.title_en} ({found.title})" if english and found.title_en else found.title},
        {"label": _("证照编号"), "value": found.number},
        {"label": _("持证主体"), "value": found.holder_name},
        {"label": _("持证主体代码"), "value": grouped(found.holder_code, "credit-code")},
        {"label": _("颁发机构"), "value": found.organisation_name},
        {"label": _("颁发日期"), "value": _day(found.issued_on, english)},
        {
            "label": _("有效期"),
            "value": f"{_day(found.valid_from, english)} – {_day(found.valid_to, english)}" if found.valid_to else _("长期"),
        },
        {"label": _("版本"), "value": str(found.version) if found.version else ""},
        {"label": _("电子证照标识"), "value": found.identifier},
    ]
    shown = {row["value"] for row in rows} | {found.holder_code, found.issued_on}
    rows += [{"label": en if english and en else label, "value": value} for label, en, value in found.fields if value not in shown]
    if found.file_checked and found.seal_signer:
        rows.append({"label": _("电子印章"), "value": found.seal_signer})
    return [row for row in rows if row["value"]]


@official_required
@require_GET
def issued(request: HttpRequest) -> HttpResponse:
    """What the official's organisation issued, newest first."""
    text = request.GET.get("q", "").strip()
    licences = service.licences_issued_by(request.actor)  # type: ignore[attr-defined]
    if text:
        licences = licences.filter(number__startswith=text) | licences.filter(holder_name__startswith=text) | licences.filter(case_no=text)
    number = page_number(request.GET.get("page", ""))
    rows = list(licences[(number - 1) * PAGE : number * PAGE + 1])
    return render(
        request,
        "exchange_licences/issued.html",
        {
            "licences": rows[:PAGE],
            "text": text,
            "previous": f"?{urlencode({'q': text, 'page': number - 1})}" if number > 1 else "",
            "following": f"?{urlencode({'q': text, 'page': number + 1})}" if len(rows) > PAGE else "",
        },
    )


@official_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, identifier: str) -> HttpResponse:
    """One licence: its state, its uses, and taking its force away."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        licence = service.access_licence(identifier, actor=actor)
    except service.LicenceNotFound as refusal:
        return render(request, "exchange_licences/issued.html", {"licences": [], "text": identifier, "error": refusal.message}, status=404)
    error = ""
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["state"] in BY_DECISION:
        error = "撤销、注销须有法定事由并出具决定书，请在工作台的“许可后续”办理。"
    elif request.method == "POST" and form.is_valid():
        try:
            service.revoke_licence(
                identifier=identifier, state=form.cleaned_data["state"], reason=form.cleaned_data["reason"], actor=actor, at=now()
            )
            return redirect("exchange_licences:one", identifier=identifier)
        except ActRefused as refusal:
            error = refusal.message
    deciding = may(actor, "decider", organisation=licence.organisation)
    states = [
        {"value": code, "label": name}
        for code, name in service.STATES.items()
        if deciding and code not in BY_DECISION and service.may_become(licence.state, code)
    ]
    rows = [
        {"label": "证照编号", "value": licence.number},
        {"label": "电子证照标识", "value": licence.identifier},
        {"label": "持证主体", "value": licence.holder_name},
        {"label": "办件编号", "value": licence.case_no},
        {"label": "版本", "value": licence.version},
        {"label": "状态", "value": licence.get_state_display()},
        {"label": "理由", "value": licence.state_reason or "无"},
    ]
    return render(
        request,
        "exchange_licences/one.html",
        {
            "licence": licence,
            "rows": rows,
            "uses": licence.uses.order_by("-at")[:50],
            "states": states,
            "error": error,
            "entered": form.data.get("reason", ""),
        },
    )
