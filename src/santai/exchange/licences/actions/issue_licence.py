"""Enter a licence into the register; its sealed file follows the commit."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from santai.exchange.licences import rules
from santai.exchange.licences.actions.seal_licence import seal_after_commit
from santai.exchange.licences.errors import FieldMissing, UnknownLicenceType
from santai.exchange.licences.models import Licence, LicenceType
from santai.kernel.codes.service import licence_identifier, new_id, next_gapless
from santai.kernel.ledger.service import Actor, Party, record
from santai.kernel.orgs.service import get_organisation
from santai.kernel.render.service import chinese_date

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # read aloud and typed without doubt: no 0 o 1 i l


@transaction.atomic
def issue_licence(
    *,
    request_id: str,
    licence_type: str,
    holder: Party,
    organisation: str,
    organisation_name: str,
    fields: dict[str, str],
    valid_from: date,
    valid_to: date | None,
    case_no: str,
    sub_case_no: str = "",
    actor: Actor,
    at: datetime,
) -> Licence:
    """The licence for ``request_id``; asked again with the same id it returns the one that is there.

    ``fields`` by field id or label; ``valid_to`` is the last valid day, ``None`` for 长期. Raises UnknownLicenceType, FieldMissing.
    """
    existing = Licence.objects.filter(request_id=request_id).first()
    if existing:
        return existing
    kind = LicenceType.objects.filter(code=licence_type).first()
    if kind is None:
        raise UnknownLicenceType(f"没有“{licence_type}”这种证照类型，请先安装包含它的应用包。")
    specs = [rules.FieldSpec.of(entry) for entry in kind.fields]
    defaults = {"holder_name": holder.name, "holder_code": holder.code, "issued_on": chinese_date(timezone.localtime(at).date())}
    values, missing = rules.values_for(specs, fields, defaults)
    if missing:
        raise FieldMissing(f"证照缺少：{'、'.join(missing)}。")
    issuer = get_organisation(organisation).credit_code
    serial_no = next_gapless(series=f"licence:{kind.code}:{organisation}", year=at.year)
    serial = f"{at.year}{serial_no:06d}"
    licence = Licence.objects.create(
        id=new_id(),
        request_id=request_id,
        type=kind,
        identifier=licence_identifier(type_code=kind.type_code, issuer=issuer, serial=serial, version=1),
        serial=serial,
        number=rules.number_from(kind.number_pattern, values=values, year=at.year, serial=serial_no),
        title=kind.name,
        token=new_token(),
        holder_kind=holder.kind,
        holder_code_kind=holder.code_kind,
        holder_code=holder.code,
        holder_name=holder.name,
        organisation=organisation,
        organisation_name=organisation_name,
        values=values,
        valid_from=valid_from,
        valid_to=valid_to,
        issued_at=at,
        case_no=case_no,
        sub_case_no=sub_case_no,
    )
    record(
        actor=actor,
        act="exchange.licences.issue_licence",
        on=f"licence:{licence.identifier}",
        at=at,
        details={"case_no": case_no, "type": kind.code, "number": licence.number},
    )
    seal_after_commit(licence.id)
    return licence


def new_token() -> str:
    """60 bits of chance, short enough for a small QR code."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(14))
