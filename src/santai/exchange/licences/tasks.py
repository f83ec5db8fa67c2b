"""Background: seal what has no file yet."""

from datetime import datetime

from santai.exchange.licences import service
from santai.kernel.jobs.service import sweep


@sweep(service.SEAL_SWEEP, every=30)
def seal_due(now: datetime) -> int:
    return service.seal_due(now)
