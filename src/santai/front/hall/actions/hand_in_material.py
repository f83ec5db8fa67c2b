"""Add or remove what proves the application."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.contracts.service import FileRef, decode, encode
from santai.front.hall.actions.check_standing import refuse_bad_credit
from santai.front.hall.errors import MaterialNotHere, NotFound, NoTolerance, NotTolerable
from santai.front.hall.models import Draft
from santai.front.hall.queries import definition_of, handed_in_before, kept_by, licences_for, materials_of_draft
from santai.front.hall.rules.materials import as_uploaded
from santai.kernel.ledger.service import Actor, record


def hand_in_material(
    *,
    draft_id: UUID | str,
    code: str,
    files: list[FileRef] | None = None,
    from_licence: str = "",
    again: str = "",
    follows_later: bool | None = None,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Add files to a material, take it from a licence one holds or from what one handed in before, or promise it for later where allowed.

    ``again`` is the digest of a file of an earlier application. NotFound for another's draft; MaterialNotHere for a licence or file that
    is not offered to this applicant.
    """
    if follows_later:
        _may_promise(draft_id, code, actor, at)
    if from_licence or again:
        _offered(draft_id, code, from_licence, again, actor, at)
    return _hand_in(draft_id, code, files, from_licence, again, follows_later, actor, at)


@transaction.atomic
def _hand_in(
    draft_id: UUID | str,
    code: str,
    files: list[FileRef] | None,
    from_licence: str,
    again: str,
    follows_later: bool | None,
    actor: Actor,
    at: datetime,
) -> Draft:
    draft, given = _open(draft_id, code, actor)
    if again:
        earlier = next((one for one in handed_in_before(draft, code, on=localdate(at)) if one["file"]["digest"] == again), None)
        files = [*(files or []), *([decode(FileRef, earlier["file"])] if earlier else [])]
    if files:
        given["files"] = [*given.get("files", []), *(encode(file) for file in files)]
        given["follows_later"] = False
        if actor.kind != "official":
            given = as_uploaded(given)  # another paper than the one the window looked at
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


def _offered(draft_id: UUID | str, code: str, from_licence: str, again: str, actor: Actor, at: datetime) -> None:
    """Only what the page offered may be taken; the register of licences is asked outside the transaction."""
    draft = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    material = next((one for one in materials_of_draft(draft) if one.code == code), None)
    if material is None:
        raise NotFound()
    if from_licence and from_licence not in {one.identifier for one in licences_for(draft, material, actor=actor, at=at)}:
        raise MaterialNotHere()
    if again and again not in {one["file"]["digest"] for one in handed_in_before(draft, code, on=localdate(at))}:
        raise MaterialNotHere()


def _may_promise(draft_id: UUID | str, code: str, actor: Actor, at: datetime) -> None:
    """Only what the item publishes as tolerable, under its local rule, and with credit in order (asked outside the transaction)."""
    draft = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    item = definition_of(draft.item_code, draft.item_version)
    material = next((one for one in item.materials if one.code == code), None)
    if not item.tolerance_basis:
        raise NoTolerance()
    if material is None or not material.may_follow_days:
        raise NotTolerable()
    refuse_bad_credit(code=draft.applicant_code, item_code=item.code, actor=actor, subject=f"draft:{draft.id}", at=at)


def _open(draft_id: UUID | str, code: str, actor: Actor) -> tuple[Draft, dict[str, Any]]:
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None or code not in {material.code for material in materials_of_draft(draft)}:
        raise NotFound()
    return draft, dict(draft.materials.get(code, {}))


def _keep(draft: Draft, code: str, given: dict[str, Any], actor: Actor, at: datetime, act: str) -> Draft:
    draft.materials = {**draft.materials, code: given}
    draft.updated_at = at
    draft.save(update_fields=["materials", "updated_at"])
    record(actor=actor, act=f"front.hall.{act}", on=f"draft:{draft.id}", at=at, details={"material": code})
    return draft
