"""Credit codes and the entry of a new firm."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils import timezone

from santai.exchange.registers import adapters, queries
from santai.exchange.registers.errors import CreditCodeTaken, EntryUnfit, NameRegistered, NoCodeReserved
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
    """The code for this case; asked again, also at once, the same. Nobody is shown it before the firm is registered. Raises EntryUnfit."""
    kept = CodeReservation.objects.filter(case_no=case_no).first()
    if kept:
        return kept.credit_code
    _require_fit({"name": names.squeezed(entity_name)})
    region6 = (region + "000000")[:6]
    try:
        with transaction.atomic():
            serial = next_gapless(series=f"credit-code:{region6}", year=0)
            code = credit_code_of("91", region6, f"MA9{serial:05d}")
            CodeReservation.objects.create(case_no=case_no, credit_code=code, entity_name=entity_name, reserved_at=at)
    except IntegrityError:  # the same question a moment earlier
        return CodeReservation.objects.get(case_no=case_no).credit_code
    record(actor=actor, act="exchange.registers.assign_credit_code", on=f"case:{case_no}", at=at)
    return code


WORDS = {
    "name": "企业名称",
    "type": "企业类型",
    "legal_representative": "法定代表人",
    "legal_representative_code": "法定代表人证件号码",
    "currency": "币种",
    "address": "住所",
    "division": "行政区划",
    "business_scope": "经营范围",
    "industry_code": "行业代码",
    "capital": "注册资本",
    "established_on": "成立日期",
    "valid_to": "营业期限",
}
PLAIN = set(WORDS) - {"name", "capital", "established_on", "valid_to"}  # taken over as they are told
LARGEST_CAPITAL = Decimal(10) ** 12  # 万元


@transaction.atomic
def register_legal_entity(*, case_no: str, credit_code: str, fields: dict[str, Any], actor: Actor, at: datetime) -> EntityRecord:
    """Write the firm into 法人库; once a case, also when asked twice at once.

    ``fields``: name, type, legal_representative(+_code), capital (万元), currency, established_on, valid_to, address, division,
    business_scope, industry_code; anything else is kept beside them.
    Raises NoCodeReserved, EntryUnfit, CreditCodeTaken, NameRegistered (a firm in business has the name; one that was struck off gives
    it free, as the name check says too).
    """
    done = EntityRecord.objects.filter(case_no=case_no).first()
    if done:
        return done
    reserved = CodeReservation.objects.select_for_update().filter(case_no=case_no).first()  # a case asked twice at once: one waits here
    if reserved is None or reserved.credit_code != credit_code:
        raise NoCodeReserved
    done = EntityRecord.objects.filter(case_no=case_no).first()
    if done:
        return done
    on = timezone.localtime(at).date()
    name = names.squeezed(str(fields.get("name") or reserved.entity_name))
    _require_fit(fields | {"name": name})
    if EntityRecord.objects.filter(credit_code=credit_code).exists():
        raise CreditCodeTaken
    if EntityRecord.objects.filter(name=name, state="存续").exists():
        raise NameRegistered
    reservation = NameReservation.objects.select_for_update().filter(full_name=name, released_on=None).first()
    rules = queries.name_rules()
    district, trade, word, form = names.parts_of(name, districts=rules.districts, forms=rules.forms)
    if reservation:
        trade, word = reservation.trade_name, reservation.industry_word
        reservation.released_on = on
        reservation.save(update_fields=["released_on"])
    try:
        with transaction.atomic():
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
                facts={key: value for key, value in fields.items() if key not in WORDS},
                **{key: str(fields[key]) for key in PLAIN if fields.get(key)},
            )
    except IntegrityError as clash:  # somebody was faster by a moment: this case asked twice at once, or another firm with the name
        done = EntityRecord.objects.filter(case_no=case_no).first()
        if done:
            return done
        raise NameRegistered from clash
    record(actor=actor, act="exchange.registers.register_legal_entity", on=f"case:{case_no}", at=at, details={"credit_code": credit_code})
    return entity


def _require_fit(fields: dict[str, Any]) -> None:
    """What the register could not hold is refused by name, before the database would."""
    wrong: list[str] = []
    if not fields["name"]:
        wrong.append("企业名称没有填写")
    for column in EntityRecord._meta.get_fields():
        told = str(fields.get(column.name) or "")
        if isinstance(column, CharField) and column.name in WORDS and column.max_length and len(told) > column.max_length:
            wrong.append(f"{WORDS[column.name]}超过 {column.max_length} 个字")
    for key, read in (("capital", amount), ("established_on", day), ("valid_to", day)):
        if fields.get(key) and read(fields[key]) is None:
            wrong.append(f"{WORDS[key]}“{str(fields[key])[:20]}”看不懂")
    if abs(amount(fields.get("capital")) or Decimal(0)) >= LARGEST_CAPITAL:
        wrong.append("注册资本太大")
    if wrong:
        raise EntryUnfit(f"登记内容有误，法人库没有收下：{'；'.join(wrong)}。请退回审查环节核对申请内容。")


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
