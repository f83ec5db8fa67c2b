"""What the gateway does beside answering: keep copies fresh while the line is there, ask what waited once it is back."""

from datetime import datetime

from santai.exchange.gateway import service
from santai.kernel.jobs.service import sweep


@sweep("exchange.gateway.waiting", every=20)
def ask_what_waits(now: datetime) -> int:
    """Ask kept questions again, and forget answers that have served."""
    service.forget_answered(now)
    return service.ask_waiting(at=now)


@sweep("exchange.gateway.replicas", every=300)
def refresh_replicas(now: datetime) -> int:
    """Fetch what changed of the copies this zone needs."""
    return service.refresh_replicas(now)
