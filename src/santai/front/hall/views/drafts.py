"""An application being written: the task list, its sections, the aids before a company's form, checking and filing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.exchange.contracts.service import Party, decode
from santai.front.hall import service
from santai.front.hall.rules.materials import missing_materials
from santai.front.hall.rules.signers import signers_in
from santai.front.hall.views.attachments import attached, file_links, upload_ways
from santai.front.hall.views.shared import fields_said, friendly, people_count, said, shown_files, who
from santai.kernel.clocks.service import now
from santai.kernel.forms.service import (
    answers_context,
    check,
    error_summary,
    is_row_act,
    read_section,
    section_context,
    sections,
)
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import day, whole

AIDS = {"name_check": "front_hall:name", "business_scope": "front_hall:scope", "address": "front_hall:address"}


def opened(request: HttpRequest, draft_id: UUID) -> service.Draft:
    actor, _party, _account = who(request)
    return service.access_draft(draft_id=draft_id, actor=actor)


def locks(draft: service.Draft) -> tuple[dict[str, str], dict[str, str]]:
    """(locked path → origin, other prefilled path → origin), with the day the register's data is of."""
    locked: dict[str, str] = {}
    origins: dict[str, str] = {}
    for path, given in draft.prefilled.items():
        origin = given["origin"] + (_("（%(day)s 的数据）") % {"day": _plain(given["as_of"])} if given.get("as_of") else "")
        (locked if given.get("locked") else origins)[path] = origin
    return locked, origins


def _plain(iso: str) -> str:
    return day(date.fromisoformat(iso[:10]), language="en" if get_language() == "en" else "zh", weekday=False)


def applicant_of(draft: service.Draft) -> Party:
    return decode(Party, draft.applicant)


def tasks_of(draft: service.Draft) -> dict[str, Any]:
    """Everything there is to do before filing, with its state and where it goes on."""
    form = service.form_of_draft(draft)
    item = service.definition_of(draft.item_code, draft.item_version)
    chosen = bool(draft.commitment)
    commitment = {
        "title": _("告知承诺（自愿选择）"),
        "href": reverse("front_hall:commitment", args=[draft.id]),
        "state": "已完成" if chosen else "未开始",
        "hint": _("已签署，受理后当场决定") if chosen else _("选交"),
    }
    states = [
        {
            "id": one.id,
            "title": one.title,
            "lang": one.lang,
            # what the registers filled in completely needs no visit
            "state": "已完成" if one.state == "未开始" and not one.errors else one.state,
            "hint": "",
            "href": reverse("front_hall:section", args=[draft.id, one.id]),
        }
        for one in sections(form, draft.data)
    ]
    needed = [one for one in service.materials_of_draft(draft) if one.source in ("upload", "licence")]
    missing = {one.code for one in missing_materials(needed, draft.materials)}
    materials = [
        {
            "code": one.code,
            "title": one.name,
            "href": reverse("front_hall:material", args=[draft.id, one.code]),
            "state": "未开始" if one.code in missing else "已完成" if draft.materials.get(one.code) or one.required else "未开始",
            "hint": "" if one.required else _("选交"),
        }
        for one in needed
    ]
    signers = signers_in(item.signers, draft.data)
    invitations = service.invitations_of(draft) if item.signers else []
    signed = {one.code for one in invitations if one.signed_at}
    waiting = [one for one in signers if one["code"] not in signed]
    filled = all(one["state"] == "已完成" for one in states)
    ready = filled and not missing
    signing_state = "已完成" if signers and not waiting else "进行中" if signed else "未开始" if filled else "暂时不能填写"
    return {
        "sections": states,
        "materials": materials,
        "signing": {
            "title": _("邀请签名"),
            "href": reverse("front_hall:signatures", args=[draft.id]) if filled else "",
            "state": signing_state,
            "hint": _("还有 %(count)s 没有签名") % {"count": people_count(len(waiting))} if filled and waiting else "",
        }
        if item.signers
        else None,
        "commitment": commitment if service.offers_commitment(item) else None,
        "business": draft.business,
        "done": sum(one["state"] == "已完成" for one in [*states, *materials]),
        "total": len(states) + len(materials),
        "filled": filled,
        "ready": ready and not (item.signers and waiting),
        "only_papers_missing": filled and bool(missing) and not (item.signers and waiting),
        "checking": filled,
    }


def next_step(draft: service.Draft) -> str:
    """Where the applicant goes on: the first thing that is not done, else 核对."""
    todo = tasks_of(draft)
    for one in [*todo["sections"], *todo["materials"]]:
        if one["state"] != "已完成" and one.get("hint") != _("选交"):
            return str(one["href"])
    if todo["signing"] and todo["signing"]["state"] != "已完成":
        return str(todo["signing"]["href"])
    return reverse("front_hall:check", args=[draft.id])


@require_GET
@friendly
@signed_in
def go_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Straight to what is to be done: the aids of a company's form first, then the first open section."""
    draft = opened(request, draft_id)
    if draft.state == service.Draft.State.SUBMITTED:
        return redirect("front_hall:filed", case_no=draft.case_no)
    item = service.definition_of(draft.item_code, draft.item_version)
    if item.pre_form or item.shape == "joint":
        return redirect("front_hall:draft", draft_id=draft.id)
    return redirect(next_step(draft))


@require_GET
@friendly
@signed_in
def home(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = opened(request, draft_id)
    if draft.state == service.Draft.State.SUBMITTED:
        return redirect("front_hall:filed", case_no=draft.case_no)
    item = service.definition_of(draft.item_code, draft.item_version)
    todo = tasks_of(draft)
    aids = {
        "name_check": (_("查名称、保留名称"), bool(draft.reservation)),
        "business_scope": (_("选经营范围的规范表述"), bool(draft.data.get("business_scope"))),
        "address": (_("查标准地址"), bool((draft.data.get("domicile") or {}).get("division"))),
    }
    context = {
        "draft": draft,
        "item": item,
        "applicant": applicant_of(draft),
        **todo,
        **service.outlook(item, service.content_of(draft)),
        "outdated": is_outdated(draft),
        "aids": [
            {"title": aids[one][0], "state": "已完成" if aids[one][1] else "未开始", "href": reverse(AIDS[one], args=[draft.id])}
            for one in item.pre_form
            if one in AIDS
        ],
        "has_sample": service.has_sample(draft),
        "next_url": next_step(draft),
        "check_url": reverse("front_hall:check", args=[draft.id]),
    }
    return render(request, "front_hall/draft.html", context)


def is_outdated(draft: service.Draft) -> bool:
    try:
        return service.current_item(draft.item_code).version != draft.item_version
    except service.ItemNotOffered:
        return True


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def section(request: HttpRequest, draft_id: UUID, section_id: str) -> HttpResponse:
    """One short page of the form. Saved as one types (``X-Autosave``) and by its button; nothing typed is ever lost."""
    draft = opened(request, draft_id)
    if draft.state == service.Draft.State.SUBMITTED:
        return redirect("front_hall:filed", case_no=draft.case_no)
    form = service.form_of_draft(draft)
    if section_id not in {one.id for one in form.sections}:
        raise service.NotFound()
    locked, origins = locks(draft)
    page = request.POST.get("page", "") or uuid4().hex
    if request.method == "GET":
        return _show_section(request, draft, form, section_id, draft.data, page, {}, locked, origins)
    actor, _party, _account = who(request)
    autosave = request.headers.get("X-Autosave") == "1"
    typed = read_section(form, section_id, request.POST, draft.data, locked=set(locked))
    typed, refused = attached(request, form, section_id, typed, actor, locked=set(locked))
    try:
        draft = service.save_draft(
            draft_id=draft.id,
            data=typed,
            revision=_whole(request.POST.get("revision")),
            section=section_id,
            actor=actor,
            at=now(),
            page=page,
        )
    except service.StaleDraft as refusal:
        if autosave:
            return HttpResponse(said(refusal), status=409, content_type="text/plain; charset=utf-8")
        return _show_section(request, draft, form, section_id, typed, page, {}, locked, origins, stale=said(refusal))
    if autosave:
        return HttpResponse(status=204)
    errors: Mapping[str, str] = refused
    if not is_row_act(request.POST):
        errors = {**check(form, draft.data, only_section=section_id, locked=_locked_values(draft)).errors, **refused}
        if not errors or request.POST.get("then") == "later":
            return (
                redirect("front_hall:draft", draft_id=draft.id)
                if request.POST.get("then") == "later"
                else redirect(_after(draft, section_id))
            )
    return _show_section(request, draft, form, section_id, draft.data, page, errors, locked, origins)


def _locked_values(draft: service.Draft) -> dict[str, Any]:
    return {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")}


def _whole(text: str | None) -> int:
    return whole(text or "", most=999_999_999) or 0


def _after(draft: service.Draft, section_id: str) -> str:
    """The next section that is open, looking onward from this one first."""
    todo = tasks_of(draft)
    ids = [one["id"] for one in todo["sections"]]
    here = ids.index(section_id) + 1 if section_id in ids else 0
    for one in todo["sections"][here:]:
        if one["state"] != "已完成":
            return str(one["href"])
    return next_step(draft)


def _show_section(
    request: HttpRequest,
    draft: service.Draft,
    form: Any,
    section_id: str,
    data: dict[str, Any],
    page: str,
    errors: Mapping[str, str],
    locked: dict[str, str],
    origins: dict[str, str],
    stale: str = "",
) -> HttpResponse:
    todo = sections(form, data, errors or None)
    ids = [one.id for one in todo]
    number = ids.index(section_id) + 1 if section_id in ids else 1
    previous = ids[number - 2] if number > 1 else ""
    actor, _party, _account = who(request)
    context = section_context(form, section_id, data, errors=errors, locked=locked, origins=origins, **upload_ways(actor))
    context |= {
        "draft": draft,
        "number": number,
        "total": len(ids),
        "page_key": page,
        "stale": stale,
        "errors": {one["path"]: one["text"] for one in context["form_section"]["errors"]},
        "section_url": reverse("front_hall:section", args=[draft.id, section_id]),
        "draft_url": reverse("front_hall:draft", args=[draft.id]),
        "back_url": reverse("front_hall:section", args=[draft.id, previous]) if previous else "",
        "aid": _aid_for(draft, section_id),
    }
    return render(request, "front_hall/section.html", context, status=409 if stale else 422 if errors else 200)


def _aid_for(draft: service.Draft, section_id: str) -> dict[str, str] | None:
    """The aid that belongs to a section, linked from it."""
    item = service.definition_of(draft.item_code, draft.item_version)
    form = service.form_of_draft(draft)
    here = {path for path, field in form.fields.items() if field.section == section_id}
    for aid, path, title in (
        ("name_check", "company_name", _("先查一查名称能不能用")),
        ("business_scope", "business_scope.*.text", _("从规范表述目录里选")),
        ("address", "domicile.road", _("从标准地址库里选")),
    ):
        if aid in item.pre_form and path in here:
            return {"href": reverse(AIDS[aid], args=[draft.id]), "title": title}
    return None


# -- aids --------------------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def name(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Is the company's name free? Keep it."""
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    typed = {key: request.POST.get(key, "").strip() for key in ("district", "trade_name", "industry", "form")}
    context: dict[str, Any] = {"draft": draft, "typed": typed, "forms": [(one, one) for one in FORMS], "errors": {}}
    if request.method == "GET":
        typed |= {"district": service.name_district(draft), "form": FORMS[0]}
        return render(request, "front_hall/name.html", context)
    if missing := {
        key: text for key, text in {"trade_name": _("请填写字号"), "industry": _("请填写行业或者经营特点")}.items() if not typed[key]
    }:
        return render(request, "front_hall/name.html", context | {"errors": missing}, status=422)
    keep = request.POST.get("act") == "keep"
    try:
        answer = service.check_name(draft_id=draft.id, **typed, keep=keep, actor=actor, at=now())
    except ActRefused as refusal:
        return render(request, "front_hall/name.html", context | {"unavailable": said(refusal)}, status=503)
    if keep and answer.free:
        messages.success(request, _("名称“%(name)s”已为您保留，并填入申请表。") % {"name": answer.full_name})
        return redirect("front_hall:draft", draft_id=draft.id)
    return render(request, "front_hall/name.html", context | {"answer": answer})


FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "合伙企业（有限合伙）", "合伙企业（普通合伙）")


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def scope(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Standard wordings of the business scope."""
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    text = (request.POST.get("q") or request.GET.get("q") or "").strip()
    context: dict[str, Any] = {"draft": draft, "q": text, "errors": {}}
    status = 200
    try:
        if "remove" in request.POST:
            service.remove_scope(draft_id=draft.id, text=request.POST["remove"], actor=actor, at=now())
            return redirect("front_hall:scope", draft_id=draft.id)
        if request.method == "POST":
            service.choose_scope(draft_id=draft.id, text=text, codes=request.POST.getlist("codes"), actor=actor, at=now())
            messages.success(request, _("已加入经营范围。可以继续查找，或者返回申请表。"))
            return redirect("front_hall:scope", draft_id=draft.id)
    except service.FormAids as refusal:
        context["errors"], status = fields_said(refusal), 422
    except ActRefused as refusal:
        context["unavailable"], status = said(refusal), 503
    if text and "unavailable" not in context:
        try:
            context["entries"] = service.find_scope(draft_id=draft.id, text=text, actor=actor, at=now())
        except ActRefused as refusal:
            context["unavailable"], status = said(refusal), 503
    context["chosen"] = [row.get("text", "") for row in draft.data.get("business_scope") or [] if isinstance(row, dict)]
    return render(request, "front_hall/scope.html", context, status=status)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def address(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Standard addresses."""
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    text = (request.POST.get("q") or request.GET.get("q") or "").strip()
    context: dict[str, Any] = {"draft": draft, "q": text, "errors": {}}
    status = 200
    try:
        if request.method == "POST":
            service.choose_address(draft_id=draft.id, text=text, code=request.POST.get("code", ""), actor=actor, at=now())
            messages.success(request, _("地址已填入申请表。"))
            return redirect("front_hall:draft", draft_id=draft.id)
    except service.FormAids as refusal:
        context["errors"], status = fields_said(refusal), 422
    except ActRefused as refusal:
        context["unavailable"], status = said(refusal), 503
    if text and "unavailable" not in context:
        try:
            context["entries"] = service.find_address(draft_id=draft.id, text=text, actor=actor, at=now())
        except ActRefused as refusal:
            context["unavailable"], status = said(refusal), 503
    context["present"] = draft.data.get("domicile") or {}
    return render(request, "front_hall/address.html", context, status=status)


@require_POST
@friendly
@signed_in
def sample(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    service.fill_sample(draft_id=draft.id, revision=draft.revision, actor=actor, at=now())
    messages.success(request, _("已填入演示数据。"))
    return redirect("front_hall:draft", draft_id=draft.id)


# -- the draft as a whole ----------------------------------------------------------------------------------------------------------


@require_POST
@friendly
@signed_in
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    actor, _party, _account = who(request)
    service.discard_draft(draft_id=draft_id, actor=actor, at=now())
    return render(request, "front_hall/discarded.html", {"draft_id": draft_id})


@require_POST
@friendly
@signed_in
def restore(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    actor, _party, _account = who(request)
    service.restore_draft(draft_id=draft_id, actor=actor, at=now())
    messages.success(request, _("草稿已恢复。"))
    return redirect("front_hall:draft", draft_id=draft_id)


@require_POST
@friendly
@signed_in
def version(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Move to the item version now on offer."""
    actor, _party, _account = who(request)
    service.move_to_current_version(draft_id=draft_id, actor=actor, at=now())
    messages.success(request, _("已换用新版本，您填的内容都在。请核对标出的部分。"))
    return redirect("front_hall:draft", draft_id=draft_id)


@require_GET
@friendly
@signed_in
def checking(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """核对: everything on one page, each answer with a change link."""
    draft = opened(request, draft_id)
    if draft.state == service.Draft.State.SUBMITTED:
        return redirect("front_hall:filed", case_no=draft.case_no)
    return show_check(request, draft)


def show_check(request: HttpRequest, draft: service.Draft, *, errors: Mapping[str, str] | None = None, why: str = "") -> HttpResponse:
    actor, _party, _account = who(request)
    form = service.form_of_draft(draft)
    locked, origins = locks(draft)
    found = dict(errors or {})
    found |= check(form, draft.data, locked=_locked_values(draft)).errors
    todo = tasks_of(draft)
    listed = [
        {"text": one["text"], "href": f"{reverse('front_hall:section', args=[draft.id, one['section']])}#{one['anchor']}"}
        for one in error_summary(form, {path: text for path, text in found.items() if not path.startswith("material:")})
        if one["section"]
    ]
    listed += [
        {"text": _("缺少材料：%(name)s") % {"name": one["title"]}, "href": one["href"]}
        for one in todo["materials"]
        if one["state"] != "已完成" and not one["hint"]
    ]
    item = service.definition_of(draft.item_code, draft.item_version)
    handed_in = [
        {
            "name": one.name,
            "href": reverse("front_hall:material", args=[draft.id, one.code]),
            "files": shown_files(draft.materials.get(one.code, {}).get("files", []), actor),
            "licence": draft.materials.get(one.code, {}).get("from_licence", ""),
            "later": draft.materials.get(one.code, {}).get("follows_later", False),
            "source": one.source,
            "asked": one.source in ("upload", "licence"),
        }
        for one in service.materials_of_draft(draft)
    ]
    context = answers_context(
        form,
        draft.data,
        change_url=lambda section_id: reverse("front_hall:section", args=[draft.id, section_id]),
        origins={**locked, **origins},
        locked=set(locked),
        file_url=file_links(actor),
    )
    context |= {
        "draft": draft,
        "item": item,
        "applicant": applicant_of(draft),
        "why": why,
        "listed": listed,
        "handed_in": handed_in,
        **service.outlook(item, service.content_of(draft)),
        "signing": todo["signing"],
        "invitations": service.invitations_of(draft) if item.signers else [],
        "may_submit": todo["ready"],
        "may_submit_incomplete": todo["only_papers_missing"],
        "outdated": is_outdated(draft),
        "draft_url": reverse("front_hall:draft", args=[draft.id]),
        "filled": todo["checking"],
    }
    return render(request, "front_hall/check.html", context, status=422 if why else 200)


@require_POST
@friendly
@signed_in
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """File. A double click or a repeated request leads to the same case."""
    actor, _party, account = who(request)
    try:
        incomplete = bool(request.POST.get("incomplete"))
        application = service.submit_application(draft_id=draft_id, account=account, actor=actor, at=now(), incomplete=incomplete)
    except (service.NotFound, service.ItemNotOffered):
        raise
    except ActRefused as refusal:
        return show_check(request, opened(request, draft_id), errors=refusal.fields, why=said(refusal))
    return redirect("front_hall:filed", case_no=application.case_no)
