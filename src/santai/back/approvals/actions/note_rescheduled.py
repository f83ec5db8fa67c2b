"""The working calendar was changed: the deadlines the case keeps beside its clocks follow, and everybody who shows them is told."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.models import CorrectionNotice
from santai.back.approvals.queries import nearest_due
from santai.back.cases.service import Case, SubCase, lock_case
from santai.kernel.clocks.service import ClockState, clocks_of
from santai.kernel.ledger.service import as_one_act, system_actor

WHY = "工作日历有调整"


@as_one_act
def note_rescheduled(*, subject: str, clocks: list[ClockState], at: datetime) -> Case | None:
    """Take over the moved deadlines of a case or of one part. None for a subject that is no case's, or a part that has ended."""
    kind, _, number = subject.partition(":")
    if kind not in ("case", "subcase"):
        return None
    case = lock_case(number if kind == "case" else number.rpartition("-")[0])
    sub_case = None
    if kind == "subcase":
        sub_case = SubCase.objects.select_for_update(of=("self",)).get(sub_case_no=number)
        sub_case.case = case
        if not sub_case.is_open:
            return None
    if not case.is_open:
        return None
    running = [clock.due_at for clock in clocks_of(subject) if clock.state in ("running", "missed") and clock.is_open]
    if sub_case is not None and sub_case.due_at is not None:
        sub_case.due_at = min(running, default=sub_case.due_at)
        sub_case.save(update_fields=["due_at"])
    elif sub_case is None and case.accepted_at is None and case.state != Case.State.CORRECTING:
        SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).update(due_at=min(running, default=None))
    moved = [clock for clock in clocks if clock.kind == "answer"]
    if moved:  # the applicant's own time: the date told in the notice goes with it
        CorrectionNotice.objects.filter(case_no=case.case_no, answered_at=None).update(respond_by=moved[0].due_on)
    if case.due_at is not None:
        case.due_at = nearest_due(case)
        case.save(update_fields=["due_at"])
    note_progress(
        case=case,
        sub_case=sub_case,
        event="rescheduled",
        text=f"{WHY}，{_told(clocks)}。",
        actor=system_actor("back.approvals"),
        at=at,
        clocks=[clock for clock in clocks if clock.kind != "answer"],
        reason=WHY,
    )
    return case


def _told(clocks: list[ClockState]) -> str:
    return "；".join(f"“{clock.title}”的最后一天改为{clock.due_on.year}年{clock.due_on.month}月{clock.due_on.day}日" for clock in clocks)
