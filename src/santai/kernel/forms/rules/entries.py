"""What people type, read into values. What cannot be read is kept as typed, so that nothing anyone wrote is lost."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from santai.kernel.forms.rules.definition import Field
from santai.kernel.forms.rules.logic import tidy

YES = frozenset({"true", "1", "on", "yes", "是", "有"})
NO = frozenset({"false", "0", "no", "否", "无"})
SPACES = re.compile(r"[\s\u3000\u200b]+")
# Amounts are kept in the field's unit; what is typed with another unit is converted.
SCALES = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "千元": Decimal(1000),
    "万": Decimal(10000),
    "万元": Decimal(10000),
    "亿": Decimal(10**8),
    "亿元": Decimal(10**8),
}
CHINESE_MONTH_DAY = re.compile(r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D?$")


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their usual forms."""
    return unicodedata.normalize("NFKC", text)


def as_number(text: str) -> int | float | None:
    """``１，２３４．５０`` → 1234.5; None when it is no number. Commas must group by three (or by four, as some write 万)."""
    plain = SPACES.sub("", half_width(text)).replace("，", ",")
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+)(\.\d+)?|[+-]?\.\d+", plain):
        return None
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_money(text: str, unit: str) -> int | float | None:
    """An amount in the field's ``unit`` (元 or 万元): ``500万`` in a field of 元 is 5000000, ``3,000元`` in one of 万元 is 0.3."""
    plain = SPACES.sub("", half_width(text)).replace("人民币", "").lstrip("¥￥").removeprefix("RMB")
    match = re.fullmatch(r"(.+?)(元|圆|千元|万元?|亿元?)整?", plain)
    number = as_number(match[1] if match else plain)
    if number is None or not match:
        return number
    amount = Decimal(str(number)) * SCALES[match[2]] / SCALES.get(unit, Decimal(1))
    return tidy(float(amount))


def as_day(text: str) -> str | None:
    """``2026/2/9``, ``2026年2月9日``, ``20260209``, ``2026.2.9`` → ``2026-02-09``; None when there is no such day."""
    plain = SPACES.sub("", half_width(text))
    match = CHINESE_MONTH_DAY.match(plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def as_truth(text: str) -> bool | None:
    plain = half_width(text).strip().lower()
    return True if plain in YES else False if plain in NO else None


def read_entry(field: Field, typed: str) -> Any:
    """The value of one typed entry; None for nothing; the text itself when it cannot be what the field wants."""
    text = typed.replace("\r\n", "\n")
    if field.widget != "textarea":
        text = text.strip(" \t\n\u3000")
    if text.strip(" \t\n\u3000") == "":
        return None
    if field.options:
        return _option(field, text)
    value: Any = None
    if field.widget in ("yes_no", "checkbox"):
        value = as_truth(text)
    elif field.widget == "date":
        value = as_day(text)
    elif field.widget == "money":
        value = as_money(text, field.unit)
    elif field.widget == "percent":
        value = as_number(half_width(text).strip().removesuffix("%"))
    elif field.type in ("integer", "number"):
        value = as_number(_without_unit(half_width(text), field.unit))
    elif field.widget in ("identifier", "mobile", "postcode", "phone", "division"):
        return SPACES.sub("", half_width(text)).upper() if field.widget == "identifier" else SPACES.sub("", half_width(text))
    elif field.widget == "email":
        return half_width(text).strip()
    else:
        return text
    return text if value is None else value


def _without_unit(text: str, unit: str) -> str:
    return text.strip().removesuffix(half_width(unit)) if unit else text


def _option(field: Field, text: str) -> Any:
    for option in field.options:
        if str(option.value) == text or str(option.value).lower() == text.lower():
            return option.value
    return text


def shown_entry(field: Field, value: Any) -> str:
    """The value as it stands in the input again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def set_at(data: dict[str, Any], path: str, value: Any) -> None:
    """Put ``value`` at a dotted path; ``None`` takes it away. Rows of a list grow as needed (no further than one past the end)."""
    steps = path.split(".")
    here: Any = data
    for step, following in zip(steps, steps[1:], strict=False):
        empty: Any = [] if following.isdigit() else {}
        if isinstance(here, list):
            number = int(step)
            while len(here) <= number:
                here.append({})
            here = here[number]
        else:
            if not isinstance(here.get(step), type(empty)):
                here[step] = empty
            here = here[step]
    last = steps[-1]
    if isinstance(here, Mapping):
        if value is None:
            here.pop(last, None)  # type: ignore[attr-defined]
        else:
            here[last] = value  # type: ignore[index]
