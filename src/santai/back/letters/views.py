"""Pages of a department's editor: its documents' words, and its phrases."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from santai.back.approvals.service import items_of_organisation
from santai.back.letters import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import Actor, ActRefused, fitting
from santai.kernel.render.service import pdf
from santai.kernel.web.service import whole

TABS = [{"title": "文书", "href": "/back/letters/"}, {"title": "常用语和审查要点", "href": "/back/letters/phrases/"}]


@role_required(*service.EDITORS)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = service.kinds_of(actor.organisation)
    return render(
        request, "back_letters/letters.html", {"rows": rows, "tabs": TABS, "here": TABS[0]["href"], "body": actor.organisation_name}
    )


def _items(actor: Actor) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in items_of_organisation(actor.organisation)]


def _address(kind: str, **query: str) -> str:
    kept = {key: value for key, value in query.items() if value}
    return reverse("back_letters:one", args=[kind]) + (f"?{urlencode(kept)}" if kept else "")


@role_required(*service.EDITORS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: its words, their look in a real case, their history. ``?item=`` one item's words, ``?document=`` the case shown."""
    actor, given = request.actor, request.POST if request.method == "POST" else request.GET  # type: ignore[attr-defined]
    item, document = given.get("item", "").removeprefix("all"), given.get("document", "")
    try:
        known = service.kind_of(kind)
    except service.KindUnknown as refused:
        raise Http404(refused.message) from refused
    items = _items(actor)
    if item and item not in dict(items):
        raise Http404("这个事项不由本单位办理。")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            messages.success(request, _do(request, kind, item, actor))
            return redirect(_address(kind, item=item, document=document))
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    versions, draft = service.versions_of(actor.organisation, kind, item), service.draft_of(actor.organisation, kind, item)
    in_use = next((one for one in versions if one.state == "published"), None)
    shown = draft or in_use
    words = {
        "before": request.POST.get("before", shown.before if shown else known.before),
        "after": request.POST.get("after", shown.after if shown else known.after),
        "note": request.POST.get("note", draft.note if draft else ""),
    }
    cases = service.cases_to_preview(actor, kind)
    document = document or (cases[0][0] if cases else "")
    page = service.preview(kind=kind, before=words["before"], after=words["after"], document=document, actor=actor, at=now())
    return render(
        request,
        "back_letters/one.html",
        {
            "tabs": TABS,
            "here": TABS[0]["href"],
            "kind": known,
            "title": page["title"],
            "item": item,
            "items": [("all", "全部事项"), *items],
            "item_name": dict(items).get(item, ""),
            "chosen": item or "all",
            "draft": draft,
            "in_use": in_use,
            "words": words,
            "errors": errors,
            "revision": draft.revision if draft else 0,
            "places": ["{" + name + "}" for name in known.places],
            "cases": [("", "虚构的内容"), *cases],
            "document": document,
            "page": page,
            "history": _history(versions, known.before, known.after),
            "pdf": f"{reverse('back_letters:pdf', args=[kind])}?{urlencode({'item': item, 'document': document})}",
        },
        status=422 if errors else 200,
    )


@fitting()
def _do(request: HttpRequest, kind: str, item: str, actor: Actor) -> str:
    given, at = request.POST, now()
    act = given.get("act", "save")
    revision = whole(given.get("revision", ""), most=99_999_999) or 0
    if act == "publish":
        made = service.publish_wording(kind=kind, item_code=item, revision=revision, actor=actor, at=at)
        return f"第 {made.version} 版已发布，从现在起作出的文书使用这些文字。"
    if act == "discard":
        service.discard_wording(kind=kind, item_code=item, actor=actor, at=at)
        return "草稿已放弃。"
    if act == "retire":
        service.retire_wording(kind=kind, item_code=item, actor=actor, at=at)
        return "已恢复通用文字。以前的版本仍在历史里。"
    service.save_wording(
        kind=kind,
        item_code=item,
        before=given.get("before", ""),
        after=given.get("after", ""),
        note=given.get("note", ""),
        revision=revision,
        actor=actor,
        at=at,
    )
    return "草稿已保存，还没有发布。请看下面的预览。"


def _history(versions: list[service.Wording], before: str, after: str) -> list[dict[str, Any]]:
    """Each version with what it changed against the one before; the first against the platform's words."""
    older = [*versions[1:], None][: len(versions)]
    return [
        {
            "one": version,
            "lines": service.differences(
                f"{old.before}\n—\n{old.after}" if old else f"{before}\n—\n{after}", f"{version.before}\n—\n{version.after}"
            ),
        }
        for version, old in zip(versions, older, strict=True)
    ]


@role_required(*service.EDITORS)
@require_GET
def pdf_page(request: HttpRequest, kind: str) -> HttpResponse:
    """The paper as it would be printed: without number and seal, marked as a preview."""
    actor = request.actor  # type: ignore[attr-defined]
    item = request.GET.get("item", "")
    try:
        known = service.kind_of(kind)
    except service.KindUnknown as refused:
        raise Http404(refused.message) from refused
    words = service.draft_of(actor.organisation, kind, item) or next(
        (one for one in service.versions_of(actor.organisation, kind, item) if one.state == "published"), known
    )
    page = service.preview(
        kind=kind, before=words.before, after=words.after, document=request.GET.get("document", ""), actor=actor, at=now()
    )
    made = pdf("kernel_render/official_document", {**page, "number": "（预览，未编号）", "mark": "预览"}, at=now())
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="preview.pdf"'})


@role_required(*service.EDITORS)
@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """The sentences and points officials of this body find beside what they write."""
    actor = request.actor  # type: ignore[attr-defined]
    errors: dict[str, str] = {}
    if request.method == "POST":
        given = request.POST
        try:
            if given.get("act") == "retire":
                service.retire_phrase(phrase=given.get("phrase", ""), actor=actor, at=now())  # type: ignore[arg-type]
                messages.success(request, "已停用。")
            else:
                service.add_phrase(
                    use=given.get("use", ""), item_code=given.get("item", ""), text=given.get("text", ""), actor=actor, at=now()
                )
                messages.success(request, "已添加，办件页上马上可以用。")
            return redirect("back_letters:phrases")
        except ValidationError as unreadable:
            raise Http404("没有这一条。") from unreadable
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    items = _items(actor)
    names = dict(items)
    kept = service.phrases_of(actor.organisation)
    groups = [
        {
            "title": label,
            "rows": [{"one": one, "item": names.get(one.item_code, one.item_code) or "全部事项"} for one in kept if one.use == use],
        }
        for use, label in service.Phrase.Use.choices
    ]
    return render(
        request,
        "back_letters/phrases.html",
        {
            "tabs": TABS,
            "here": TABS[1]["href"],
            "groups": groups,
            "uses": service.Phrase.Use.choices,
            "items": [("", "全部事项"), *items],
            "errors": errors,
            "entered": request.POST if errors else {},
            "any": bool(kept),
        },
        status=422 if errors else 200,
    )
