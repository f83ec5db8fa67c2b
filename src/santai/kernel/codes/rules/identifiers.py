"""Identifiers of people and bodies: what is written becomes one normal form, or a reason in plain words why it cannot be one.

Sources: GB 11643, GB 32100, 出入境证件 of the National Immigration Administration (standards.md §3). Nothing here knows today's date: the
caller passes ``on`` when a date of birth must not lie after it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from santai.kernel.codes.rules import checks
from santai.kernel.codes.rules.divisions import PROVINCES, division_known, registrar_known

Known = Callable[[str], bool]

REGISTRARS: Mapping[str, str] = {  # 登记管理部门, the first character of a credit code: GB 32100 table 1
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教", "8": "工会", "9": "市场监管",
    "A": "中央军委改革和编制办公室", "N": "农业", "Y": "其他",
}  # fmt: skip
FULLWIDTH = {
    ord(wide): narrow
    for wide, narrow in zip(
        "０１２３４５６７８９ＸｘＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＹ", "0123456789XXABCDEFGHJKLMNPQRTUWY", strict=True
    )
}


PROJECT_HYPHENS = 4  # the 24 characters of a project code are 20 digits and these
EARLY_YEARS = ("2014", "2015", "2016", "2017", "2018", "2019", "2020")

Finding = Literal["bad_length", "bad_character", "bad_check_digit", "bad_date", "bad_type", "bad_level", "bad_division", "wrong_type"]


class WrongIdentifier(ValueError):
    """The reason, in words for the person who typed it; ``finding`` is the same as a word that never changes, for programs."""

    def __init__(self, reason: str, finding: Finding) -> None:
        super().__init__(reason)
        self.finding = finding


def _misshapen(value: str, *lengths: int) -> Finding:
    """Why a number has not the form it should: too short or long, or of the right length with a wrong character."""
    return "bad_character" if len(value) in lengths else "bad_length"


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What a citizen's or resident's 18-digit number says by itself."""

    division: str
    birth: date
    sex: str  # 男 / 女


def normal(text: str) -> str:
    """Without the spaces and hyphens people group numbers with, in narrow capitals."""
    return re.sub(r"[\s\-–—‐]", "", text).translate(FULLWIDTH).upper()  # noqa: RUF001


def resident_id(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if re.fullmatch(r"\d{15}", value):
        raise WrongIdentifier("15 位的旧号码已经停用，请填写 18 位公民身份号码。", "bad_length")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        raise WrongIdentifier("公民身份号码应为 18 位：17 位数字加最后一位数字或 X。", _misshapen(value, 18))
    if value.startswith("9"):
        raise WrongIdentifier("以 9 开头的 18 位号码是外国人永久居留身份证号码，请把证件类型改为“外国人永久居留身份证”。", "wrong_type")
    if value[:2] in ("81", "82", "83") and value[2:6] == "0000":
        raise WrongIdentifier("这是港澳台居民居住证号码，请把证件类型改为“港澳台居民居住证”。", "wrong_type")
    _birth(value[6:14], on)
    if checks.resident_id_check_digit(value[:17]) != value[17]:
        raise WrongIdentifier("最后一位校验码不对，请逐位核对号码。", "bad_check_digit")
    if not known(value[:6]):
        raise WrongIdentifier(f"前 6 位“{value[:6]}”不是已有的行政区划代码，请核对。", "bad_division")
    return value


def permanent_residence(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", value):  # the 2017 form: nationality 3, division 4, birth YYMMDD, sequence 1, check 1
        if value[3:5] not in PROVINCES:
            raise WrongIdentifier(f"第 4、5 位“{value[3:5]}”不是省级行政区划代码，请核对。", "bad_division")
        if not any(_is_date(century + value[7:13]) for century in ("19", "20")):
            raise WrongIdentifier("第 8 至 13 位不是有效的出生日期，请核对。", "bad_date")
        return value
    if not re.fullmatch(r"9[0-9]{16}[0-9X]", value):  # the 2023 form: 9, province 2, nationality 3, birth 8, sequence 3, check 1
        raise WrongIdentifier("外国人永久居留身份证号码为 18 位、以 9 开头；2017 版为 3 个字母加 12 位数字。", _misshapen(value, 15, 18))
    if value[1:3] not in PROVINCES:
        raise WrongIdentifier(f"第 2、3 位“{value[1:3]}”不是省级行政区划代码，请核对。", "bad_division")
    _birth(value[6:14], on)
    if checks.resident_id_check_digit(value[:17]) != value[17]:
        raise WrongIdentifier("最后一位校验码不对，请逐位核对号码。", "bad_check_digit")
    return value


def hkmo_tw_residence(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if not re.fullmatch(r"8[123]0000[0-9]{11}[0-9X]", value):
        raise WrongIdentifier("港澳台居民居住证号码为 18 位，以 810000、820000 或 830000 开头。", _misshapen(value, 18))
    _birth(value[6:14], on)
    if checks.resident_id_check_digit(value[:17]) != value[17]:
        raise WrongIdentifier("最后一位校验码不对，请逐位核对号码。", "bad_check_digit")
    return value


def hkmo_pass(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if re.fullmatch(r"[CW][0-9A-Z]?[0-9]{7,8}", value):
        raise WrongIdentifier("以 C 或 W 开头的是内地居民往来港澳通行证，不能作为港澳居民的证件。", "wrong_type")
    if not re.fullmatch(r"[HM][0-9]{8}([0-9]{2})?", value):
        raise WrongIdentifier("港澳居民来往内地通行证号码为 H 或 M 加 8 位数字（旧版再加 2 位）。", _misshapen(value, 9, 11))
    return value


def tw_pass(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if not re.fullmatch(r"[0-9]{8}", value):
        raise WrongIdentifier("台湾居民来往大陆通行证号码为 8 位数字。", _misshapen(value, 8))
    return value


def passport(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if re.fullmatch(r"[0-9]{17}[0-9X]", value):
        raise WrongIdentifier("这像是 18 位身份号码，请选择相应的证件类型。", "wrong_type")
    if not re.fullmatch(r"[A-Z0-9]{5,17}", value) or not re.search(r"[0-9]", value):
        raise WrongIdentifier("护照号码由 5 至 17 位字母和数字组成，且至少有一位数字。", _misshapen(value, *range(5, 18)))
    return value


def mobile(text: str, on: date | None, known: Known) -> str:
    value = normal(text).removeprefix("+86").removeprefix("0086")
    if not re.fullmatch(r"1[3-9][0-9]{9}", value):
        raise WrongIdentifier("手机号码应为 11 位数字，以 13 至 19 开头。", _misshapen(value, 11))
    return value


def credit_code(text: str, on: date | None, known: Known) -> str:
    value = normal(text)
    if len(value) != 18:
        raise WrongIdentifier("统一社会信用代码应为 18 位。", "bad_length")
    wrong = sorted({character for character in value if character not in checks.CREDIT_ALPHABET})
    if wrong:
        raise WrongIdentifier(f"统一社会信用代码不使用“{'、'.join(wrong)}”（没有字母 I、O、S、V、Z），请核对。", "bad_character")
    if value[0] not in REGISTRARS:
        raise WrongIdentifier(f"第 1 位“{value[0]}”不是登记管理部门代码，请核对。", "bad_character")
    if checks.credit_code_check(value[:17]) != value[17]:
        raise WrongIdentifier("最后一位校验码不对，请逐位核对代码。", "bad_check_digit")
    if not re.fullmatch(r"[0-9]{6}", value[2:8]) or not (registrar_known(value[2:8]) or known(value[2:8])):
        raise WrongIdentifier(f"第 3 至 8 位“{value[2:8]}”不是已有的登记机关行政区划代码，请核对。", "bad_division")
    return value


def project_code(text: str, on: date | None, known: Known) -> str:
    """投资项目代码 GB/T 40058-2021: 4-6-2-2-6 = YYMM, region, department, kind, random and check (the check's formula is not public).

    Codes given before November 2020 begin with the year; both are in use. Where the place lies is not checked: a project may come from
    anywhere in the country.
    """
    digits = re.sub(r"[-－—–\s]", "", text.translate(FULLWIDTH))
    if not digits:
        raise WrongIdentifier("请填写项目代码。", "bad_length")
    if not re.fullmatch(r"[0-9]+", digits):
        raise WrongIdentifier("项目代码只含数字和连接号，形如 2602-189901-04-01-318899，请核对。", "bad_character")
    if len(digits) != 24 - PROJECT_HYPHENS:
        raise WrongIdentifier(f"项目代码应为 20 位数字加 4 个连接号，您填写了 {len(digits)} 位数字，请核对。", "bad_length")
    if digits[:4] not in EARLY_YEARS and not "01" <= digits[2:4] <= "12":
        raise WrongIdentifier("项目代码前四位应是赋码的年份和月份，形如 2602，请核对。", "bad_date")
    return "-".join((digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:]))


KINDS: dict[str, tuple[str, Callable[[str, date | None, Known], str]]] = {
    "resident-id": ("居民身份证", resident_id),
    "credit-code": ("统一社会信用代码", credit_code),
    "prc-permanent-residence": ("外国人永久居留身份证", permanent_residence),
    "hkmo-tw-residence": ("港澳台居民居住证", hkmo_tw_residence),
    "hkmo-pass": ("港澳居民来往内地通行证", hkmo_pass),
    "tw-pass": ("台湾居民来往大陆通行证", tw_pass),
    "passport": ("护照", passport),
    "mobile": ("手机号码", mobile),
    "project-code": ("投资项目代码", project_code),
}
PERSON_KINDS = ("resident-id", "prc-permanent-residence", "hkmo-tw-residence", "hkmo-pass", "tw-pass", "passport")


def checked(kind: str, text: str, *, on: date | None = None, also_known: frozenset[str] = frozenset()) -> str:
    """The normal form, or WrongIdentifier. ``also_known``: divisions that are about to be installed."""
    return KINDS[kind][1](text, on, lambda code: code in also_known or division_known(code))


def person_facts(value: str) -> PersonFacts:
    """Division, birth and sex of a checked 18-digit number of a citizen or a Hong Kong, Macao or Taiwan resident."""
    return PersonFacts(
        division=value[:6],
        birth=date(int(value[6:10]), int(value[10:12]), int(value[12:14])),
        sex="男" if int(value[16]) % 2 else "女",
    )


def registrar(value: str) -> str:
    """Which kind of registrar gave a checked credit code."""
    return REGISTRARS[value[0]]


def kind_of_person_number(text: str) -> str:
    """Which document a person's number can only belong to, by its form alone (the number is still to be checked as that).

    Eighteen characters are read from the first: 9 is a foreigner's residence card, 81, 82 and 83 followed by 0000 the residence permit of
    Hong Kong, Macao and Taiwan residents, and only the rest a citizen's number. What has no form of its own may be a passport.
    """
    value = normal(text)
    if re.fullmatch(r"[0-9]{17}[0-9X]", value):
        if value[0] == "9":
            return "prc-permanent-residence"
        return "hkmo-tw-residence" if re.match(r"8[123]0000", value) else "resident-id"
    forms = {"prc-permanent-residence": r"[A-Z]{3}[0-9]{12}", "hkmo-pass": r"[HM][0-9]{8}([0-9]{2})?", "tw-pass": r"[0-9]{8}"}
    return next((kind for kind, form in forms.items() if re.fullmatch(form, value)), "passport")


def mask(kind: str, text: str) -> str:
    """What a list may show: enough to recognise one's own, too little to use (standards.md §7)."""
    if not text:
        return ""
    if kind in ("resident-id", "hkmo-tw-residence") or (kind == "prc-permanent-residence" and len(text) == 18):
        return _keep(text, 6, 4)
    if kind == "mobile":
        return _keep(text, 3, 4)
    if kind == "credit-code":
        return text  # public by law
    if kind == "name":
        return text[0] + "*" * max(1, len(text) - 1)
    if kind == "account":
        return _keep(text, 0, 4)
    return _keep(text, 1, 2)


def _keep(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return text[:1] + "*" * (len(text) - 1)
    return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")


def _is_date(eight: str) -> bool:
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return False
    return True


def _birth(eight: str, on: date | None) -> None:
    if not _is_date(eight) or eight < "18500101":
        raise WrongIdentifier(f"出生日期“{eight}”不是有效的日期，请核对。", "bad_date")
    if on and eight > on.strftime("%Y%m%d"):
        raise WrongIdentifier(f"出生日期“{eight}”晚于今天，请核对。", "bad_date")
