"""Reads of the registers, as the gateway's providers give them out."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q

from santai.exchange.contracts.service import RegisterAnswer, SearchAnswer
from santai.exchange.registers.models import AddressRecord, BusinessScopeEntry, EntityRecord, NameReservation, NameRuleSet, PersonRecord
from santai.exchange.registers.rules import names
from santai.kernel.text.service import score

POPULATION, ENTITIES, ADDRESSES, SCOPES = "人口库", "法人库", "标准地址库", "经营范围规范表述目录"


def find_person(*, code_kind: str, code: str, person_name: str = "") -> RegisterAnswer:
    """Exact identifier, and exact name when one is given."""
    person = PersonRecord.objects.filter(code_kind=code_kind, code=code.strip().upper()).first()
    if person is None or (person_name and person.name != person_name.strip()):
        return RegisterAnswer(found=False, origin=POPULATION)
    return _answer(person)


def _answer(person: PersonRecord) -> RegisterAnswer:
    fields = {
        "code_kind": person.code_kind,
        "code": person.code,
        "name": person.name,
        "sex": person.sex,
        "birth": iso(person.birth),
        "nationality": person.nationality,
        "division": person.division,
        "address": person.address,
        "phone": person.phone,
        "state": person.state,
    }
    return RegisterAnswer(found=True, fields=fields, origin=POPULATION, as_of=person.as_of.isoformat())


def sample_persons(*, count: int, born_before: date) -> list[RegisterAnswer]:
    """The first ``count`` synthetic adults of the demonstration city, for its made-up history; no one anywhere else."""
    if not settings.DEMO:
        return []
    found = PersonRecord.objects.filter(code_kind="resident-id", birth__lt=born_before).exclude(phone="").order_by("code")
    return [_answer(person) for person in found[:count]]


def find_entity(*, credit_code: str = "", entity_name: str = "") -> RegisterAnswer:
    entities = EntityRecord.objects.all()
    wanted = Q(credit_code=credit_code.strip().upper()) if credit_code else Q(name=names.squeezed(entity_name))
    entity = entities.filter(wanted).order_by("-established_on").first() if credit_code or entity_name else None
    return entity_answer(entity) if entity else RegisterAnswer(found=False, origin=ENTITIES)


def entity_answer(entity: EntityRecord) -> RegisterAnswer:
    fields: dict[str, Any] = {
        "credit_code": entity.credit_code,
        "name": entity.name,
        "type": entity.type,
        "legal_representative": entity.legal_representative,
        "legal_representative_code": entity.legal_representative_code,
        "capital": number(entity.capital),
        "currency": entity.currency,
        "established_on": iso(entity.established_on),
        "valid_to": iso(entity.valid_to),
        "address": entity.address,
        "division": entity.division,
        "business_scope": entity.business_scope,
        "industry_code": entity.industry_code,
        "state": entity.state,
        **entity.facts,
    }
    return RegisterAnswer(found=True, fields=fields, origin=ENTITIES, as_of=entity.as_of.isoformat())


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def number(amount: Decimal | None) -> str:
    return format(amount.normalize(), "f") if amount is not None else ""


def name_rules() -> names.NameRules:
    merged: dict[str, Any] = {"districts": [], "forms": [], "banned": {}}
    for one in NameRuleSet.objects.order_by("pack"):
        merged["districts"] += one.data.get("districts", [])
        merged["forms"] += one.data.get("forms", [])
        merged["banned"] |= one.data.get("banned", {})
    return names.NameRules.of(merged)


def clashes(
    *, full_name: str, trade_name: str, industry: str, sound: str, reserved_for: str, on: date, sound_of: Any
) -> tuple[list[str], list[str]]:
    """Problems (the name is taken) and similar names to know of."""
    reserved = NameReservation.objects.filter(released_on=None, reserved_until__gte=on)
    if reserved_for:
        reserved = reserved.exclude(reserved_for=reserved_for)
    problems: list[str] = []
    if EntityRecord.objects.filter(name=full_name, state="存续").exists():
        problems.append("这个名称已有企业登记使用，请更换字号。")
    elif reserved.filter(full_name=full_name).exists():
        problems.append("这个名称已被他人保留，请更换字号。")
    near = Q(trade_name=trade_name) | Q(trade_sound=sound)
    others = [
        (one.name, one.trade_name, one.industry_word)
        for one in EntityRecord.objects.filter(near, state="存续").exclude(name=full_name)[:50]
    ]
    others += [(one.full_name, one.trade_name, one.industry_word) for one in reserved.filter(near).exclude(full_name=full_name)[:50]]
    similar: list[str] = []
    for name, trade, word in others:
        kind = names.similarity(
            trade_name=trade_name, industry=industry, other_trade=trade, other_industry=word, sounds=(sound, sound_of(trade))
        )
        if kind == "same":
            problems.append(f"同行业已有相同字号的企业“{name}”，请更换字号。")
        elif kind == "near":
            similar.append(name)
    return problems[:5], sorted(set(similar))[:10]


def search_scope(text: str, *, limit: int = 20) -> SearchAnswer:
    """By wording, keyword or industry; an entry carries the industry code it proposes and the permit it needs."""
    found = []
    for entry in BusinessScopeEntry.objects.all():
        points = score(text, entry.text, entry.keywords, entry.industry_name, entry.industry_code)
        if points:
            found.append((-points, entry.code, entry))
    chosen = [entry for _, _, entry in sorted(found, key=lambda one: one[:2])[: max(1, min(limit, 100))]]
    return SearchAnswer(
        entries=tuple(_wording(one) for one in chosen),
        origin=SCOPES,
    )


def _wording(one: BusinessScopeEntry) -> dict[str, Any]:
    return {
        "code": one.code,
        "text": one.text,
        "licensed": one.licensed,
        "permit": one.permit,
        "industry_code": one.industry_code,
        "industry_name": one.industry_name,
    }


def scope_entries() -> tuple[str, list[dict[str, Any]]]:
    """Every standard wording with the words it is found by, for the copies of other zones."""
    entries = BusinessScopeEntry.objects.order_by("code")
    return SCOPES, [{**_wording(one), "keywords": one.keywords} for one in entries]


def search_address(text: str, *, limit: int = 20) -> SearchAnswer:
    """Every term must occur; spaces inside addresses do not matter."""
    records = AddressRecord.objects.all()
    for term in text.split():
        records = records.filter(Q(full__icontains=term) | Q(division_name__icontains=term) | Q(division__startswith=term))
    chosen = records.order_by("division", "road", "room")[: max(1, min(limit, 100))] if text.strip() else []
    entries = tuple(
        {
            "code": one.code,
            "division": one.division,
            "division_name": one.division_name,
            "road": one.road,
            "room": one.room,
            "full": one.full,
        }
        for one in chosen
    )
    return SearchAnswer(entries=entries, origin=ADDRESSES)


__all__ = ["clashes", "entity_answer", "find_entity", "find_person", "name_rules", "scope_entries", "search_address", "search_scope"]
