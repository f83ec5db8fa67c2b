"""Work after the commit: what goes to the provider, and what is asked of it."""

from datetime import datetime

from santai.exchange.payments import service
from santai.kernel.jobs.service import sweep


@sweep(service.REFUNDS, every=30)
def send_refunds(now: datetime) -> int:
    return service.send_refunds(now)


@sweep(service.CLOSINGS, every=60)
def send_closings(now: datetime) -> int:
    return service.send_closings(now)


@sweep("exchange.payments.ask", every=20)
def ask_due(now: datetime) -> int:
    """Call-backs get lost; the provider knows."""
    return service.ask_due(now)


@sweep("exchange.payments.statement", every=600)
def reconcile_due(now: datetime) -> int:
    return service.reconcile_due(now)
