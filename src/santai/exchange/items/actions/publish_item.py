"""Publish and withdraw item versions."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemDefinition, ItemVersionPublished, ItemWithdrawn, encode
from santai.exchange.items.errors import NotInForce, ReasonMissing, VersionIsFixed
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.queries.versions import definition_of, items_in_force
from santai.exchange.items.rules.digest import digest_of
from santai.kernel.ledger.service import Actor, record
from santai.kernel.text.service import tokens_of


@transaction.atomic
def publish_item(*, definition: ItemDefinition, actor: Actor, at: datetime, pack: str = "") -> bool:
    """Put a version in force and tell the desks; the version before it is replaced. False when exactly this is in force already.

    A version whose ``effective_on`` lies ahead waits (``scheduled``) and the one before it stays in force until that day.
    Raises VersionIsFixed when this version number was published with other content, or a newer version is in force.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 21))", [definition.code])
    digest = digest_of(definition)
    known = {row.version: row for row in ItemVersion.objects.filter(code=definition.code).select_for_update()}
    same = known.get(definition.version)
    if same and same.state in ("published", "scheduled") and same.digest == digest:
        return False
    if same and same.state != "draft":
        raise VersionIsFixed
    if any(version > definition.version and row.state != "draft" for version, row in known.items()):
        raise VersionIsFixed("更新的版本已经发布，不能再发布旧版本。请提高版本号。")
    effective = date.fromisoformat(definition.effective_on) if definition.effective_on else localdate(at)
    row, _ = ItemVersion.objects.update_or_create(
        code=definition.code,
        version=definition.version,
        defaults={
            "name": definition.name,
            "organisation": definition.organisation,
            "organisation_name": definition.organisation_name,
            "act_type": definition.act_type,
            "shape": definition.shape,
            "definition": encode(definition),
            "digest": digest,
            "state": "scheduled",
            "published_at": at,
            "published_by": actor.name,
            "pack": pack,
            "effective_on": effective,
        },
    )
    ItemVersion.objects.filter(pk=row.pk).update(search=_searchable(definition))
    record(
        actor=actor,
        act="exchange.items.publish_item",
        on=f"item:{definition.code}",
        at=at,
        details={"version": definition.version, "digest": digest, "effective_on": effective.isoformat()},
    )
    if effective <= localdate(at):
        _put_in_force(row, actor=actor, at=at)
    return True


def _put_in_force(row: ItemVersion, *, actor: Actor, at: datetime) -> None:
    """The row becomes the version on offer; the one before it, and what was planned before it and never came, are over."""
    for other in ItemVersion.objects.select_for_update().filter(
        code=row.code, state__in=("published", "scheduled"), version__lt=row.version
    ):
        other.state, other.withdrawn_at, other.withdrawn_reason = "withdrawn", at, f"由第 {row.version} 版代替"
        other.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    row.state = "published"
    row.save(update_fields=["state"])
    publish(
        ItemVersionPublished(definition=definition_of(row), published_at=at.isoformat()), actor=actor, order_key=f"item:{row.code}", at=at
    )


@transaction.atomic
def withdraw_item(*, code: str, reason: str, actor: Actor, at: datetime, ends_on: date | None = None) -> None:
    """Offer an item no longer, at once or from ``ends_on``; cases under way go on under their version. Raises ReasonMissing, NotInForce."""
    if not reason.strip():
        raise ReasonMissing(fields={"reason": ReasonMissing.message})
    row = ItemVersion.objects.select_for_update().filter(code=code, state="published").first()
    if row is None:
        raise NotInForce
    row.ends_on, row.ends_why = ends_on or localdate(at), reason.strip()
    row.save(update_fields=["ends_on", "ends_why"])
    record(
        actor=actor, act="exchange.items.withdraw_item", on=f"item:{code}", at=at, why=reason.strip(),
        details={"version": row.version, "ends_on": row.ends_on.isoformat()},
    )  # fmt: skip
    if row.ends_on <= localdate(at):
        _take_off(row, actor=actor, at=at)


def _take_off(row: ItemVersion, *, actor: Actor, at: datetime) -> None:
    row.state, row.withdrawn_at, row.withdrawn_reason = "withdrawn", at, row.ends_why
    row.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    publish(
        ItemWithdrawn(code=row.code, withdrawn_at=at.isoformat(), reason=row.ends_why),
        actor=actor, order_key=f"item:{row.code}", at=at,
    )  # fmt: skip


@transaction.atomic
def keep_dates(*, actor: Actor, at: datetime, limit: int = 100) -> int:
    """Versions whose day has come are put in force, items whose last day is over leave the list; returns how many."""
    day = localdate(at)
    rows = ItemVersion.objects.select_for_update(skip_locked=True)
    begun = list(rows.filter(state="scheduled", effective_on__lte=day).order_by("code", "version")[:limit])
    for row in begun:
        row.refresh_from_db()
        if row.state == "scheduled":
            _put_in_force(row, actor=actor, at=at)
    over = list(rows.filter(state="published", ends_on__lte=day)[:limit])
    for row in over:
        _take_off(row, actor=actor, at=at)
    return len(begun) + len(over)


@transaction.atomic
def announce_again(*, actor: Actor, at: datetime) -> int:
    """Publish every version in force once more, for a zone whose copies are new or restored; returns how many."""
    count = 0
    for row in items_in_force():
        published = row.published_at or at
        publish(
            ItemVersionPublished(definition=definition_of(row), published_at=published.isoformat()),
            actor=actor, order_key=f"item:{row.code}", at=at,
        )  # fmt: skip
        count += 1
    record(actor=actor, act="exchange.items.announce_again", on="items:all", at=at, details={"count": count})
    return count


def _searchable(item: ItemDefinition) -> Any:
    """Tokens of what an official looks for: name, code and keywords first, then the office and what it is about."""
    first = f"{item.name} {item.item_name} {item.code} {item.basic_code} {' '.join(item.keywords)}"
    second = f"{item.organisation_name} {item.summary} {' '.join(item.topics)} {' '.join(one.name for one in item.materials)}"
    vector: Any = SearchVector(Value(tokens_of(first)), weight="A", config="simple")
    return vector + SearchVector(Value(tokens_of(second)), weight="B", config="simple")
