"""Background: versions whose day has come, items whose last day is over."""

from datetime import datetime

from santai.exchange.items import service
from santai.kernel.jobs.service import sweep
from santai.kernel.ledger.service import system_actor


@sweep("exchange.items.keep_dates", every=60)
def keep_dates(now: datetime) -> int:
    return service.keep_dates(actor=system_actor("items"), at=now)
