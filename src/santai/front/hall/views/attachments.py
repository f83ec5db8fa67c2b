"""Files attached inside the form itself: taken in with a section, shown with a link to their owner."""

from collections.abc import Callable, Mapping
from typing import IO, Any, cast

from django.http import HttpRequest
from django.urls import reverse

from santai.exchange.contracts.service import FileRef, decode, encode
from santai.front.hall.views.shared import said
from santai.kernel.clocks.service import now
from santai.kernel.files.service import download_url, file_from_token, store, upload_ticket
from santai.kernel.forms.service import Form, file_places, with_files
from santai.kernel.ledger.service import Actor, ActRefused

ACCEPTED = ("application/pdf", "image/jpeg", "image/png")


def attached(
    request: HttpRequest, form: Form, section_id: str, data: dict[str, Any], actor: Actor, *, locked: set[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The data with the files the page sent (as tokens of finished uploads or, without scripts, with the form), and what was refused,
    by the path of its field."""
    given: dict[str, list[dict[str, Any]]] = {}
    refused: dict[str, str] = {}
    at = now()
    for path, field in file_places(form, data, section_id, locked=locked):
        given[path] = []
        try:
            files = [file_from_token(token, actor) for token in request.POST.getlist(f"{path}.token")]
            files += [
                store(
                    content=cast(IO[bytes], sent.file),
                    name=sent.name or field.label.zh,
                    accepted_types=field.accepted_types or ACCEPTED,
                    max_megabytes=field.max_megabytes,
                    actor=actor,
                    at=at,
                )
                for sent in request.FILES.getlist(path)
            ]
        except ActRefused as refusal:
            refused[path] = said(refusal)
        else:
            given[path] = [encode(one) for one in files]
    return with_files(data, given, request.POST), refused


def upload_ways(actor: Actor) -> dict[str, Any]:
    """What ``section_context`` needs so that its questions take files."""
    return {
        "upload_url": reverse("kernel_files:begin"),
        "ticket": lambda field: upload_ticket(
            actor=actor, accepted_types=field.accepted_types or ACCEPTED, max_megabytes=field.max_megabytes
        ),
        "file_url": file_links(actor),
    }


def file_links(actor: Actor) -> Callable[[Mapping[str, Any]], str]:
    """The address of an attached file for the one who looks; the caller has decided that they may."""
    return lambda file: download_url(decode(FileRef, dict(file)), actor, inline=True)
