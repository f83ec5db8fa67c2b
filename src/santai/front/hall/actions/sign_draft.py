"""Sign what the form says now."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from santai.front.hall.actions.save_draft import content_digest
from santai.front.hall.errors import NotFound, NotTheSigner, SignedOtherContent
from santai.front.hall.models import Draft, SignatureInvitation
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def sign_draft(*, invitation_id: UUID | str, digest: str, actor: Actor, at: datetime) -> SignatureInvitation:
    """The invited person signs the content whose digest the page showed.

    Errors: NotFound; NotTheSigner; SignedOtherContent when the content changed between showing and signing.
    """
    invitation = SignatureInvitation.objects.select_for_update().filter(id=invitation_id).first()
    if invitation is None:
        raise NotFound()
    draft = Draft.objects.select_for_update().get(id=invitation.draft_id)
    if draft.state != Draft.State.OPEN:
        raise NotFound()
    if not actor.person_code or actor.person_code != invitation.code:
        raise NotTheSigner()
    if digest != content_digest(draft):
        raise SignedOtherContent()
    invitation.digest = digest
    invitation.signed_at = at
    invitation.signed_by = actor.account
    invitation.declined_at, invitation.declined_why = None, ""
    invitation.save(update_fields=["digest", "signed_at", "signed_by", "declined_at", "declined_why"])
    record(actor=actor, act="front.hall.sign_draft", on=f"draft:{draft.id}", at=at, details={"digest": digest, "role": invitation.role})
    return invitation
