"""What the window's pages have in common."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.exchange.contracts.service import FileRef, decode
from santai.front.counter import service
from santai.front.hall.service import ItemNotOffered, NotFound
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import today
from santai.kernel.files.service import download_url, readable_size
from santai.kernel.ledger.service import Actor

View = Callable[..., HttpResponse]
GONE = (service.VisitUnknown, service.IntakeUnknown, service.Unknown, NotFound, ItemNotOffered)


def friendly(view: View) -> View:
    """What is not here, or is another window's, is told in words with a way on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except GONE as refusal:
            return render(request, "front_counter/gone.html", {"why": refusal.message}, status=404)
        except NotAllowed as refusal:
            return render(request, "front_counter/gone.html", {"why": refusal.message}, status=403)

    return guarded


def who(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def queue_of(request: HttpRequest, here: str = "") -> dict[str, Any]:
    """The left pane: who was here today."""
    return {"today_visits": service.visits_of_day(who(request), today()), "here": here}


def shown_files(files: list[Mapping[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Stored files with links for the clerk who looks."""
    shown = []
    for file in files:
        ref = decode(FileRef, dict(file))
        there = ref.media_type in ("application/pdf", "image/jpeg", "image/png")
        shown.append(
            {"name": ref.name, "digest": ref.digest, "size": readable_size(ref.size), "href": download_url(ref, actor, inline=there)}
        )
    return shown
