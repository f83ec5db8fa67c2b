"""停机补录: an outage is declared by one person and approved by another; late entries within it carry the true time of receipt."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import get_current_timezone, localtime, make_aware

from santai.front.counter.errors import AlreadyDone, Incomplete, SamePerson, Unknown
from santai.front.counter.messages import Late
from santai.front.counter.models import Outage
from santai.kernel.access.service import require_any
from santai.kernel.codes.service import next_gapless
from santai.kernel.ledger.service import Actor, record

APPROVERS = ("chief", "decider", "supervisor")


@transaction.atomic
def declare_outage(*, began: str, ended: str, reason: str, actor: Actor, at: datetime) -> Outage:
    """``began`` and ``ended`` as entered (local time, ISO). Incomplete with every wrong field; NotAllowed."""
    require_any(actor, "intake", "issuing", "chief", organisation=actor.organisation)
    fields: dict[str, str] = {}
    began_at, ended_at = local_time("began", began, fields), local_time("ended", ended, fields)
    if began_at and ended_at and ended_at <= began_at:
        fields["ended"] = "恢复时间应晚于停机时间。"
    if ended_at and ended_at > at:
        fields["ended"] = "恢复时间不能晚于现在。系统恢复以后再登记。"
    if len(reason.strip()) < 4:
        fields["reason"] = "请写明停机的原因。"
    if fields or began_at is None or ended_at is None:
        raise Incomplete(fields=fields)
    year = localtime(at).year
    serial = next_gapless(series=f"{actor.organisation}:outage", year=year)
    outage = Outage.objects.create(
        number=f"{actor.organisation}-T{year}{serial:03d}",
        organisation=actor.organisation,
        began_at=began_at,
        ended_at=ended_at,
        reason=reason.strip()[:300],
        asked_by=actor.name,
        asked_account=actor.account,
        asked_at=at,
    )
    record(actor=actor, act="front.counter.declare_outage", on=f"outage:{outage.number}", at=at, why=outage.reason)
    return outage


@transaction.atomic
def answer_outage(*, number: str, approve: bool, why: str, actor: Actor, at: datetime) -> Outage:
    """Approve it or not, with a reason for not. Unknown, AlreadyDone, SamePerson, Incomplete, NotAllowed."""
    outage = Outage.objects.select_for_update().filter(number=number, organisation=actor.organisation).first()
    if outage is None:
        raise Unknown()
    require_any(actor, *APPROVERS, organisation=outage.organisation)
    if outage.approved_at or outage.refused_why:
        raise AlreadyDone()
    if outage.asked_account == actor.account:
        raise SamePerson()
    if not approve and not why.strip():
        raise Incomplete(fields={"why": "不批准的，请写明原因。"})
    if approve:
        outage.approved_by, outage.approved_at = f"{actor.post_title} {actor.name}".strip(), at
    else:
        outage.refused_why = why.strip()[:300]
    outage.save(update_fields=["approved_by", "approved_at", "refused_why"])
    record(actor=actor, act="front.counter.answer_outage", on=f"outage:{number}", at=at, why=why, details={"approved": approve})
    return outage


def true_time(late: Late, *, organisation: str, at: datetime) -> tuple[datetime, Outage]:
    """The true time of receipt and the approved outage that covers it. Incomplete with ``fields``."""
    fields: dict[str, str] = {}
    received = local_time("received_at", late.received_at, fields)
    outage = Outage.objects.filter(number=late.outage, organisation=organisation).exclude(approved_at=None).first()
    if outage is None:
        fields["outage"] = "请选择已经批准的停机登记；没有批准的不能补录。"
    elif received and not outage.began_at <= received <= outage.ended_at:
        fields["received_at"] = (
            f"实际收件时间应在停机期间内：{localtime(outage.began_at):%Y-%m-%d %H:%M} 至 {localtime(outage.ended_at):%Y-%m-%d %H:%M}。"
        )
    if fields or received is None or outage is None:
        raise Incomplete(fields=fields)
    return received, outage


def local_time(field: str, text: str, fields: dict[str, str]) -> datetime | None:
    """A local time as a page sends it (2026-11-27T09:30); what is none is noted at its field."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        fields[field] = "请填写日期和时间，例如 2026-11-27 09:30。"
        return None
    return found if found.tzinfo else make_aware(found, get_current_timezone())
