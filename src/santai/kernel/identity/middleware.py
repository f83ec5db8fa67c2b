"""Puts the acting person on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def acting_as(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
