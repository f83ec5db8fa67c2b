"""The list of installed packs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.kernel.packs import service


def overview(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = service.guarded(_overview)(request)
    return answer


def _overview(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_packs/overview.html", {"packs": service.installed_packs()})
