"""What the worker does for the bus."""

from datetime import datetime

from santai.exchange.bus import service
from santai.kernel.jobs.service import sweep


@sweep("exchange.bus.deliver", every=1)
def deliver(now: datetime) -> int:
    """What a request could not deliver itself, what is due again, and what a killed process left."""
    return service.deliver_pending(seconds=5)


@sweep("exchange.bus.links", every=1)
def links(now: datetime) -> int:
    """What is on its way to other zones."""
    return service.send_all()


@sweep("exchange.bus.watermark", every=10)
def watermark(now: datetime) -> int:
    """How far this zone's record goes; never "work left", so that draining comes to an end."""
    service.publish_watermark(now=now)
    return 0


@sweep("exchange.bus.forget", every=600)
def forget(now: datetime) -> int:
    """Old delivery marks."""
    return service.forget_delivered()
