"""What `santai doctor` wants to know about the workers."""

from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from santai.kernel.jobs.models import Heartbeat

SILENT_AFTER = timedelta(seconds=20)


def workers(*, alive_only: bool = False) -> QuerySet[Heartbeat]:
    """Heartbeats, the freshest first; ``alive_only``: seen within twenty seconds and not stopped."""
    beats = Heartbeat.objects.order_by("-seen_at")
    return beats.filter(stopped_at=None, seen_at__gte=datetime.now(UTC) - SILENT_AFTER) if alive_only else beats
