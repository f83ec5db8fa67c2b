"""听证 (63–65): told, asked for or waived, notified, held."""

from datetime import datetime

from santai.back.inspections.actions.common import begin, day, end, filled, locked, note, open_before_decision, write
from santai.back.inspections.errors import (
    HearingNotHeld,
    HearingRightNotTold,
    NoticeTooShort,
    PresiderConflict,
    RecordUnsigned,
    StepDone,
    TooLate,
    WordsMissing,
)
from santai.back.inspections.models import Penalty
from santai.back.inspections.rules.penalty import HEARING_NOTICE_DAYS
from santai.back.inspections.rules.words import ASK_HEARING, HEARING_KINDS
from santai.kernel.clocks.service import working_days_between
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def tell_hearing_right(*, case_no: str, kind: str = "", actor: Actor, at: datetime) -> Penalty:
    """Five working days to ask run from here (64 (1)). ``kind``: of the intended penalty, where the filing named none.

    EnforcementNotFound, NotAllowed, StepDone, WordsMissing.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.hearing_told_at is not None:
        raise StepDone()
    penalty.hearing_kind = penalty.hearing_kind or kind
    if penalty.hearing_kind not in HEARING_KINDS or not penalty.hearing_kind:
        raise WordsMissing(fields={"kind": "请选择拟作处罚属于哪一类应当告知听证的处罚。"})
    clock = begin(ASK_HEARING, case_no, event_at=at, actor=actor, at=at)
    penalty.hearing_told_at, penalty.hearing_by = at, clock.due_on
    penalty.save(update_fields=["hearing_kind", "hearing_told_at", "hearing_by"])
    named = HEARING_KINDS[penalty.hearing_kind]
    write(part, "penalty_hearing_right", {"kind": named, "request_by": clock.due_on.isoformat()}, at=at)
    note(part, "hearing_right_told", f"已告知听证权利（{named}）。", actor=actor, at=at)
    return penalty


@as_one_act
def request_hearing(*, case_no: str, wanted: bool = True, actor: Actor, at: datetime) -> Penalty:
    """The party asks for one, or says it wants none. EnforcementNotFound, NotAllowed, HearingRightNotTold, TooLate, StepDone."""
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.hearing_told_at is None or penalty.hearing_by is None:
        raise HearingRightNotTold()
    if penalty.hearing_requested_at is not None or penalty.hearing_waived_at is not None:
        raise StepDone()
    if wanted and day(at) > penalty.hearing_by:
        raise TooLate()
    if wanted:
        penalty.hearing_requested_at = at
    else:
        penalty.hearing_waived_at = at
    penalty.save(update_fields=["hearing_requested_at", "hearing_waived_at"])
    end(case_no, ASK_HEARING, actor=actor, at=at)
    note(part, "hearing_asked" if wanted else "hearing_waived", "当事人要求听证。" if wanted else "当事人放弃听证。", actor=actor, at=at)
    return penalty


@as_one_act
def notify_hearing(*, case_no: str, hearing_on: datetime, place: str, actor: Actor, at: datetime) -> Penalty:
    """Time and place, seven working days before (64 (2)). EnforcementNotFound, NotAllowed, HearingNotHeld, NoticeTooShort, WordsMissing."""
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.hearing_requested_at is None or penalty.hearing_held_at is not None:
        raise StepDone("当事人没有要求听证，或者听证已经举行。")
    if working_days_between(day(at), day(hearing_on)) < HEARING_NOTICE_DAYS:
        raise NoticeTooShort(fields={"hearing_on": NoticeTooShort.message})
    said = filled(place=(place, "请填写听证的地点。"))
    penalty.hearing_notified_at, penalty.hearing_on, penalty.hearing_place = at, hearing_on, said["place"]
    penalty.save(update_fields=["hearing_notified_at", "hearing_on", "hearing_place"])
    write(part, "penalty_hearing_notice", {"when": hearing_on.isoformat(), "place": penalty.hearing_place}, at=at)
    note(part, "hearing_notified", "已通知听证的时间、地点。", actor=actor, at=at)
    return penalty


@as_one_act
def hold_hearing(
    *, case_no: str, presider: str, presider_account: str = "", record: str, signing: str, actor: Actor, at: datetime
) -> Penalty:
    """Keep the record. ``presider``: card number of an officer or a name; ``signing``: signed, refused (noted by the presider), or empty.

    EnforcementNotFound, NotAllowed, HearingNotHeld (not notified), PresiderConflict (64 (4)), RecordUnsigned (64 (8)), WordsMissing.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.hearing_notified_at is None or penalty.hearing_on is None:
        raise HearingNotHeld("还没有通知听证的时间、地点，不能记录听证。")
    if penalty.hearing_held_at is not None:
        raise StepDone()
    if at < penalty.hearing_on:
        raise HearingNotHeld("还没有到通知的听证时间，不能记录听证。")
    said = filled(presider=(presider, "请填写主持人。"), record=(record, "请记录听证的经过。"))
    investigators = {one[key] for interview in penalty.interviews.all() for one in interview.officers for key in ("card_no", "name")}
    accounts = {interview.by_account for interview in penalty.interviews.all()}
    if said["presider"] in investigators or presider_account in accounts:
        raise PresiderConflict(fields={"presider": PresiderConflict.message})
    if signing not in ("signed", "refused"):
        raise RecordUnsigned(fields={"signing": RecordUnsigned.message})
    penalty.hearing_held_at, penalty.presider, penalty.hearing_record = at, said["presider"], said["record"]
    penalty.record_signed = signing == "signed"
    penalty.save(update_fields=["hearing_held_at", "presider", "hearing_record", "record_signed"])
    confirmed = "笔录经当事人核对并签名" if penalty.record_signed else "当事人拒绝签名，已由主持人注明"
    write(
        part,
        "penalty_hearing_record",
        {
            "held_at": at.isoformat(),
            "place": penalty.hearing_place,
            "presider": penalty.presider,
            "record": penalty.hearing_record,
            "confirmed": confirmed,
        },
        at=at,
    )
    note(part, "hearing_held", f"已举行听证，主持人{penalty.presider}；{confirmed}。", actor=actor, at=at)
    return penalty
