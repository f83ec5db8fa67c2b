"""Work after the commit."""

from datetime import datetime

from santai.front.counter.service import make_receipt, receipts_to_make, remind_collecting, reminders_due_now
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""


@sweep("front.counter.receipts", every=5)
def make_receipts(now: datetime) -> int:
    """Make what waits; a killed worker leaves it waiting."""
    return sum(make_receipt(receipt_no=number, at=now) for number in receipts_to_make(now))


@sweep("front.counter.reminders", every=600)
def remind(now: datetime) -> int:
    """Applicants whose result waits at the window, each reminder once."""
    return sum(remind_collecting(view=view, at=now) for view in reminders_due_now(now))
