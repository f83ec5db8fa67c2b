"""Fill a draft with the sample of its pack: only in the demonstration, so that a presenter need not type."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from santai.front.hall.actions.hand_in_material import hand_in_material
from santai.front.hall.actions.save_draft import save_draft
from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import definition_of, kept_by, materials_of_draft
from santai.front.hall.rules.materials import missing_materials
from santai.kernel.files.service import store
from santai.kernel.forms.service import dated
from santai.kernel.ledger.service import Actor
from santai.kernel.render.service import pdf

TEMPLATE = "front_hall/sample_material"
PDF = "application/pdf"


@lru_cache(maxsize=1)
def samples() -> dict[tuple[str, int], dict[str, Any]]:
    """Sample contents lying beside the packs, by form and version; empty outside the demonstration."""
    if not settings.DEMO:
        return {}
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for path in sorted(settings.PACKS_DIR.glob("*/sample*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in read.get("samples", [read]) if isinstance(read, dict) else read:
            if isinstance(one, dict) and "form" in one and "data" in one:
                found[one["form"], int(one.get("version", 1))] = one
    return found


def has_sample(draft: Draft) -> bool:
    item = definition_of(draft.item_code, draft.item_version)
    return (item.form, item.form_version) in samples()


def fill_sample(*, draft_id: UUID | str, revision: int, actor: Actor, at: datetime) -> Draft:
    """The sample's answers with today's dates, and a marked page for every material still missing.

    What registers locked and a reserved name stay.

    Errors: NotFound (also without a sample), StaleDraft.
    """
    draft = _fill(draft_id, revision, actor, at)
    for material in missing_materials(materials_of_draft(draft), draft.materials):
        page = pdf(TEMPLATE, {"name": material.name, "item": draft.item_name, "applicant": draft.applicant["name"]}, at=at)
        if PDF not in material.accepted_types:
            continue
        file = store(content=page, name=f"{material.name}.pdf", accepted_types=(PDF,), max_megabytes=5, actor=actor, at=at)
        draft = hand_in_material(draft_id=draft.id, code=material.code, files=[file], actor=actor, at=at)
    return draft


@transaction.atomic
def _fill(draft_id: UUID | str, revision: int, actor: Actor, at: datetime) -> Draft:
    draft = Draft.objects.filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None or not has_sample(draft):
        raise NotFound()
    item = definition_of(draft.item_code, draft.item_version)
    data = {key: value for key, value in samples()[item.form, item.form_version]["data"].items() if key != "situation"}
    filled: dict[str, Any] = dated(data, localdate(at))
    if kept := (draft.reservation or {}).get("name"):  # a name the presenter has reserved stays, also as the holder of accounts
        filled = _renamed(filled, filled.get("company_name"), kept)
    for path, given in draft.prefilled.items():
        if given.get("locked"):
            _put(filled, path, given["value"])
    return save_draft(draft_id=draft.id, data=filled, revision=revision, actor=actor, at=at)


def _renamed(value: Any, old: Any, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, old, new) for one in value]
    return new if old and value == old else value


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value
