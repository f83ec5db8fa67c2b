"""Remind someone who has not signed yet."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, Party
from santai.front.hall.errors import NotFound, RemindedJustNow
from santai.front.hall.models import Draft, SignatureInvitation
from santai.kernel.ledger.service import Actor, record

REMIND_AGAIN_AFTER = timedelta(hours=4)


@transaction.atomic
def remind_signer(*, invitation_id: UUID | str, actor: Actor, at: datetime) -> SignatureInvitation:
    """Tell the person again. Errors: NotFound (also when signed already); RemindedJustNow within four hours."""
    waiting = SignatureInvitation.objects.select_for_update(of=("self",)).select_related("draft")
    invitation = waiting.filter(id=invitation_id, signed_at=None, draft__account=actor.account, draft__state=Draft.State.OPEN).first()
    if invitation is None:
        raise NotFound()
    if invitation.reminded_at and at - invitation.reminded_at < REMIND_AGAIN_AFTER:
        raise RemindedJustNow()
    invitation.reminded_at, invitation.declined_at, invitation.declined_why = at, None, ""
    invitation.save(update_fields=["reminded_at", "declined_at", "declined_why"])
    publish(
        NoticeWanted(
            to=Party(kind="person", code_kind=invitation.code_kind, code=invitation.code, name=invitation.name, phone=invitation.phone),
            template="invitation",
            facts={
                "item": invitation.draft.item_name,
                "role": invitation.role,
                "inviter": actor.name,
                "path": f"/front/hall/sign/{invitation.id}/",
                "address": f"{settings.PUBLIC_ADDRESS.rstrip('/')}/front/hall/sign/{invitation.id}/",
            },
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=str(invitation.draft_id),
        at=at,
    )
    record(actor=actor, act="front.hall.remind_signer", on=f"draft:{invitation.draft_id}", at=at, details={"role": invitation.role})
    return invitation
