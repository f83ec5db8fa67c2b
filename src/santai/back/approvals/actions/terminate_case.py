"""终止办理: the application has lost its object, on a ground of law or of fact."""

from datetime import datetime

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import CaseEnded, GroundMissing
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.flow.service import cancel_process
from santai.kernel.ledger.service import Actor, as_one_act

GROUNDS = {
    "applicant_ended": "申请的法人或者其他组织依法终止",
    "applicant_died": "申请人死亡或者丧失行为能力，该许可只能由其本人取得",
    "object_gone": "申请的标的已经灭失",
    "law_changed": "所依据的法律、法规修改或者废止",
    "force_majeure": "不可抗力致使不能继续办理",
}


@as_one_act
def terminate_case(*, sub_case_no: str, ground: str, explanation: str = "", actor: Actor, at: datetime) -> SubCase:
    """End a part that cannot be decided any more, with a reasoned document. Errors: NotAllowed, CaseEnded, GroundMissing."""
    sub_case = lock_sub_case(sub_case_no)
    require(actor, "decider", organisation=sub_case.organisation)
    if not sub_case.is_open:
        raise CaseEnded()
    if ground not in GROUNDS:
        raise GroundMissing(fields={"ground": "请选择终止办理的事由。"})
    reason = GROUNDS[ground] + (f"：{explanation.strip()}" if explanation.strip() else "")
    cancel_process(subject=f"subcase:{sub_case_no}", why="终止办理", actor=actor, at=at)
    document = serve_document(case=sub_case.case, sub_case=sub_case, kind="terminated", data={"reason": reason}, at=at)
    close_branch(
        case=sub_case.case,
        sub_case=sub_case,
        outcome="terminated",
        reason=reason,
        document_no=document.document_no,
        text=f"{sub_case.organisation_name}终止办理：{reason}（{document.document_no}）。",
        actor=actor,
        at=at,
    )
    return sub_case
