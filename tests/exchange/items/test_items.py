"""Items are published once and for all; what is wrong with an item file is found before anything is written."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from santai.exchange.bus.models import Message
from santai.exchange.contracts.service import ItemDefinition, decode
from santai.exchange.items import service
from santai.exchange.items.models import ItemVersion
from santai.kernel.codes.service import check_implementation_code, credit_code_check
from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.packs.service import Pack, PackFile

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
        "faq": [{"title": "问", "text": "答"}], "results": {"kind": "document", "name": "许可决定书"},
    }  # fmt: skip


def file_of(path: str, data: Any, text: str = "", kind: Any = "yaml") -> PackFile:
    return PackFile(path=path, text=text, data=data, kind=kind, source=Path(path))


def problems(*items: dict[str, Any]) -> dict[str, str]:
    files = [file_of("items.yaml", {"items": list(items)})]
    pack = Pack(
        name="p", title="p", version="1", path=Path("p"), digest="",
        parts={
            "items": files, "forms": [file_of("f.yaml", FORM)], "clock_rules": [file_of("c.yaml", {"rules": RULES})],
            "processes": [file_of("p.bpmn", None, '<bpmn:process id="p-single" isExecutable="true">', "xml")],
            "organisations": [file_of("o.csv", [{"code": "aic"}, {"code": "epb"}], kind="csv")],
        },
    )  # fmt: skip
    return {problem.place: problem.text for problem in service.check_items(pack, files)}


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
        "visits", "complaint_phone", "fee", "flow_steps", "faq", "legal_basis", "remedy",
    }  # fmt: skip


@pytest.mark.django_db
def test_branches_know_each_other_and_do_not_wait_in_a_circle(data: dict[str, Any]) -> None:
    def branch(code: str, after: list[str], **more: Any) -> dict[str, Any]:
        return {
            "code": code, "name": code, "organisation": "aic", "item_name": code, "nature": "filing", "process": "p-single", "clocks": {},
            "finishes_after": after, "mapping": {"n": "company_name"},
        } | more  # fmt: skip

    data |= {"code": "YJS-1", "shape": "joint", "lead_branch": "zz", "nature": "filing", "process": ""}
    data["branches"] = [branch("gs", ["sw"]), branch("sw", ["gs"]), branch("hb", ["xx"], mapping={"n": "nix"}, joined_when={"nonsense": 1})]
    assert {place.removeprefix("items[0].") for place in problems(data)} == {
        "lead_branch", "branches[0].finishes_after[0]", "branches[1].finishes_after[0]", "branches[2].finishes_after[0]",
        "branches[2].mapping.n", "branches[2].joined_when",
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
