"""Work of the desk that nobody presses a button for."""

from datetime import datetime

from santai.back.desk.service import keep_stand_ins
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""


@sweep("back.desk.stand_ins", every=300)
def stand_in(now: datetime) -> int:
    """Steps reach who stands in today, and come back when it is over."""
    return keep_stand_ins(at=now)
