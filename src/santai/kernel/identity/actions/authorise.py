"""Give somebody authority to act for a firm, and take it back. Earlier acts keep standing; the next one stops."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from santai.kernel.codes.service import check_identifier
from santai.kernel.identity.errors import AuthorisationMissing, AuthorisationTooNarrow
from santai.kernel.identity.models import Account, Authorisation
from santai.kernel.identity.queries import may_act_for
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def grant_authorisation(
    *,
    grantor_code: str,
    grantor_name: str,
    grantee: Account,
    valid_from: date,
    valid_to: date | None,
    evidence: str,
    actor: Actor,
    at: datetime,
    items: tuple[str, ...] = (),
    capacity: str = "agent",
) -> Authorisation:
    """Only the legal representative gives authority, or the platform when evidence was checked at a counter or in a register."""
    code = check_identifier("credit-code", grantor_code)
    if actor.kind == "person":
        own = may_act_for(account=actor.account, company_code=code, on=localdate(at))
        if own.capacity != "legal_representative":
            raise AuthorisationTooNarrow("只有法定代表人可以授权他人代办。")
    authorisation = Authorisation.objects.create(
        grantor_kind="credit-code",
        grantor_code=code,
        grantor_name=grantor_name,
        grantee=grantee,
        capacity=capacity,
        items=list(items),
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=evidence,
    )
    record(
        actor=actor,
        act="kernel.identity.grant_authorisation",
        on=f"authorisation:{authorisation.pk}",
        at=at,
        why=evidence,
        details={"grantor": code, "items": list(items), "from": str(valid_from), "to": str(valid_to or "")},
    )
    return authorisation


@transaction.atomic
def revoke_authorisation(*, authorisation: UUID | str, why: str, actor: Actor, at: datetime) -> Authorisation:
    """The firm's legal representative, the grantee, or an official with evidence ends it at once."""
    found = Authorisation.objects.select_for_update().filter(pk=authorisation).first()
    if found is None:
        raise AuthorisationMissing()
    if actor.kind == "person" and str(found.grantee_id) != actor.account:
        own = may_act_for(account=actor.account, company_code=found.grantor_code, on=localdate(at))
        if own.capacity != "legal_representative":
            raise AuthorisationTooNarrow("只有法定代表人或被授权人本人可以撤回授权。")
    if found.revoked_at is None:
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        record(actor=actor, act="kernel.identity.revoke_authorisation", on=f"authorisation:{found.pk}", at=at, why=why)
    return found
