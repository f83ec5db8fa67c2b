"""The one answer to a correction notice: what is wrong, where to change it, what changed, submit once."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from santai.front.hall import service
from santai.front.hall.views.attachments import attached, upload_ways
from santai.front.hall.views.cases import mine
from santai.front.hall.views.materials import taken, upload_context
from santai.front.hall.views.shared import friendly, said, shown_files, who
from santai.kernel.clocks.service import now
from santai.kernel.forms.service import (
    Form,
    anchor,
    check,
    diff,
    error_summary,
    get_form,
    is_row_act,
    read_section,
    section_context,
    value_at,
)
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import whole


def _opened(request: HttpRequest, case_no: str) -> tuple[service.CaseView, service.CorrectionView, service.Application, Form]:
    view = mine(request, case_no)
    correction = service.correction_of(case_no)
    if correction is None:
        raise service.NotFound()
    application = service.application_of(case_no)
    return view, correction, application, get_form(application.form, application.form_version)


def _before(application: service.Application) -> dict[str, Any]:
    return {key: value for key, value in application.content.items() if key != "situation"}


def _section_of(form: Form, path: str) -> str:
    """The section a path stands in; a group's own path counts too."""
    plain = ".".join("*" if step.isdigit() else step for step in path.split("."))
    for known, field in form.fields.items():
        if known == plain or known.startswith(f"{plain}."):
            return field.section
    return ""


def _defects(case_no: str, correction: service.CorrectionView, application: service.Application, form: Form) -> list[dict[str, Any]]:
    old = _before(application)
    rows = []
    for defect in correction.defects:
        href, done = "", False
        if defect.get("field") and (section := _section_of(form, defect["field"])):
            href = f"{reverse('front_hall:correction_section', args=[case_no, section])}#{anchor(defect['field'])}"
            done = value_at(correction.data or old, defect["field"]) != value_at(old, defect["field"])
        elif defect.get("material"):
            href = reverse("front_hall:correction_material", args=[case_no, defect["material"]])
            done = bool(correction.materials.get(defect["material"], {}).get("files"))
        rows.append({**defect, "href": href, "state": "已补正" if done else "待补正" if href else ""})
    return rows


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def correction(request: HttpRequest, case_no: str) -> HttpResponse:
    """The notice with links to every place, what changed so far, and the one submit."""
    view, notice, application, form = _opened(request, case_no)
    actor, _party, _account = who(request)
    why, listed = "", []
    if request.method == "POST":
        try:
            service.submit_correction(case_no=case_no, actor=actor, at=now(), incomplete=bool(request.POST.get("incomplete")))
        except service.NothingToCorrect:
            return redirect("front_hall:case", case_no=case_no)  # the double click of one that arrived
        except service.NotFound:
            raise
        except ActRefused as refusal:
            why = said(refusal)
            listed = _listed(case_no, form, refusal.fields or {})
        else:
            messages.success(request, _("补正已提交，各部门会接着办理。"))
            return redirect("front_hall:case", case_no=case_no)
    old = _before(application)
    defects = _defects(case_no, notice, application, form)
    names = {one["code"]: one["name"] for one in application.materials}
    context = {
        "view": view,
        "notice": notice,
        "defects": defects,
        "left": [one for one in defects if one["state"] == "待补正"],
        "changes": diff(form, old, notice.data or old),
        "added": [
            {"name": names.get(code, code), "files": shown_files(given.get("files", []), actor)} for code, given in notice.materials.items()
        ],
        "sections": [
            {"title": str(one.title), "href": reverse("front_hall:correction_section", args=[case_no, one.id])} for one in form.sections
        ],
        "why": why,
        "listed": listed,
        "answered": notice.answered_at,
    }
    return render(request, "front_hall/correction.html", context, status=422 if why else 200)


def _listed(case_no: str, form: Form, errors: Mapping[str, str]) -> list[dict[str, str]]:
    found = [
        {"text": one["text"], "href": f"{reverse('front_hall:correction_section', args=[case_no, one['section']])}#{one['anchor']}"}
        for one in error_summary(form, {path: text for path, text in errors.items() if not path.startswith("material:")})
        if one["section"]
    ]
    found += [
        {"text": text, "href": reverse("front_hall:correction_material", args=[case_no, path.partition(":")[2]])}
        for path, text in errors.items()
        if path.startswith("material:")
    ]
    return found


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def section(request: HttpRequest, case_no: str, section_id: str) -> HttpResponse:
    """One section of the form with the defects beside its fields; saved as one types."""
    view, notice, application, form = _opened(request, case_no)
    if notice.answered_at:
        return redirect("front_hall:case", case_no=case_no)
    if section_id not in {one.id for one in form.sections}:
        raise service.NotFound()
    actor, _party, _account = who(request)
    locked = service.locked_of(application)
    data = notice.data or _before(application)
    page = request.POST.get("page", "") or uuid4().hex
    errors: Mapping[str, str] = {}
    stale = ""
    if request.method == "POST":
        autosave = request.headers.get("X-Autosave") == "1"
        typed = read_section(form, section_id, request.POST, data, locked=set(locked))
        typed, refused = attached(request, form, section_id, typed, actor, locked=set(locked))
        said_revision = request.POST.get("revision", "")
        try:
            notice = service.save_correction(
                case_no=case_no, data=typed, revision=whole(said_revision, most=99_999_999) or 0, actor=actor, at=now(), page=page
            )
            data = notice.data or typed
        except service.NothingToCorrect:
            return redirect("front_hall:case", case_no=case_no)
        except service.StaleDraft as refusal:
            if autosave:
                return HttpResponse(said(refusal), status=409, content_type="text/plain; charset=utf-8")
            data, stale = typed, said(refusal)
        else:
            if autosave:
                return HttpResponse(status=204)
            errors = refused
            if not is_row_act(request.POST):
                errors = {**check(form, data, only_section=section_id).errors, **refused}
                if not errors:
                    return redirect("front_hall:correction", case_no=case_no)
    highlight = {one["field"]: f"{one['organisation_name']}：{one['text']}" for one in notice.defects if one.get("field")}
    context = section_context(
        form, section_id, data, errors=errors, locked=locked, origins=application.prefilled, highlight=highlight, **upload_ways(actor)
    )
    context |= {
        "view": view,
        "notice": notice,
        "page_key": page,
        "stale": stale,
        "revision": notice.revision,
        "errors": {one["path"]: one["text"] for one in context["form_section"]["errors"]},
        "section_url": request.path,
        "draft_url": reverse("front_hall:correction", args=[case_no]),
    }
    return render(request, "front_hall/correction_section.html", context, status=409 if stale else 422 if errors else 200)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def material(request: HttpRequest, case_no: str, code: str) -> HttpResponse:
    """New files for a material that was found wanting; they take the place of the earlier ones."""
    view, notice, application, _form = _opened(request, case_no)
    if notice.answered_at:
        return redirect("front_hall:case", case_no=case_no)
    actor, _party, _account = who(request)
    item = service.definition_of(application.item_code, application.item_version)
    wanted = next((one for one in item.materials if one.code == code), None)
    if wanted is None:
        raise service.NotFound()
    error = ""
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                service.remove_correction_file(case_no=case_no, code=code, digest=request.POST["remove"], actor=actor, at=now())
                return redirect(request.path)
            files = taken(request, wanted, actor)
            if files:
                service.add_correction_file(case_no=case_no, code=code, files=files, actor=actor, at=now())
                messages.success(request, _("已上传。"))
                return redirect(request.path)
            if request.POST.get("act") == "go_on" and notice.materials.get(code):
                return redirect("front_hall:correction", case_no=case_no)
            error = _("请先选择文件。")
        except service.NothingToCorrect:
            return redirect("front_hall:case", case_no=case_no)
        except service.NotFound:
            raise
        except ActRefused as refusal:
            error = said(refusal)
    before: dict[str, Any] = next((one for one in application.materials if one["code"] == code), {})
    context = {
        "view": view,
        "material": wanted,
        "files": shown_files(notice.materials.get(code, {}).get("files", []), actor),
        "earlier": shown_files(before.get("files", []), actor),
        "defects": [one for one in notice.defects if one.get("material") == code],
        "errors": {"file": error} if error else {},
        "error": error,
        "back_url": reverse("front_hall:correction", args=[case_no]),
        **upload_context(wanted, actor),
    }
    return render(request, "front_hall/correction_material.html", context, status=422 if error else 200)
