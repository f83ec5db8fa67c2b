"""备案、信息报告: complete when everything has come; nobody decides (企业投资项目核准和备案管理条例 13)."""

from datetime import datetime

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.queries import item_of
from santai.back.approvals.queries.papers import missing_of, unanswered_of
from santai.back.cases.service import Case, SubCase
from santai.kernel.flow.service import complete_task, send_message, tasks_of
from santai.kernel.ledger.service import Actor, system_actor

FILED = ("filing", "report")


def file_on_receipt(*, case: Case, actor: Actor, received_at: datetime, at: datetime) -> bool:
    """Record a single filing or report as of ``received_at`` when nothing is missing; False when it is another kind or incomplete.

    The caller holds the case's lock. A part of a joint case is recorded by its department: what it reports rests on the others.
    """
    item = item_of(case.item_code, case.item_version)
    if item.shape != "single" or item.nature not in FILED or missing_of(case) or unanswered_of(case):
        return False
    system = system_actor("back.approvals")
    sub_case = SubCase.objects.select_for_update(of=("self",)).get(case=case)
    sub_case.case = case
    subject = f"subcase:{sub_case.sub_case_no}"
    at_once = sub_case.process == "instant"  # one step from receipt to result
    for task in tasks_of(subject):
        complete_task(task=task.id, outcome="granted" if at_once else "complete", data={"received": True}, actor=system, at=at)
    if not at_once:
        send_message(subject=subject, message="accepted", data={}, actor=system, at=at)
    for task in tasks_of(subject):
        complete_task(task=task.id, outcome="recorded", data={}, actor=system, at=at)
    case.checks_open = 0
    sub_case.accepted_at = case.accepted_at = received_at
    document = serve_document(case=case, sub_case=sub_case, kind="recorded", data={"nature": sub_case.nature}, at=received_at)
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome="recorded",
        document_no=document.document_no,
        text=f"材料齐全，收到即{'备案' if sub_case.nature == 'filing' else '记录'}（{document.document_no}）。",
        actor=actor,
        at=received_at,
    )
    return True
