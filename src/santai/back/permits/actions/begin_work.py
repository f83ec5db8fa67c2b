"""Beginning of work under a permit: put off, begun, or lapsed by itself (建筑法 9)."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from santai.back.permits.actions.act_on_licence import _act, _decides, _end, _tell_holder, _tell_register, _valid, item_held
from santai.back.permits.errors import NoStartOfWork, OverLimit, TimesSpent, TooLate
from santai.back.permits.models import HeldLicence, LicenceAct
from santai.back.permits.rules.start_of_work import put_off, trouble
from santai.exchange.contracts.service import StartOfWork
from santai.kernel.clocks.service import working_days_between
from santai.kernel.jobs.service import for_each
from santai.kernel.ledger.service import Actor, as_one_act, system_actor

TROUBLES = {"no_such_limit": NoStartOfWork, "times_spent": TimesSpent, "over_limit": OverLimit, "too_late": TooLate}


@as_one_act
def put_off_start(*, identifier: str, length: int, reason: str, actor: Actor, at: datetime) -> HeldLicence:
    """Give more time to begin, in the unit of the item's rule. Errors: NotFound, NoPower, NotValid, TimesSpent, OverLimit, TooLate."""
    row = _valid(identifier)
    _decides(actor, row, superior=False)
    item = item_held(row)
    terms = item.start_work if item else StartOfWork()
    today = localdate(at)
    last = row.begin_by or today
    why = trouble(terms, times=row.put_off, length=length, days_left=working_days_between(today, last), over=today > last)
    if why:
        raise TROUBLES[why](fields={"length": TROUBLES[why].message})
    row.begin_by, row.put_off = put_off(terms, last, length), row.put_off + 1
    row.save(update_fields=["begin_by", "put_off"])
    _act(row, "put_off", "", reason or "申请延期开工", actor, at, more={"until": row.begin_by.isoformat()})
    return row


@as_one_act
def note_begun(*, identifier: str, on: date, actor: Actor, at: datetime) -> HeldLicence:
    """Work has begun: the permit lapses no more for that. Errors: NotFound, NoPower, NotValid."""
    row = _valid(identifier)
    _decides(actor, row, superior=False)
    row.begun_on = on
    row.save(update_fields=["begun_on"])
    _act(row, "begun", "", f"{on.isoformat()} 开工", actor, at)
    return row


def lapse_unbegun(*, at: datetime) -> int:
    """Permits whose last day to begin is over lapse by themselves."""
    due = HeldLicence.objects.filter(state="valid", begun_on=None, begin_by__lt=localdate(at)).values_list("identifier", flat=True)
    return for_each(list(due[:200]), lambda identifier: _lapse(identifier, at), what="lapse of work not begun")


@as_one_act
def _lapse(identifier: Any, at: datetime) -> bool:
    row = HeldLicence.objects.select_for_update(skip_locked=True).filter(identifier=identifier, state="valid", begun_on=None).first()
    if row is None or row.begin_by is None or row.begin_by >= localdate(at):
        return False
    item = item_held(row)
    reason = f"在{row.begin_by.isoformat()}前没有开工，又没有申请延期，依据{item.start_work.law if item else '法律规定'}自行废止"
    actor = system_actor("back.permits")
    act: LicenceAct = _act(row, "lapse", "", reason, actor, at)
    _end(row, "lapsed", reason)
    _tell_register(row, "lapse", act, reason=reason, actor=actor, at=at)
    _tell_holder(row, "licence_revoked", reason, actor, at)
    return True
