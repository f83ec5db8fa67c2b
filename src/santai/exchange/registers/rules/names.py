"""Company names: 企业名称登记管理规定 (国务院令第734号, 2020) and 实施办法 (2023)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

RESERVED_MONTHS = 2  # art. 18: 保留期为 2 个月


@dataclass(frozen=True, kw_only=True)
class NameRules:
    """What the registration authority's pack says."""

    districts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    banned: Mapping[str, str] = field(default_factory=dict)  # word → reason

    @staticmethod
    def of(data: Mapping[str, Any]) -> "NameRules":
        banned = data.get("banned") or {}
        return NameRules(districts=tuple(data.get("districts") or ()), forms=tuple(data.get("forms") or ()), banned=dict(banned))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def full_name(*, district: str, trade_name: str, industry: str, form: str) -> str:
    """Art. 6: 行政区划名称 + 字号 + 行业或者经营特点 + 组织形式."""
    return "".join(squeezed(part) for part in (district, trade_name, industry, form))


def problems_with(rules: NameRules, *, district: str, trade_name: str, industry: str, form: str) -> list[str]:
    """What is wrong with the parts themselves, in sentences that say what to do."""
    district, trade_name, industry, form = (squeezed(part) for part in (district, trade_name, industry, form))
    found: list[str] = []
    if rules.districts and district not in rules.districts:
        found.append(f"行政区划应为：{'、'.join(rules.districts)}。")
    if rules.forms and form not in rules.forms:
        found.append(f"组织形式应为：{'、'.join(rules.forms)}。")
    if not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003134f]+", trade_name):
        found.append("字号只能使用规范汉字，不能有字母、数字或符号。")
    elif not 2 <= len(trade_name) <= 10:
        found.append("字号应由 2 个以上、10 个以下汉字组成。")
    if not industry:
        found.append("请填写行业或者经营特点，例如“精密部件”。")
    elif not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003134f]+", industry):
        found.append("行业或者经营特点只能使用汉字。")
    if trade_name and trade_name in {name.removesuffix("市").removesuffix("区").removesuffix("县") for name in rules.districts}:
        found.append("县级以上行政区划名称不能作字号，请换一个字号。")
    if trade_name and trade_name == industry:
        found.append("字号不能与行业用语相同，请换一个有区别的字号。")
    for word, reason in rules.banned.items():
        if word in trade_name or word in industry:
            found.append(f"名称中不能使用“{word}”：{reason}")
    return found


def similarity(*, trade_name: str, industry: str, other_trade: str, other_industry: str, sounds: tuple[str, str]) -> str:
    """``same`` (art. 17: same trade name in the same industry), ``near`` (same sound or one contains the other in it), or empty."""
    if not other_trade:
        return ""
    alike = industry == other_industry or bool(industry and other_industry and (industry in other_industry or other_industry in industry))
    if trade_name == other_trade:
        return "same" if alike else "near"
    if alike and (sounds[0] == sounds[1] or (len(other_trade) > 2 and (trade_name in other_trade or other_trade in trade_name))):
        return "near"
    return ""


def reserved_until(on: date) -> date:
    """The same day two months later, or the last day of that month."""
    month = on.month - 1 + RESERVED_MONTHS
    year, month = on.year + month // 12, month % 12 + 1
    for day in (on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def parts_of(name: str, *, districts: Iterable[str], forms: Iterable[str]) -> tuple[str, str, str, str]:
    """District, remainder's first two characters as trade name, industry, form: for firms that came without parts."""
    district = next((one for one in sorted(districts, key=len, reverse=True) if name.startswith(one)), "")
    rest = name[len(district) :]
    form = next((one for one in sorted(forms, key=len, reverse=True) if rest.endswith(one)), "")
    rest = rest[: len(rest) - len(form)] if form else rest
    return district, rest[:2], rest[2:], form
