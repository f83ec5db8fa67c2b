"""Answer the applicant in the case's thread."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import ReasonMissing
from santai.back.approvals.models import ThreadLine
from santai.back.cases.service import access_case, works_on
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import OfficialWrote
from santai.kernel.access.service import NotAllowed
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def write_to_applicant(*, case_no: str, text: str, actor: Actor, at: datetime) -> ThreadLine:
    """Send the line and mark what waited for an answer as answered.

    Errors: CaseNotFound; NotAllowed for a post that only looks on; ReasonMissing when empty.
    """
    case = access_case(case_no=case_no, actor=actor)
    if not works_on(case_no=case_no, actor=actor):
        raise NotAllowed()
    if not text.strip():
        raise ReasonMissing("请先写下要回复的内容。", fields={"text": "请先写下要回复的内容。"})
    line = ThreadLine.objects.create(
        case_no=case_no,
        from_applicant=False,
        by=actor.name,
        organisation_name=actor.organisation_name,
        text=text.strip(),
        at=at,
    )
    waiting = ThreadLine.objects.filter(case_no=case_no, from_applicant=True, answered_at=None).update(answered_at=at)
    record(actor=actor, act="back.approvals.write_to_applicant", on=f"case:{case_no}", at=at, details={"answers": waiting})
    publish(
        OfficialWrote(
            case_no=case_no,
            message_id=str(line.id),
            written_at=at.isoformat(),
            by=actor.name,
            organisation_name=actor.organisation_name,
            text=line.text,
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    if waiting:
        note_progress(case=case, event="answered", text=f"{actor.organisation_name}已回复您的留言。", actor=actor, at=at)
    return line
