"""Display preferences."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


@csrf_exempt  # it sets display cookies and nothing else; asking for a token would put a cookie on every public page
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Language, theme and elder mode, kept in cookies; back to the page one came from."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    answer = redirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    for name, allowed in (("theme", {"dark", "light"}), ("elder", {"on", "off"})):
        if request.POST.get(name) in allowed:
            answer.set_cookie(f"santai_{name}", request.POST[name], max_age=YEAR, samesite="Lax")
    return answer
