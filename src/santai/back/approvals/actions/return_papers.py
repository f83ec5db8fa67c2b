"""退还: where the registration's own law gives papers back with the complete list of what is missing (市场主体登记管理条例 19)."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.check_materials import DefectInput, may_be_asked, still_to_accept
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import DefectsMissing, ReturnHasNoBasis
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.kinds import returns_papers
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.flow.service import cancel_process
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def return_papers(*, sub_case_no: str, defects: Sequence[DefectInput], actor: Actor, at: datetime) -> SubCase:
    """Give the papers back and tell once what is missing; what comes next is a new application with its own three days.

    Errors: ReturnHasNoBasis for every other kind: after receipt there is acceptance, one notice or a refusal (行政许可法 32), and nothing
    after acceptance; NotAllowed; CaseEnded; DefectsMissing, NotInList, ObtainableBySharing.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if not returns_papers(item_of(case.item_code, case.item_version)):
        raise ReturnHasNoBasis()
    still_to_accept(sub_case)
    texts = [defect for defect in defects if defect.get("text", "").strip()]
    if not texts:
        raise DefectsMissing(fields={"defects": DefectsMissing.message})
    may_be_asked(case, texts, at)
    cancel_process(subject=f"subcase:{sub_case_no}", why="退还材料", actor=actor, at=at)
    document = serve_document(
        case=case,
        sub_case=sub_case,
        kind="correction",
        data={"defects": [{"organisation": sub_case.organisation_name, "text": one["text"].strip()} for one in texts], "returned": True},
        at=at,
    )
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome="returned",
        reason="材料不齐全或者不符合法定形式",
        document_no=document.document_no,
        text=f"材料已退还，需要补正的内容已一次告知（{document.document_no}）；补齐后请重新提交。",
        actor=actor,
        at=at,
    )
    return sub_case
