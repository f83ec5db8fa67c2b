"""Keep what a window found when it looked at the papers (材料逐项审查)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft
from santai.front.hall.queries import kept_by, materials_of_draft
from santai.front.hall.rules.materials import WINDOW_WORDS
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def note_review(*, draft_id: UUID | str, reviews: Mapping[str, Mapping[str, Any]], actor: Actor, at: datetime) -> Draft:
    """``reviews``: material code → {"copies", "original_seen", "verdict", "remark"}; codes the application does not need are left out.

    Only for a draft a window keeps. NotFound.
    """
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).exclude(held_by="").first()
    if draft is None:
        raise NotFound()
    materials = dict(draft.materials)
    for material in materials_of_draft(draft):
        if material.code in reviews:
            found = {word: reviews[material.code][word] for word in WINDOW_WORDS if word in reviews[material.code]}
            materials[material.code] = {**materials.get(material.code, {}), **found}
    draft.materials = materials
    draft.updated_at = at
    draft.save(update_fields=["materials", "updated_at"])
    verdicts = {code: str(one.get("verdict", "")) for code, one in reviews.items()}
    record(actor=actor, act="front.hall.note_review", on=f"draft:{draft.id}", at=at, details={"verdicts": verdicts})
    return draft
