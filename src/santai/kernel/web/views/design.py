"""The living page of all components, with sample data that shows their hard cases."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime


def design(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_web/design.html", samples())


def samples() -> dict[str, Any]:
    now = localtime()
    return {"due": now + timedelta(days=3), "past": now - timedelta(days=2), "now_sample": now}
