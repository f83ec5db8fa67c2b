"""Pages of the space: one call to the door each; the frame around them says who one acts as."""

import csv
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.exchange.contracts.service import ProgressEntry
from santai.front.hall.service import NotFound, discard_draft, licence_choices, open_paper, restore_draft
from santai.front.space import service
from santai.front.space.forms import GrantForm
from santai.kernel.clocks.service import now, today
from santai.kernel.codes.service import IDENTIFIER_KINDS, PERSON_KINDS
from santai.kernel.files.service import FileRef, download_url
from santai.kernel.identity.service import holdings_of, signed_in
from santai.kernel.ledger.service import ActRefused
from santai.kernel.render.service import qr_svg
from santai.kernel.web.context import verify_link

FILTERS = ("", "open", "mine", "done")


def _frame(request: HttpRequest, template: str, here: str, status: int = 200, **content: Any) -> HttpResponse:
    """A page of the space inside its frame: who acts, the other capacities, and the tabs with what waits behind them."""
    actor, party, day = request.actor, request.party, today()  # type: ignore[attr-defined]
    counts = service.counts(actor, party, day)
    tabs = [
        ("home", _("待办"), counts["todo"]),
        ("cases", _("办件"), counts["open"]),
        ("drafts", _("草稿"), counts["drafts"]),
        ("documents", _("文书"), ""),
        ("licences", _("证照"), ""),
        ("payments", _("缴费"), counts["payments"]),
        ("messages", _("消息"), counts["unread"]),
        ("authorisations", _("授权"), ""),
        ("data", _("我的资料"), ""),
    ]
    if actor.represents is not None and (here == "firm" or service.has_firm_page(party)):
        tabs.insert(-1, ("firm", _("企业服务"), ""))
    ways = service.capacities(request.user, day)  # type: ignore[arg-type]
    for_firm = actor.represents is not None
    return render(
        request,
        template,
        {
            "tabs": [{"title": title, "href": _place(name), "count": count or ""} for name, title, count in tabs],
            "tab_here": reverse(f"front_space:{here}"),
            "for_firm": for_firm,
            "whose": party.name,
            "in_post": actor.kind == "official",
            "others": [way for way in ways if (way.title != party.name if for_firm else way.key != "self")],
            "me_now": next((way for way in ways if (way.title == party.name if for_firm else way.key == "self")), None),
            "login": request.user.get_username(),
            "unread": counts["unread"],
            "now": now(),
            **content,
        },
        status=status,
    )


def _place(name: str) -> str:
    """Payments have a room of their own."""
    return reverse("front_payments:payments" if name == "payments" else f"front_space:{name}")


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "party": request.party}  # type: ignore[attr-defined]


@never_cache
@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    found = service.waiting(**_who(request), on=today())
    latest = service.messages(request.party, unread=True).rows[:3]  # type: ignore[attr-defined]
    started = service.drafts(**_who(request))[:3]
    return _frame(
        request,
        "front_space/home.html",
        "home",
        **found,
        latest=latest,
        started=started,
        nothing=not any((*(found[key] for key in ("signatures", "corrections", "papers", "ratings", "payments")),)),
        new_here=not any((*found.values(), latest, started)),
    )


@never_cache
@signed_in
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in FILTERS else ""
    text = request.GET.get("q", "")
    order = request.GET.get("order", "") if request.GET.get("order") in service.ORDERS else ""
    page = service.cases(**_who(request), on=today(), state=state, text=text, order=order, cursor=request.GET.get("at", ""))
    kept = {key: value for key, value in (("state", state), ("q", text), ("order", order)) if value}
    return _frame(
        request,
        "front_space/cases.html",
        "cases",
        page=page,
        state=state,
        text=text,
        order=order,
        orders=[
            {"title": title, "href": "?" + urlencode({**kept, "order": value}), "current": value == order}
            for value, title in (("", _("最近提交")), ("changed", _("最近有进展")))
        ],
        export_url=f"{reverse('front_space:cases_table')}?{urlencode(kept)}",
        filtered=bool(state or text),
        states=[
            {"title": title, "href": f"?{urlencode({'state': value})}" if value else "?"}
            for value, title in (("", _("全部")), ("mine", _("等我处理")), ("open", _("办理中")), ("done", _("已办结")))
        ],
        state_here=f"?{urlencode({'state': state})}" if state else "?",
        previous=_cursor(page.previous, kept),
        following=_cursor(page.following, kept),
    )


@never_cache
@signed_in
@require_GET
def cases_table(request: HttpRequest) -> HttpResponse:
    """The list as a table for a spreadsheet (UTF-8 with its mark, so that it opens right where people double-click it)."""
    given = request.GET
    rows = service.case_table(
        **_who(request), on=today(), state=given.get("state", ""), text=given.get("q", ""), order=given.get("order", "")
    )
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cases-{today():%Y%m%d}.csv"'
    table = csv.writer(answer)
    heads = (_("办件编号"), _("事项"), _("办理机关"), _("申请人"), _("提交时间"), _("状态"), _("现在的步骤"), _("最迟办结"), _("办结时间"))
    table.writerow(heads)
    for row in rows:
        due = row["remaining"].due_at if row["remaining"] else None
        moments = [f"{localtime(at):%Y-%m-%d %H:%M}" if at else "" for at in (row["received_at"], row["completed_at"])]
        table.writerow(
            [
                f"\t{row['case_no']}",  # a tab before it: spreadsheets would round twenty digits
                _cell(row["item_name"]),
                _cell(row["organisation_name"]),
                _cell(row["applicant_name"]),
                moments[0],
                row["state"],
                row["step"],
                f"{localtime(due):%Y-%m-%d}" if due else "",
                moments[1],
            ]
        )
    return answer


def _cell(text: str) -> str:
    """Never a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


@never_cache
@signed_in
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    gone = request.GET.get("discarded", "")
    return _frame(
        request,
        "front_space/drafts.html",
        "drafts",
        drafts=service.drafts(**_who(request)),
        discarded=service.discarded_draft(request.actor, gone) if gone else None,  # type: ignore[attr-defined]
    )


@signed_in
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    try:
        discard_draft(draft_id=draft_id, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except ActRefused as refused:
        messages.error(request, _(refused.message))
        return redirect("front_space:drafts")
    return redirect(f"{reverse('front_space:drafts')}?discarded={draft_id}")


@signed_in
@require_POST
def restore(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    try:
        restore_draft(draft_id=draft_id, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except ActRefused as refused:
        messages.error(request, _(refused.message))
    else:
        messages.success(request, _("草稿已恢复。"))
    return redirect("front_space:drafts")


@never_cache
@signed_in
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    text, unread = request.GET.get("q", ""), request.GET.get("unread") == "1"
    page = service.documents(**_who(request), on=today(), unread=unread, text=text, cursor=request.GET.get("at", ""))
    kept = {key: value for key, value in (("q", text), ("unread", "1" if unread else "")) if value}
    return _frame(
        request,
        "front_space/documents.html",
        "documents",
        page=page,
        text=text,
        only_unread=unread,
        filtered=bool(kept),
        **_kinds(unread, text, _("未查收")),
        previous=_cursor(page.previous, kept),
        following=_cursor(page.following, kept),
    )


@signed_in
@require_POST
def open_document(request: HttpRequest, document_no: str) -> HttpResponse:
    """Opening is delivery (送达), so it is a POST: no prefetching browser may receive a decision in somebody's place."""
    try:
        paper = service.access_paper(document_no=document_no, **_who(request), on=today())
        open_paper(document_no=paper.document_no, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except NotFound as refused:
        raise Http404(refused.message) from refused
    return redirect(download_url(FileRef(**paper.file), request.actor, inline=True))  # type: ignore[attr-defined]


@never_cache
@signed_in
@require_GET
def licences(request: HttpRequest) -> HttpResponse:
    rows, asked = service.licences(**_who(request), at=now())
    text, valid = request.GET.get("q", ""), request.GET.get("valid") == "1"
    chosen = service.chosen_licences(rows, valid=valid, text=text)
    kinds = _kinds(valid, text, _("有效的"), key="valid")
    return _frame(
        request,
        "front_space/licences.html",
        "licences",
        licences=chosen,
        has_any=bool(rows),
        asked=asked,
        text=text,
        only_valid=valid,
        **kinds,
    )


@never_cache
@signed_in
@require_GET
def licence(request: HttpRequest, identifier: str) -> HttpResponse:
    found = _licence(request, identifier)
    address = service.verify_address(found.verify_path) if found.verify_path else ""
    return _frame(
        request,
        "front_space/licence.html",
        "licences",
        licence=found,
        verify_address=address,
        verify_link=verify_link(found.verify_path) if found.verify_path else "",
        code=qr_svg(address) if address else "",
        file_here=service.file_here(found.file),
        choices=_choices(request, identifier),
    )


def _choices(request: HttpRequest, identifier: str) -> list[dict[str, Any]]:
    """延续, 变更, 补领: what may be asked for now, and when renewal opens or why it is over."""
    words = {
        "renew": (_("申请延续"), _("有效期届满前申请；届满前没有作出决定的，视为准予延续。")),
        "change": (_("申请变更"), _("名称、地址等许可事项有变化的。")),
        "replace": (_("遗失补领"), _("证照遗失或者损毁的，编号和有效期不变。")),
    }
    shown = []
    for one in licence_choices(identifier=identifier, party=request.party, on=today()):  # type: ignore[attr-defined]
        title, text = words[one.business]
        if one.why in ("not_renewable", "licence_ended"):
            continue
        shown.append({"business": one.business, "title": title, "text": text, "why": one.why, "opens_on": one.opens_on,
                      "closes_on": one.closes_on if one.business == "renew" else None})  # fmt: skip
    return shown


@never_cache
@signed_in
@require_GET
def licence_file(request: HttpRequest, identifier: str) -> HttpResponse:
    found = _licence(request, identifier)
    if found.file is None or not service.file_here(found.file):
        raise Http404
    return redirect(download_url(found.file, request.actor))  # type: ignore[attr-defined]


def _licence(request: HttpRequest, identifier: str) -> service.Licence:
    try:
        return service.licence(identifier=identifier, **_who(request), at=now())
    except NotFound as refused:
        raise Http404(refused.message) from refused


@never_cache
@signed_in
@require_GET
def messages_page(request: HttpRequest) -> HttpResponse:
    unread = request.GET.get("unread") == "1"
    text = request.GET.get("q", "")
    page = service.messages(request.party, unread=unread, text=text, cursor=request.GET.get("at", ""))  # type: ignore[attr-defined]
    kept = {key: value for key, value in (("q", text), ("unread", "1" if unread else "")) if value}
    return _frame(
        request,
        "front_space/messages.html",
        "messages",
        page=page,
        only_unread=unread,
        text=text,
        filtered=bool(text),
        previous=_cursor(page.previous, kept),
        following=_cursor(page.following, kept),
    )


@never_cache
@signed_in
@require_GET
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    try:
        found = service.read_message(message_id=message_id, **_who(request), at=now())
    except service.MessageNotFound as refused:
        raise Http404(refused.message) from refused
    return _frame(request, "front_space/message.html", "messages", message=found)


@signed_in
@require_POST
def keep_unread(request: HttpRequest, message_id: UUID) -> HttpResponse:
    try:
        service.keep_unread(message_id=message_id, **_who(request), at=now())
    except service.MessageNotFound as refused:
        raise Http404(refused.message) from refused
    return redirect("front_space:messages")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    number = service.read_all(**_who(request), at=now())
    if number:
        messages.success(request, ngettext("%(number)s 条消息已标为已读。", "%(number)s 条消息已标为已读。", number) % {"number": number})
    return redirect("front_space:messages")


@never_cache
@signed_in
@require_GET
def authorisations(request: HttpRequest) -> HttpResponse:
    if request.actor.represents is not None:  # type: ignore[attr-defined]
        rows, representative = service.granted(request.party, request.user, today())  # type: ignore[attr-defined, arg-type]
        return _frame(request, "front_space/granted.html", "authorisations", rows=rows, representative=representative)
    rows = service.received(request.user, today())  # type: ignore[arg-type]
    return _frame(request, "front_space/received.html", "authorisations", rows=rows)


@never_cache
@signed_in
def grant(request: HttpRequest) -> HttpResponse:
    if request.actor.represents is None:  # type: ignore[attr-defined]
        messages.error(request, _(service.NotForAFirm.message))
        return redirect("front_space:authorisations")
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        form = GrantForm(request.POST)
        form.is_valid()
        try:
            service.grant(
                party=request.party,  # type: ignore[attr-defined]
                name=form.cleaned_data.get("name", ""),
                code_kind=form.cleaned_data.get("code_kind") or "resident-id",
                code=form.cleaned_data.get("code", ""),
                items=request.POST.getlist("items") if request.POST.get("scope") == "some" else (),
                valid_from=form.cleaned_data.get("valid_from"),
                valid_to=form.cleaned_data.get("valid_to"),
                evidence=form.cleaned_data.get("evidence", ""),
                only_some=request.POST.get("scope") == "some",
                actor=request.actor,  # type: ignore[attr-defined]
                at=now(),
            )
        except ActRefused as refused:
            errors, status = {path: _(text) for path, text in refused.fields.items()} or {"": _(refused.message)}, 422
        else:
            messages.success(request, _("授权已生效。对方登录后在我的空间点企业的名称，就可以代企业办事。"))
            return redirect("front_space:authorisations")
    day = today()
    typed = request.POST or {"valid_from": day.isoformat(), "valid_to": f"{day.year + 1}-12-31", "code_kind": "resident-id", "scope": "all"}
    return _frame(
        request,
        "front_space/grant.html",
        "authorisations",
        status=status,
        errors=errors,
        typed=typed,
        chosen=request.POST.getlist("items"),
        kinds=[(kind, _(IDENTIFIER_KINDS[kind])) for kind in PERSON_KINDS],
        scopes=[("all", _("全部事项")), ("some", _("只限选中的事项"))],
        items=[(entry["code"], entry["name"]) for entry in service.firm_items()],
    )


@signed_in
@require_POST
def revoke(request: HttpRequest, authorisation: UUID) -> HttpResponse:
    try:
        service.revoke(authorisation=authorisation, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except ActRefused as refused:
        messages.error(request, _(refused.message))
    else:
        messages.success(request, _("授权已撤回，立即失效。以前办的事不受影响。"))
    return redirect("front_space:authorisations")


@never_cache
@signed_in
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    return _frame(
        request,
        "front_space/data.html",
        "data",
        account=account,
        code_kind=_(IDENTIFIER_KINDS[account.code_kind]) if account.code_kind else "",
        level=_(account.get_level_display()),
        posts=list(holdings_of(account, today())),
    )


def _kinds(some: bool, text: str, title: str, *, key: str = "unread") -> dict[str, Any]:
    """The two tabs over a list: all of it, or the part that matters now; the words searched for stay."""
    said = {"q": text} if text else {}
    everything, part = f"?{urlencode(said)}", f"?{urlencode({**said, key: '1'})}"
    return {"kinds": [{"title": _("全部"), "href": everything}, {"title": title, "href": part}], "kind_here": part if some else everything}


def _cursor(cursor: str, kept: dict[str, str]) -> str:
    return f"?{urlencode({**kept, 'at': cursor})}" if cursor else ""


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest) -> HttpResponse:
    """The firm's account manager and its investment projects, each with the report of the quarter."""
    actor, party = request.actor, request.party  # type: ignore[attr-defined]
    if actor.represents is None:
        raise Http404
    errors: dict[str, str] = {}
    entry = ProgressEntry(**{one.name: request.POST.get(one.name, "") for one in fields(ProgressEntry)})
    if request.method == "POST":
        try:
            service.report_project(code=request.POST.get("code", ""), entry=entry, party=party, actor=actor, at=now())
            messages.success(request, _("进度已报送，项目主管部门已收到。"))
            return redirect("front_space:firm")
        except service.ProjectNotFound as refused:
            raise Http404(refused.message) from refused
        except ActRefused as refused:
            errors = {name: _(said) for name, said in refused.fields.items()} if refused.fields else {"": _(refused.message)}
    found = service.firm_page(party, today())
    asked = request.POST.get("code") or request.GET.get("code", "")
    stages = {"waiting": _("未开工"), "building": _("在建"), "finished": _("已竣工")}
    return _frame(
        request,
        "front_space/firm.html",
        "firm",
        status=422 if errors else 200,
        firm=found,
        projects=[{"one": one, "stage": stages.get(one.stage, ""), "quarter": _quarter(one.period)} for one in found.projects],
        chosen=next((one for one in found.projects if one.code == asked and one.report_due and not one.sent_period), None),
        chosen_quarter=next((_quarter(one.period) for one in found.projects if one.code == asked), ""),
        entry=entry,
        errors=errors,
        stages=list(stages.items()),
    )


def _quarter(period: str) -> str:
    return _("%(year)s 年第 %(quarter)s 季度") % {"year": period[:4], "quarter": period[5:]}
