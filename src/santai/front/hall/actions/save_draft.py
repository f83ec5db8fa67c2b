"""Keep what was typed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.front.hall.errors import NotFound, StaleDraft
from santai.front.hall.models import Draft, SignatureInvitation
from santai.front.hall.queries import form_of_draft, kept_by
from santai.kernel.forms.service import check, digest
from santai.kernel.ledger.service import Actor


@transaction.atomic
def save_draft(
    *,
    draft_id: UUID | str,
    data: dict[str, Any],
    revision: int,
    actor: Actor,
    at: datetime,
    section: str = "",
    situation: dict[str, Any] | None = None,
    page: str = "",
) -> Draft:
    """Save the whole of the draft's data as the page sent it, valid or not; computed and locked values are set again.

    ``revision`` is the one the page was made from; ``page`` names the open page, whose own earlier saves (as one types) are no surprise to
    it. Errors: NotFound; StaleDraft when another device saved in between (nothing is saved).
    """
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    if revision != draft.revision and not (page and page == draft.saved_by):
        raise StaleDraft()
    form = form_of_draft(draft)
    locked = {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")}
    draft.data = check(form, data, today=localdate(at), locked=locked).data
    if situation is not None:
        draft.situation = situation
    if section and section not in draft.visited:
        draft.visited = [*draft.visited, section]
    draft.revision += 1
    draft.saved_by = page
    draft.updated_at = at
    draft.save(update_fields=["data", "situation", "visited", "revision", "saved_by", "updated_at"])
    _void_signatures(draft)
    return draft


def _void_signatures(draft: Draft) -> None:
    """A signature covers what was signed: other content means signing again."""
    signed = SignatureInvitation.objects.filter(draft=draft).exclude(signed_at=None)
    if signed.exists():
        now_reads = digest(form_of_draft(draft), draft.data)
        signed.exclude(digest=now_reads).update(signed_at=None, signed_by="", digest="", declined_at=None, declined_why="")


def content_digest(draft: Draft) -> str:
    """SHA-256 of the canonical form: what a signature covers."""
    return digest(form_of_draft(draft), draft.data)
