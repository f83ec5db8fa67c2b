"""Enter a credit record for what a department found."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import CreditEventFound
from santai.exchange.credit.models import CreditRecord
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def record_event(*, message: CreditEventFound, actor: Actor, at: datetime) -> CreditRecord:
    """The record for a finding; the same finding twice is one record."""
    row, new = CreditRecord.objects.get_or_create(
        event_id=message.event_id,
        defaults={
            "subject_kind": message.subject.kind,
            "subject_code_kind": message.subject.code_kind,
            "subject_code": message.subject.code,
            "subject_name": message.subject.name,
            "kind": message.kind,
            "level": message.level,
            "text": message.text,
            "basis": message.basis,
            "organisation": message.organisation,
            "organisation_name": message.organisation_name,
            "case_no": message.case_no,
            "item_code": message.item_code,
            "from_on": localdate(datetime.fromisoformat(message.decided_at)),
            "barred_item_until": date.fromisoformat(message.barred_item_until) if message.barred_item_until else None,
        },
    )
    if new:
        record(
            actor=actor,
            act="exchange.credit.record_event",
            on=f"credit:{row.id}",
            at=at,
            details={"kind": row.kind, "level": row.level, "case_no": row.case_no},
        )
    return row
