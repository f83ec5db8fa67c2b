"""Items are published once and for all; what is wrong with an item file is found before anything is written."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from santai.exchange.bus.models import Message
from santai.exchange.contracts.service import ItemDefinition, decode, fees_due, joined_branches, needed_materials
from santai.exchange.items import service
from santai.exchange.items.models import ItemVersion
from santai.kernel.codes.service import check_implementation_code, credit_code_check
from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.packs.service import Pack, PackFile
from tests.support import dmn

AT = datetime(2026, 2, 9, tzinfo=UTC)
ACTOR = system_actor("test")

FORM = {
    "key": "license-form",
    "version": 1,
    "title": "许可申请表",
    "schema": {
        "type": "object",
        "properties": {
            "company_name": {"type": "string", "title": "名称"},
            "people": {
                "type": "array",
                "title": "人员",
                "items": {"type": "object", "properties": {"name": {"type": "string", "title": "姓名"}}},
            },
        },
    },
    "layout": {"sections": [{"id": "a", "title": "基本", "fields": ["company_name", {"group": "people", "fields": ["name"]}]}]},
}
RULES = [
    {"code": "t-promised", "title": "承诺", "kind": "promised", "unit": "working_day", "length": 10, "law": "法", "trigger": "acceptance"},
    {
        "code": "t-statutory",
        "title": "法定",
        "kind": "statutory",
        "unit": "working_day",
        "length": 20,
        "law": "法",
        "trigger": "acceptance",
    },
    {"code": "t-short", "title": "法定", "kind": "statutory", "unit": "calendar_day", "length": 11, "law": "法", "trigger": "acceptance"},
]


def implementation_code(basic: str) -> str:
    body = "11310115002421" + "123"
    return body + credit_code_check(body) + "3" + basic


@pytest.fixture
def data() -> dict[str, Any]:
    basic = "310100100000"
    code = implementation_code(basic)
    check_implementation_code(code)
    return {
        "code": code, "basic_code": basic, "version": 1, "name": "测试许可", "organisation": "aic", "organisation_name": "测试局",
        "form": "license-form", "process": "p-single", "clocks": {"promised": "t-promised", "statutory": "t-statutory"},
        "legal_basis": ["《测试法》第一条"], "remedy": "可以申请行政复议。", "flow_steps": ["申报", "收件", "受理", "审查", "决定"],
        "faq": [{"title": "问", "text": "答"}], "results": {"kind": "document", "name": "许可决定书", "sample": {"文号": "〔2026〕1号"}},
    }  # fmt: skip


def file_of(path: str, data: Any, text: str = "", kind: Any = "yaml") -> PackFile:
    return PackFile(path=path, text=text, data=data, kind=kind, source=Path(path))


def problems(*items: dict[str, Any], decisions: dict[str, str] | None = None, form: dict[str, Any] | None = None) -> dict[str, str]:
    """Place → text; what stands in a decision file has its file before the place."""
    files = [file_of("items.yaml", {"items": list(items)})]
    pack = Pack(
        name="p", title="p", version="1", path=Path("p"), digest="",
        parts={
            "items": files, "forms": [file_of("f.yaml", form or FORM)], "clock_rules": [file_of("c.yaml", {"rules": RULES})],
            "processes": [file_of("p.bpmn", None, '<bpmn:process id="p-single" isExecutable="true">', "xml")],
            "organisations": [file_of("o.csv", [{"code": "aic"}, {"code": "epb"}], kind="csv")],
            "decisions": [file_of(path, None, text, "xml") for path, text in (decisions or {}).items()],
        },
    )  # fmt: skip
    found = service.check_items(pack, files)
    return {one.place if one.file == "items.yaml" else f"{one.file} {one.place}": one.text for one in found}


@pytest.mark.django_db
def test_a_sound_item_has_no_problems(data: dict[str, Any]) -> None:
    assert problems(data) == {}


@pytest.mark.django_db
def test_unknown_keys_and_wrong_kinds_are_named_with_their_place(data: dict[str, Any]) -> None:
    second = deepcopy(data) | {
        "colour": "red",
        "version": "1",
        "clocks": {"promissed": "x"},
        "materials": [{"code": "m"}],
        "nature": "gift",
    }
    assert set(problems(data, second)) == {
        "items[1].colour", "items[1].version", "items[1].clocks.promissed", "items[1].materials[0].name", "items[1].materials[0].source",
        "items[1].nature",
    }  # fmt: skip


@pytest.mark.django_db
def test_dangling_references_are_named_with_their_place(data: dict[str, Any]) -> None:
    data |= {"form": "nowhere", "process": "none", "organisation": "nobody", "clocks": {"promised": "no-rule", "statutory": "t-statutory"}}
    data["special_procedures"] = ["holiday"]
    assert set(problems(data)) == {
        "items[0].form", "items[0].process", "items[0].organisation", "items[0].clocks.promised", "items[0].special_procedures[0]",
    }  # fmt: skip


@pytest.mark.django_db
def test_paths_must_exist_in_the_form(data: dict[str, Any]) -> None:
    data["results"] = {
        "kind": "licence",
        "licence_type": "t",
        "name": "证",
        "fields": {"名称": "company_name", "姓名": "people.*.name", "无": "nix"},
    }
    data["signers"] = ["people", "ghosts"]
    assert set(problems(data)) == {"items[0].results.fields.无", "items[0].signers[1]"}


@pytest.mark.django_db
def test_a_material_that_does_not_say_what_it_is_is_refused(data: dict[str, Any]) -> None:
    names = ("其他材料", "其他有关证明材料", "（其他相关文件）", "其他股东的身份证明", "相关部门的批准文件", "申请材料清单")
    data["materials"] = [{"code": f"m{number}", "name": name, "source": "upload"} for number, name in enumerate(names)]
    assert set(problems(data)) == {"items[0].materials[0].name", "items[0].materials[1].name", "items[0].materials[2].name"}


@pytest.mark.django_db
def test_a_promise_longer_than_the_law_on_the_real_calendar_is_refused(data: dict[str, Any]) -> None:
    data["clocks"] = {"promised": "t-promised", "statutory": "t-short"}
    assert "晚" in problems(data)["items[0].clocks.promised"]


@pytest.mark.django_db
def test_codes_must_parse_and_hold_their_check_digit(data: dict[str, Any]) -> None:
    wrong = data["code"]
    data["code"] = wrong[:17] + ("0" if wrong[17] != "0" else "1") + wrong[18:]
    assert "items[0].code" in problems(data)
    data["code"], data["act_type"] = wrong, "07"
    assert "items[0].act_type" in problems(data)


@pytest.mark.django_db
def test_the_catalogue_lint_finds_what_contradicts_itself(data: dict[str, Any]) -> None:
    data |= {"visits": 1, "phone": "1", "complaint_phone": "1", "fee": "收费", "flow_steps": [], "faq": [], "legal_basis": [], "remedy": ""}
    assert {place.removeprefix("items[0].") for place in problems(data)} == {
        "visits", "visit_reason", "complaint_phone", "fee", "fees", "flow_steps", "faq", "legal_basis", "remedy",
    }  # fmt: skip


@pytest.mark.django_db
def test_branches_know_each_other_and_do_not_wait_in_a_circle(data: dict[str, Any]) -> None:
    def branch(code: str, after: list[str], **more: Any) -> dict[str, Any]:
        return {
            "code": code, "name": code, "organisation": "aic", "item_name": code, "nature": "filing", "process": "p-single", "clocks": {},
            "finishes_after": after, "mapping": {"n": "company_name"},
        } | more  # fmt: skip

    data |= {"code": "YJS-1", "shape": "joint", "lead_branch": "zz", "nature": "filing", "process": ""}
    data["branches"] = [branch("gs", ["sw"]), branch("sw", ["gs"]), branch("hb", ["xx"], mapping={"n": "nix"})]
    assert {place.removeprefix("items[0].") for place in problems(data)} == {
        "lead_branch", "branches[0].finishes_after[0]", "branches[1].finishes_after[0]", "branches[2].finishes_after[0]",
        "branches[2].mapping.n",
    }  # fmt: skip


@pytest.mark.django_db
def test_publishing_tells_the_desks_once_and_a_new_version_replaces_the_old(data: dict[str, Any], settings: Any) -> None:
    item = decode(ItemDefinition, data)
    assert service.publish_item(definition=item, actor=ACTOR, at=AT)
    assert not service.publish_item(definition=item, actor=ACTOR, at=AT)
    assert list(Message.objects.values_list("name", "order_key")) == [("exchange.items.item_version_published", f"item:{item.code}")]
    with pytest.raises(service.VersionIsFixed):
        service.publish_item(definition=decode(ItemDefinition, data | {"name": "改名"}), actor=ACTOR, at=AT)
    service.publish_item(definition=decode(ItemDefinition, data | {"name": "改名", "version": 2}), actor=ACTOR, at=AT)
    assert [(row.version, row.state) for row in service.versions_of(item.code)] == [(2, "published"), (1, "withdrawn")]
    assert {change[0] for change in service.compare(item.code, 1, 2)} == {"version", "name"}
    with pytest.raises(service.VersionIsFixed):
        service.publish_item(definition=decode(ItemDefinition, data | {"name": "旧"}), actor=ACTOR, at=AT)
    assert "版本号" in problems(data | {"name": "旧"})["items[0].version"]


@pytest.mark.django_db
def test_a_published_definition_cannot_be_changed_even_in_the_database(data: dict[str, Any]) -> None:
    service.publish_item(definition=decode(ItemDefinition, data), actor=ACTOR, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.update(definition={})
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.all().delete()


@pytest.mark.django_db
def test_withdrawing_needs_a_reason_and_is_told(data: dict[str, Any]) -> None:
    item = decode(ItemDefinition, data)
    service.publish_item(definition=item, actor=ACTOR, at=AT)
    with pytest.raises(service.ReasonMissing):
        service.withdraw_item(code=item.code, reason="", actor=ACTOR, at=AT)
    service.withdraw_item(code=item.code, reason="法规修订", actor=ACTOR, at=AT)
    assert Message.objects.filter(name="exchange.items.item_withdrawn").count() == 1
    assert entries_on(f"item:{item.code}").count() == 2
    with pytest.raises(service.NotInForce):
        service.withdraw_item(code=item.code, reason="再次", actor=ACTOR, at=AT)


# -- decision tables ---------------------------------------------------------------------------------------------------------------

ASKING = deepcopy(FORM)
ASKING["schema"]["properties"] |= {
    "use": {"type": "string", "title": "用途"},
    "area": {"type": "number", "title": "面积", "minimum": 0},
    "foreign": {"type": "boolean", "title": "外资"},
}
ASKING["codelists"] = {"use": {"home": "住宅", "other": "非住宅"}}
ASKING["layout"]["sections"][0]["fields"] += [{"field": "use", "codelist": "use"}, "area", "foreign"]


def decided(data: dict[str, Any]) -> dict[str, Any]:
    """A joint item with two branches, three materials and two charges."""
    branch = {"organisation": "aic", "nature": "filing", "process": "p-single", "clocks": {}, "mapping": {"n": "company_name"}}
    fee = {"unit": "件", "basis": "《收费办法》"}
    return data | {
        "code": "YJS-1", "shape": "joint", "nature": "filing", "process": "",
        "branches": [branch | {"code": code, "name": code, "item_name": code} for code in ("gs", "wz")],
        "materials": [{"code": code, "name": code, "source": "upload"} for code in ("articles", "lease", "standing")],
        "fee": "登记费：住宅每件 80 元，非住宅每件 550 元。依据《收费办法》",
        "fees": [fee | {"code": "home", "name": "住宅", "amount": "80"}, fee | {"code": "other", "name": "非住宅", "amount": "550"}],
        "questions": [{"id": "rented", "text": "租的吗？", "options": [{"value": True, "label": "是"}, {"value": False, "label": "否"}]}],
        "decisions": {"routing": "r", "materials": "m", "fees": "f"},
    }  # fmt: skip


def tables(**changed: str) -> dict[str, str]:
    texts = {
        "r": dmn.table("r", ["foreign"], "branch", [(["-"], '"gs"'), (["true"], '"wz"')]),
        "m": dmn.table("m", ["rented", "foreign"], "material",
                       [(["-", "-"], '"articles"'), (["true", "-"], '"lease"'), (["-", "true"], '"standing"')]),
        "f": dmn.table("f", ["use"], "fee", [(['"home"'], '"home"'), (['"other"'], '"other"')], policy="UNIQUE"),
    }  # fmt: skip
    return {f"{key}.dmn": changed.get(key, text) for key, text in texts.items()}


@pytest.mark.django_db
def test_sound_decision_tables_become_part_of_the_version_and_decide(data: dict[str, Any]) -> None:
    data = decided(data)
    assert problems(data, decisions=tables(), form=ASKING) == {}
    item = decode(ItemDefinition, data | {"tables": {key.removesuffix(".dmn"): text for key, text in tables().items()}})
    assert [one.code for one in joined_branches(item, {"foreign": True})] == ["gs", "wz"]
    assert [one.code for one in joined_branches(item, {})] == ["gs"]
    assert [one.code for one in needed_materials(item, {"situation": {"rented": "true"}})] == ["articles", "lease"]
    assert [one.amount for one in fees_due(item, {"use": "other"})] == ["550"] and fees_due(item, {}) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"r": dmn.table("r", ["nix"], "branch", [(["-"], '"gs"'), (["true"], '"wz"')])}, "r.dmn i1", "没有“nix”"),
        ({"r": dmn.table("r", ["situation.nix"], "branch", [(["-"], '"gs"'), (["true"], '"wz"')])}, "r.dmn i1", "没有“situation.nix”"),
        ({"r": dmn.table("r", ["people.name"], "branch", [(["-"], '"gs"'), (['"x"'], '"wz"')])}, "r.dmn i1", "有多个值"),
        ({"r": dmn.table("r", ["foreign"], "branch", [(["-"], '["gs","zz"]'), (["true"], '"wz"')])}, "r.dmn r1", "“zz”不存在"),
        ({"r": dmn.table("r", ["foreign"], "branch", [(["-"], '"gs"')])}, "r.dmn r", "没有一行给出部门分支“wz”"),
        ({"r": dmn.table("r", ["foreign"], "branch", [(["false"], '"gs"'), (["true"], '"wz"')])}, "r.dmn r", "未填"),
        ({"r": dmn.table("r", ["foreign"], "way", [(["-"], '"gs"'), (["true"], '"wz"')])}, "r.dmn r", 'name="branch"'),
        ({"m": dmn.table("m", ["use"], "material", [(["-"], '["articles","lease"]'), (['"barn"'], '"standing"')])}, "m.dmn r2", "“barn”"),
        ({"m": dmn.table("m", ["foreign"], "material", [(["-"], '["articles","lease"]'), (['"true"'], '"standing"')])}, "m.dmn r2", "true"),
        ({"f": dmn.table("f", ["use"], "fee", [(['"home"'], '"home"')], policy="UNIQUE")}, "f.dmn f", "“use”为非住宅时没有一行命中"),
        ({"f": dmn.table("f", ["area"], "fee", [(["[0..90]"], '"home"'), (["> 144"], '"other"')], policy="UNIQUE")}, "f.dmn f", "有空档"),
        ({"f": dmn.table("f", ["use"], "fee", [(['"home"'], '"house"'), (['"other"'], '"other"')], policy="UNIQUE")}, "f.dmn r1", "house"),
    ],
)  # fmt: skip
def test_a_table_that_asks_or_gives_what_the_item_has_not_or_leaves_a_gap_is_named_with_its_row(
    data: dict[str, Any], changed: dict[str, str], place: str, said: str
) -> None:
    found = problems(decided(data), decisions=tables(**changed), form=ASKING)
    assert said in found[place], found


@pytest.mark.django_db
def test_charges_have_an_amount_a_basis_and_their_place_in_the_guides_sentence(data: dict[str, Any]) -> None:
    data = decided(data)
    data["fees"] = [
        {"code": "home", "name": "住宅", "amount": "八十", "basis": "x"},
        {"code": "home", "name": "住宅", "amount": "81", "basis": ""},
    ]
    data["decisions"] = {"routing": "r", "materials": "m", "fees": "nowhere"}
    data["tables"] = {}
    assert set(problems(data, decisions=tables(), form=ASKING)) == {"items[0].tables"}  # the shape first
    del data["tables"]
    assert set(problems(data, decisions=tables(), form=ASKING)) == {
        "items[0].fees[0].amount", "items[0].fees[1].amount", "items[0].fees[1].basis", "items[0].fees[1].code", "items[0].decisions.fees",
    }  # fmt: skip
    data["fee"], data["decisions"] = "不收费", {"routing": "r", "materials": "m"}
    assert {"items[0].fee", "items[0].decisions.fees"} <= set(problems(data, decisions=tables(), form=ASKING))


@pytest.mark.django_db
def test_a_changed_table_needs_a_new_version_of_the_item(data: dict[str, Any]) -> None:
    data = decided(data)
    texts = {key.removesuffix(".dmn"): text for key, text in tables().items()}
    service.publish_item(definition=decode(ItemDefinition, data | {"tables": texts}), actor=ACTOR, at=AT)
    assert problems(data, decisions=tables(), form=ASKING) == {}
    other = tables(r=dmn.table("r", ["foreign"], "branch", [(["-"], '["gs","wz"]')]))
    assert "请提高版本号" in problems(data, decisions=other, form=ASKING)["items[0].version"]
    assert problems(data | {"version": 2}, decisions=other, form=ASKING) == {}
