"""What a department decided about a licence that exists: ended, replaced, transferred."""

from datetime import datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LicenceActDecided, LicenceRevoked
from santai.exchange.licences import rules
from santai.exchange.licences.actions.change_licence import change_licence
from santai.exchange.licences.errors import LicenceNotFound, LicenceNotValid
from santai.exchange.licences.models import Licence
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def apply_act(*, decided: LicenceActDecided, actor: Actor) -> Licence:
    """Idempotent. The ground, the right to decide and the document are the department's; the register keeps what became of the licence.

    Raises LicenceNotFound, LicenceNotValid.
    """
    at = datetime.fromisoformat(decided.decided_at)
    licence = Licence.objects.select_for_update(of=("self",)).filter(identifier=decided.identifier).first()
    if licence is None:
        raise LicenceNotFound
    if decided.act in ("replace", "transfer"):
        return change_licence(
            identifier=decided.identifier,
            request_id=f"act:{decided.act_id}",
            fields={},
            reason=decided.reason,
            holder=decided.to,
            actor=actor,
            at=at,
            decided=True,
        )
    if licence.ended_by == decided.act:
        return licence
    newer = Licence.objects.filter(previous=licence).exists()
    if not rules.may_end(decided.act, state=licence.state, ended_by=licence.ended_by, has_newer=newer):
        raise LicenceNotValid
    licence.state, licence.ended_by = rules.ACT_STATES[decided.act], decided.act
    document = f"（{decided.document_no}）" if decided.document_no else ""
    licence.state_reason, licence.state_changed_at = f"{decided.reason}{document}", at
    licence.save(update_fields=["state", "ended_by", "state_reason", "state_changed_at"])
    record(
        actor=actor,
        act="exchange.licences.apply_act",
        on=f"licence:{licence.identifier}",
        at=at,
        why=decided.reason,
        details={"act": decided.act, "document": decided.document_no},
    )
    publish(
        LicenceRevoked(
            identifier=licence.identifier,
            case_no=licence.case_no,
            revoked_at=at.isoformat(),
            reason=licence.state_reason,
            state=licence.state,
        ),
        actor=actor,
        order_key=licence.case_no or licence.identifier,
        at=at,
    )
    return licence
