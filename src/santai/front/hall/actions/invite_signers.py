"""Invite everyone who must sign."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, Party
from santai.front.hall.errors import NotFound
from santai.front.hall.models import Draft, SignatureInvitation
from santai.front.hall.queries import definition_of, kept_by
from santai.front.hall.rules.signers import signers_in
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def invite_signers(*, draft_id: UUID | str, actor: Actor, at: datetime) -> list[SignatureInvitation]:
    """Bring the invitations in line with the people the form names now; each new one is told personally. NotFound."""
    draft = Draft.objects.select_for_update().filter(kept_by(actor), id=draft_id, state=Draft.State.OPEN).first()
    if draft is None:
        raise NotFound()
    item = definition_of(draft.item_code, draft.item_version)
    wanted = {signer["code"]: signer for signer in signers_in(item.signers, draft.data)}
    SignatureInvitation.objects.filter(draft=draft).exclude(code__in=list(wanted)).delete()
    known = {invitation.code: invitation for invitation in SignatureInvitation.objects.filter(draft=draft)}
    for code, signer in wanted.items():
        if code in known:
            if known[code].role != signer["role"]:
                known[code].role = signer["role"]
                known[code].save(update_fields=["role"])
            continue
        invitation = SignatureInvitation.objects.create(draft=draft, invited_at=at, **signer)
        if code != actor.person_code:
            publish(
                NoticeWanted(
                    to=Party(kind="person", code_kind=signer["code_kind"], code=code, name=signer["name"], phone=signer["phone"]),
                    template="invitation",
                    facts={
                        "item": draft.item_name,
                        "role": signer["role"],
                        "inviter": actor.name,
                        "path": f"/front/hall/sign/{invitation.id}/",
                        "address": f"{settings.PUBLIC_ADDRESS.rstrip('/')}/front/hall/sign/{invitation.id}/",
                    },
                    wanted_at=at.isoformat(),
                ),
                actor=actor,
                order_key=str(draft.id),
                at=at,
            )
    record(actor=actor, act="front.hall.invite_signers", on=f"draft:{draft.id}", at=at, details={"signers": len(wanted)})
    return list(SignatureInvitation.objects.filter(draft=draft).order_by("invited_at", "id"))
