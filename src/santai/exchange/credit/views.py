"""Pages: the public list, one's own records, the recording organ's work."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from santai.exchange.credit import service
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused, system_actor
from santai.kernel.web.service import page_number

PAGE = 30


def _number(request: HttpRequest) -> int:
    return page_number(request.GET.get("page", ""))


def _pages(request: HttpRequest, rows: Any, kept: dict[str, str]) -> dict[str, Any]:
    number = _number(request)
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return {
        "rows": found[:PAGE],
        "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
        "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(found) > PAGE else "",
    }


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """双公示: decisions by department and party, newest first; and what is on record about a firm."""
    kept = {name: value for name in ("q", "kind", "organ") if (value := request.GET.get(name, "").strip()[:100])}
    text, kind, organ = kept.get("q", ""), kept.get("kind", ""), kept.get("organ", "")
    return render(
        request,
        "exchange_credit/published.html",
        {
            **_pages(request, service.published(text=text, kind=kind, organisation=organ), kept),
            "text": text,
            "kind": kind,
            "organ": organ,
            "filtered": bool(kept),
            "kinds": [
                {"value": "", "label": _("许可、处罚和检查")},
                {"value": "licence", "label": _("行政许可")},
                {"value": "penalty", "label": _("行政处罚")},
                {"value": "inspection", "label": _("行政检查")},
            ],
            "organs": [{"value": "", "label": _("全部机关")}, *({"value": code, "label": name} for code, name in service.publishers())],
            "records": [_record(row) for row in service.public_records(text=text, on=today())],
        },
    )


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, publication_id: str) -> HttpResponse:
    """One published decision; who finds it wrong says so here."""
    try:
        row = service.get_decision(publication_id)
    except service.RecordNotFound as refused:
        raise Http404(refused.message) from refused
    errors: dict[str, str] = {}
    entered = {name: request.POST.get(name, "") for name in ("text", "by", "phone")}
    if request.method == "POST":
        try:
            actor = request.actor or system_actor("exchange.credit")  # type: ignore[attr-defined]
            service.question_decision(publication_id=publication_id, **entered, actor=actor, at=now())
            messages.success(request, _("已收到您的意见，公示机关核实后会在本页答复。"))
            return redirect(request.path)
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    rows = [{"label": label, "value": value} for label, value in row.fields.items() if value]
    context = {"row": row, "rows": rows, "errors": errors, "entered": entered, "answers": row.questions.exclude(answered_at=None)}
    response = render(request, "exchange_credit/decision.html", context, status=422 if errors else 410 if row.removed_at else 200)
    response["X-Robots-Tag"] = "noindex"  # what is taken down must not live on in a search engine
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """One's own records: what each bars, when it ends, and asking for repair."""
    party, actor = request.party, request.actor  # type: ignore[attr-defined]
    error, failed = "", ""
    if party is None:
        raise Http404
    if request.method == "POST":
        failed = request.POST.get("record", "")
        try:
            service.ask_repair(record_id=_uuid(failed), subject_code=party.code, wish=request.POST.get("wish", ""), actor=actor, at=now())
            messages.success(request, _("已提交信用修复申请，认定机关会核实并答复。"))
            return redirect("exchange_credit:mine")
        except ActRefused as refused:
            error = refused.message
    rows = [_record(row) for row in service.records_of(party.code)]
    context = {"rows": rows, "whose": party.name, "error": error, "failed": failed, "wish": request.POST.get("wish", "")}
    return render(request, "exchange_credit/mine.html", context, status=422 if error else 200)


@role_required("credit_publicity", "decider")
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """The organ's own records; wishes for repair first."""
    rows = service.records_made_by(request.actor)  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(subject_name__icontains=text) | rows.filter(subject_code=text.upper())
    found = _pages(request, rows, {"q": text} if text else {})
    found["rows"] = [_record(row) for row in found["rows"]]
    return render(request, "exchange_credit/records.html", {**found, "text": text})


@role_required("credit_publicity", "decider")
@require_http_methods(["GET", "POST"])
def one_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """One record: repair it, or turn the wish down with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    row = service.records_made_by(actor).filter(id=record_id).first()
    if row is None:
        raise Http404
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "decline":
                service.decline_repair(record_id=record_id, answer=request.POST.get("ground", ""), actor=actor, at=now())
                messages.success(request, "已答复申请人：不予修复。")
            else:
                service.repair_record(record_id=record_id, ground=request.POST.get("ground", ""), actor=actor, at=now())
                messages.success(request, "已修复。这条信息不再公示，也不再限制告知承诺和容缺受理；记录留存备查。")
            return redirect(request.path)
        except ActRefused as refused:
            errors = {"ground": next(iter((refused.fields or {}).values()), refused.message)}
    context = {
        **_record(row),
        "errors": errors,
        "entered": request.POST.get("ground", ""),
        "may_repair": may(actor, "credit_publicity", organisation=row.organisation),
    }
    return render(request, "exchange_credit/record.html", context, status=422 if errors else 200)


def _record(row: service.CreditRecord) -> dict[str, Any]:
    term = service.term_of(row.level, row.from_on)
    counted = service.counts(row, today())
    return {
        "row": row,
        "term": term,
        "counts": counted,
        "state": (_("生效中"), "warn") if counted else (_("已修复"), "done") if row.repaired_on else (_("公示期满"), "off"),
        "repairable": counted and today() >= term.repairable_on,
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
