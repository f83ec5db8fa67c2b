"""Take a licence's force away, for a time or for good."""

from datetime import datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LicenceRevoked
from santai.exchange.licences import rules
from santai.exchange.licences.actions.change_licence import require_issuer
from santai.exchange.licences.errors import LicenceNotFound, LicenceNotValid, NotChangeable, ReasonMissing
from santai.exchange.licences.models import Licence
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def revoke_licence(*, identifier: str, state: str, reason: str, actor: Actor, at: datetime) -> Licence:
    """Set ``state`` (02 暂扣 · 03 撤销 · 04 注销 · 05 失效 · 06 转出 · 07 吊销; 01 ends a suspension) with a reason the holder reads.

    Saying the same state again changes nothing. Raises LicenceNotFound, LicenceNotValid, NotTheIssuer, NotChangeable, ReasonMissing.
    """
    licence = Licence.objects.select_for_update().filter(identifier=identifier).first()
    if licence is None:
        raise LicenceNotFound
    require_issuer(actor, licence)
    if not reason.strip():
        raise ReasonMissing
    if state not in rules.STATES or state == rules.OTHER:
        raise NotChangeable
    if licence.state == state:
        return licence
    if licence.state not in (rules.VALID, rules.SUSPENDED):
        raise LicenceNotValid
    if not rules.may_become(licence.state, state):
        raise NotChangeable
    licence.state, licence.state_reason, licence.state_changed_at = state, reason.strip(), at
    licence.save(update_fields=["state", "state_reason", "state_changed_at"])
    record(actor=actor, act="exchange.licences.revoke_licence", on=f"licence:{identifier}", at=at, why=reason, details={"state": state})
    publish(
        LicenceRevoked(identifier=identifier, case_no=licence.case_no, revoked_at=at.isoformat(), reason=licence.state_reason, state=state),
        actor=actor,
        order_key=licence.case_no or identifier,
        at=at,
    )
    return licence
