"""The pages of the desk: authorise, parse, one call, render."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.back.cases.service import CaseNotFound
from santai.back.desk import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import official_required
from santai.kernel.ledger.service import ActRefused

KEPT = ("opinion", "reason", "text", "result", "answer", "why")


@official_required
@require_GET
def queue_page(request: HttpRequest) -> HttpResponse:
    """The queue in one of its saved views."""
    return render(request, "back_desk/queue.html", _queue(request))


def _queue(request: HttpRequest) -> dict[str, Any]:
    wish = service.wish_from(request.GET)
    at = now()
    page = service.page_of(wish, request.actor, at)  # type: ignore[attr-defined]
    here = reverse("back_desk:queue")

    def address(**other: str) -> str:
        return f"{here}?{urlencode(wish.query(**other))}"

    views = []
    for key, title in service.VIEWS.items():
        query = urlencode({"view": key}) if key != "mine" else ""
        views.append(
            {
                "key": key,
                "title": title,
                "href": f"{here}?{query}" if query else here,
                "count": page.count_text(key),
                "current": key == wish.view,
            }
        )
    return {
        "page": page,
        "wish": wish,
        "views": views,
        "title": service.VIEWS[wish.view],
        "empty": service.EMPTY[wish.view],
        "previous": address(before=page.previous) if page.previous else "",
        "following": address(after=page.following) if page.following else "",
        "items": page.items,
        "steps": list(service.STEPS.items()),
        "dues": list(service.DUES.items()),
        "sorts": list(service.SORTS.items()),
        "export": f"{reverse('back_desk:export')}?{urlencode(wish.query())}",
        "everywhere": address(view="every"),
        "at": at,
    }


@official_required
@require_GET
def export_page(request: HttpRequest) -> HttpResponse:
    """The view as a table for a spreadsheet."""
    rows = service.export_queue(wish=service.wish_from(request.GET), actor=request.actor, at=now())  # type: ignore[attr-defined]
    held = StringIO()
    held.write("\ufeff")  # so that spreadsheet programs read it as UTF-8
    csv.writer(held).writerows(rows)
    name = f"cases-{today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(held.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@official_required
@require_POST
def claim_page(request: HttpRequest) -> HttpResponse:
    """Claim what was ticked; each one's effect is told."""
    chosen = request.POST.getlist("task")[: service.PAGE]
    results = service.claim_several(tasks=chosen, actor=request.actor, at=now())  # type: ignore[attr-defined]
    labels = {number: request.POST.get(f"label-{number}", "") for number in chosen}
    rows = [{**one, "label": labels[one["task"]], "word": "已领取" if one["done"] else "未领取"} for one in results]
    done = sum(one["done"] for one in results)
    return render(request, "back_desk/claimed.html", {"rows": rows, "done": done, "left": len(rows) - done})


@official_required
@require_GET
def case_page(request: HttpRequest, case_no: str) -> HttpResponse:
    """One case, and the acts this post may do now; ``?act=`` opens the form of one."""
    chosen = request.GET.get("act", "")
    try:
        return _case(request, case_no, act=chosen, task=request.GET.get("task", ""))
    except service.ShownElsewhere as other:
        return redirect(other.page, case_no=case_no)


def _file(request: HttpRequest, case_no: str, *, pictures: bool = True) -> Any:
    part = request.POST.get("part", "") or request.GET.get("part", "")
    try:
        return service.case_file(case_no=case_no, actor=request.actor, at=now(), part=part, pictures=pictures)  # type: ignore[attr-defined]
    except CaseNotFound as error:
        raise Http404(error.message) from error


def _case(
    request: HttpRequest,
    case_no: str,
    *,
    act: str = "",
    task: str = "",
    error: ActRefused | None = None,
    entered: dict[str, Any] | None = None,
    checked: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    file = _file(request, case_no)
    at = now()
    opened = next((one for one in file.acts if one.key == act and task in ("", one.task)), None)
    entered = entered or {}
    problems = _problems(error)
    inputs = []
    if opened:
        for one in opened.inputs:
            inputs.append({"input": one, "value": entered.get(one.name, one.value), "error": problems.get(one.name, "")})
    page = service.page_of(service.Wish(), request.actor, at, size=30, with_counts=False)  # type: ignore[attr-defined]
    defects = entered.get("defects") or []
    lines = [{"number": n, **(defects[n] if n < len(defects) else {"text": "", "place": ""})} for n in range(max(len(defects) + 2, 3))]
    context = {
        "file": file,
        "case": file.case,
        "item": file.item,
        "clock": service.binding(file),
        "opened": opened,
        "inputs": inputs,
        "lines": lines,
        "reviewing": service.review_rows(file.current, opened.key, entered, problems) if opened else [],
        "problems": problems,
        "trouble": error.message if error else "",
        "lost_act": act if error and not opened else "",
        "entered": entered,
        "kept": [text for name in KEPT if (text := entered.get(name))] + [one["text"] for one in defects],
        "checked": checked,
        "rows": page.rows,
        "more": page.following,
        "at": at,
        "origin": request.path,
        "part": file.current.branch if file.current else "",
        "here": file.current.sub_case_no if file.current else case_no,
        "defects": [{"note": one, "text": (entered.get("texts") or {}).get(str(one.id), one.text)} for one in file.defects],
    }
    return render(request, "back_desk/case.html", context, status=status)


def _problems(error: ActRefused | None) -> dict[str, str]:
    if error is None:
        return {}
    fields = getattr(error, "fields", None) or {}
    return dict(fields) or {"": error.message}


DEFECT_ACTS = ("defects", "settle_defects")


@official_required
@require_POST
def act_page(request: HttpRequest, case_no: str) -> HttpResponse:
    """Do one act; what is refused is told in place, with the entry kept."""
    act = request.POST.get("act", "")
    texts = request.POST.getlist("defect")
    places = [*request.POST.getlist("place"), *[""] * len(texts)]
    defects = [{"text": text.strip(), "place": place} for text, place in zip(texts, places, strict=False) if text.strip()]
    phrases = request.POST.getlist("phrase")
    written = next((name for name in ("reason", "opinion") if name in request.POST), "")  # where phrases go that are no defects
    if not written or act in DEFECT_ACTS:
        known = {one["text"] for one in defects}
        defects += [{"text": text, "place": ""} for text in phrases if text not in known]
    fields = {key: str(value) for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "phrase")}
    if written and phrases and act not in DEFECT_ACTS:
        fields[written] = "\n".join(filter(None, (*phrases, fields[written].strip())))
    reworded = {key.removeprefix("text-"): str(value) for key, value in request.POST.items() if key.startswith("text-")}
    given = service.Given(
        case_no=case_no,
        sub_case_no=request.POST.get("sub_case_no", ""),
        task=request.POST.get("task", ""),
        fields=fields,
        defects=tuple(_defect(one["text"], one["place"]) for one in defects),
        texts=reworded,
    )
    try:
        said = service.perform(act=act, given=given, actor=request.actor, at=now())  # type: ignore[attr-defined]
    except CaseNotFound as error:
        raise Http404(error.message) from error
    except ActRefused as error:
        entered = {**given.fields, "defects": defects, "texts": reworded}
        return _case(
            request, case_no, act=act, task=given.task, error=error, entered=entered, status=409 if "already" in error.code else 422
        )
    messages.success(request, said)
    part = request.POST.get("part", "")
    return redirect(reverse("back_desk:case", args=[case_no]) + (f"?part={part}" if part else ""))


def _defect(text: str, place: str) -> service.DefectInput:
    kind, _, value = place.partition(":")
    if kind == "field":
        return {"text": text, "field": value}
    return {"text": text, "material": value} if kind == "material" else {"text": text}


@official_required
@require_POST
def facts_page(request: HttpRequest, case_no: str) -> HttpResponse:
    """What a register holds beside what was claimed; a fragment for htmx, the whole page otherwise."""
    file = _file(request, case_no, pictures=False)
    checked = service.check_claim(file=file, code=request.POST.get("code", ""), actor=request.actor, at=now())  # type: ignore[attr-defined]
    if request.headers.get("HX-Request"):
        return render(request, "back_desk/parts/proof.html", {"checked": checked})
    return _case(request, case_no, checked=checked)


@official_required
@require_GET
def print_page(request: HttpRequest, case_no: str) -> HttpResponse:
    """The case file on paper."""
    file = _file(request, case_no, pictures=False)
    return render(request, "back_desk/print.html", {"file": file, "case": file.case, "item": file.item, "at": now()})


@official_required
@require_http_methods(["GET", "POST"])
def opinions_page(request: HttpRequest) -> HttpResponse:
    """What other departments asked of ours: answer each, the nearest day first."""
    trouble, asked = None, ""
    if request.method == "POST":
        asked = request.POST.get("opinion", "")
        try:
            said = service.answer_opinion(number=asked, fields=request.POST.dict(), actor=request.actor, at=now())  # type: ignore[attr-defined]
        except ActRefused as error:
            trouble = error
        else:
            messages.success(request, said)
            return redirect("back_desk:opinions")
    rows = service.opinions_for(request.actor)  # type: ignore[attr-defined]
    context = {
        "rows": rows, "asked": asked, "trouble": trouble, "problems": _problems(trouble), "entered": request.POST, "today": today(),
        "answers": (("agreed", "同意"), ("objected", "不同意")),
    }  # fmt: skip
    return render(request, "back_desk/opinions.html", context, status=422 if trouble else 200)


@role_required("decider")
@require_http_methods(["GET", "POST"])
def mandates_page(request: HttpRequest) -> HttpResponse:
    """首席代表授权 of one's department: what runs, and a new one."""
    actor, post = request.actor, request.POST  # type: ignore[attr-defined]
    entered: dict[str, Any] = {name: post.get(name, "") for name in ("post", "basis", "valid_from", "valid_to")}
    entered |= {name: post.getlist(name) for name in ("items", "outcomes")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            service.entrust_chief(**entered, actor=actor, at=now())
        except ActRefused as refusal:
            errors = _problems(refusal)
        else:
            messages.success(request, "已授权。")
            return redirect("back_desk:mandates")
    context = {**service.mandates_shown(actor, today()), "entered": entered, "errors": errors}
    return render(request, "back_desk/mandates.html", context, status=422 if errors else 200)


@role_required("decider")
@require_POST
def end_mandate_page(request: HttpRequest, mandate: UUID) -> HttpResponse:
    try:
        service.end_mandate(mandate=mandate, why=request.POST.get("why", ""), actor=request.actor, at=now())  # type: ignore[attr-defined]
        messages.success(request, "授权已结束。")
    except ActRefused as refusal:
        messages.error(request, next(iter((refusal.fields or {}).values()), refusal.message))
    return redirect("back_desk:mandates")


@official_required
@require_http_methods(["GET", "POST"])
def absence_page(request: HttpRequest) -> HttpResponse:
    """AB 角: who stands in for one, from when to when; what one has claimed reaches them."""
    actor, post = request.actor, request.POST  # type: ignore[attr-defined]
    entered = {name: post.get(name, "") for name in ("deputy", "valid_from", "valid_to", "why")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if post.get("act") == "end":
                service.come_back(holding=post.get("holding", ""), actor=actor, at=now())
                messages.success(request, "代理已经结束。")
            else:
                moved = service.be_absent(**entered, actor=actor, at=now())
                messages.success(request, f"已登记。{moved} 件您手上的待办已转给代理人。" if moved else "已登记，到期由代理人办理。")
            return redirect("back_desk:absence")
        except ActRefused as refusal:
            errors = _problems(refusal)
    context = {**service.absence_shown(actor, today()), "entered": entered, "errors": errors}
    return render(request, "back_desk/absence.html", context, status=422 if errors else 200)
