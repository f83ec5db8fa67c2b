"""撤回: the applicant takes the application back before it is decided."""

from datetime import datetime
from typing import Any

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.cases.service import Case, SubCase, lock_case
from santai.kernel.flow.service import cancel_process, send_message
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def withdraw_case(
    *,
    case_no: str,
    reason: str,
    actor: Actor,
    at: datetime,
    deemed: bool = False,
    document: str = "",
    facts: dict[str, Any] | None = None,
    wait: bool = True,
) -> Case:
    """End every open part; parts already decided keep their result. A repeated or late wish changes nothing.

    ``deemed``: nobody asked for it, a local rule counts the applicant's silence as withdrawal (视为撤回); ``document`` is then the kind
    of paper that says so with ``facts``. ``wait=False``: as in ``lock_case``.
    """
    case = lock_case(case_no, wait=wait)
    if not case.is_open or case.branches_open == 0:
        return case
    if case.shape == "joint":
        send_message(subject=f"case:{case_no}", message="withdraw", data={"reason": reason}, actor=actor, at=at)
    kind = document or ("lapsed" if deemed else "withdrawn")
    paper = serve_document(case=case, sub_case=None, kind=kind, data={"reason": reason, **(facts or {})}, at=at)
    for sub_case in SubCase.objects.select_for_update().filter(case=case).exclude(state=SubCase.State.FINISHED).order_by("position"):
        sub_case.refresh_from_db(fields=["state"])
        if not sub_case.is_open:
            continue
        sub_case.case = case
        cancel_process(subject=f"subcase:{sub_case.sub_case_no}", why="视为撤回" if deemed else "申请人撤回", actor=actor, at=at)
        close_branch(
            case=case,
            sub_case=sub_case,
            outcome="withdrawn",
            reason=reason,
            document_no=paper.document_no,
            text=f"{'逾期未补齐材料，视为撤回申请' if deemed else '申请人撤回申请'}，{sub_case.organisation_name}终止办理。",
            actor=actor,
            at=at,
        )
    return case
