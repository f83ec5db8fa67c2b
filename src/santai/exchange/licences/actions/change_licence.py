"""A change makes a new version and voids the old one (standards.md §4, check 1)."""

from datetime import date, datetime

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import LicenceRevoked
from santai.exchange.licences import rules
from santai.exchange.licences.actions.issue_licence import new_token
from santai.exchange.licences.actions.seal_licence import seal_after_commit
from santai.exchange.licences.errors import FieldMissing, LicenceNotFound, LicenceNotValid, NotTheIssuer, ReasonMissing
from santai.exchange.licences.models import Licence
from santai.kernel.access.service import may
from santai.kernel.codes.service import licence_identifier, new_id
from santai.kernel.ledger.service import Actor, Party, record
from santai.kernel.orgs.service import get_organisation


@transaction.atomic
def change_licence(
    *,
    identifier: str,
    request_id: str,
    fields: dict[str, str],
    reason: str,
    actor: Actor,
    at: datetime,
    case_no: str = "",
    holder_name: str = "",
    valid_to: date | None = None,
    keep_valid_to: bool = True,
    holder: Party | None = None,
    sub_case_no: str = "",
    decided: bool = False,
    valid_from: date | None = None,
) -> Licence:
    """Version + 1 with ``fields`` over the old ones; idempotent by ``request_id``. ``holder``: a transfer.

    ``decided``: the decision came by message from the organ that made it, where the right to decide was checked.

    Raises LicenceNotFound, LicenceNotValid, NotTheIssuer, ReasonMissing, FieldMissing.
    """
    done = Licence.objects.filter(request_id=request_id).first()
    if done:
        return done
    old = Licence.objects.select_for_update(of=("self",)).select_related("type").filter(identifier=identifier).first()
    if old is None:
        raise LicenceNotFound
    if not decided:
        require_issuer(actor, old)
    if not reason.strip():
        raise ReasonMissing
    ended = old.state != rules.VALID and not (decided and valid_from is not None)
    if ended or hasattr(old, "next"):
        raise LicenceNotValid
    specs = [rules.FieldSpec.of(entry) for entry in old.type.fields]
    labels = {spec.label: spec.id for spec in specs}
    given = {**old.values, **{labels.get(key, key): value for key, value in fields.items() if value}}
    if holder is not None:
        given |= {
            spec.id: holder.code if spec.default == "holder_code" else holder.name for spec in specs if spec.default.startswith("holder_")
        }
    values, missing = rules.values_for(specs, given, {})
    if missing:
        raise FieldMissing(f"证照缺少：{'、'.join(missing)}。")
    if old.state == rules.VALID:
        old.state, old.state_reason, old.state_changed_at = rules.EXPIRED, f"已变更为第 {old.version + 1} 版：{reason}", at
        old.save(update_fields=["state", "state_reason", "state_changed_at"])
    issuer = get_organisation(old.organisation).credit_code
    new = Licence.objects.create(
        id=new_id(),
        request_id=request_id,
        type=old.type,
        identifier=licence_identifier(type_code=old.type.type_code, issuer=issuer, serial=old.serial, version=old.version + 1),
        serial=old.serial,
        version=old.version + 1,
        number=old.number,
        title=old.title,
        token=new_token(),
        holder_kind=holder.kind if holder else old.holder_kind,
        holder_code_kind=holder.code_kind if holder else old.holder_code_kind,
        holder_code=holder.code if holder else old.holder_code,
        holder_name=holder.name if holder else holder_name or old.holder_name,
        organisation=old.organisation,
        organisation_name=old.organisation_name,
        values=values,
        valid_from=valid_from or old.valid_from,
        valid_to=old.valid_to if keep_valid_to else valid_to,
        issued_at=at,
        case_no=case_no or old.case_no,
        sub_case_no=sub_case_no or (old.sub_case_no if not case_no else ""),
        previous=old,
    )
    record(
        actor=actor,
        act="exchange.licences.change_licence",
        on=f"licence:{new.identifier}",
        at=at,
        why=reason,
        details={"previous": old.identifier, "changed": sorted(key for key in values if values[key] != old.values.get(key))},
    )
    publish(
        LicenceRevoked(identifier=old.identifier, case_no=old.case_no, revoked_at=at.isoformat(), reason=old.state_reason, state=old.state),
        actor=actor,
        order_key=old.case_no or old.identifier,
        at=at,
    )
    seal_after_commit(new.id)
    return new


def require_issuer(actor: Actor, licence: Licence) -> None:
    """A post of the issuing organisation that decides, or the platform on its behalf (a decision that came by message)."""
    if actor.kind != "system" and not may(actor, "decider", organisation=licence.organisation):
        raise NotTheIssuer
