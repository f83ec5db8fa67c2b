"""A NUL never reaches a page."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from santai.kernel.web.middleware import no_nul

ask = RequestFactory()


def through(request: HttpRequest) -> int:
    return no_nul(lambda _: HttpResponse("there"))(request).status_code


@pytest.mark.parametrize(
    "request_",
    [
        ask.get("/front/enquiries/?q=a%00b"),
        ask.get("/x%00y/"),
        ask.post("/x/", "q=a%00b", content_type="application/x-www-form-urlencoded"),
    ],
    ids=["query", "path", "form"],
)
def test_a_nul_is_answered_with_400(request_: HttpRequest) -> None:
    assert through(request_) == 400


def test_everything_else_goes_on() -> None:
    assert through(ask.get("/front/enquiries/?q=%E4%B8%89%E5%8F%B0")) == 200
    assert through(ask.post("/x/", {"q": "三台"})) == 200
