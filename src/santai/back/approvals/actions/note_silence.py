"""What the passing of a day means: more time than told for a special procedure, no answer to an asked opinion."""

from datetime import datetime

from django.utils.timezone import localdate

from santai.back.approvals.actions.ask_opinion import lapse_opinion
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.models import AskedOpinion, SpecialProcedure
from santai.back.cases.service import lock_sub_case
from santai.kernel.clocks.service import CAUSES
from santai.kernel.jobs.service import for_each
from santai.kernel.ledger.service import as_one_act, system_actor


def note_days_over(*, at: datetime, limit: int = 100) -> int:
    """Everything whose last day is before today, once each; returns how many."""
    today = localdate(at)
    late = SpecialProcedure.objects.filter(ended_at=None, overdue_at=None, expected_until__lt=today)
    opinions = AskedOpinion.objects.filter(answered_at=None, overdue_at=None, due_on__lt=today)
    over = list(late[:limit]), list(opinions[:limit])
    for_each(over[0], lambda procedure: note_procedure_overdue(procedure=procedure, at=at), what="special procedure overdue")
    for_each(over[1], lambda opinion: lapse_opinion(opinion=opinion, at=at), what="opinion overdue")
    return len(over[0]) + len(over[1])


@as_one_act
def note_procedure_overdue(*, procedure: SpecialProcedure, at: datetime) -> None:
    """It takes longer than the applicant was told (行政许可法 45): supervision hears of it; the clock stays stopped."""
    sub_case = lock_sub_case(procedure.sub_case_no)
    kept = SpecialProcedure.objects.select_for_update().get(pk=procedure.pk)
    if kept.ended_at is not None or kept.overdue_at is not None or kept.expected_until is None:
        return
    kept.overdue_at = at
    kept.save(update_fields=["overdue_at"])
    until = kept.expected_until
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="procedure_overdue",
        text=f"{CAUSES[kept.cause]}已超过告知的时间（{until.month}月{until.day}日），尚未结束。",
        actor=system_actor("back.approvals"),
        at=at,
        public=False,
    )
