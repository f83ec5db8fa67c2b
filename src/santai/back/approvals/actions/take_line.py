"""The applicant wrote, or urged."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.models import ThreadLine
from santai.back.cases.service import get_case
from santai.exchange.contracts.service import ApplicantWrote
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def take_line(*, message: ApplicantWrote, actor: Actor, at: datetime) -> ThreadLine:
    """Keep the line once; a 催办 is also a step of the case that supervision hears."""
    line, new = ThreadLine.objects.get_or_create(
        id=message.message_id,
        defaults={
            "case_no": message.case_no,
            "from_applicant": True,
            "by": message.by,
            "text": message.text,
            "urges": message.urges,
            "at": datetime.fromisoformat(message.written_at),
        },
    )
    if new and message.urges:
        note_progress(case=get_case(message.case_no), event="urged", text="申请人催办。", actor=actor, at=at, reason=message.text)
    return line
