"""告知听证权利: applicant and interested parties learn that they may ask for a hearing."""

from datetime import datetime

from santai.back.approvals.actions.hearing_common import hearing_of, own_part, subject_of, tell
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import WrongStep
from santai.back.approvals.models import Hearing
from santai.back.approvals.rules.hearing import REQUEST
from santai.kernel.clocks.service import start_clock
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def tell_hearing_right(*, sub_case_no: str, actor: Actor, at: datetime) -> Hearing:
    """Serve the notice; five working days to ask begin (行政许可法 47). Errors: NotAllowed, WrongStep (told before, or held anyway)."""
    sub_case = own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    if hearing.told_at is not None or hearing.ground != Hearing.Ground.INTEREST:
        raise WrongStep("已经告知过听证权利，或者本件应当直接组织听证。")
    hearing.told_at = at
    hearing.save(update_fields=["told_at"])
    clock = start_clock(rule=REQUEST, subject=subject_of(sub_case_no), event_at=at, actor=actor, at=at)
    facts = {"reason": hearing.reason, "parties": hearing.parties, "request_by": clock.due_on.isoformat()}
    document = serve_document(case=sub_case.case, sub_case=sub_case, kind="hearing_right", data=facts, at=at)
    tell(
        sub_case=sub_case,
        hearing=hearing,
        event="hearing_told",
        text=f"{sub_case.organisation_name}告知：本件涉及他人重大利益，您和利害关系人可以在五个工作日内要求听证（{document.document_no}）。",
        document_no=document.document_no,
        actor=actor,
        at=at,
    )
    return hearing
