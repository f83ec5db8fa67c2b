"""Reads: what stands against a subject on a day, the public list, the organ's own records."""

from datetime import date

from django.db.models import Q, QuerySet

from santai.exchange.contracts.service import CreditAnswer, CreditStanding
from santai.exchange.credit import rules
from santai.exchange.credit.errors import RecordNotFound
from santai.exchange.credit.models import CreditRecord, PublishedDecision
from santai.kernel.access.service import scope
from santai.kernel.ledger.service import Actor


def counts(row: CreditRecord, on: date) -> bool:
    return rules.in_force(level=row.level, from_on=row.from_on, repaired_on=row.repaired_on, on=on)


def is_shown(row: CreditRecord, on: date) -> bool:
    return rules.shown(level=row.level, from_on=row.from_on, repaired_on=row.repaired_on, on=on)


def standing(query: CreditStanding) -> CreditAnswer:
    """What the subject's records bar on the day asked about."""
    on = date.fromisoformat(query.on)
    rows = list(CreditRecord.objects.filter(subject_code=query.subject_code)) if query.subject_code else []
    barring = [row for row in rows if counts(row, on) and rules.bars_promises(kind=row.kind, level=row.level)]
    item_bars = [row for row in rows if query.item_code and row.item_code == query.item_code and _bars_item(row, on)]
    worst = max(item_bars, key=lambda row: row.barred_item_until or on, default=None)
    return CreditAnswer(
        promises_barred=bool(barring),
        reasons=tuple(f"{row.organisation_name}于{_said(row.from_on)}认定：{row.get_kind_display()}" for row in barring),
        item_barred_until=worst.barred_item_until.isoformat() if worst and worst.barred_item_until else "",
        item_bar_years=rules.BAR_YEARS.get(worst.kind, 0) if worst else 0,
        item_bar_reason=worst.get_kind_display() if worst else "",
    )


def _bars_item(row: CreditRecord, on: date) -> bool:
    return row.barred_item_until is not None and row.from_on <= on <= row.barred_item_until


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def public_records(*, text: str, on: date, limit: int = 100) -> list[CreditRecord]:
    """Records the public may see of firms whose exact name or credit code is asked for; persons' records are not searched."""
    wanted = text.strip()
    if not wanted:
        return []
    rows = CreditRecord.objects.filter(Q(subject_code=wanted.upper()) | Q(subject_name=wanted), subject_kind="organisation")
    return [row for row in rows[:limit] if is_shown(row, on)]


def records_of(subject_code: str) -> list[CreditRecord]:
    """One's own, all of them: what is repaired or over is told as such."""
    return list(CreditRecord.objects.filter(subject_code=subject_code)) if subject_code else []


def records_made_by(actor: Actor) -> QuerySet[CreditRecord]:
    """The records of the actor's own organisation."""
    return CreditRecord.objects.filter(scope(actor, "credit_publicity", "decider")).order_by("-repair_asked_at", "-from_on", "-id")


def published(*, text: str = "", kind: str = "", organisation: str = "") -> QuerySet[PublishedDecision]:
    """The public list, newest first; ``text`` in party, document number or item."""
    rows = PublishedDecision.objects.filter(removed_at=None)
    if kind in ("licence", "penalty", "inspection"):
        rows = rows.filter(kind=kind)
    if organisation:
        rows = rows.filter(organisation=organisation)
    if wanted := text.strip():
        rows = rows.filter(
            Q(party_name__icontains=wanted) | Q(document_no=wanted) | Q(party_code=wanted.upper()) | Q(document_title__icontains=wanted)
        )
    return rows


def publishers() -> list[tuple[str, str]]:
    """Organisations with something on the list: code and name."""
    rows = PublishedDecision.objects.filter(removed_at=None).order_by("organisation_name")
    return list(rows.values_list("organisation", "organisation_name").distinct())


def get_decision(publication_id: str) -> PublishedDecision:
    """Also one that was taken down. RecordNotFound."""
    row = PublishedDecision.objects.filter(id=publication_id).first()
    if row is None:
        raise RecordNotFound()
    return row
