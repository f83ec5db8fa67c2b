"""Background: send what is due."""

from datetime import datetime

from santai.exchange.notices import service
from santai.kernel.jobs.service import sweep


@sweep(service.SEND_SWEEP, every=15)
def send_due(now: datetime) -> int:
    return service.send_due(now)
