"""Materials: upload (resumable, several photographs as one PDF), take again, take from a licence, promise for later, remove."""

from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from santai.exchange.contracts.service import FileRef, MaterialDefinition
from santai.front.hall import service
from santai.front.hall.views.drafts import next_step, opened
from santai.front.hall.views.shared import friendly, said, shown_files, who
from santai.kernel.clocks.service import now, today
from santai.kernel.files.service import file_from_token, photos_to_pdf, store, upload_ticket
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import Actor, ActRefused


def taken(request: HttpRequest, material: MaterialDefinition, actor: Actor) -> list[FileRef]:
    """The files a page sent: already uploaded in pieces (tokens) or, without scripts, with the form itself; photographs joined if asked."""
    at = now()
    files = [file_from_token(token, actor) for token in request.POST.getlist("file.token")]
    files += [
        store(
            content=cast(IO[bytes], sent.file),
            name=sent.name or material.name,
            accepted_types=material.accepted_types,
            max_megabytes=material.max_megabytes,
            actor=actor,
            at=at,
        )
        for sent in request.FILES.getlist("file")
    ]
    pictures = [file for file in files if file.media_type.startswith("image/")]
    if request.POST.get("act") == "join" and len(pictures) > 1:
        joined = photos_to_pdf(photos=pictures, name=f"{material.name}.pdf", actor=actor, at=at)
        files = [file for file in files if file not in pictures] + [joined]
    return files


def upload_context(material: MaterialDefinition, actor: Actor) -> dict[str, Any]:
    return {
        "ticket": upload_ticket(actor=actor, accepted_types=material.accepted_types, max_megabytes=material.max_megabytes),
        "upload_url": reverse("kernel_files:begin"),
        "accept": ",".join(material.accepted_types),
        "takes_pictures": any(kind.startswith("image/") for kind in material.accepted_types),
        "kinds": _kinds(material),
    }


def _kinds(material: MaterialDefinition) -> str:
    names = {"application/pdf": "PDF", "image/jpeg": _("照片（JPG）"), "image/png": _("图片（PNG）")}
    return "、".join(names.get(kind, kind.rpartition("/")[2].upper()) for kind in material.accepted_types)


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def material(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    wanted = next((one for one in service.materials_of_draft(draft) if one.code == code), None)
    if wanted is None:
        raise service.NotFound()
    error = ""
    if request.method == "POST":
        try:
            done = _act(request, draft, wanted, actor)
        except service.NotFound:
            raise
        except ActRefused as refusal:
            error = said(refusal)
        else:
            if done:
                messages.success(request, done)
            here = request.POST.get("act") not in ("later", "go_on")
            return redirect(request.path) if here else redirect(next_step(opened(request, draft_id)))
    given = draft.materials.get(code, {})
    context = {
        "draft": draft,
        "material": wanted,
        "files": shown_files(given.get("files", []), actor),
        "given": given,
        "licence": given.get("from_licence", ""),
        "licences": service.licences_for(draft, wanted, actor=actor, at=now()),
        "again": [{**one, **shown_files([one["file"]], actor)[0]} for one in service.handed_in_before(draft, code, on=today())],
        "may_follow": wanted.may_follow_days and service.definition_of(draft.item_code, draft.item_version).tolerance_basis,
        "errors": {"file": error} if error else {},
        "error": error,
        "draft_url": reverse("front_hall:draft", args=[draft.id]),
        **upload_context(wanted, actor),
    }
    return render(request, "front_hall/material.html", context, status=422 if error else 200)


def _act(request: HttpRequest, draft: service.Draft, wanted: MaterialDefinition, actor: Actor) -> str:
    """What the page asked for, as one call to the door; the sentence that says it was done."""
    at = now()
    post = request.POST
    common: dict[str, Any] = {"draft_id": draft.id, "code": wanted.code, "actor": actor, "at": at}
    if "remove" in post:
        service.take_back_material(digest=post["remove"], **common)
        return _("已移除。")
    if "drop_licence" in post:
        service.take_back_material(**common)
        return _("已移除。")
    if "licence" in post:
        service.hand_in_material(from_licence=post["licence"], **common)
        return _("已用您的电子证照。")
    if "again" in post:
        service.hand_in_material(again=post["again"], **common)
        return _("已用您以前交过的材料。")
    if post.get("act") in ("later", "not_later"):
        service.hand_in_material(follows_later=post["act"] == "later", **common)
        return _("已承诺稍后补交。") if post["act"] == "later" else ""
    files = taken(request, wanted, actor)
    if files:
        service.hand_in_material(files=files, **common)
        return _("已上传。")
    if post.get("act") == "go_on":
        return ""
    raise service.MaterialNotHere(_("请先选择文件。"))
