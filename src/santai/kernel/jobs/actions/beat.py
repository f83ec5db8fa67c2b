"""The worker says that it lives."""

import os
import socket
from datetime import UTC, datetime, timedelta

from django.conf import settings

from santai.kernel.jobs.models import Heartbeat

FORGOTTEN_AFTER = timedelta(days=1)


def worker_name(started_at: datetime) -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{started_at:%Y%m%d%H%M%S}"


def beat(
    *, worker: str, started_at: datetime, done: int, running: dict[str, str], troubles: dict[str, dict[str, object]], stopped: bool = False
) -> None:
    """Write the heartbeat in real time and forget workers silent for a day."""
    at = datetime.now(UTC)
    Heartbeat.objects.update_or_create(
        worker=worker,
        defaults={
            "zone": settings.ZONE, "started_at": started_at, "seen_at": at, "stopped_at": at if stopped else None,
            "done": done, "running": running, "troubles": troubles,
        },
    )  # fmt: skip
    Heartbeat.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
