"""收件: the whole form, every paper and the acts on one page, for hands that stay on the keyboard."""

from collections.abc import Mapping
from typing import IO, Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from santai.exchange.contracts.service import encode
from santai.front.counter import service
from santai.front.counter.views.shared import friendly, queue_of, shown_files, who
from santai.front.hall.service import (
    Draft,
    StaleDraft,
    access_draft,
    definition_of,
    form_of_draft,
    hand_in_material,
    invitations_of,
    materials_of_draft,
    take_back_material,
)
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.files.service import FileRef, file_from_token, store, upload_ticket
from santai.kernel.forms.service import Form, error_summary, file_places, is_row_act, read_section, section_context, sections, with_files
from santai.kernel.ledger.service import Actor, ActRefused

ACCEPTED = ("application/pdf", "image/jpeg", "image/png")


@require_http_methods(["GET", "POST"])
@friendly
@role_required("intake", "assistant")
def intake(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    found = service.access_intake(intake_id=intake_id, actor=who(request))
    if found.state == service.Intake.State.FILED:
        return redirect("front_counter:receipt", case_no=found.case_no)
    draft = access_draft(draft_id=found.draft, actor=service.assisting_in(who(request), found))
    if request.method == "GET":
        return _show(request, found, draft, draft.data, service.reviews_in(draft), {})
    return _act(request, found, draft)


def _act(request: HttpRequest, found: service.Intake, draft: Draft) -> HttpResponse:
    actor, act, at = who(request), request.POST.get("act", "save"), now()
    acting = service.assisting_in(actor, found)
    data, wrong = _typed(request, draft, acting)
    # which papers are needed follows from the answers, so every paper of the item is read and the needed ones are kept
    codes = [one.code for one in service.seen_by_clerk(definition_of(draft.item_code, draft.item_version).materials)]
    reviews, unread = service.read_reviews(codes, request.POST)
    wrong |= unread
    page = request.POST.get("page", "")
    try:
        draft = service.save_intake(
            intake_id=found.id, data=data, reviews=reviews, revision=_whole(request.POST.get("revision")), page=page, actor=actor, at=at
        )
        wrong |= _files(request, draft, acting)
        if not wrong and act == "file":
            filed = service.file_intake(intake_id=found.id, signature=_signature(request), late=_late(request), actor=actor, at=at)
            return redirect("front_counter:receipt", case_no=filed.case_no)
        if not wrong and act == "back":
            reason, agreed = request.POST.get("back_reason", ""), bool(request.POST.get("agreed"))
            back = service.take_back(intake_id=found.id, reason=reason, agreed=agreed, actor=actor, at=at)
            return redirect("front_counter:told", number=back.number)
    except (service.IntakeUnknown, service.VisitUnknown):
        raise
    except StaleDraft as refusal:
        return _show(request, found, draft, data, reviews, wrong, why=refusal.message, status=409)
    except ActRefused as refusal:
        draft.refresh_from_db()
        fields = {**wrong, **(refusal.fields or {})}
        return _show(request, found, draft, draft.data, service.reviews_in(draft), fields, why=refusal.message, status=422)
    if not wrong and act == "save" and not is_row_act(request.POST):
        messages.success(request, "已保存。")
        return redirect("front_counter:intake", intake_id=found.id)
    draft.refresh_from_db()
    return _show(request, found, draft, draft.data, service.reviews_in(draft), wrong, status=422 if wrong else 200)


def _typed(request: HttpRequest, draft: Draft, acting: Actor) -> tuple[dict[str, Any], dict[str, str]]:
    """The form as the page sent it, with files attached inside it; and what was refused, by field."""
    form = form_of_draft(draft)
    locked = {path for path, given in draft.prefilled.items() if given.get("locked")}
    data, wrong = draft.data, {}
    shown = [one for one in request.POST.getlist("_section") if one in {section.id for section in form.sections}]
    for section_id in shown:
        data = read_section(form, section_id, request.POST, data, locked=locked)
    given: dict[str, list[dict[str, Any]]] = {}
    for path, field in file_places(form, data, locked=locked):
        given[path] = []
        try:
            kept = _stored(request, path, field.label.zh, field.accepted_types or ACCEPTED, field.max_megabytes, acting)
        except ActRefused as refusal:
            wrong[path] = refusal.message
        else:
            given[path] = [encode(one) for one in kept]
    return (with_files(data, given, request.POST) if given else data), wrong


def _stored(request: HttpRequest, name: str, title: str, types: tuple[str, ...], megabytes: int, acting: Actor) -> list[FileRef]:
    at = now()
    kept = [file_from_token(token, acting) for token in request.POST.getlist(f"{name}.token")]
    return kept + [
        store(
            content=cast(IO[bytes], sent.file),
            name=sent.name or title,
            accepted_types=types,
            max_megabytes=megabytes,
            actor=acting,
            at=at,
        )
        for sent in request.FILES.getlist(name)
    ]


def _files(request: HttpRequest, draft: Draft, acting: Actor) -> dict[str, str]:
    """Scans added to or taken from the papers; what was refused, by field."""
    wrong: dict[str, str] = {}
    code, _, digest = request.POST.get("drop", "").partition(":")
    if code and digest:
        take_back_material(draft_id=draft.id, code=code, digest=digest, actor=acting, at=now())
    for material in service.seen_by_clerk(materials_of_draft(draft)):
        name = f"file.{material.code}"
        try:
            kept = _stored(request, name, material.name, material.accepted_types, material.max_megabytes, acting)
        except ActRefused as refusal:
            wrong[name] = refusal.message
        else:
            if kept:
                hand_in_material(draft_id=draft.id, code=material.code, files=kept, actor=acting, at=now())
    return wrong


def _signature(request: HttpRequest) -> str:
    return "drawn" if request.POST.get("signature_image") else "confirmed"


def _late(request: HttpRequest) -> service.Late | None:
    outage, received = request.POST.get("outage", ""), request.POST.get("received_at", "")
    return service.Late(outage=outage, received_at=received) if outage or received else None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _show(
    request: HttpRequest,
    found: service.Intake,
    draft: Draft,
    data: dict[str, Any],
    reviews: Mapping[str, service.Review],
    errors: Mapping[str, str],
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    form, item = form_of_draft(draft), definition_of(draft.item_code, draft.item_version)
    acting = service.assisting_in(who(request), found)
    party, present = service.parties_of(found.visit)
    told = service.told_before(found)
    context = {
        **queue_of(request, found.visit_id),
        "intake": found,
        "visit": found.visit,
        "party": party,
        "present": present,
        "item": item,
        "draft": draft,
        "sections": _sections(form, draft, data, errors, acting),
        "materials": [_row(one, draft, reviews, errors, told, acting) for one in service.seen_by_clerk(materials_of_draft(draft))],
        "spared": [one for one in materials_of_draft(draft) if one.source == "register"],
        "signers": invitations_of(draft) if item.signers else [],
        "outages": [(one.number, f"{one.reason}（{one.number}）") for one in service.usable_outages(found.organisation)],
        "entered": {key: request.POST.get(key, "") for key in ("outage", "received_at", "back_reason", "agreed")},
        "errors": _ordered(form, errors),
        "by_field": errors,
        "why": why,
        "told_first": told is not None,
        "page_key": request.POST.get("page", "") or uuid4().hex,
        "here_url": reverse("front_counter:intake", args=[found.id]),
    }
    return render(request, "front_counter/intake.html", context, status=status)


def _ordered(form: Form, errors: Mapping[str, str]) -> dict[str, str]:
    """The form's errors in its order, then those of the papers and acts."""
    order = [one["path"] for one in error_summary(form, {path: text for path, text in errors.items() if path.split(".")[0] in form.fields})]
    rest = [path for path in errors if path not in order]
    return {path: errors[path] for path in [*order, *rest]}


def _sections(form: Form, draft: Draft, data: dict[str, Any], errors: Mapping[str, str], acting: Actor) -> list[dict[str, Any]]:
    locked = {path: given["origin"] for path, given in draft.prefilled.items() if given.get("locked")}
    origins = {path: given["origin"] for path, given in draft.prefilled.items() if not given.get("locked")}
    return [
        section_context(
            form,
            one.id,
            data,
            errors=errors,
            locked=locked,
            origins=origins,
            upload_url=reverse("kernel_files:begin"),
            ticket=lambda field: upload_ticket(
                actor=acting, accepted_types=field.accepted_types or ACCEPTED, max_megabytes=field.max_megabytes
            ),
            file_url=lambda file: str(shown_files([file], acting)[0]["href"]),
        )["form_section"]
        for one in sections(form, data, {})
    ]


def _row(
    material: Any,
    draft: Draft,
    reviews: Mapping[str, service.Review],
    errors: Mapping[str, str],
    told: frozenset[str] | None,
    acting: Actor,
) -> dict[str, Any]:
    code = material.code
    review = reviews.get(code, service.Review())
    given = draft.materials.get(code, {})
    names = ("copies", "original", "verdict", "remark", "file")
    return {
        "code": code,
        "material": material,
        "review": review,
        "copies": review.copies or "",
        "options": [
            {
                "value": key,
                "label": word,
                "chosen": review.verdict == key,
                "id": f"f-verdict-{code}{'' if key == 'qualified' else '-' + key}",
            }
            for key, word in service.VERDICTS.items()
        ],
        "files": shown_files(given.get("files", []), acting),
        "licence": given.get("from_licence", ""),
        "accept": ",".join(material.accepted_types),
        "told": told is not None and code in told,
        "problems": [text for name in names if (text := errors.get(f"{name}.{code}") or "")]
        + ([errors[f"material:{code}"]] if f"material:{code}" in errors else []),
    }
