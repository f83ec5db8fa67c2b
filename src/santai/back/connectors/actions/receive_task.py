"""A task arrived at the line system: keep it and send the receipt back."""

from datetime import datetime

from django.db import transaction

from santai.back.connectors.models import HandedTask
from santai.back.connectors.rules import system_of
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LineSystemReported, TaskHandedOver
from santai.kernel.codes.service import next_gapless
from santai.kernel.ledger.service import record, system_actor


@transaction.atomic
def receive_task(*, message: TaskHandedOver, at: datetime) -> HandedTask | None:
    """Keep it once and answer with a receipt number in the same transaction; None when no connector serves that body."""
    system = system_of(message.organisation)
    if system is None:
        return None
    handed_over_at = datetime.fromisoformat(message.handed_over_at)
    existing = HandedTask.objects.filter(sub_case_no=message.sub_case_no, step=message.step, handed_over_at=handed_over_at).first()
    if existing is not None:
        return existing
    serial = next_gapless(series=f"back.connectors.{system.key}", year=at.year)
    task = HandedTask.objects.create(
        system=system.key,
        organisation=message.organisation,
        case_no=message.case_no,
        sub_case_no=message.sub_case_no,
        step=message.step,
        content=message.content,
        receipt_no=f"{system.key.upper()}-{at.year}-{serial:06}",
        handed_over_at=handed_over_at,
        received_at=at,
    )
    actor = system_actor(f"connector:{system.key}")
    record(actor=actor, act="back.connectors.receive_task", on=f"subcase:{message.sub_case_no}", at=at)
    publish(
        LineSystemReported(
            case_no=message.case_no,
            sub_case_no=message.sub_case_no,
            kind="receipt",
            at=at.isoformat(),
            by=system.title,
            reference=task.receipt_no,
        ),
        actor=actor,
        order_key=message.case_no,
        at=at,
    )
    return task
