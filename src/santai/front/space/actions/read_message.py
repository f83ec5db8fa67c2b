"""Read messages, or put one back among the unread."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.front.space.errors import MessageNotFound
from santai.front.space.models import InboxMessage
from santai.kernel.ledger.service import Actor, Party, record


@transaction.atomic
def read_message(*, message_id: UUID, actor: Actor, party: Party, at: datetime) -> InboxMessage:
    """The message, read from now on. MessageNotFound (also for other people's)."""
    found = InboxMessage.objects.select_for_update().filter(id=message_id, party_code=party.code).exclude(party_code="").first()
    if found is None:
        raise MessageNotFound()
    if found.read_at is None:
        found.read_at, found.read_by = at, actor.name
        found.save(update_fields=["read_at", "read_by"])
        record(actor=actor, act="front.space.read_message", on=f"notice:{found.id}", at=at)
    return found


@transaction.atomic
def keep_unread(*, message_id: UUID, actor: Actor, party: Party, at: datetime) -> None:
    """MessageNotFound."""
    if not InboxMessage.objects.filter(id=message_id, party_code=party.code).exclude(party_code="").update(read_at=None, read_by=""):
        raise MessageNotFound()
    record(actor=actor, act="front.space.keep_unread", on=f"notice:{message_id}", at=at)


@transaction.atomic
def read_all(*, actor: Actor, party: Party, at: datetime) -> int:
    """Mark everything in this inbox as read; the number of messages."""
    number = InboxMessage.objects.filter(party_code=party.code, read_at=None).exclude(party_code="").update(read_at=at, read_by=actor.name)
    if number:
        record(actor=actor, act="front.space.read_all", on=f"account:{actor.account}", at=at, details={"messages": number})
    return number
