"""What no page of ours can take, answered before it reaches one."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

FORM = "application/x-www-form-urlencoded"
SAID = "请求里有不能接受的字符。This request contains a character that cannot be accepted."


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """400 for a NUL in the address or in a form: PostgreSQL keeps none, and no honest browser sends one.

    A form with files is read by the view alone (uploads may be large); its texts are checked where they are kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        asked = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if b"\0" in asked or "\0" in request.path or (request.content_type == FORM and _in_form(request)):
            return HttpResponseBadRequest(SAID, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def _in_form(request: HttpRequest) -> bool:
    return any("\0" in name or any("\0" in value for value in values) for name, values in request.POST.lists())
