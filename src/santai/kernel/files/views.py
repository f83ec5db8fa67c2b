"""Links to files, and uploads in pieces (used by ``static/kernel_files/upload.js``)."""

import json
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from santai.kernel.files import service
from santai.kernel.ledger.service import Actor, ActRefused


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


@require_GET
def download(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    try:
        ref, inline = service.opened_link(token, _actor(request))
        content = service.open_stored(ref.digest)
    except ActRefused as refusal:
        status = 404 if isinstance(refusal, service.FileUnknown) else 403
        return render(request, "kernel_files/refused.html", {"message": refusal.message}, status=status)
    shown = inline and ref.media_type in service.INLINE
    response = FileResponse(content, content_type=ref.media_type if shown else "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(not shown, ref.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """``{ticket, name, size}`` → ``{id, received}``."""
    from santai.kernel.clocks.service import now

    actor = _actor(request)
    if actor is None:
        return _refused("请先登录。", 403)
    try:
        asked: dict[str, Any] = json.loads(request.body)
        types, megabytes = service.read_ticket(str(asked["ticket"]), actor)
        session = service.begin_upload(
            name=str(asked["name"]), size=int(asked["size"]), accepted_types=types, max_megabytes=megabytes, actor=actor, at=now()
        )
    except (ValueError, KeyError, TypeError):
        return _refused("上传请求不完整，请重新选择文件。", 400)
    except ActRefused as refusal:
        return _refused(refusal.message, 422)
    return JsonResponse({"id": str(session.id), "received": session.received})


@require_http_methods(["POST", "PUT"])
def chunk(request: HttpRequest, upload: UUID) -> JsonResponse:
    """PUT: the bytes from ``Upload-Offset`` on. POST: all is sent, keep the file → ``{file: {…}, token}``."""
    from santai.kernel.clocks.service import now

    actor = _actor(request)
    if actor is None:
        return _refused("请先登录。", 403)
    try:
        if request.method == "PUT":
            offset = int(request.headers.get("Upload-Offset", "-1"))
            session = service.add_chunk(upload=upload, offset=offset, chunk=request.body, actor=actor, at=now())
            return JsonResponse({"received": session.received})
        ref = service.finish_upload(upload=upload, actor=actor, at=now())
    except service.UploadOutOfStep as out:
        return JsonResponse({"message": out.message, "received": out.facts["received"]}, status=409)
    except ActRefused as refusal:
        return _refused(refusal.message, 422)
    except ValueError:
        return _refused("上传位置不明，请重新选择文件。", 400)
    return JsonResponse(
        {
            "file": {"digest": ref.digest, "name": ref.name, "size": ref.size, "media_type": ref.media_type},
            "token": service.file_token(ref, actor),
        }
    )


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
