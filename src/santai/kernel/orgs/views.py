"""The public directory of bodies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from santai.kernel.orgs import service


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    return render(
        request,
        "kernel_orgs/directory.html",
        {
            "words": words,
            "found": service.find_organisations(words) if words else [],
            "groups": [] if words else service.directory(),
        },
    )


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    try:
        found = service.organisation_page(code)
    except service.UnknownOrganisation:
        raise Http404 from None
    return render(request, "kernel_orgs/organisation.html", found)
