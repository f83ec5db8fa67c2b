"""A statute makes the organ's own silence a consent; without one silence grants nothing."""

from datetime import datetime

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.queries import item_of
from santai.back.cases.service import lock_case, lock_sub_case
from santai.kernel.flow.service import cancel_process
from santai.kernel.ledger.service import as_one_act, system_actor


@as_one_act
def grant_by_silence(*, sub_case_no: str, at: datetime) -> bool:
    """Grant the part whose statutory limit passed undecided, when its item names the statute; False otherwise.

    The clock that fires is held already: OperationalError while somebody acts on the case, and the clock tries again.
    """
    lock_case(sub_case_no.rpartition("-")[0], wait=False)
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    basis = item_of(case.item_code, case.item_version).silence_grants
    if not basis or not sub_case.is_open:
        return False
    actor = system_actor("back.approvals")
    cancel_process(subject=f"subcase:{sub_case_no}", why="逾期视为同意", actor=actor, at=at)
    sub_case.granted_by_silence = True
    document = serve_document(case=case, sub_case=sub_case, kind="consent_by_silence", data={"basis": basis}, at=at)
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome="granted",
        reason=f"逾期未作出决定，依照{basis}视为同意",
        document_no=document.document_no,
        text=f"逾期未作出决定，依照{basis}视为同意（{document.document_no}）。",
        actor=actor,
        at=at,
    )
    return True
