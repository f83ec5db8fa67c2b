"""Close one department's part and count it down."""

from datetime import datetime

from santai.back.cases.errors import SubCaseClosed
from santai.back.cases.models import SubCase


def finish_sub_case(*, sub_case: SubCase, outcome: str, reason: str, at: datetime) -> None:
    """Close the sub-case and count the join down on its locked case; SubCaseClosed if it was closed before.

    The caller holds both locks (``lock_sub_case``) and saves the case.
    """
    if not sub_case.is_open:
        raise SubCaseClosed()
    sub_case.state = SubCase.State.FINISHED
    sub_case.outcome = outcome
    sub_case.reason = reason
    sub_case.finished_at = at
    sub_case.due_at = None
    sub_case.save()
    sub_case.case.branches_open -= 1
    sub_case.case.changed_at = at
