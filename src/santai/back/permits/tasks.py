"""What time brings: silence that renews, work not begun, promises to be chased or not kept."""

from datetime import datetime

from santai.back.permits import service
from santai.kernel.clocks.service import ClockState, on_due, on_moved
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""
    on_due("tolerance-", on_tolerance_due)
    on_moved(on_deadlines_moved)


@sweep("back.permits.due", every=60)
def due(now: datetime) -> int:
    """Each looks into its own table by an index of what is still open."""
    return service.renew_the_silent(at=now) + service.lapse_unbegun(at=now) + service.remind_of_promises(at=now)


def on_tolerance_due(clock: ClockState, at: datetime) -> None:
    service.lapse_promise(clock=clock, at=at)


def on_deadlines_moved(subject: str, clocks: list[ClockState], at: datetime) -> None:
    service.note_moved(clocks=clocks)
