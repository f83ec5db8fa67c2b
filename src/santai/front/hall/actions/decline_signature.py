"""Refuse to sign, with a reason the applicant can read; or take the refusal back by signing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.front.hall.errors import NotFound, NotTheSigner
from santai.front.hall.models import Draft, SignatureInvitation
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def decline_signature(*, invitation_id: UUID | str, why: str, actor: Actor, at: datetime) -> SignatureInvitation:
    """The invited person does not sign. Errors: NotFound; NotTheSigner."""
    invitation = SignatureInvitation.objects.select_for_update().select_related("draft").filter(id=invitation_id).first()
    if invitation is None or invitation.draft.state != Draft.State.OPEN:
        raise NotFound()
    if not actor.person_code or actor.person_code != invitation.code:
        raise NotTheSigner()
    invitation.declined_at, invitation.declined_why = at, why.strip()[:500]
    invitation.digest, invitation.signed_at, invitation.signed_by = "", None, ""
    invitation.save(update_fields=["declined_at", "declined_why", "digest", "signed_at", "signed_by"])
    record(actor=actor, act="front.hall.decline_signature", on=f"draft:{invitation.draft_id}", at=at, why=invitation.declined_why)
    return invitation
