"""The list of installed packs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.kernel.access.service import role_required
from santai.kernel.packs import service


@role_required("system_admin", "operator")
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_packs/overview.html", {"packs": service.installed_packs()})
