"""Credit repair: asked for by the subject, answered by the organ that made the record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.credit import rules
from santai.exchange.credit.errors import AlreadyEnded, GroundMissing, NotTheRecorder, RecordNotFound, TooEarly
from santai.exchange.credit.models import CreditRecord
from santai.kernel.access.service import may
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def ask_repair(*, record_id: Any, subject_code: str, wish: str, actor: Actor, at: datetime) -> CreditRecord:
    """The subject says what was done to make it good. Errors: RecordNotFound (also another's), AlreadyEnded, TooEarly, GroundMissing."""
    row = CreditRecord.objects.select_for_update().filter(id=record_id, subject_code=subject_code).exclude(subject_code="").first()
    if row is None:
        raise RecordNotFound()
    _repairable(row, at)
    if not wish.strip():
        raise GroundMissing(fields={"wish": GroundMissing.message})
    row.repair_asked_at, row.repair_wish, row.repair_answer = at, wish.strip(), ""
    row.save(update_fields=["repair_asked_at", "repair_wish", "repair_answer"])
    record(actor=actor, act="exchange.credit.ask_repair", on=f"credit:{row.id}", at=at)
    return row


@transaction.atomic
def repair_record(*, record_id: Any, ground: str, actor: Actor, at: datetime) -> CreditRecord:
    """Repair: it is shown no more and bars nothing from that day on, and stays for the audit.

    Errors: RecordNotFound, NotTheRecorder, AlreadyEnded, TooEarly (before the shortest term, 信用修复管理办法), GroundMissing.
    """
    row = _held_by(record_id, actor)
    _repairable(row, at)
    if not ground.strip():
        raise GroundMissing(fields={"ground": GroundMissing.message})
    row.repaired_on, row.repaired_by, row.repair_ground = localdate(at), f"{actor.post_title} {actor.name}".strip(), ground.strip()
    row.save(update_fields=["repaired_on", "repaired_by", "repair_ground"])
    record(actor=actor, act="exchange.credit.repair_record", on=f"credit:{row.id}", at=at, why=ground.strip())
    return row


@transaction.atomic
def decline_repair(*, record_id: Any, answer: str, actor: Actor, at: datetime) -> CreditRecord:
    """Turn a wish down, with the reason the subject reads. Errors: RecordNotFound, NotTheRecorder, GroundMissing."""
    row = _held_by(record_id, actor)
    if not answer.strip():
        raise GroundMissing("请写明不予修复的理由。", fields={"ground": "请写明不予修复的理由。"})
    row.repair_asked_at, row.repair_answer = None, answer.strip()
    row.save(update_fields=["repair_asked_at", "repair_answer"])
    record(actor=actor, act="exchange.credit.decline_repair", on=f"credit:{row.id}", at=at, why=answer.strip())
    return row


def _held_by(record_id: Any, actor: Actor) -> CreditRecord:
    row = CreditRecord.objects.select_for_update().filter(id=record_id).first()
    if row is None:
        raise RecordNotFound()
    if actor.kind != "system" and not may(actor, "credit_publicity", organisation=row.organisation):
        raise NotTheRecorder()
    return row


def _repairable(row: CreditRecord, at: datetime) -> None:
    on = localdate(at)
    term = rules.term_of(row.level, row.from_on)
    if row.repaired_on or on >= term.ends_on:
        raise AlreadyEnded()
    if on < term.repairable_on:
        day = term.repairable_on
        raise TooEarly(f"还没有满最短公示期，{day.year}年{day.month}月{day.day}日起可以修复。")
