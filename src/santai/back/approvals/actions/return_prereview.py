"""预审退回: what a pre-review sends back. The first submission stays the receipt; a list is the one notice, no list is no notice."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.check_materials import DefectInput, check_materials, still_to_accept
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.flow.service import get_task
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def return_prereview(*, sub_case_no: str, task: UUID, defects: Sequence[DefectInput], actor: Actor, at: datetime) -> SubCase:
    """A return that lists what is missing is the one notice (行政许可法 32); one that lists nothing stops no clock and is supervised.

    Errors: as ``check_materials``.
    """
    if any(defect.get("text", "").strip() for defect in defects):
        return check_materials(sub_case_no=sub_case_no, task=task, complete=False, defects=defects, actor=actor, at=at)
    sub_case = lock_sub_case(sub_case_no)
    require(actor, get_task(task).role, organisation=sub_case.organisation)
    still_to_accept(sub_case)
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="prereview_returned",
        text="预审退回，没有列明需要补正的内容；收到申请的时间和五日期限不变。",
        actor=actor,
        at=at,
    )
    return sub_case
