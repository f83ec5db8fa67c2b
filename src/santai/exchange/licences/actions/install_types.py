"""The pack part ``licence_types``: a YAML list, or one type a file."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.licences import rules
from santai.exchange.licences.models import LicenceType
from santai.kernel.codes.service import credit_code_check
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile, Problem
from santai.kernel.render.service import registered_templates

_TEXTS = ("code", "type_code", "name", "number_pattern", "template")
_KEYS = {*_TEXTS, "name_en", "authority", "fields", "wording", "sources"}


def entries(files: list[PackFile]) -> list[tuple[PackFile, str, Any]]:
    found: list[tuple[PackFile, str, Any]] = []
    for file in files:
        data = file.data.get("licence_types", [file.data]) if isinstance(file.data, dict) else file.data
        if isinstance(data, list):
            found += [(file, f"[{number}]", entry) for number, entry in enumerate(data)]
        else:
            found.append((file, "", data))
    return found


def check_types(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for file, place, entry in entries(files):
        if not isinstance(entry, dict):
            problems.append(file.problem(place, "每种证照应当是“键: 值”的形式。"))
            continue
        problems += [file.problem(f"{place}.{key}", "未知的键。") for key in entry if key not in _KEYS]
        problems += [file.problem(f"{place}.{key}", "必须填写。") for key in _TEXTS if not str(entry.get(key) or "").strip()]
        type_code = str(entry.get("type_code", ""))
        if type_code and (len(type_code) != 21 or not type_code.isalnum() or credit_code_check(type_code[:17]) != type_code[17]):
            problems.append(file.problem(f"{place}.type_code", "应为 21 位：主管部门统一社会信用代码 18 位（校验位正确）加 3 位。"))
        for key in ("code", "type_code"):
            value = f"{key}:{entry.get(key)}"
            if entry.get(key) and value in seen:
                problems.append(file.problem(f"{place}.{key}", f"与 {seen[value]} 重复。"))
            seen.setdefault(value, f"{file.path}{place}")
        if entry.get("template") and entry["template"] not in registered_templates():
            problems.append(file.problem(f"{place}.template", f"没有这个版式。可用：{'、'.join(sorted(registered_templates()))}。"))
        problems += _field_problems(file, place, entry)
    return problems


def _field_problems(file: PackFile, place: str, entry: dict[str, Any]) -> list[Problem]:
    fields = entry.get("fields")
    if not isinstance(fields, list) or not fields:
        return [file.problem(f"{place}.fields", "至少列出一个栏目。")]
    problems = [
        file.problem(f"{place}.fields[{number}]", "栏目需要 id 和 label。")
        for number, one in enumerate(fields)
        if not isinstance(one, dict) or not one.get("id") or not one.get("label")
    ]
    if not problems and entry.get("number_pattern"):
        try:
            rules.number_from(str(entry["number_pattern"]), values={str(one["id"]): "x" for one in fields}, year=2026, serial=1)
        except (KeyError, ValueError, IndexError) as trouble:
            problems.append(
                file.problem(f"{place}.number_pattern", f"编号格式不能使用：{trouble}。可用 {{year}}、{{serial:06d}} 和栏目 id。")
            )
    return problems


@transaction.atomic
def install_types(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    count = 0
    for _, _, entry in entries(files):
        LicenceType.objects.update_or_create(
            code=entry["code"],
            defaults={
                "type_code": entry["type_code"],
                "name": entry["name"],
                "name_en": entry.get("name_en", ""),
                "authority": entry.get("authority", ""),
                "number_pattern": entry["number_pattern"],
                "fields": entry["fields"],
                "template": entry["template"],
                "wording": entry.get("wording", {}),
                "sources": entry.get("sources", []),
                "pack": pack.name,
            },
        )
        count += 1
    return count
