"""Drafts: begin, edit with the checks beside the field, send on, review, publish."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from santai.exchange.items import service
from santai.exchange.items.forms import Entries, page_of
from santai.exchange.items.views._paging import page_of_rows
from santai.kernel.access.service import may, role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.ledger.service import ActRefused
from santai.kernel.web.service import whole

WORKERS = ("item_manager", "legal_reviewer", "item_publisher")


@role_required(*WORKERS)
def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts of the offices this post looks after, those that wait for it first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "step", "kind")}
    actor = request.actor  # type: ignore[attr-defined]
    rows = service.find_drafts(actor, text=asked["q"], step=asked["step"], kind=asked["kind"])
    context = page_of_rows(request, rows) | {
        "asked": asked, "steps": service.STEPS, "kinds": service.KINDS, "edits": may(actor, "item_manager"),
        "mine": service.step_of_post(actor),
    }  # fmt: skip
    return render(request, "exchange_items/drafts.html", context)


@role_required("item_manager")
def begin(request: HttpRequest) -> HttpResponse:
    """A new service, or the way to what has to be claimed."""
    errors: dict[str, str] = {}
    typed = {"name": request.POST.get("name", "").strip(), "act_type": request.POST.get("act_type", "20")}
    if request.method == "POST":
        actor = request.actor  # type: ignore[attr-defined]
        try:
            if not typed["name"]:
                raise service.EntriesWrong(fields={"name": "请填写事项名称。"})
            draft = service.draft_item(organisation=actor.organisation, actor=actor, at=now(), **typed)
            return redirect("exchange_items:edit", draft_id=draft.pk, group="basic")
        except ActRefused as refused:
            errors = refused.fields or {"act_type": refused.message}
    context = {"errors": errors, "typed": typed, "act_types": list(service.ON_APPLICATION.items())}
    return render(request, "exchange_items/begin.html", context, status=422 if errors else 200)


@role_required("item_manager")
@require_POST
def begin_change(request: HttpRequest, code: str) -> HttpResponse:
    """A draft of the next version, or of the item's end."""
    ends, reason = request.POST.get("act") == "withdraw", request.POST.get("reason", "")
    try:
        if ends and not reason.strip():
            raise service.ReasonMissing(fields={"reason": "请写明取消的原因。"})
        draft = service.change_item(code=code, reason=reason, withdraw=ends, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except ActRefused as refused:
        messages.error(request, "；".join(refused.fields.values()) or refused.message)
        return redirect("exchange_items:item", code=code)
    return redirect("exchange_items:draft", draft_id=draft.pk)


@role_required(*WORKERS)
def draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """One draft: its parts with what is wrong in each, where it stands, and the acts this post may do."""
    row = _access(request, draft_id)
    return render(request, "exchange_items/draft.html", _overview(request, row))


def _overview(request: HttpRequest, row: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    findings = service.draft_findings(row, on=today()) if row.kind != "withdraw" else []
    acts = service.acts_for(row, actor)
    return {
        "draft": row, "tasks": _tasks(row, findings), "blocking": [one for one in findings if one.blocks],
        "hints": [one for one in findings if not one.blocks], "acts": acts, "errors": errors or {}, "text": request.POST.get("text", ""),
        "edits": row.step == "draft" and row.kind != "withdraw" and may(actor, "item_manager", organisation=row.organisation),
        "cancels": row.is_open and may(actor, "item_manager", organisation=row.organisation), "steps": service.STEPS[:4],
        "opinions": list(row.opinions.all()), "waits_for": service.waits_for(row), "reached": service.reached(row),
    }  # fmt: skip


def _tasks(row: Any, findings: list[Any]) -> list[dict[str, Any]]:
    tasks = []
    for group in service.GROUPS:
        wrong = sum(one.group == group.key and one.blocks for one in findings)
        filled = service.is_filled(row.sheet, group)
        tasks.append({
            "title": group.title, "href": reverse("exchange_items:edit", args=[row.pk, group.key]),
            "state": "需更正" if wrong else "已完成" if filled else "未开始", "hint": f"{wrong} 处需要更正" if wrong else "",
        })  # fmt: skip
    return tasks


@role_required(*WORKERS)
def edit(request: HttpRequest, draft_id: str, group: str) -> HttpResponse:
    """One part of the sheet. What is wrong stands beside its field, also while typing (``lint``)."""
    row, part = _access(request, draft_id), _group(group)
    actor = request.actor  # type: ignore[attr-defined]
    may_edit = row.step == "draft" and row.kind != "withdraw" and may(actor, "item_manager", organisation=row.organisation)
    entries: Entries | None = None
    refused_fields: dict[str, str] = {}
    if request.method == "POST" and may_edit:
        entries = Entries(part, request.POST, row.sheet)
        act, _, number = request.POST.get("act", "save").partition(":")
        if act == "add":
            entries.add_row()
        elif act == "remove" and (row_number := whole(number, most=9_999)) is not None:
            entries.remove_row(row_number)
        else:
            try:
                if entries.errors:
                    raise service.EntriesWrong(fields=entries.errors)
                revision = request.POST.get("revision", "")
                service.save_draft(
                    draft_id=row.pk, changes=entries.changes, revision=whole(revision, most=99_999_999) or 0, actor=actor, at=now()
                )
                messages.success(request, f"“{part.title}”已保存。")
                following = service.group_after(part.key) if act == "next" else part.key
                return redirect("exchange_items:edit", draft_id=row.pk, group=following)
            except ActRefused as refused:
                refused_fields = refused.fields or {"": refused.message}
    findings = service.draft_findings(row, on=today(), sheet=entries.sheet if entries else None, near=False)
    locked = service.locked_columns(row) if may_edit else tuple(service.all_columns())
    page = page_of(part, row.sheet, findings=[one for one in findings if one.group == part.key], entries=entries, locked=locked)
    context = page | {
        "draft": row, "group": part, "errors": refused_fields, "may_edit": may_edit, "tasks": _tasks(row, findings),
        "others": [one for one in findings if one.group == part.key and not one.field], "following": service.group_after(part.key),
        "revision": row.revision,
    }  # fmt: skip
    return render(request, "exchange_items/edit.html", context, status=422 if refused_fields else 200)


@role_required("item_manager")
@require_POST
def lint(request: HttpRequest, draft_id: str, group: str) -> JsonResponse:
    """What would be wrong if this were saved; nothing is. ``{"fields": {name: {"text", "blocks"}}, "elsewhere": n, "said": "…"}``."""
    row, part = _access(request, draft_id), _group(group)
    entries = Entries(part, request.POST, row.sheet)
    findings = service.draft_findings(row, on=today(), sheet=entries.sheet, near=False)
    fields: dict[str, dict[str, Any]] = {}
    for one in findings:
        if one.field and one.group == part.key:
            fields.setdefault(one.field, {"text": one.text, "blocks": one.blocks})
    fields |= {name: {"text": text, "blocks": True} for name, text in entries.errors.items()}
    here = sum(one["blocks"] for one in fields.values())
    elsewhere = sum(one.blocks and one.group != part.key for one in findings)
    said = "这一部分没有问题。" if not here else f"这一部分有 {here} 处需要更正。"
    return JsonResponse({"fields": fields, "elsewhere": elsewhere, "said": said + (f"其他部分还有 {elsewhere} 处。" if elsewhere else "")})


@role_required(*WORKERS)
@require_POST
def move(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Send on, pass, return, publish, give up."""
    row = _access(request, draft_id)
    actor, act = request.actor, request.POST.get("act", "")  # type: ignore[attr-defined]
    step, _, outcome = act.partition(":")
    try:
        if act == "cancel":
            service.cancel_draft(draft_id=row.pk, reason=request.POST.get("cancel_reason", ""), actor=actor, at=now())
            messages.success(request, "草稿已作废。")
        else:
            row = service.move_draft(draft_id=row.pk, step=step, outcome=outcome, text=request.POST.get("text", ""), actor=actor, at=now())
            messages.success(request, service.said_after(row, outcome))
    except ActRefused as refused:
        return render(request, "exchange_items/draft.html", _overview(request, row, refused.fields or {"": refused.message}), status=422)
    return redirect("exchange_items:draft", draft_id=row.pk)


@role_required(*WORKERS)
def changes(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What the draft changes, beside what is on the list now (or in 基本目录)."""
    row = _access(request, draft_id)
    return render(request, "exchange_items/changes.html", {"draft": row, "said": service.changes_in_words(row)})


def _access(request: HttpRequest, draft_id: str) -> Any:
    try:
        return service.access_draft(draft_id, request.actor)  # type: ignore[attr-defined]
    except service.UnknownDraft as unknown:
        raise Http404(unknown.message) from unknown


def _group(key: str) -> Any:
    found = next((group for group in service.GROUPS if group.key == key), None)
    if found is None:
        raise Http404
    return found
