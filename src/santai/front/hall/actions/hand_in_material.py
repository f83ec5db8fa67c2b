"""Add or remove what proves the application."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from santai.exchange.contracts.service import FileRef, encode
from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import materials_of_draft
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def hand_in_material(
    *,
    draft_id: UUID | str,
    code: str,
    files: list[FileRef] | None = None,
    from_licence: str = "",
    follows_later: bool | None = None,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Add files to a material, take it from a licence one holds, or promise it for later where the item allows. NotFound for another's."""
    draft, given = _open(draft_id, code, actor)
    if files:
        given["files"] = [*given.get("files", []), *(encode(file) for file in files)]
        given["follows_later"] = False
    if from_licence:
        given["from_licence"] = from_licence
    if follows_later is not None:
        given["follows_later"] = follows_later
    return _keep(draft, code, given, actor, at, "hand_in_material")


@transaction.atomic
def take_back_material(*, draft_id: UUID | str, code: str, digest: str = "", actor: Actor, at: datetime) -> Draft:
    """Remove one file of a material (or its licence when ``digest`` is empty)."""
    draft, given = _open(draft_id, code, actor)
    if digest:
        given["files"] = [file for file in given.get("files", []) if file["digest"] != digest]
    else:
        given["from_licence"] = ""
    return _keep(draft, code, given, actor, at, "take_back_material")


def _open(draft_id: UUID | str, code: str, actor: Actor) -> tuple[Draft, dict[str, Any]]:
    draft = Draft.objects.select_for_update().filter(id=draft_id, account=actor.account, state=Draft.State.OPEN).first()
    if draft is None or code not in {material.code for material in materials_of_draft(draft)}:
        raise NotFound()
    return draft, dict(draft.materials.get(code, {}))


def _keep(draft: Draft, code: str, given: dict[str, Any], actor: Actor, at: datetime, act: str) -> Draft:
    draft.materials = {**draft.materials, code: given}
    draft.updated_at = at
    draft.save(update_fields=["materials", "updated_at"])
    record(actor=actor, act=f"front.hall.{act}", on=f"draft:{draft.id}", at=at, details={"material": code})
    return draft
