"""The hall's own calendar: its weekly hours, and days that differ (周六延时). The statutory calendar is kernel/clocks' alone."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.front.counter.errors import Incomplete
from santai.front.counter.models import HallDay, HallHours
from santai.front.counter.rules.hours import WEEKDAYS, read_hours
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, record

WRONG = "请按“09:00-12:00 13:30-17:00”填写；不开放的留空。"


@transaction.atomic
def set_week(*, hours: Mapping[int, str], actor: Actor, at: datetime) -> None:
    """``hours``: weekday (1 Monday … 7 Sunday) → text, empty: closed. Incomplete with ``fields`` (``day-1`` …); NotAllowed."""
    require_any(actor, "chief", "supervisor", organisation=actor.organisation)
    read = {weekday: read_hours(hours.get(weekday, "")) for weekday in WEEKDAYS}
    if wrong := {f"day-{weekday}": WRONG for weekday, text in read.items() if text is None}:
        raise Incomplete(fields=wrong)
    HallHours.objects.filter(organisation=actor.organisation).delete()
    rows = [HallHours(organisation=actor.organisation, weekday=weekday, hours=text) for weekday, text in read.items() if text]
    HallHours.objects.bulk_create(rows)
    told: dict[str, object] = {str(one.weekday): one.hours for one in rows}
    record(actor=actor, act="front.counter.set_week", on=f"hall:{actor.organisation}", at=at, details=told)


@transaction.atomic
def set_day(*, day: str, hours: str, note: str, actor: Actor, at: datetime) -> HallDay:
    """One day differs: ``hours`` empty closes it. Set again, the newest counts. Incomplete with ``fields``; NotAllowed."""
    require_any(actor, "chief", "supervisor", organisation=actor.organisation)
    fields: dict[str, str] = {}
    found: date | None = None
    try:
        found = date.fromisoformat(day.strip())
    except ValueError:
        fields["day"] = "请填写日期。"
    if found and found < localdate(at):
        fields["day"] = "这一天已经过去。"
    read = read_hours(hours)
    if read is None:
        fields["hours"] = WRONG
    if len(note.strip()) < 2:
        fields["note"] = "请写明原因，会公布给群众，例如：周六延时服务。"
    if fields or found is None or read is None:
        raise Incomplete(fields=fields)
    row, _ = HallDay.objects.update_or_create(
        organisation=actor.organisation,
        day=found,
        defaults={"hours": read, "note": note.strip()[:120], "set_by": actor.name, "set_at": at},
    )
    record(
        actor=actor,
        act="front.counter.set_day",
        on=f"hall:{actor.organisation}",
        at=at,
        why=row.note,
        details={"day": str(found), "hours": read},
    )  # noqa: E501
    return row
