"""The pack part ``registers``: name rules, scope wordings, listed people and firms, and the specification of synthetic ones."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from santai.exchange.registers import adapters
from santai.exchange.registers.actions.register_entity import amount, credit_code_of, day
from santai.exchange.registers.models import AddressRecord, BusinessScopeEntry, EntityRecord, NameRuleSet, PersonRecord
from santai.exchange.registers.rules import names, synthetic
from santai.kernel.codes.service import InvalidIdentifier, check_identifier, new_id, person_facts, resident_id_check_digit
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile, Problem

BATCH = 1000
_SPEC_KEYS = ("seed", "as_of", "persons", "entities", "addresses", "regions", "divisions", "districts", "industries", "trade_syllables")


def _kind(file: PackFile) -> str:
    if file.kind == "csv":
        return "scope"
    return str(file.data.get("register", "")) if isinstance(file.data, dict) else ""


def check_registers(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems: list[Problem] = []
    divisions = frozenset(str(row.get("code", ""))[:6] for file in pack.visible_files("regions") for row in file.data or [])
    for file in files:
        kind = _kind(file)
        if kind == "scope":
            problems += _scope_problems(file)
        elif kind == "names":
            problems += [file.problem(key, "必须填写。") for key in ("districts", "forms") if not file.data.get(key)]
        elif kind == "synthetic":
            problems += [file.problem(key, "必须填写。") for key in _SPEC_KEYS if not file.data.get(key)]
        elif kind == "entities":
            for number, row in enumerate(file.data.get("entities") or []):
                problems += _identifier_problems(
                    file, f"entities[{number}].credit_code", "credit-code", row.get("credit_code", ""), divisions
                )
                problems += [file.problem(f"entities[{number}].{key}", "必须填写。") for key in ("name",) if not row.get(key)]
        elif kind == "persons":
            for number, row in enumerate(file.data.get("persons") or []):
                problems += _identifier_problems(
                    file, f"persons[{number}].code", row.get("code_kind", "resident-id"), row.get("code", ""), divisions
                )
        else:
            problems.append(file.problem("register", "应为 names、scope、synthetic、entities 或 persons。"))
    return problems


def _identifier_problems(file: PackFile, place: str, kind: str, text: str, divisions: frozenset[str]) -> list[Problem]:
    try:
        check_identifier(kind, str(text), also_known=divisions)
    except InvalidIdentifier as wrong:
        return [file.problem(place, wrong.message)]
    except KeyError:
        return [file.problem(place, f"未知的证件类型“{kind}”。")]
    return []


def _scope_problems(file: PackFile) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, row in enumerate(file.data):
        if not row.get("code") or not row.get("text"):
            problems.append(file.problem(index, "code 和 text 必须填写。"))
        if not str(row.get("industry_code", "")).isdigit() or len(str(row.get("industry_code"))) != 4:
            problems.append(file.problem(index, "industry_code 应为四位数字（GB/T 4754）。"))
        for key in ("code", "text"):
            if row.get(key) in seen:
                problems.append(file.problem(index, f"{key} 重复：{row.get(key)}"))
            seen.add(row.get(key, ""))
    return problems


@transaction.atomic
def install_registers(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    count = 0
    by_kind: dict[str, list[PackFile]] = {}
    for file in files:
        by_kind.setdefault(_kind(file), []).append(file)
    for file in by_kind.get("names", []):
        NameRuleSet.objects.update_or_create(pack=pack.name, defaults={"data": file.data})
        count += 1
    for file in by_kind.get("scope", []):
        entries = [
            BusinessScopeEntry(
                code=row["code"],
                text=row["text"],
                industry_code=row["industry_code"],
                industry_name=row["industry_name"],
                licensed=bool(row.get("permit")),
                permit=row.get("permit", ""),
                keywords=row.get("keywords", ""),
            )
            for row in file.data
        ]
        BusinessScopeEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["text", "industry_code", "industry_name", "licensed", "permit", "keywords"],
        )
        count += len(entries)
    for file in by_kind.get("synthetic", []):
        count += _install_synthetic(file.data)
    # Hand-made ones come after the synthetic: theirs are the data that sign-in knows.
    for file in by_kind.get("persons", []):
        count += sum(_person(row, day_of(file.data)) for row in file.data.get("persons") or [])
    homes = list(AddressRecord.objects.order_by("code").values("full", "division")[:200])
    for file in pack.files("personas"):
        data = file.data if isinstance(file.data, dict) else {}
        for number, row in enumerate(data.get("people") or []):
            home = homes[number * 7 % len(homes)] if homes else {"full": "", "division": ""}
            entry = {
                "code": row.get("resident_id"),
                "name": row.get("name"),
                "phone": row.get("phone", ""),
                "address": home["full"],
                "division": home["division"],
            }
            count += _person(entry, day_of({}))
    for file in by_kind.get("entities", []):
        count += sum(_entity(row, day_of(file.data)) for row in file.data.get("entities") or [])
    return count


def day_of(data: dict[str, Any]) -> date:
    return day(data.get("as_of")) or date(2026, 1, 1)


def _person(row: dict[str, Any], as_of: date) -> int:
    kind = row.get("code_kind", "resident-id")
    values: dict[str, Any] = {
        "name": row["name"],
        "phone": row.get("phone", ""),
        "address": row.get("address", ""),
        "division": row.get("division", ""),
        "as_of": as_of,
    }
    if kind == "resident-id":
        facts = person_facts(row["code"])
        values |= {"birth": facts.birth, "sex": facts.sex}
    values |= {key: row[key] for key in ("nationality", "sex", "birth") if row.get(key)}
    PersonRecord.objects.update_or_create(code_kind=kind, code=row["code"], defaults=values)
    return 1


def _entity(row: dict[str, Any], as_of: date) -> int:
    trade = row.get("trade_name", "")
    EntityRecord.objects.update_or_create(
        credit_code=row["credit_code"],
        defaults={
            "name": names.squeezed(row["name"]),
            "trade_name": trade,
            "trade_sound": adapters.sound(trade),
            "industry_word": row.get("industry_word", ""),
            "type": row.get("type", ""),
            "legal_representative": row.get("legal_representative", ""),
            "legal_representative_code": row.get("legal_representative_code", ""),
            "capital": amount(row.get("capital")),
            "established_on": day(row.get("established_on")),
            "address": row.get("address", ""),
            "division": str(row.get("division", "")),
            "business_scope": row.get("business_scope", ""),
            "industry_code": str(row.get("industry_code", "")),
            "state": row.get("state", "存续"),
            "as_of": as_of,
        },
    )
    return 1


def _install_synthetic(spec: dict[str, Any]) -> int:
    as_of = day_of(spec)
    homes = synthetic.addresses(spec)
    AddressRecord.objects.bulk_create([AddressRecord(**home) for home in homes], ignore_conflicts=True)
    persons = list(synthetic.people(spec, homes, resident_id_check_digit))
    PersonRecord.objects.bulk_create(
        [
            PersonRecord(
                id=new_id(),
                code=one.code,
                name=one.name,
                sex=one.sex,
                birth=one.birth,
                division=one.division,
                address=one.address,
                phone=one.phone,
                as_of=as_of,
            )
            for one in persons
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    adults = [one for one in persons if 20 <= as_of.year - one.birth.year <= 65]
    firms = list(synthetic.firms(spec, homes, adults, lambda kind, region, number: credit_code_of(kind, region, f"MA1{number:05d}")))
    EntityRecord.objects.bulk_create(
        [
            EntityRecord(
                id=new_id(),
                credit_code=one.credit_code,
                name=one.name,
                district=one.district,
                trade_name=one.trade_name,
                trade_sound=adapters.sound(one.trade_name),
                industry_word=one.industry,
                form=one.form,
                type=one.type,
                legal_representative=one.legal_representative.name,
                legal_representative_code=one.legal_representative.code,
                capital=one.capital,
                established_on=one.established_on,
                address=one.address,
                division=one.division,
                business_scope=one.scope,
                industry_code=one.industry_code,
                as_of=as_of,
            )
            for one in firms
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return len(homes) + len(persons) + len(firms)
