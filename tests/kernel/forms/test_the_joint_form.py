"""The one form of 企业设立: the demonstration firm is complete, and each rule speaks at its field."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from santai.kernel.forms.service import (
    Form,
    canonical,
    check,
    check_definition,
    diff,
    digest,
    read_section,
    sections,
    text_of,
    value_at,
)
from tests.kernel.forms.conftest import ROOT, TODAY

pytestmark = pytest.mark.django_db
ALL_FORMS = sorted((ROOT / "packs").glob("*/forms/*.yaml"))


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    here: Any = data
    *steps, last = path.split(".")
    for step in steps:
        here = here[int(step)] if step.isdigit() else here[step]
    here[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize("path", ALL_FORMS, ids=lambda path: path.stem)
def test_every_form_of_the_packs_is_sound(path: Path) -> None:
    assert check_definition(yaml.safe_load(path.read_text())) == []


@pytest.mark.parametrize("path", ALL_FORMS, ids=lambda path: path.stem)
def test_every_field_names_its_source_and_its_english_label(path: Path) -> None:
    from santai.kernel.forms.service import compile_form

    form = compile_form(yaml.safe_load(path.read_text()))
    assert [field.path for field in form.fields.values() if not field.source or not field.label.en] == []
    assert [section.id for section in form.sections if not section.title.en] == []
    assert [rule.field for rule in form.rules if not rule.message.en] == []


@pytest.mark.requirement("FD-094", part="one form holds every shared and department field")
def test_the_form_holds_every_field_of_the_seven_departments(enterprise: Form) -> None:
    sources = " ".join(field.source for field in enterprise.fields.values())
    wanted = [f"S{n:02d}" for n in range(1, 25)]
    for letter, last in {"G": 11, "T": 11, "C": 11, "Z": 11, "J": 12, "W": 12, "H": 14}.items():
        wanted += [f"{letter}{n}" for n in range(1, last + 1)]
    assert [one for one in wanted if not re.search(rf"\b{one}\b", sources)] == []


def test_the_demonstration_firm_is_complete(enterprise: Form, firm: dict[str, Any]) -> None:
    checked = check(enterprise, firm, today=TODAY)
    assert checked.errors == {}
    assert {state.state for state in sections(enterprise, firm, today=TODAY)} == {"已完成"}
    assert checked.data["shareholders"][0]["share"] == 50
    assert checked.data["cz"]["state_share"] == 10
    assert checked.data["gs"]["authority"] == "滨江新区市场监督管理局"


def test_departments_that_do_not_join_ask_nothing(enterprise: Form, firm: dict[str, Any]) -> None:
    firm["has_foreign"] = firm["has_state_capital"] = firm["has_building_project"] = False
    firm["shareholders"] = [firm["shareholders"][0] | {"amount": 2000}]
    checked = check(enterprise, firm, today=TODAY)
    assert checked.errors == {}
    assert not {"cz", "wz", "hb"} & set(checked.data)
    assert [state.id for state in sections(enterprise, firm, today=TODAY)][-4:] == ["sw", "zj", "tj", "delivery"]


@pytest.mark.parametrize(
    ("path", "value", "at", "words"),
    [
        ("registered_capital", 2500, "registered_capital", "认缴出资额之和"),
        ("shareholders.0.due_on", "2031-02-10", "shareholders.0.due_on", "不能超过五年"),
        ("shareholders.1.due_on", "2026-02-08", "shareholders.1.due_on", "不能早于今天"),
        ("shareholders.2.signer_name", None, "shareholders.2.signer_name", "请填写“签名代表姓名”"),
        ("legal_representative.id_number", "189903199009010906", "legal_representative.position", "董事或者经理"),
        ("legal_representative.id_number", "189901198801010823", "legal_representative.id_number", ""),
        ("domicile.lease_to", "2026-02-08", "domicile.lease_to", "租期已经结束"),
        ("domicile.area", 0, "domicile.area", "大于 0"),
        ("opens_on", "2026-02-08", "opens_on", "不能早于申请当天"),
        ("employees_female", 47, "employees_female", "不能多于"),
        ("has_foreign", False, "has_foreign", "股东名单不一致"),
        ("industry_code", "348", "industry_code", "四位数字"),
        ("cz.fund_holder", "别家公司", "cz.fund_holder", "与企业名称一致"),
        ("sw.accounts.0.holder", "别家公司", "sw.accounts.0.holder", "与企业名称不符"),
        ("gs.owner_exempt", True, "gs.owner_exempt", "不符合免报条件"),
        ("hb.project_code", "123", "hb.project_code", "24 位"),
        ("hb.hazard_codes", "", "hb.hazard_codes", "危险废物代码"),
        ("pledge", False, "pledge", "勾选承诺"),
        ("shareholders", [], "shareholders", "至少填写 1 项"),
        ("company_name", "澄源", "company_name", "组织形式"),
    ],
)
def test_a_rule_speaks_at_its_field(enterprise: Form, firm: dict[str, Any], path: str, value: Any, at: str, words: str) -> None:
    errors = check(enterprise, put(firm, path, value), today=TODAY).errors
    assert words in errors[at]


def test_messages_are_available_in_english(enterprise: Form, firm: dict[str, Any]) -> None:
    from django.utils.translation import override

    firm["registered_capital"] = 2500
    firm["company_type"] = ""
    with override("en"):
        errors = check(enterprise, firm, today=TODAY).errors
        assert errors["registered_capital"] == "Registered capital must equal the sum of the contributions."
        assert errors["company_type"] == "Choose “Type of company”."


def test_a_locked_value_is_neither_read_nor_accepted(enterprise: Form, firm: dict[str, Any]) -> None:
    locked = {path: value_at(firm, path) for path in ("founder.name", "founder.id_number")}
    posted = {"founder.name": "冒名", "founder.id_number": "1", "founder.mobile": "13800000000"}
    data = read_section(enterprise, "shareholders", posted, firm, locked=locked, today=TODAY)
    assert data["founder"]["name"] == "陈静怡"
    assert data["founder"]["mobile"] == "13800000000"
    data["founder"]["name"] = "冒名"
    assert "不能修改" in check(enterprise, data, today=TODAY, locked=locked).errors["founder.name"]


def test_a_computed_value_cannot_be_posted(enterprise: Form, firm: dict[str, Any]) -> None:
    posted = {"_rows.shareholders": "3", "shareholders.0.share": "99", "shareholders.0.amount": "1000"}
    data = read_section(enterprise, "shareholders", posted, firm, today=TODAY)
    assert data["shareholders"][0]["share"] == 50


def test_what_the_office_fills_is_not_asked_of_the_applicant(enterprise: Form, firm: dict[str, Any]) -> None:
    assert "credit_code" not in read_section(enterprise, "name", {"credit_code": "91189901MA8100037P"}, firm, today=TODAY)
    assert check(enterprise, firm | {"credit_code": "X"}, today=TODAY).errors == {}
    assert "credit_code" in check(enterprise, firm | {"credit_code": "X"}, today=TODAY, role="gs").errors


def test_the_same_application_makes_the_same_bytes(enterprise: Form, firm: dict[str, Any]) -> None:
    checked = check(enterprise, firm, today=TODAY).data
    shuffled = dict(reversed(list(copy.deepcopy(checked).items()))) | {"registered_capital": 2000.0, "nothing": None}
    assert canonical(enterprise, checked) == canonical(enterprise, shuffled)
    assert digest(enterprise, checked) != digest(enterprise, put(copy.deepcopy(checked), "employees", 47))


def test_changes_are_worded_for_people(enterprise: Form, firm: dict[str, Any]) -> None:
    new = put(put(copy.deepcopy(firm), "shareholders.1.due_on", "2028-06-30"), "domicile.tenure", "own")
    found = {change.path: (change.label, change.old, change.new) for change in diff(enterprise, firm, new)}
    assert found["shareholders.1.due_on"][0] == "股东 2 · 出资期限"
    assert found["shareholders.1.due_on"][2] == "2028年6月30日"
    assert found["domicile.tenure"][1:] == ("租赁", "自有")


def test_the_text_names_every_answer(enterprise: Form, firm: dict[str, Any]) -> None:
    text = text_of(enterprise, firm, today=TODAY)
    assert "企业名称：东江澄源精密部件有限公司" in text
    assert "出资比例：50%" in text
    assert "〔股东 2〕" in text


def test_a_department_sees_its_part(enterprise: Form, firm: dict[str, Any]) -> None:
    text = text_of(enterprise, firm, role="zj", today=TODAY)
    assert "执行标准号：GB/T 1804-2000" in text
    assert "最终实际控制人" not in text
    assert "国有出资额" not in text
