"""The city's own addresses, and one more by which a test acts as anybody: POST /test/acts/<name>/ with the arguments as JSON."""

import json

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from santai.config.urls import urlpatterns as city
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused
from tests.support.acts import ACTS


@csrf_exempt
@require_POST
def act(request: HttpRequest, name: str) -> JsonResponse:
    if not settings.FAULTS_ALLOWED:
        return JsonResponse({}, status=404)
    try:
        return JsonResponse(ACTS[name](**json.loads(request.body or b"{}"), at=now()), json_dumps_params={"default": str})
    except ActRefused as refused:
        return JsonResponse({"code": refused.code, "message": refused.message, "fields": refused.fields}, status=409)


urlpatterns = [path("test/acts/<str:name>/", act), *city]
