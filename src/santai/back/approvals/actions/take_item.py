"""Keep the copy of a published item version."""

from datetime import datetime

from santai.back.approvals.models import ItemCopy
from santai.exchange.contracts.service import ItemVersionPublished, ItemWithdrawn, encode


def take_item(*, message: ItemVersionPublished) -> None:
    """Versions never change: a repeated message finds its copy there."""
    ItemCopy.objects.get_or_create(
        code=message.definition.code,
        version=message.definition.version,
        defaults={
            "name": message.definition.name,
            "definition": encode(message.definition),
            "published_at": datetime.fromisoformat(message.published_at),
        },
    )


def withdraw_item(*, message: ItemWithdrawn) -> None:
    ItemCopy.objects.filter(code=message.code, withdrawn_at=None).update(withdrawn_at=datetime.fromisoformat(message.withdrawn_at))
