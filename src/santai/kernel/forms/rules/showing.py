"""Values as people read them; differences; the stable bytes that are signed."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from santai.kernel.forms.rules import logic
from santai.kernel.forms.rules.definition import Field, Form, Text, template_of
from santai.kernel.forms.rules.walking import Data, concrete, is_empty

WORDS = {True: Text("是", "Yes"), False: Text("否", "No")}
NAMES = Callable[[Text], str]


@dataclass(frozen=True)
class Change:
    """One answer that differs: ``old`` and ``new`` as people read them; empty text where there was or is nothing."""

    path: str
    label: str
    section: str
    old: str
    new: str


def shown(field: Field, value: Any, name: NAMES) -> str:
    """A value as text; what could not be read is shown as it was typed."""
    if is_empty(value):
        return ""
    if isinstance(value, list):
        separator = "、" if name(WORDS[True]) == "是" else ", "
        return separator.join(_one(field, part, name) for part in value)
    return _one(field, value, name)


def _one(field: Field, value: Any, name: NAMES) -> str:
    for option in field.options:
        if logic.same(option.value, value):
            return name(option.label)
    if isinstance(value, bool):
        return name(WORDS[value])
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if logic.is_number(value):
        plain = format(Decimal(str(value)), ",f" if field.widget in ("money", "number", "integer") and abs(value) >= 10000 else "f")
        unit = "%" if field.widget == "percent" else field.unit
        return f"{plain} {unit}".strip() if unit != "%" else f"{plain}%"
    day = logic.as_date(value) if field.widget == "date" else None
    if day:
        return f"{day.year}年{day.month}月{day.day}日" if name(WORDS[True]) == "是" else day.isoformat()
    return str(value)


def diff(form: Form, old: Data, new: Data, name: NAMES) -> list[Change]:
    """What changed between two versions of an application, in the order of the form."""
    found: list[Change] = []
    for field in form.fields.values():
        paths = dict.fromkeys([path for path, _ in concrete(field.path, old)] + [path for path, _ in concrete(field.path, new)])
        for path in paths:
            before, after = logic.value_at(old, path), logic.value_at(new, path)
            if is_empty(before) and is_empty(after) or logic.same(before, after):
                continue
            found.append(
                Change(path, label_at(form, field, path, name), field.section, shown(field, before, name), shown(field, after, name))
            )
    return found


def label_at(form: Form, field: Field, path: str, name: NAMES) -> str:
    """The label, with the group's name and row where it stands in one: ``股东 2 · 认缴出资额``."""
    label = name(field.label)
    if not field.group:
        return label
    group = form.groups[field.group]
    number = next((int(step) + 1 for step in reversed(path.split(".")) if step.isdigit()), 1)
    return f"{name(group.title)} {number} · {label}"


def canonical(form: Form, data: Data) -> bytes:
    """The same bytes for the same application, wherever and whenever they are made: sorted keys, no spaces, UTF-8, whole numbers without
    a fraction (in the manner of RFC 8785). ``data`` should be ``Checked.data``."""
    content = {"form": form.key, "version": form.version, "data": _plain(data)}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(form: Form, data: Data) -> str:
    """SHA-256 of ``canonical``, hex."""
    return hashlib.sha256(canonical(form, data)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {str(key): _plain(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part is not None and part != "" and part != {} and part != []}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def field_for(form: Form, path: str) -> Field | None:
    return form.fields.get(template_of(path))


RELATIVE = re.compile(r"@([+-]\d+)([dmy])")


def dated(value: Any, today: date) -> Any:
    """Sample data with its relative dates worked out: ``@+90d``, ``@-2m``, ``@+4y`` counted from ``today``; all else unchanged."""
    if isinstance(value, Mapping):
        return {key: dated(part, today) for key, part in value.items()}
    if isinstance(value, list):
        return [dated(part, today) for part in value]
    match = RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    number, unit = int(match[1]), match[2]
    if unit == "d":
        return (today + timedelta(days=number)).isoformat()
    months = today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1)
    return date(months // 12, months % 12 + 1, min(today.day, 28)).isoformat()
