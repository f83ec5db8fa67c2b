"""Work after the commit: making documents; and what clocks set off."""

from datetime import datetime

from santai.back.approvals.service import (
    deem_accepted,
    documents_to_make,
    grant_by_silence,
    lapse_correction,
    make_document,
    note_days_over,
    note_rescheduled,
)
from santai.kernel.clocks.service import ClockState, on_due, on_moved
from santai.kernel.jobs.service import sweep


def register() -> None:
    """Called once when the room is ready; importing this file registered the sweep."""
    on_due("", on_clock_due)
    on_moved(on_deadlines_moved)


@sweep("back.approvals.documents", every=5, patient=True)
def make_documents(now: datetime) -> int:
    """Make what waits, a small batch a turn; a killed worker leaves it waiting."""
    return sum(make_document(document_id=document, at=now) for document in documents_to_make(now))


@sweep("back.approvals.lapse", every=60)
def note_what_is_over(now: datetime) -> int:
    """Special procedures that take longer than told, asked opinions nobody gave."""
    return note_days_over(at=now)


def on_clock_due(clock: ClockState, at: datetime) -> None:
    """Silence of the office is acceptance, silence of the applicant ends the time to correct; the other clocks are supervision's."""
    if clock.kind == "correction" and clock.subject.startswith("case:"):
        deem_accepted(case_no=clock.subject.removeprefix("case:"), at=at)
    if clock.kind == "answer" and clock.subject.startswith("case:"):
        lapse_correction(case_no=clock.subject.removeprefix("case:"), at=at)
    if clock.kind == "statutory" and clock.subject.startswith("subcase:"):
        grant_by_silence(sub_case_no=clock.subject.removeprefix("subcase:"), at=at)


def on_deadlines_moved(subject: str, clocks: list[ClockState], at: datetime) -> None:
    """A change of the working calendar reaches the queue, the applicant and supervision."""
    note_rescheduled(subject=subject, clocks=clocks, at=at)
