"""Give a department's line system the step that is open for it now."""

from datetime import datetime

from santai.back.approvals.actions.hand_over import hand_over
from santai.back.approvals.rules.outcome import may_finish
from santai.back.cases.service import Case, SubCase, current_content
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import TaskCalledBack
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import system_actor

CONCLUDING = ("decide", "record", "acknowledge")


def hand_on(*, case: Case, sub_case: SubCase, at: datetime) -> None:
    """Hand over each open step with the content as it stands (so that a concluding step carries the credit code written back before
    it); a concluding step waits until the branches it finishes after have ended. Nothing for a department that works at the desk."""
    if not sub_case.line_system or not sub_case.is_open:
        return
    steps = [task.element for task in tasks_of(f"subcase:{sub_case.sub_case_no}")]
    if any(step in CONCLUDING for step in steps):
        outcomes = dict(SubCase.objects.filter(case=case).values_list("branch", "outcome"))
        if not may_finish(finishes_after=sub_case.finishes_after, outcomes=outcomes):
            return
    for step in steps:
        hand_over(case=case, sub_case=sub_case, step=step, content=current_content(case).content, at=at)


def hand_on_followers(*, case: Case, finished: SubCase, at: datetime) -> None:
    """A part has ended well: line systems that waited for it get their concluding step."""
    waiting = SubCase.objects.filter(case=case, line_system=True, finishes_after__contains=[finished.branch])
    for sub_case in waiting.exclude(state=SubCase.State.FINISHED).order_by("position"):
        if any(task.element in CONCLUDING for task in tasks_of(f"subcase:{sub_case.sub_case_no}")):
            hand_on(case=case, sub_case=sub_case, at=at)


def call_back(*, case: Case, sub_case: SubCase, reason: str, at: datetime) -> None:
    """Tell the line system that the part has ended without it; nothing for a department that works at the desk."""
    if not sub_case.line_system:
        return
    publish(
        TaskCalledBack(case_no=case.case_no, sub_case_no=sub_case.sub_case_no, called_back_at=at.isoformat(), reason=reason),
        actor=system_actor("back.approvals"),
        order_key=case.case_no,
        at=at,
    )
