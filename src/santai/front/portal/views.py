"""Pages of the portal: one call to the door each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.front.portal import service
from santai.kernel.web.context import address, verify_link


def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "front_portal/home.html",
        {
            **service.home_page(),
            "track_url": address("front_hall:track"),
            "verify_url": verify_link(),
            "space_url": address("front_space:home"),
            "catalogue_url": address("front_hall:home"),
            "no_search": True,  # the hero has its own
        },
    )


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "front_portal/about.html")


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "front_portal/help.html", {"track_url": address("front_hall:track")})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "front_portal/accessibility.html")


def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "front_portal/site_map.html")


def report_error(request: HttpRequest) -> HttpResponse:
    return render(request, "front_portal/report_error.html")
