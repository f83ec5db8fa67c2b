"""My rights: what the post in use lets me do and see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from santai.kernel.access.service import ROLES, roles_of
from santai.kernel.identity.service import signed_in


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    granted = roles_of(request.actor)  # type: ignore[attr-defined]
    return render(request, "kernel_access/mine.html", {"roles": [role for slug, role in ROLES.items() if slug in granted]})
