"""备案、报告、推送: the department records or acknowledges; no decision is made."""

from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import NotReadyToFinish, WrongStep
from santai.back.approvals.rules.outcome import may_finish
from santai.back.cases.service import SubCase, lock_sub_case, write_opinion
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act

OUTCOME_OF_ELEMENT = {"record": "recorded", "acknowledge": "acknowledged"}


@as_one_act
def record_branch(*, sub_case_no: str, task: UUID, opinion: str, actor: Actor, at: datetime) -> SubCase:
    """Record the filing or report, or acknowledge what was pushed, and close the part.

    Errors: NotAllowed, WrongStep, TaskAlreadyDone, NotReadyToFinish (the credit code has not been written back yet).
    """
    sub_case = lock_sub_case(sub_case_no)
    current = get_task(task)
    outcome = OUTCOME_OF_ELEMENT.get(current.element, "")
    if current.subject != f"subcase:{sub_case_no}" or not outcome:
        raise WrongStep()
    require(actor, current.role, organisation=sub_case.organisation)
    outcomes = dict(SubCase.objects.filter(case=sub_case.case).values_list("branch", "outcome"))
    if not may_finish(finishes_after=sub_case.finishes_after, outcomes=outcomes):
        raise NotReadyToFinish()
    complete_task(task=task, outcome=outcome, data={}, actor=actor, at=at)
    write_opinion(sub_case=sub_case, step="备案" if outcome == "recorded" else "核实", result="已办", text=opinion, actor=actor, at=at)
    document_no = ""
    if outcome == "recorded":
        document_no = serve_document(
            case=sub_case.case, sub_case=sub_case, kind="recorded", data={"nature": sub_case.nature}, at=at
        ).document_no
    close_branch(
        case=sub_case.case,
        sub_case=sub_case,
        outcome=outcome,
        document_no=document_no,
        text=f"{sub_case.organisation_name}{'已备案' if outcome == 'recorded' else '已接收并核实'}。",
        actor=actor,
        at=at,
    )
    return sub_case
