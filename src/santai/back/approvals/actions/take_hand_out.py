"""A window handed the results over and had it signed for: proof of delivery, and the end of a joint case that waited for it."""

from datetime import datetime

from santai.back.approvals.actions.issue_results import issue_results
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.models import ServedDocument
from santai.back.cases.service import Case, lock_case
from santai.exchange.contracts.service import ResultsHandedOut
from santai.kernel.access.service import NotAllowed
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def take_hand_out(*, message: ResultsHandedOut, actor: Actor, at: datetime) -> Case:
    """The first collection counts as delivery (送达). A joint case whose results wait is completed when the window is the one that issues
    them; another window's collection is delivery only. CaseNotFound before the case has arrived."""
    case = lock_case(message.case_no)
    handed_out = datetime.fromisoformat(message.handed_out_at)
    ServedDocument.objects.filter(case_no=message.case_no, document_no__in=message.documents, received_at=None).update(
        received_at=handed_out
    )
    how = f"窗口领取（{message.relation}签收，出件登记 {message.handout_no}）"
    task = next((one.id for one in tasks_of(f"case:{message.case_no}") if one.element == "issue"), None)
    if case.state == Case.State.ISSUING and task is not None:
        try:
            return issue_results(case_no=message.case_no, task=task, how=how, actor=actor, at=at)
        except NotAllowed:
            pass
    note_progress(case=case, event="served", text=f"结果已送达：{how}。", actor=actor, at=handed_out)
    return case
