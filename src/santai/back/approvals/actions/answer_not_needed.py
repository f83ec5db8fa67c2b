"""即时告知: what is applied for needs no permit (行政许可法 32(1)(1))."""

from datetime import datetime

from santai.back.approvals.actions.check_materials import still_to_accept
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ReasonMissing
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.flow.service import cancel_process
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def answer_not_needed(*, sub_case_no: str, reason: str, actor: Actor, at: datetime) -> SubCase:
    """Tell the applicant in writing that no permit is needed; the part ends.

    Errors: NotAllowed, CaseEnded, AlreadyAccepted, ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    still_to_accept(sub_case)
    if not reason.strip():
        raise ReasonMissing("请写明为什么不需要许可。", fields={"reason": "请写明为什么不需要许可。"})
    cancel_process(subject=f"subcase:{sub_case_no}", why="不需要许可", actor=actor, at=at)
    document = serve_document(case=sub_case.case, sub_case=sub_case, kind="not_needed", data={"reason": reason.strip()}, at=at)
    close_branch(
        case=sub_case.case,
        sub_case=sub_case,
        outcome="not_needed",
        reason=reason.strip(),
        document_no=document.document_no,
        text=f"{sub_case.organisation_name}告知：依法不需要许可（{document.document_no}）。",
        actor=actor,
        at=at,
    )
    return sub_case
