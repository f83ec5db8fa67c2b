"""Pages of the ratings: one call to the door each."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from santai.front.hall.service import NotFound
from santai.front.ratings import service
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import Actor

PERIODS = {"30": gettext_noop("近 30 天"), "365": gettext_noop("近一年"), "all": gettext_noop("全部")}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    period = request.GET.get("period", "365")
    period = period if period in PERIODS else "365"
    organisation = request.GET.get("organisation", "")
    standings = service.departments(since=None if period == "all" else now() - timedelta(days=int(period)))
    one = next((standing for standing in standings if standing.organisation == organisation), None)
    chosen = one or service.summary(standings)
    where = f"&organisation={organisation}" if one else ""
    return render(
        request,
        "front_ratings/home.html",
        {
            "standings": [] if one else standings,
            "one": one,
            "chosen": chosen,
            "levels": _levels(chosen),
            "words": [_word(rating) for rating in service.newest_words(organisation=one.organisation if one else "")],
            "periods": [{"title": _(title), "href": f"?period={key}{where}"} for key, title in PERIODS.items()],
            "period_here": f"?period={period}{where}",
            "period": period,
            "now": now(),
        },
    )


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, case_no: str) -> HttpResponse:
    occasion = _occasion(request, case_no)
    return _rate(
        request,
        occasion,
        request.actor,  # type: ignore[attr-defined]
        request.user.phone,  # type: ignore[union-attr]
        reverse("front_ratings:thanks", args=[case_no]),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def rate_visit(request: HttpRequest, token: str) -> HttpResponse:
    """A visit at a counter, rated on the window's screen or by the code on the receipt: no account is needed."""
    occasion, who, phone = _visit(token)
    return _rate(request, occasion, who, phone, reverse("front_ratings:visit_thanks", args=[token]), by_token=True)


@never_cache
@require_GET
def thanks_visit(request: HttpRequest, token: str) -> HttpResponse:
    occasion, who, _phone = _visit(token)
    given = service.rating_of(occasion)
    return redirect("front_ratings:visit", token=token) if given is None else _thanks(request, occasion, given, who, by_token=True)


def _visit(token: str) -> tuple[service.Occasion, Actor, str]:
    found = service.occasion_of_visit(token)
    if found is None:
        raise Http404
    return found


def _rate(
    request: HttpRequest, occasion: service.Occasion, who: Actor, contact: str, thanks_url: str, *, by_token: bool = False
) -> HttpResponse:
    given = service.rating_of(occasion)
    if request.method == "GET" and given is not None:
        return _thanks(request, occasion, given, who, by_token=by_token)
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        level = request.POST.get("level", "")
        try:
            service.rate(
                occasion=occasion,
                level=int(level) if level in ("1", "2", "3", "4", "5") else None,
                tags=request.POST.getlist("tags"),
                text=request.POST.get("text", ""),
                contact_wanted=bool(request.POST.get("contact_wanted")),
                contact=contact,
                actor=who,
                at=now(),
            )
        except service.RatingIncomplete as refused:
            errors, status = {path: _(text) for path, text in refused.fields.items()}, 422
        except service.RatedAlready as refused:
            errors, status = {path: _(text) for path, text in refused.fields.items()}, 409
        else:
            return redirect(thanks_url)
    chosen = request.POST.getlist("tags")
    return render(
        request,
        "front_ratings/rate.html",
        {
            "occasion": occasion,
            "errors": errors,
            "given": given,
            "level": request.POST.get("level", ""),
            "levels": [{"value": str(value), "word": _(word)} for value, word in service.LEVELS.items()],
            "groups": _groups(chosen),
            "text": request.POST.get("text", ""),
            "contact_wanted": request.POST.get("contact_wanted", ""),
            "most_words": service.MOST_WORDS,
        },
        status=status,
    )


@never_cache
@signed_in
@require_GET
def thanks(request: HttpRequest, case_no: str) -> HttpResponse:
    occasion = _occasion(request, case_no)
    given = service.rating_of(occasion)
    if given is None:
        return redirect("front_ratings:rate", case_no=case_no)
    return _thanks(request, occasion, given, request.actor)  # type: ignore[attr-defined]


def _thanks(request: HttpRequest, occasion: service.Occasion, given: service.Rating, who: Actor, *, by_token: bool = False) -> HttpResponse:
    """What was given; the token of a visit, which the window knows too, shows only that a rating is there."""
    return render(
        request,
        "front_ratings/thanks.html",
        {
            "occasion": occasion,
            "given": given,
            "word": _(service.LEVELS[given.level]),
            "reasons": [_(service.ALL_REASONS[code]) for code in given.tags if code in service.ALL_REASONS],
            "progress": _progress(given),
            "by_token": by_token,
            "own": given.account == who.account,
        },
    )


def _progress(given: service.Rating) -> str:
    """How far the department is, in words."""
    return {
        "opened": _("已转承办部门，等待整改"),
        "contacted": _("工作人员已与您联系，正在整改"),
        "rectified": _("承办部门已经整改并答复"),
        "revisited": _("已经回访"),
        "closed": _("已经整改，处理结束"),
    }.get(given.redress, "")


def _occasion(request: HttpRequest, case_no: str) -> service.Occasion:
    try:
        return service.occasion_of_case(case_no=case_no, actor=request.actor, party=request.party)  # type: ignore[attr-defined]
    except (NotFound, service.NotFinished) as refused:
        raise Http404(refused.message) from refused


def _groups(chosen: list[str]) -> list[dict[str, Any]]:
    """Reasons by the levels they belong to; the style sheet shows the group of the chosen level."""
    titles = {"good": _("哪里做得好？"), "middle": _("哪里可以更好？"), "bad": _("哪里没有做好？")}
    return [
        {
            "key": key,
            "title": titles[key],
            "reasons": [{"code": code, "text": _(text), "chosen": code in chosen} for code, text in service.REASONS[level].items()],
        }
        for key, level in (("good", 1), ("middle", 3), ("bad", 5))
    ]


def _levels(standing: service.Standing) -> list[dict[str, Any]]:
    return [
        {"label": _(word), "value": standing.by_level.get(level, 0), "marked": level in service.BAD}
        for level, word in service.LEVELS.items()
    ]


def _word(rating: service.Rating) -> dict[str, Any]:
    return {
        "level": rating.level,
        "word": _(service.LEVELS[rating.level]),
        "text": rating.text,
        "answer": rating.answer,
        "item_name": rating.item_name,
        "organisation_name": rating.organisation_name,
        "rated_at": rating.rated_at,
    }
