"""Keep the copy of a published item version, ready to be found."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from santai.exchange.contracts.service import ItemVersionPublished, ItemWithdrawn, encode
from santai.front.hall.models import ItemCopy
from santai.kernel.jobs.service import forget_kept
from santai.kernel.text.service import tokens_of


@transaction.atomic
def take_item(*, message: ItemVersionPublished) -> None:
    """The newest version is on offer; a repeated or older message changes nothing that is newer."""
    item = message.definition
    newest = ItemCopy.objects.filter(code=item.code).order_by("-version").values_list("version", flat=True).first() or 0
    current = item.version >= newest
    if current:
        ItemCopy.objects.filter(code=item.code, current=True).exclude(version=item.version).update(current=False)
    words = {
        "A": f"{item.name} {item.name_en} {' '.join(item.keywords)}",
        "B": f"{item.summary} {' '.join(item.topics)} {' '.join(item.life_events)} {item.organisation_name}",
        "C": f"{' '.join(material.name for material in item.materials)} {item.conditions} {' '.join(b.item_name for b in item.branches)}",
    }
    vector: Any = SearchVector(Value(tokens_of(words["A"])), weight="A", config="simple")
    for weight in ("B", "C"):
        vector = vector + SearchVector(Value(tokens_of(words[weight])), weight=weight, config="simple")
    copy, new = ItemCopy.objects.get_or_create(
        code=item.code,
        version=item.version,
        defaults={
            "name": item.name,
            "name_en": item.name_en,
            "summary": item.summary,
            "organisation": item.organisation,
            "organisation_name": item.organisation_name,
            "shape": item.shape,
            "handling": item.handling,
            "holder_kinds": list(item.holder_kinds),
            "topics": list(item.topics),
            "life_events": list(item.life_events),
            "definition": encode(item),
            "published_at": datetime.fromisoformat(message.published_at),
            "current": current,
        },
    )
    _offer_changed()
    if new:
        ItemCopy.objects.filter(pk=copy.pk).update(search=vector)


def withdraw_item(*, message: ItemWithdrawn) -> None:
    """No longer on offer; drafts are told when they are opened."""
    ItemCopy.objects.filter(code=message.code).update(current=False)
    _offer_changed()


def _offer_changed() -> None:
    forget_kept()
    transaction.on_commit(forget_kept)
