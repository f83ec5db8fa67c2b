"""延续: the next term as a new version; the version before it stays in force to its last day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from santai.exchange.contracts.service import months_later
from santai.exchange.licences import rules
from santai.exchange.licences.actions.issue_licence import new_token
from santai.exchange.licences.actions.seal_licence import SWEEP, seal_after_commit
from santai.exchange.licences.errors import FieldMissing, LicenceNotFound, LicenceNotValid
from santai.exchange.licences.models import Licence
from santai.kernel.codes.service import licence_identifier, new_id
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import get_organisation


@transaction.atomic
def renew_licence(
    *,
    identifier: str,
    request_id: str,
    fields: dict[str, str],
    valid_to: date | None,
    case_no: str,
    sub_case_no: str,
    actor: Actor,
    at: datetime,
) -> Licence:
    """Version + 1 from the day after the last day of the version before, with the same number; idempotent by ``request_id``.

    ``valid_to`` empty: as long again as the term before. The decision came by message, where the right to decide was checked.
    Raises LicenceNotFound, LicenceNotValid (ended otherwise, without a term, or renewed already), FieldMissing.
    """
    done = Licence.objects.filter(request_id=request_id).first()
    if done:
        return done
    old = Licence.objects.select_for_update(of=("self",)).select_related("type").filter(identifier=identifier).first()
    if old is None:
        raise LicenceNotFound
    if old.state != rules.VALID or old.valid_to is None or Licence.objects.filter(previous=old).exists():
        raise LicenceNotValid
    begins = old.valid_to + timedelta(days=1)
    specs = [rules.FieldSpec.of(entry) for entry in old.type.fields]
    labels = {spec.label: spec.id for spec in specs}
    values, missing = rules.values_for(specs, {**old.values, **{labels.get(key, key): value for key, value in fields.items() if value}}, {})
    if missing:
        raise FieldMissing(f"证照缺少：{'、'.join(missing)}。")
    new = Licence.objects.create(
        id=new_id(),
        request_id=request_id,
        type=old.type,
        identifier=licence_identifier(
            type_code=old.type.type_code, issuer=get_organisation(old.organisation).credit_code, serial=old.serial, version=old.version + 1
        ),
        serial=old.serial,
        version=old.version + 1,
        number=old.number,
        title=old.title,
        token=new_token(),
        holder_kind=old.holder_kind,
        holder_code_kind=old.holder_code_kind,
        holder_code=old.holder_code,
        holder_name=old.holder_name,
        organisation=old.organisation,
        organisation_name=old.organisation_name,
        values=values,
        valid_from=begins,
        valid_to=valid_to or _as_long_again(old.valid_from, old.valid_to),
        issued_at=at,
        case_no=case_no,
        sub_case_no=sub_case_no,
        previous=old,
    )
    record(actor=actor, act="exchange.licences.renew_licence", on=f"licence:{new.identifier}", at=at, details={"previous": old.identifier})
    wake(SWEEP)
    seal_after_commit(new.id)
    return new


def _as_long_again(first: date, last: date) -> date:
    """The last day of a term as long as the one from ``first`` to ``last``, in whole months where it was one."""
    begins = last + timedelta(days=1)
    months = (begins.year - first.year) * 12 + begins.month - first.month
    if months and months_later(first, months) == begins:
        return months_later(begins, months) - timedelta(days=1)
    return last + (begins - first)
