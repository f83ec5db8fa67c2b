"""Check characters against independent ways of computing them, and against published numbers."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from santai.kernel.codes.service import (
    InvalidIdentifier,
    check_identifier,
    check_implementation_code,
    check_licence_identifier,
    credit_code_check,
    kind_of_person_number,
    licence_identifier,
    mask,
    mod37_36_check,
    organisation_code_check,
    person_facts,
    read_item_code,
    register_region_source,
    registrar,
    resident_id_check_digit,
)

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIVISIONS = st.sampled_from(["110105", "310115", "440304", "512924", "650102"])
BIRTHS = st.dates(date(1900, 1, 1), date(2025, 12, 31))
register_region_source(lambda code: code in ("189901", "189999"))


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    first = f"{draw(DIVISIONS)}{draw(BIRTHS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + resident_id_check_digit(first)


@given(resident_ids())
def test_a_residents_number_is_congruent_to_one_modulo_eleven(number: str) -> None:
    """ISO 7064 MOD 11-2 by its definition: the whole string, each place weighted by a power of two, leaves 1."""
    values = [10 if character == "X" else int(character) for character in number]
    assert sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1
    assert check_identifier("resident-id", number) == number


@given(resident_ids(), st.integers(0, 17), st.sampled_from(string.digits))
def test_any_single_wrong_digit_in_a_residents_number_is_refused(number: str, place: int, digit: str) -> None:
    if number[place] != digit:
        with pytest.raises(InvalidIdentifier):
            check_identifier("resident-id", number[:place] + digit + number[place + 1 :])


@given(resident_ids(), st.integers(0, 16))
def test_two_neighbours_exchanged_in_a_residents_number_are_refused(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(InvalidIdentifier):
            check_identifier("resident-id", swapped)


@given(st.text(CREDIT, min_size=17, max_size=17))
def test_a_credit_codes_weighted_sum_is_a_multiple_of_thirty_one(first: str) -> None:
    whole = first + credit_code_check(first)
    assert (
        sum(CREDIT.index(character) * pow(3, place, 31) for place, character in enumerate(whole[:17])) + CREDIT.index(whole[17])
    ) % 31 == 0


@given(st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=60))
def test_mod_37_36_of_the_whole_string_leaves_one(text: str) -> None:
    alphabet = string.digits + string.ascii_uppercase
    total = 36
    for character in text:
        total = ((total + alphabet.index(character)) % 36 or 36) * 2 % 37
    assert (total + alphabet.index(mod37_36_check(text))) % 36 == 1


@pytest.mark.parametrize("text", ["A12425GABC1234002M"])  # GRid of ISO 7064's best known user
def test_mod_37_36_reproduces_a_published_identifier(text: str) -> None:
    assert mod37_36_check(text[:-1]) == text[-1]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000710925462X", "9144030071526726XG", "914403001922038216"])
def test_published_credit_codes_pass(code: str) -> None:
    assert check_identifier("credit-code", code.lower()) == code


def test_the_organisation_code_check_reproduces_a_published_one() -> None:
    assert organisation_code_check("71526726") == "X"
    assert organisation_code_check("19220382") == "1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("resident-id", "110105194912310021", "校验码"),
        ("resident-id", "110105194902300021", "出生日期"),
        ("resident-id", "11019919491231002X", "行政区划"),
        ("resident-id", "911124198108030024", "永久居留"),
        ("resident-id", "810000199408230021", "港澳台"),
        ("resident-id", "110105491231002", "15 位"),
        ("resident-id", "", "18 位"),
        ("credit-code", "91350100M000100Y44", "校验码"),
        ("credit-code", "91350100M000100I43", "I"),
        ("credit-code", "91170100M000100Y4X", "行政区划"),
        ("prc-permanent-residence", "911124198108030025", "校验码"),
        ("prc-permanent-residence", "11010519491231002X", "9 开头"),
        ("hkmo-tw-residence", "11010519491231002X", "810000"),
        ("hkmo-pass", "C12345678", "内地居民"),
        ("tw-pass", "1234567", "8 位"),
        ("mobile", "12345678901", "11 位"),
        ("passport", "11010519491231002X", "证件类型"),
    ],
)
def test_refuses_with_words_that_help(kind: str, text: str, said: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        check_identifier(kind, text, field="code")
    assert said in refused.value.message and refused.value.fields == {"code": refused.value.message}


@pytest.mark.parametrize(
    ("kind", "text", "normal"),
    [
        ("resident-id", " 110105 19491231 002x ", "11010519491231002X"),
        ("resident-id", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("prc-permanent-residence", "911124198108030024", "911124198108030024"),
        ("prc-permanent-residence", "can110081080310", "CAN110081080310"),
        ("hkmo-tw-residence", "830000199201300022", "830000199201300022"),
        ("hkmo-pass", "h1234567802", "H1234567802"),
        ("tw-pass", "12345678", "12345678"),
        ("mobile", "+86 138-0013-8000", "13800138000"),
        ("passport", "e12345678", "E12345678"),
    ],
)
def test_accepts_each_kind_in_normal_form(kind: str, text: str, normal: str) -> None:
    assert check_identifier(kind, text) == normal


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002x", "resident-id"),
        ("911124198108030024", "prc-permanent-residence"),
        ("can110081080310", "prc-permanent-residence"),
        ("81000019900101 0019", "hkmo-tw-residence"),
        ("H0000 0001", "hkmo-pass"),
        ("M0000000101", "hkmo-pass"),
        ("00000001", "tw-pass"),
        ("E12345678", "passport"),
    ],
)
def test_the_form_of_a_persons_number_tells_its_document(number: str, kind: str) -> None:
    assert kind_of_person_number(number) == kind


def test_a_credit_code_tells_who_registered_it() -> None:
    assert registrar(check_identifier("credit-code", "91350100M000100Y43")) == "市场监管"


def test_a_birth_after_today_is_refused_only_when_the_day_is_known() -> None:
    number = "11010520300101001"
    number += resident_id_check_digit(number)
    assert check_identifier("resident-id", number)
    with pytest.raises(InvalidIdentifier, match="晚于今天"):
        check_identifier("resident-id", number, on=date(2026, 2, 9))


@pytest.mark.django_db
def test_divisions_come_from_sources_and_unknown_ones_are_refused() -> None:
    first = "18999919900101001"
    assert check_identifier("resident-id", first + resident_id_check_digit(first))
    unknown = "17999919900101001"
    with pytest.raises(InvalidIdentifier, match="行政区划"):
        check_identifier("resident-id", unknown + resident_id_check_digit(unknown))
    assert check_identifier("resident-id", unknown + resident_id_check_digit(unknown), also_known=frozenset({"179999"}))


@pytest.mark.django_db
def test_item_codes_have_twelve_thirty_one_or_thirty_three_characters() -> None:
    assert check_implementation_code("000131001000") == "000131001000"
    whole = "91350100M000100Y43" + "4" + "000131001000"
    assert check_implementation_code(whole) == whole
    assert check_implementation_code(whole + "01") == whole + "01"
    for wrong in (
        whole[:-1],
        "91350100M000100Y44" + whole[18:],
        whole[:18] + "8" + whole[19:],
        "000031001000",
        "990131001000",
        whole + "A1",
    ):
        with pytest.raises(InvalidIdentifier):
            check_implementation_code(wrong)


def test_an_item_code_says_organ_level_type_and_number() -> None:
    organ = "91110108551385082Q"
    code = read_item_code((organ + "4" + "000114025001" + "02").lower())
    assert (code.organisation, code.level, code.division, code.act_type) == (organ, "4", "00", "01")
    assert (code.main, code.sub, code.sequence, code.task) == ("14025", "001", "02", organ + "4000114025001")
    basic = read_item_code("000114025001")
    assert (basic.basic, basic.main, basic.organisation, basic.task, basic.sequence) == ("000114025001", "14025", "", "", "")
    with pytest.raises(InvalidIdentifier) as refused:
        read_item_code(organ + "8" + "000114025001")
    assert refused.value.facts["finding"] == "bad_level"


@given(st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=30), st.integers(1, 999), st.integers(0, 30))
def test_a_licence_identifier_survives_its_own_check_and_no_changed_serial(serial: str, version: int, place: int) -> None:
    made = licence_identifier(type_code="91350100M000100Y43001", issuer="91350100M000100Y43", serial=serial, version=version)
    assert check_licence_identifier(made.lower()) == made
    place %= len(serial)
    other = serial[:place] + ("A" if serial[place] != "A" else "B") + serial[place + 1 :]
    with pytest.raises(InvalidIdentifier):
        check_licence_identifier(made.replace(f".{serial}.{version:03d}.", f".{other}.{version:03d}."))


def test_person_facts_and_masks() -> None:
    facts = person_facts("11010519491231002X")
    assert (facts.division, facts.birth, facts.sex) == ("110105", date(1949, 12, 31), "女")
    assert mask("resident-id", "11010519491231002X") == "110105********002X"
    assert mask("mobile", "13800138000") == "138****8000"
    assert mask("name", "陈静怡") == "陈**"
    assert mask("passport", "E12345678") == "E******78"
    assert mask("hkmo-pass", "H12345678") == "H******78"
    assert mask("passport", "") == "" and mask("passport", "A1") == "A*"
