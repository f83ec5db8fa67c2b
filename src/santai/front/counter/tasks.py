"""Work after the commit."""

from datetime import datetime

from santai.front.counter.service import make_receipt, receipts_to_make
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""


@sweep("front.counter.receipts", every=5)
def make_receipts(now: datetime) -> int:
    """Make what waits; a killed worker leaves it waiting."""
    return sum(make_receipt(receipt_no=number, at=now) for number in receipts_to_make(now))
