"""What the pages have in common: friendly refusals, who asks, the time."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from santai.exchange.contracts.service import FileRef, decode
from santai.front.hall import service
from santai.kernel.files.service import download_url, readable_size
from santai.kernel.identity.service import Account
from santai.kernel.ledger.service import Actor, ActRefused, Party

View = Callable[..., HttpResponse]


class Signed(Protocol):
    """A request of somebody who signed in."""

    actor: Actor
    party: Party
    user: Account


def who(request: HttpRequest) -> tuple[Actor, Party, Account]:
    signed = cast(Signed, request)
    return signed.actor, signed.party, signed.user


def said(refusal: ActRefused) -> str:
    """The refusal in the reader's language, where it was translated."""
    return gettext(refusal.message)


def fields_said(refusal: ActRefused) -> dict[str, str]:
    return {path: gettext(text) for path, text in (refusal.fields or {}).items()}


def friendly(view: View) -> View:
    """What does not exist, or is not one's own, or is not on offer, is told in words with a way on; never a bare error."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except service.NotFound as refusal:
            return render(request, "front_hall/not_found.html", {"why": said(refusal)}, status=404)
        except service.ItemNotOffered as refusal:
            return render(
                request, "front_hall/not_offered.html", {"why": said(refusal), "popular": list(service.find_items()[:6])}, status=404
            )

    return guarded


def refused(request: HttpRequest, refusal: ActRefused) -> None:
    messages.error(request, said(refusal))


def link(name: str, *args: Any) -> str:
    """The address of another room's page; empty where this zone has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def shown_files(files: list[Mapping[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Stored files with links for the one who looks."""
    shown = []
    for file in files:
        ref = decode(FileRef, dict(file))
        preview = ref.media_type in ("application/pdf", "image/jpeg", "image/png")
        shown.append(
            {
                "name": ref.name,
                "digest": ref.digest,
                "size": readable_size(ref.size),
                "picture": ref.media_type.startswith("image/"),
                "href": download_url(ref, actor, inline=preview),
            }
        )
    return shown


def people_count(count: int) -> str:
    return ngettext("%(count)s 人", "%(count)s 人", count) % {"count": count}
