"""Keep what the clerk typed and found so far."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from santai.front.counter.errors import IntakeOver
from santai.front.counter.models import Intake
from santai.front.counter.queries import access_intake, assisting_in
from santai.front.counter.rules.review import Review, corrected_here
from santai.front.hall.service import Draft, access_draft, note_review, save_draft
from santai.kernel.ledger.service import Actor


@transaction.atomic
def save_intake(
    *,
    intake_id: UUID | str,
    data: dict[str, Any],
    reviews: Mapping[str, Review],
    revision: int,
    page: str,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Form and verdicts, valid or not. A paper found wanting before and right now is marked 当场更正.

    Errors: IntakeUnknown, IntakeOver, StaleDraft when another window saved in between.
    """
    intake = access_intake(intake_id=intake_id, actor=actor, lock=True)
    if intake.state not in (Intake.State.OPEN, Intake.State.TAKEN_BACK):
        raise IntakeOver()
    acting = assisting_in(actor, intake)
    before = access_draft(draft_id=intake.draft, actor=acting).materials
    draft = save_draft(draft_id=intake.draft, data=data, revision=revision, actor=acting, at=at, page=page)
    found = {code: corrected_here(before.get(code, {}), review).data() for code, review in reviews.items()}
    changed = {code: one for code, one in found.items() if any(before.get(code, {}).get(word) != value for word, value in one.items())}
    return note_review(draft_id=intake.draft, reviews=changed, actor=acting, at=at) if changed else draft
