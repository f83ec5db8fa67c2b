"""Work after the commit: making documents; and what clocks set off."""

from datetime import datetime

from santai.back.approvals.service import deem_accepted, documents_to_make, make_document
from santai.kernel.clocks.service import ClockState, on_due
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""
    on_due("", on_clock_due)


@sweep("back.approvals.documents", every=5)
def make_documents(now: datetime) -> int:
    """Make what waits, a small batch a turn; a killed worker leaves it waiting."""
    return sum(make_document(document_id=document, at=now) for document in documents_to_make(now))


def on_clock_due(clock: ClockState, at: datetime) -> None:
    """Silence on a correction clock is acceptance; the other clocks are supervision's business."""
    if clock.kind == "correction" and clock.subject.startswith("case:"):
        deem_accepted(case_no=clock.subject.removeprefix("case:"), at=at)
