"""Publish and withdraw item versions."""

import hashlib
import json
from datetime import datetime

from django.db import connection, transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemDefinition, ItemVersionPublished, ItemWithdrawn, encode
from santai.exchange.items.errors import NotInForce, ReasonMissing, VersionIsFixed
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.queries import definition_of, items_in_force
from santai.kernel.ledger.service import Actor, record


def digest_of(definition: ItemDefinition) -> str:
    return hashlib.sha256(json.dumps(encode(definition), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def publish_item(*, definition: ItemDefinition, actor: Actor, at: datetime, pack: str = "") -> bool:
    """Put a version in force and tell the desks; the version before it is replaced. False when exactly this is in force already.

    Raises VersionIsFixed when this version number was published with other content, or a newer version is in force.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 21))", [definition.code])
    digest = digest_of(definition)
    known = {row.version: row for row in ItemVersion.objects.filter(code=definition.code).select_for_update()}
    same = known.get(definition.version)
    if same and same.state == "published" and same.digest == digest:
        return False
    if same and same.state != "draft":
        raise VersionIsFixed
    if any(version > definition.version and row.state != "draft" for version, row in known.items()):
        raise VersionIsFixed("更新的版本已经发布，不能再发布旧版本。请提高版本号。")
    for row in known.values():
        if row.state == "published":
            row.state, row.withdrawn_at, row.withdrawn_reason = "withdrawn", at, f"由第 {definition.version} 版代替"
            row.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    ItemVersion.objects.update_or_create(
        code=definition.code,
        version=definition.version,
        defaults={
            "name": definition.name,
            "organisation_name": definition.organisation_name,
            "shape": definition.shape,
            "definition": encode(definition),
            "digest": digest,
            "state": "published",
            "published_at": at,
            "published_by": actor.name,
            "pack": pack,
        },
    )
    record(
        actor=actor,
        act="exchange.items.publish_item",
        on=f"item:{definition.code}",
        at=at,
        details={"version": definition.version, "digest": digest},
    )
    publish(
        ItemVersionPublished(definition=definition, published_at=at.isoformat()), actor=actor, order_key=f"item:{definition.code}", at=at
    )
    return True


@transaction.atomic
def withdraw_item(*, code: str, reason: str, actor: Actor, at: datetime) -> None:
    """Offer an item no longer; cases under way go on under their version. Raises ReasonMissing, NotInForce."""
    if not reason.strip():
        raise ReasonMissing(fields={"reason": ReasonMissing.message})
    row = ItemVersion.objects.select_for_update().filter(code=code, state="published").first()
    if row is None:
        raise NotInForce
    row.state, row.withdrawn_at, row.withdrawn_reason = "withdrawn", at, reason.strip()
    row.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    record(actor=actor, act="exchange.items.withdraw_item", on=f"item:{code}", at=at, why=reason.strip(), details={"version": row.version})
    publish(
        ItemWithdrawn(code=code, withdrawn_at=at.isoformat(), reason=reason.strip()),
        actor=actor, order_key=f"item:{code}", at=at,
    )  # fmt: skip


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
