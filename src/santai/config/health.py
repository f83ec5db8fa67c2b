"""``/healthz``: is this web process able to serve? Asked by ``santai up``, systemd, load balancers and monitors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with ``{"ok": true, "zone": …}`` when the database answers, 503 otherwise; says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"ok": False, "zone": settings.ZONE, "problem": "database"}, status=503)
    answer = JsonResponse({"ok": True, "zone": settings.ZONE})
    answer["Cache-Control"] = "no-store"
    return answer
