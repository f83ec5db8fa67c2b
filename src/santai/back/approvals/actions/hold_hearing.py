"""The hearing was held: its record is what the decision rests on."""

from datetime import datetime

from santai.back.approvals.actions.hearing_common import clock_of, handlers_of, hearing_of, own_part, tell
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import AnnouncementMissing, MustBePublic, PresiderConflict, ReasonMissing, RecordUnsigned, WrongStep
from santai.back.approvals.models import Hearing
from santai.back.approvals.rules.hearing import HOLD, may_preside
from santai.kernel.clocks.service import finish_clock
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def hold_hearing(
    *,
    sub_case_no: str,
    presider: str,
    presider_account: str = "",
    interested: bool = False,
    public: bool,
    closed_because: str = "",
    record: str,
    record_state: str,
    actor: Actor,
    at: datetime,
) -> Hearing:
    """Keep who presided, whether it was public, the record and how it was confirmed (行政许可法 48).

    ``interested``: somebody objected that the presider has a direct interest, and that is so. ``record_state``: signed, refused (noted).
    Errors: NotAllowed, WrongStep (not notified, too early), AnnouncementMissing, PresiderConflict, MustBePublic, ReasonMissing,
    RecordUnsigned.
    """
    sub_case = own_part(sub_case_no, actor)
    hearing = hearing_of(sub_case_no)
    if hearing.notified_at is None or hearing.held_at is not None or (hearing.held_on is not None and at < hearing.held_on):
        raise WrongStep("还没有通知听证、听证的时间还没有到，或者已经举行过。")
    if hearing.ground == Hearing.Ground.PRESCRIBED and hearing.announced_at is None:
        raise AnnouncementMissing()
    if not may_preside(account=presider_account, handled_by=handlers_of(sub_case), interested=interested):
        raise PresiderConflict(fields={"presider": PresiderConflict.message})
    if not public and not closed_because.strip():
        raise MustBePublic(fields={"closed_because": MustBePublic.message})
    if not record.strip():
        raise ReasonMissing("请写明听证笔录。", fields={"record": "请写明各方的意见、证据和申辩。"})
    if record_state not in Hearing.Record.values:
        raise RecordUnsigned(fields={"record_state": RecordUnsigned.message})
    hearing.held_at, hearing.presider, hearing.presider_account = at, presider.strip() or hearing.presider, presider_account
    hearing.closed_session = "" if public else closed_because.strip()
    hearing.record, hearing.record_state = record.strip(), record_state
    hearing.save()
    hold = clock_of(sub_case_no, HOLD)
    if hold is not None:
        finish_clock(clock=hold.id, actor=actor, at=at)
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="hearing_record",
        data={
            "held_at": at.isoformat(),
            "place": hearing.place,
            "presider": hearing.presider,
            "record": hearing.record,
            "confirmed": hearing.get_record_state_display(),
            "closed": hearing.closed_session,
            "parties": hearing.parties,
        },
        at=at,
    )
    tell(
        sub_case=sub_case,
        hearing=hearing,
        event="hearing_held",
        text=f"听证已举行，制作听证笔录（{document.document_no}），将根据笔录作出决定。",
        document_no=document.document_no,
        actor=actor,
        at=at,
    )
    return hearing
