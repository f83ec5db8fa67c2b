"""Halls of districts, committees and departments: views of the one catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from santai.front.hall import service
from santai.front.hall.views.items import found
from santai.front.hall.views.shared import friendly


@require_GET
def halls(request: HttpRequest) -> HttpResponse:
    """Every hall with how much it offers."""
    listed = service.halls()
    context = {
        "regions": [one for one in listed if one.kind == "region"],
        "bodies": [one for one in listed if one.kind == "organisation"],
    }
    return render(request, "front_hall/halls.html", context)


@require_GET
@friendly
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """One hall: the same search, guides and filing, over what its bodies offer."""
    return found(request, service.get_hall(code))
