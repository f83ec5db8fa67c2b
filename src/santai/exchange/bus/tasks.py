"""What the worker does for the bus."""

from datetime import datetime

from santai.exchange.bus import service
from santai.kernel.jobs.service import sweep


@sweep("exchange.bus.deliver", every=1)
def deliver(now: datetime) -> int:
    """What a request could not deliver itself, what is due again, and what a killed process left."""
    return service.deliver_pending(seconds=5)
