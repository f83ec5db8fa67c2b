"""Throw a draft away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import kept_by
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def discard_draft(*, draft_id: UUID | str, actor: Actor, at: datetime) -> None:
    """The draft is no longer listed; ``restore_draft`` brings it back. NotFound."""
    if not Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).update(state=Draft.State.ABANDONED, updated_at=at):
        raise NotFound()
    record(actor=actor, act="front.hall.discard_draft", on=f"draft:{draft_id}", at=at)


@transaction.atomic
def restore_draft(*, draft_id: UUID | str, actor: Actor, at: datetime) -> None:
    """Undo. NotFound."""
    if not Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.ABANDONED).update(state=Draft.State.OPEN, updated_at=at):
        raise NotFound()
    record(actor=actor, act="front.hall.restore_draft", on=f"draft:{draft_id}", at=at)
