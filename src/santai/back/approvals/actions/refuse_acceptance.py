"""不予受理: still incomplete after the one correction round, or not this organ's matter."""

from datetime import datetime

from django.db import transaction

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.flow.service import cancel_process
from santai.kernel.ledger.service import Actor


@transaction.atomic
def refuse_acceptance(*, sub_case_no: str, reason: str, right_organ: str = "", actor: Actor, at: datetime) -> SubCase:
    """Refuse to accept one department's part with a sealed, dated, reasoned document; the right organ is named when it is another's matter.

    Errors: NotAllowed; WrongStep once accepted; ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if case.accepted_at or not sub_case.is_open:
        raise WrongStep()
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明不予受理的理由。"})
    cancel_process(subject=f"subcase:{sub_case_no}", why="不予受理", actor=actor, at=at)
    document = serve_document(
        case=case, sub_case=sub_case, kind="not_accepted", data={"reason": reason.strip(), "right_organ": right_organ}, at=at
    )
    was_checking = sub_case.state == SubCase.State.CHECKING
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome="not_accepted",
        reason=reason.strip(),
        document_no=document.document_no,
        text=f"{sub_case.organisation_name}不予受理（{document.document_no}）。",
        actor=actor,
        at=at,
    )
    if was_checking and case.state in (Case.State.CHECKING, Case.State.CORRECTING) and case.branches_open:
        case.checks_open -= 1
        case.save()
        if case.checks_open == 0:
            from santai.back.approvals.actions.check_materials import all_checked

            all_checked(case=case, actor=actor, at=at)
    return sub_case
