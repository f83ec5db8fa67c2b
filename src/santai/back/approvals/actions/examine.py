"""审查: an examiner's opinion passes the sub-case on to the one who decides."""

from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.hand_on import hand_on
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import ReasonMissing, Stopped, WrongStep
from santai.back.cases.service import SubCase, lock_sub_case, write_opinion
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act

SUGGESTIONS = {"suggest_grant": "建议准予", "suggest_refuse": "建议不予"}


@as_one_act
def examine(*, sub_case_no: str, task: UUID, suggestion: str, opinion: str, actor: Actor, at: datetime) -> SubCase:
    """Write the opinion and pass on. A suggestion to refuse needs its reason.

    Errors: NotAllowed, WrongStep, TaskAlreadyDone, Stopped (a special procedure is running), ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    current = get_task(task)
    if current.subject != f"subcase:{sub_case_no}" or current.element != "examine" or suggestion not in SUGGESTIONS:
        raise WrongStep()
    require(actor, current.role, organisation=sub_case.organisation)
    if sub_case.state == SubCase.State.STOPPED:
        raise Stopped()
    if suggestion == "suggest_refuse" and not opinion.strip():
        raise ReasonMissing(fields={"opinion": "请写明建议不予的理由。"})
    complete_task(task=task, outcome=suggestion, data={}, actor=actor, at=at)
    write_opinion(sub_case=sub_case, step="审查", result=SUGGESTIONS[suggestion], text=opinion, actor=actor, at=at)
    sub_case.state = SubCase.State.DECIDING
    sub_case.examined_by = actor.account
    sub_case.save(update_fields=["state", "examined_by"])
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="examined",
        text=f"{sub_case.organisation_name}已完成审查，等待决定。",
        actor=actor,
        at=at,
    )
    hand_on(case=sub_case.case, sub_case=sub_case, at=at)
    return sub_case
