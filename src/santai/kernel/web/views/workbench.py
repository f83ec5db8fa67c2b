"""The way into the workbench: the first place the official's post opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from santai.kernel.web import service


def workbench(request: HttpRequest) -> HttpResponse:
    """To the first entry of the workbench's menu, which shows only what the post in use may open."""
    entries = service.links("workbench", request)
    return redirect(entries[0]["href"] if entries else "/")
