"""Credit codes and the entry of a new firm."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from santai.exchange.registers import adapters, queries
from santai.exchange.registers.errors import CreditCodeTaken, NameRegistered, NoCodeReserved
from santai.exchange.registers.models import CodeReservation, EntityRecord, NameReservation
from santai.exchange.registers.rules import names
from santai.kernel.codes.service import credit_code_check, new_id, next_gapless, organisation_code_check
from santai.kernel.ledger.service import Actor, record


def credit_code_of(kind: str, region: str, body: str) -> str:
    """GB 32100: registrar and class 2, division 6, 主体标识 9 (GB 11714: 8 and its check), check 1."""
    first17 = f"{kind}{region}{body}{organisation_code_check(body)}"
    return first17 + credit_code_check(first17)


@transaction.atomic
def assign_credit_code(*, case_no: str, entity_name: str, region: str, actor: Actor, at: datetime) -> str:
    """The code for this case; asked again, the same. Nobody is shown it before the firm is registered."""
    kept = CodeReservation.objects.filter(case_no=case_no).first()
    if kept:
        return kept.credit_code
    region6 = (region + "000000")[:6]
    serial = next_gapless(series=f"credit-code:{region6}", year=0)
    code = credit_code_of("91", region6, f"MA9{serial:05d}")
    CodeReservation.objects.create(case_no=case_no, credit_code=code, entity_name=entity_name, reserved_at=at)
    record(actor=actor, act="exchange.registers.assign_credit_code", on=f"case:{case_no}", at=at)
    return code


@transaction.atomic
def register_legal_entity(*, case_no: str, credit_code: str, fields: dict[str, Any], actor: Actor, at: datetime) -> EntityRecord:
    """Write the firm into 法人库; once a case. Raises CreditCodeTaken, NoCodeReserved, NameRegistered.

    ``fields``: name, type, legal_representative(+_code), capital (万元), currency, established_on, valid_to, address, division,
    business_scope, industry_code; anything else is kept beside them.
    """
    done = EntityRecord.objects.filter(case_no=case_no).first()
    if done:
        return done
    reserved = CodeReservation.objects.filter(case_no=case_no).first()
    if reserved is None or reserved.credit_code != credit_code:
        raise NoCodeReserved
    if EntityRecord.objects.filter(credit_code=credit_code).exists():
        raise CreditCodeTaken
    on = timezone.localtime(at).date()
    known = {
        "type",
        "legal_representative",
        "legal_representative_code",
        "currency",
        "address",
        "division",
        "business_scope",
        "industry_code",
    }
    name = names.squeezed(str(fields.get("name") or reserved.entity_name))
    if EntityRecord.objects.filter(name=name).exists():
        raise NameRegistered
    reservation = NameReservation.objects.select_for_update().filter(full_name=name, released_on=None).first()
    rules = queries.name_rules()
    district, trade, word, form = names.parts_of(name, districts=rules.districts, forms=rules.forms)
    if reservation:
        trade, word = reservation.trade_name, reservation.industry_word
        reservation.released_on = on
        reservation.save(update_fields=["released_on"])
    entity = EntityRecord.objects.create(
        id=new_id(),
        credit_code=credit_code,
        name=name,
        district=district,
        trade_name=trade,
        trade_sound=adapters.sound(trade),
        industry_word=word,
        form=form,
        capital=amount(fields.get("capital")),
        established_on=day(fields.get("established_on")) or on,
        valid_to=day(fields.get("valid_to")),
        case_no=case_no,
        as_of=on,
        facts={key: value for key, value in fields.items() if key not in known | {"name", "capital", "established_on", "valid_to"}},
        **{key: str(fields[key]) for key in known if fields.get(key)},
    )
    record(actor=actor, act="exchange.registers.register_legal_entity", on=f"case:{case_no}", at=at, details={"credit_code": credit_code})
    return entity


def amount(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None


def day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
