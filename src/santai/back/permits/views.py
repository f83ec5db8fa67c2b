"""Pages of what follows a decision: the work that waits, one case's later life, licences, publications, handovers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.approvals.service import BECAUSE, RESULTS, SOURCES, ServedDocument, annulments_of, documents_of, item_of
from santai.back.cases.service import CaseNotFound, access_case
from santai.back.permits import service
from santai.back.permits.forms import case_act, licence_act, publication_act
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import ActRefused, fitting
from santai.kernel.web.service import page_number

ROLES = ("intake", "examiner", "chief", "decider", "site_inspector", "credit_publicity", "legal_reviewer", "leader")
PAGE = 40


def _act(request: HttpRequest, do: Callable[..., str], **common: Any) -> tuple[dict[str, str], str]:
    """Do what the page asked for: (problems by field, the act that was refused). Nothing entered is lost."""
    act = request.POST.get("act", "")
    try:
        with fitting():
            messages.success(request, do(act, request.POST, actor=request.actor, at=now(), **common))  # type: ignore[attr-defined]
    except CaseNotFound as error:
        raise Http404(error.message) from error
    except ActRefused as refused:
        return refused.fields or {"": refused.message}, act
    return {}, ""


def _pages(request: HttpRequest, rows: Any, kept: dict[str, str]) -> dict[str, Any]:
    number = page_number(request.GET.get("page", ""))
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return {
        "rows": found[:PAGE],
        "previous": f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else "",
        "following": f"?{urlencode({**kept, 'page': number + 1})}" if len(found) > PAGE else "",
    }


@role_required(*ROLES)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first in each kind."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "commitments": list(service.to_verify(actor)[:PAGE]),
        "promises": list(service.promised_to(actor)[:PAGE]),
        "publications": list(service.publications_for(actor, "waiting")[:PAGE]),
        "questions": service.questions_for(actor),
        "handovers": list(service.handovers_for(actor)[:PAGE]),
        "today": today(),
    }
    return render(
        request, "back_permits/work.html", {**context, "nothing": not any(value for key, value in context.items() if key != "today")}
    )


@role_required(*ROLES)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case_no: str) -> HttpResponse:
    """Promises, verification, publication, handover, corrected slips, reopening of one case."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        found = access_case(case_no=case_no, actor=actor)
    except CaseNotFound as error:
        raise Http404(error.message) from error
    errors, refused = _act(request, case_act, case_no=case_no) if request.method == "POST" else ({}, "")
    if request.method == "POST" and not errors:
        return redirect("back_permits:case", case_no=case_no)
    item = item_of(found.item_code, found.item_version)
    part = found.sub_cases.order_by("position").first()
    commitment = service.commitment_of(case_no)
    gaps = service.gaps_of(found) if found.state == "checking" else None
    check = next((one for one in tasks_of(f"subcase:{part.sub_case_no}") if one.element == "check"), None) if part else None
    works = part is not None and may(actor, "examiner", organisation=part.organisation)
    decides = part is not None and may(actor, "decider", organisation=part.organisation)
    papers, annulments = documents_of(case_no), annulments_of(case_no)
    context = {
        "case": found,
        "item": item,
        "part": part,
        "errors": errors,
        "refused": refused,
        "entered": request.POST,
        "gaps": gaps,
        "check": check,
        "works": works or decides,
        "decides": decides,
        "tolerable": [one for one in item.materials if one.may_follow_days],
        "offers_commitment": bool(item.commitment.listed or item.commitment.prescribed_by),
        "terms": [
            ("conditions", "许可条件", item.commitment.conditions),
            ("standards", "标准和技术要求", item.commitment.standards),
            ("consequences", "不实承诺的后果", item.commitment.consequences),
        ],
        "promises": service.promises_of(case_no),
        "commitment": commitment,
        "results": [{"value": value, "label": label} for value, label in service.Commitment.Result.choices if value],
        "licence_case": service.licence_case_of(case_no),
        "licences": service.licences_of_case(case_no),
        "publications": service.publications_of(case_no),
        "handovers": service.handovers_of(case_no),
        "document_choices": _documents(papers),
        "review_sources": _options(SOURCES),
        "review_results": _options(RESULTS),
        "review_reasons": _options(BECAUSE),
        "review_limits": [
            {"value": days, "label": f"{days} 个工作日" if days != "0" else "按法定期限"} for days in ("0", "10", "15", "20", "30")
        ],
        "slips": [one for one in papers if one.kind in ("slip", "corrected_slip")],
        "reopenings": [
            {"source": SOURCES[one.source], "result": RESULTS[one.result], "because": BECAUSE[one.because], "row": one}
            for one in annulments
        ],
        "to_reopen": any(one.result == "annulled_redo" and one.reopened_at is None for one in annulments),
        "annuls": decides or (part is not None and may(actor, "legal_reviewer", organisation=part.organisation)),
        "finished": part is not None and not part.is_open,
        "today": today(),
    }
    return render(request, "back_permits/case.html", context, status=422 if errors else 200)


@role_required(*ROLES)
@require_GET
def licences(request: HttpRequest) -> HttpResponse:
    """Licences the organisation gave."""
    text = request.GET.get("q", "").strip()[:100]
    rows = service.licences_held(request.actor, text)  # type: ignore[attr-defined]
    return render(request, "back_permits/licences.html", {**_pages(request, rows, {"q": text} if text else {}), "text": text})


@role_required(*ROLES)
@require_http_methods(["GET", "POST"])
def licence(request: HttpRequest, identifier: str) -> HttpResponse:
    """One licence: what was done to it, and what may be, each with its grounds."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        row = service.access_licence(identifier, actor=actor)
    except service.NotFound as error:
        raise Http404(error.message) from error
    errors, refused = _act(request, licence_act, identifier=identifier) if request.method == "POST" else ({}, "")
    if request.method == "POST" and not errors:
        return redirect("back_permits:licence", identifier=identifier)
    item = service.item_held(row)
    own = may(actor, "decider", organisation=row.organisation)
    above = may(actor, "decider", organisation=actor.organisation) and service.is_superior(actor.organisation, row.organisation)
    acts = service.acts_on(identifier)
    offered = _offered(row, item, own=own, decides=own or above)
    context = {
        "row": row,
        "acts": [{"text": one.get_kind_display(), "at": one.at, "by": one.organisation_name, "more": _said(one)} for one in acts],
        "announced": next((one for one in reversed(acts) if one.kind == "announce"), None),
        "errors": errors,
        "refused": refused,
        "entered": request.POST,
        "offered": offered,
        "opened": refused or next((one["act"] for one in offered if one["act"] == request.GET.get("act")), ""),
        "valid": row.state == "valid",
        "expired": row.valid_to is not None and row.valid_to < today(),
        "revoke_grounds": [{"value": key, "label": words} for key, (words, _) in service.REVOKE.items()],
        "recall_grounds": _options(service.RECALL),
        "cancel_grounds": _options(service.CANCEL),
        "replace_grounds": _options(service.REPLACE),
        "transferable": item.transferable_by if item else "",
        "start": item.start_work if item and item.start_work.length else None,
    }
    return render(request, "back_permits/licence.html", context, status=422 if errors else 200)


def _documents(papers: list[ServedDocument]) -> list[dict[str, str]]:
    """Papers in which a slip may be corrected."""
    known = [one for one in papers if one.kind not in ("receipt", "slip", "corrected_slip")]
    return [{"value": one.document_no, "label": f"{one.title} {one.document_no}"} for one in known]


def _options(grounds: Any) -> list[dict[str, str]]:
    return [{"value": key, "label": words} for key, words in grounds.items()]


def _offered(row: service.HeldLicence, item: Any, *, own: bool, decides: bool) -> list[dict[str, str]]:
    """The decisions this post may make on the licence as it stands."""
    valid = row.state == "valid"
    starts = bool(item and item.start_work.length) and row.begun_on is None
    acts = (
        ("announce", "拟撤销：先告知当事人", decides and valid),
        ("revoke", "撤销许可", decides and valid),
        ("recall", "撤回许可", decides and valid),
        ("cancel", "注销", own and row.state not in ("cancelled", "void")),
        ("replace", "补发", own and valid),
        ("transfer", "转让", own and valid and bool(item and item.transferable_by)),
        ("put_off", "延期开工", own and valid and starts),
        ("begun", "登记开工", own and valid and starts),
    )
    return [{"act": act, "title": title} for act, title, may_do in acts if may_do]


def _said(act: service.LicenceAct) -> str:
    return "　".join(filter(None, (act.document_no, act.reason, f"{act.by_post} {act.by_name}".strip())))


@role_required(*ROLES)
@require_GET
def publications(request: HttpRequest) -> HttpResponse:
    """What is to be published, is published, or is withheld."""
    state = request.GET.get("state", "waiting")
    state = state if state in service.Publication.State.values else "waiting"
    text = request.GET.get("q", "").strip()[:100]
    rows = service.publications_for(request.actor, state, reading=True)  # type: ignore[attr-defined]
    if text:
        rows = rows.filter(party_name__icontains=text) | rows.filter(document_no=text) | rows.filter(case_no=text)
    kept = {"state": state, **({"q": text} if text else {})}
    tabs = [{"title": label, "href": f"?{urlencode({'state': value})}"} for value, label in service.Publication.State.choices]
    context = {**_pages(request, rows, kept), "text": text, "tabs": tabs, "here": f"?{urlencode({'state': state})}", "today": today()}
    return render(request, "back_permits/publications.html", {**context, "state": state})


@role_required(*ROLES)
@require_http_methods(["GET", "POST"])
def publication(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """One decision: look over what the public will read, publish, take down, answer objections."""
    row = service.publications_for(request.actor, reading=True).filter(id=publication_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    errors, refused = _act(request, publication_act, publication_id=publication_id) if request.method == "POST" else ({}, "")
    if request.method == "POST" and not errors:
        return redirect("back_permits:publication", publication_id=publication_id)
    entered = request.POST if refused == "publish" else {}
    fields = [
        {
            "name": f"field-{number}",
            "label": label,
            "value": entered.get(f"field-{number}", row.fields.get(label, "")),
            "error": errors.get(label, ""),
            "required": needed,
        }
        for number, (label, (_, needed)) in enumerate(service.FIELDS.items())
    ]
    by_name = {one["label"]: one["name"] for one in fields}
    context = {
        "row": row,
        "fields": fields,
        "shown": [{"label": label, "value": value} for label, value in row.fields.items() if value],
        "errors": {by_name.get(name, name): text for name, text in errors.items()},
        "refused": refused,
        "entered": request.POST,
        "questions": row.questions.all(),
    }
    return render(request, "back_permits/publication.html", context, status=422 if errors else 200)


@role_required(*ROLES)
@require_http_methods(["GET", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """审管衔接: decisions handed to this organisation for supervision."""
    actor = request.actor  # type: ignore[attr-defined]
    error, failed = "", ""
    if request.method == "POST":
        failed = request.POST.get("handover", "")
        try:
            row = service.handovers_for(actor).filter(id=UUID(failed)).first() if len(failed) == 36 else None
            if row is None:
                raise service.NotFound()
            service.claim_handover(handover_id=row.id, answer=request.POST.get("answer", ""), actor=actor, at=now())
            messages.success(request, "已认领，纳入监管。")
            return redirect("back_permits:handovers")
        except (ActRefused, ValueError) as refused:
            error = getattr(refused, "message", "没有找到，请刷新页面。")
    claimed = request.GET.get("state") == "claimed"
    context = {
        **_pages(request, service.handovers_for(actor, claimed=claimed), {"state": "claimed"} if claimed else {}),
        "claimed": claimed,
        "error": error,
        "failed": failed,
        "entered": request.POST.get("answer", ""),
        "today": today(),
    }
    return render(request, "back_permits/handovers.html", context, status=422 if error else 200)
