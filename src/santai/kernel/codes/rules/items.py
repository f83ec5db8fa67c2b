"""Codes of service items (standards.md §1) and of electronic licences (§4)."""

import re
from dataclasses import dataclass
from datetime import date

from santai.kernel.codes.rules.checks import mod37_36_check
from santai.kernel.codes.rules.divisions import PROVINCES
from santai.kernel.codes.rules.identifiers import Finding, WrongIdentifier, credit_code, division_known, normal

LICENCE_ROOT = "1.2.156.3005.2"


@dataclass(frozen=True, kw_only=True)
class ItemCode:
    """What a code of the catalogue says by itself: the parts of the 12, 31 or 33 characters it has; empty where it is shorter."""

    value: str
    basic: str  # 基本编码, 12
    division: str  # its first two: a province, or 00 national
    act_type: str  # 事项类型, 01 to 10, 11 to 19 local, 20 public services
    main: str
    sub: str
    organisation: str = ""  # 实施编码: the organ's credit code, 18
    level: str = ""  # 行使层级, 1 to 7
    task: str = ""  # 实施编码 itself, 31
    sequence: str = ""  # 业务办理项: two more digits


def check_basic_code(text: str) -> str:
    """基本编码: division 2 (00 national), type 2, main item 5, sub-item 3."""
    value = normal(text)
    if not re.fullmatch(r"[0-9]{4}[0-9A-Z]{8}", value):
        finding: Finding = "bad_character" if len(value) == 12 else "bad_length"
        raise WrongIdentifier("基本编码应为 12 位：区划 2 位、类型 2 位、主项 5 位、子项 3 位。", finding)
    if value[:2] not in PROVINCES and value[:2] != "00" and not division_known(value[:2] + "0000"):
        raise WrongIdentifier(f"基本编码前 2 位“{value[:2]}”不是省级行政区划代码（国家统一为 00）。", "bad_division")
    if value[2:4] == "00":
        raise WrongIdentifier("基本编码第 3、4 位是事项类型，从 01 起。", "bad_type")
    return value


def check_implementation_code(text: str) -> str:
    """实施编码 (31: credit code 18, level 1, basic code 12), or 业务办理项编码 (33: two more digits), or 基本编码 (12)."""
    value = normal(text)
    if len(value) == 12:
        return check_basic_code(value)
    if len(value) not in (31, 33):
        raise WrongIdentifier("事项编码应为 12 位（基本编码）、31 位（实施编码）或 33 位（业务办理项编码）。", "bad_length")
    credit_code(value[:18], None, division_known)
    if value[18] not in "1234567":
        raise WrongIdentifier(f"第 19 位“{value[18]}”不是行使层级（1 至 7）。", "bad_level")
    check_basic_code(value[19:31])
    if len(value) == 33 and not re.fullmatch(r"[0-9]{2}", value[31:]):
        raise WrongIdentifier("业务办理项编码最后 2 位应为数字。", "bad_character")
    return value


def read_item_code(text: str) -> ItemCode:
    """The parts of a code of the catalogue; WrongIdentifier when it is none."""
    value = check_implementation_code(text)
    basic = value if len(value) == 12 else value[19:31]
    parts = {"value": value, "basic": basic, "division": basic[:2], "act_type": basic[2:4], "main": basic[4:9], "sub": basic[9:]}
    if len(value) == 12:
        return ItemCode(**parts)
    return ItemCode(**parts, organisation=value[:18], level=value[18], task=value[:31], sequence=value[31:])


@dataclass(frozen=True, kw_only=True)
class CaseCode:
    """The parts of a 办件编号 of 43 characters: the item's 实施编码, the day it was received, the day's serial."""

    value: str
    task: str
    day: date
    serial: str


def read_case_code(text: str) -> CaseCode:
    """办件编号: 实施编码 31, day 8, serial 4. WrongIdentifier when it is none. (The platform's own numbers may be shorter,
    GB/T 39046 an..50.)"""
    value = normal(text)
    if len(value) != 43:
        raise WrongIdentifier("办件编号应为 43 位：实施编码 31 位、日期 8 位、流水 4 位。", "bad_length")
    task = check_implementation_code(value[:31])
    if not re.fullmatch(r"[0-9]{12}", value[31:]):
        raise WrongIdentifier("办件编号后 12 位应为数字：日期 8 位、流水 4 位。", "bad_character")
    try:
        day = date(int(value[31:35]), int(value[35:37]), int(value[37:39]))
    except ValueError:
        raise WrongIdentifier(f"办件编号中的日期“{value[31:39]}”不存在。", "bad_date") from None
    return CaseCode(value=value, task=task, day=day, serial=value[39:])


def licence_identifier(*, type_code: str, issuer: str, serial: str, version: int) -> str:
    """标识 of an e-licence with its check character over the four middle parts without dots."""
    parts = (type_code.upper(), issuer.upper(), serial.upper(), f"{version:03d}")
    return ".".join((LICENCE_ROOT, *parts, mod37_36_check("".join(parts))))


def check_licence_identifier(text: str) -> str:
    value = re.sub(r"\s", "", text).upper()
    match = re.fullmatch(re.escape(LICENCE_ROOT) + r"\.([0-9A-Z]{21})\.([0-9A-Z]{18})\.([0-9A-Z]{1,36})\.([0-9]{3})\.([0-9A-Z])", value)
    if not match:
        raise WrongIdentifier("电子证照标识应为 1.2.156.3005.2.类型代码.颁发机构代码.流水号.版本.校验位。", "bad_character")
    if mod37_36_check("".join(match.groups()[:4])) != match.group(5):
        raise WrongIdentifier("电子证照标识的校验位不对，请核对。", "bad_check_digit")
    return value
