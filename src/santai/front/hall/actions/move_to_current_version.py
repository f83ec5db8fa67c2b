"""Take a draft over to the item version now on offer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import current_item, kept_by
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def move_to_current_version(*, draft_id: UUID | str, actor: Actor, at: datetime) -> Draft:
    """Every entry is kept; the sections are to be looked at again. Errors: NotFound, ItemNotOffered."""
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    item = current_item(draft.item_code)
    draft.item_version = item.version
    draft.item_name = item.name
    draft.revision += 1
    draft.updated_at = at
    draft.save()
    record(actor=actor, act="front.hall.move_to_current_version", on=f"draft:{draft.id}", at=at, details={"version": item.version})
    return draft
