"""An item goes from the drafter over the legal reviewer to the publisher, and nobody does two of the steps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from santai.exchange.contracts.service import encode
from santai.exchange.items import service
from santai.exchange.items.errors import CodeTaken, DraftExists, NotAtThisStep, NotInCatalogue, SomebodySaved, WrongLevel
from santai.exchange.items.models import ItemVersion
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import get_rule
from santai.kernel.flow.service import SameOfficer
from santai.kernel.ledger.service import Actor, entries_on
from tests.exchange.items.conftest import AT
from tests.exchange.items.sheets import changes

Official = Callable[[str], Actor]


@pytest.fixture
def drafted(library: None, official: Official) -> service.ItemDraft:
    """A complete draft of the labour office."""
    actor = official("hrss-items")
    draft = service.draft_item(organisation="hrss", name="就业见习补贴申领", act_type="20", actor=actor, at=AT)
    return service.save_draft(draft_id=draft.pk, changes=changes(), revision=draft.revision, actor=actor, at=AT)


def move(draft: service.ItemDraft, step: str, outcome: str, actor: Actor, text: str = "") -> service.ItemDraft:
    return service.move_draft(draft_id=draft.pk, step=step, outcome=outcome, text=text, actor=actor, at=AT)


@pytest.mark.requirement("FD-039", part="drafted, legally reviewed, published, withdrawn")
def test_three_people_bring_an_item_on_the_list_and_take_it_off_again(drafted: service.ItemDraft, official: Official) -> None:
    assert [one for one in service.draft_findings(drafted, on=AT.date()) if one.blocks] == []
    with pytest.raises(NotAllowed):
        move(drafted, "draft", "submitted", official("civil-items"))
    move(drafted, "draft", "submitted", official("hrss-items"))
    with pytest.raises(NotAtThisStep):
        service.save_draft(draft_id=drafted.pk, changes=changes(), revision=3, actor=official("hrss-items"), at=AT)
    with pytest.raises(NotAllowed):
        move(drafted, "legal_review", "passed", official("hrss-items"))
    with pytest.raises(service.ReasonMissing):
        move(drafted, "legal_review", "returned", official("hrss-legal"))
    assert move(drafted, "legal_review", "returned", official("hrss-legal"), "依据请写到款").returned_why == "依据请写到款"
    move(drafted, "draft", "submitted", official("hrss-items"))
    move(drafted, "legal_review", "passed", official("hrss-legal"))
    done = move(drafted, "publish", "published", official("item-publisher"))
    row = ItemVersion.objects.get(code=done.code, state="published")
    item = service.definition_of(row)
    assert (row.version, row.organisation, item.name, item.holder_kinds) == (1, "hrss", "就业见习补贴申领", ("person",))
    assert (item.promised_text, item.topics) == ("7 个工作日", ("就业创业",))
    assert (get_rule(item.clocks.promised).length, get_rule(item.clocks.statutory).law) == (7, "《就业促进法》第四十九条")
    assert [one.label for one in done.opinions.all()] == ["送法制审核", "退回修改", "送法制审核", "审核通过", "发布"]
    assert "exchange.items.publish_published" in [entry.act for entry in entries_on(done.subject)]

    ends = service.change_item(code=done.code, reason="政策到期", withdraw=True, actor=official("hrss-items"), at=AT)
    move(ends, "draft", "submitted", official("hrss-items"))
    move(ends, "legal_review", "passed", official("hrss-legal"))
    move(ends, "publish", "published", official("item-publisher"))
    assert ItemVersion.objects.get(code=done.code).state == "withdrawn"


def test_who_drafted_neither_reviews_nor_publishes(drafted: service.ItemDraft, official: Official) -> None:
    move(drafted, "draft", "submitted", official("hrss-items"))
    both = replace(official("hrss-legal"), account=official("hrss-items").account)
    with pytest.raises((SameOfficer, NotAllowed)):
        move(drafted, "legal_review", "passed", both)


def test_what_is_wrong_stops_it_at_every_step_and_is_said_beside_its_field(drafted: service.ItemDraft, official: Official) -> None:
    wrong = {"promised_length": 25, "visits": 1, "pay_online": True, "complaint_phone": "0189-62316657", "corporate_topics": ["准营准办"]}
    draft = service.save_draft(
        draft_id=drafted.pk, changes=changes(**wrong), revision=drafted.revision, actor=official("hrss-items"), at=AT
    )
    with pytest.raises(service.LintFindings) as refused:
        move(draft, "draft", "submitted", official("hrss-items"))
    assert {"promised_length", "visit_reason", "online_depth", "pay_online", "complaint_phone", "corporate_topics"} <= set(
        refused.value.fields
    )
    assert service.access_draft(draft.pk, official("hrss-items")).step == "draft"


@pytest.mark.requirement("FD-039", part="a district claims its powers from the basic catalogue")
def test_a_district_claims_powers_and_writes_only_services(library: None, official: Official) -> None:
    actor = official("hrss-items")
    with pytest.raises(service.MustClaim):
        service.draft_item(organisation="hrss", name="自拟许可", act_type="01", actor=actor, at=AT)
    with pytest.raises(NotInCatalogue):
        service.claim_item(organisation="hrss", basic_code="000199999000", actor=actor, at=AT)
    with pytest.raises(CodeTaken):  # on the list already
        service.claim_item(organisation="hrss", basic_code="000114021000", actor=actor, at=AT)
    draft = service.claim_item(organisation="hrss", basic_code="000114023000", actor=actor, at=AT)
    assert (draft.name, draft.code, len(draft.sheet["bases"])) == ("人力资源服务许可", "11189901MB6208777X4000114023000", 2)
    with pytest.raises(service.UniformField) as refused:
        service.save_draft(draft_id=draft.pk, changes={"main": {"name": "另起的名称"}}, revision=1, actor=actor, at=AT)
    assert set(refused.value.fields) == {"name"}
    with pytest.raises(service.UniformField):
        service.save_draft(draft_id=draft.pk, changes={"bases": []}, revision=1, actor=actor, at=AT)
    part = {"code": f"{draft.code}01", "item_name": "人力资源服务许可", "name": "人力资源服务许可（新办）", "business": "new"}
    saved = service.save_draft(draft_id=draft.pk, changes={"main": part}, revision=1, actor=actor, at=AT)
    assert saved.code.endswith("01")


def test_a_level_the_catalogue_does_not_name_cannot_claim(library: None, official: Official) -> None:
    from santai.exchange.items.models import BasicItem

    BasicItem.objects.filter(code="000114023000").update(levels=["2"])
    with pytest.raises(WrongLevel):
        service.claim_item(organisation="hrss", basic_code="000114023000", actor=official("hrss-items"), at=AT)


def test_a_change_keeps_what_the_sheet_has_no_column_for_and_is_shown_as_differences(library: None, official: Official) -> None:
    actor = official("hrss-items")
    before = ItemVersion.objects.get(organisation="hrss", state="published")
    draft = service.change_item(code=before.code, actor=actor, at=AT)
    with pytest.raises(DraftExists):
        service.change_item(code=before.code, actor=actor, at=AT)
    assert service.changes_in_words(draft) == []
    main = {"promised_length": 5, "keywords": ["派遣"]}
    draft = service.save_draft(draft_id=draft.pk, changes={"main": main}, revision=1, actor=actor, at=AT)
    assert [(one["label"], one["after"]) for one in service.changes_in_words(draft)] == [("搜索用词", "派遣"), ("承诺办结时限", "5")]
    assert [one.text for one in service.draft_findings(draft, on=AT.date()) if one.blocks] == []
    for step, outcome, who in (
        ("draft", "submitted", "hrss-items"),
        ("legal_review", "passed", "hrss-legal"),
        ("publish", "published", "item-publisher"),
    ):
        move(draft, step, outcome, official(who))
    after = ItemVersion.objects.get(code=before.code, state="published")
    old, new = encode(service.definition_of(before)), encode(service.definition_of(after))
    for key in ("tables", "decisions", "results", "remedy", "materials", "signers"):
        assert new.get(key) == old.get(key), key
    assert new["clocks"]["statutory"] == old["clocks"]["statutory"]  # the same limit keeps its rule, with its law and its extension
    assert {one["label"] for one in service.compare_in_words(before.code, before.version, after.version)} == {"搜索用词", "承诺办结时限"}


def test_a_second_hand_does_not_overwrite_the_first(drafted: service.ItemDraft, official: Official) -> None:
    with pytest.raises(SomebodySaved):
        service.save_draft(draft_id=drafted.pk, changes=changes(), revision=1, actor=official("hrss-items"), at=AT)


def test_a_version_for_later_waits_for_its_day_and_an_item_ends_on_its_day(library: None, official: Official) -> None:
    row = ItemVersion.objects.get(organisation="hrss", state="published")
    item = service.definition_of(row)
    later = replace(item, version=item.version + 1, effective_on="2026-03-09", tables={})
    service.publish_item(definition=later, actor=official("item-publisher"), at=AT)
    assert service.keep_dates(actor=official("item-publisher"), at=AT + timedelta(days=5)) == 0
    assert ItemVersion.objects.get(code=row.code, state="published").version == item.version
    assert service.keep_dates(actor=official("item-publisher"), at=AT + timedelta(days=6)) == 1
    assert ItemVersion.objects.get(code=row.code, state="published").version == later.version
    at = AT + timedelta(days=7)
    service.withdraw_item(code=row.code, reason="下放", actor=official("item-publisher"), at=at, ends_on=(at + timedelta(days=1)).date())
    assert service.items_in_force().filter(code=row.code).exists()
    service.keep_dates(actor=official("item-publisher"), at=at + timedelta(days=1))
    assert not service.items_in_force().filter(code=row.code).exists()


def test_the_pages_lead_through_drafting_checking_and_review(library: None, browse: Callable[[str], Client], official: Official) -> None:
    client = browse("hrss-items")
    assert "从基本目录认领" in client.get("/exchange/items/").content.decode()
    assert "没有草稿" in client.get("/exchange/items/drafts/").content.decode()
    answer = client.post("/exchange/items/drafts/new/", {"name": "", "act_type": "20"})
    assert answer.status_code == 422 and "请填写事项名称" in answer.content.decode()
    answer = client.post("/exchange/items/drafts/new/", {"name": "自拟许可", "act_type": "01"})
    assert answer.status_code == 422 and "请从基本目录认领" in answer.content.decode()
    address = client.post("/exchange/items/drafts/new/", {"name": "就业见习补贴申领", "act_type": "20"})["Location"]
    page = client.get(address).content.decode()
    assert 'data-lint="' in page and "实施编码" in page
    handling = address.replace("/basic/", "/handling/")
    entered = {"channels": ["1", "2"], "online_depth": "4", "visits": "一次", "revision": "1", "act": "save"}
    answer = client.post(handling, entered)
    page = answer.content.decode()
    assert answer.status_code == 422 and "不是不小于 0 的整数" in page and 'value="一次"' in page  # nothing typed is lost
    told = client.post(f"{handling}lint/", entered | {"visits": "1"}).json()
    assert told["fields"]["visit_reason"]["text"].startswith("到现场次数不为 0") and told["fields"]["online_depth"]["blocks"]
    assert client.post(handling, entered | {"visits": "0"}).status_code == 302
    materials = address.replace("/basic/", "/materials/")
    page = client.post(materials, {"materials.count": "0", "revision": "2", "act": "add"}).content.decode()
    assert 'name="materials.0.name"' in page
    draft = service.find_drafts(official("hrss-items")).get()
    assert draft.sheet["main"]["online_depth"] == "4" and draft.sheet["materials"] == []
    overview = client.get(f"/exchange/items/drafts/{draft.pk}/").content.decode()
    assert "发布前须改正" in overview and "送法制审核" in overview
    answer = client.post(f"/exchange/items/drafts/{draft.pk}/move/", {"act": "draft:submitted"})
    assert answer.status_code == 422 and "这一步没有办成" in answer.content.decode()
    assert browse("civil-items").get(f"/exchange/items/drafts/{draft.pk}/").status_code == 404
    answer = client.post(f"/exchange/items/drafts/{draft.pk}/move/", {"act": "cancel", "cancel_reason": ""})
    assert answer.status_code == 422 and "请写明作废的原因" in answer.content.decode()
    client.post(f"/exchange/items/drafts/{draft.pk}/move/", {"act": "cancel", "cancel_reason": "重复"})
    assert "已作废" in client.get(f"/exchange/items/drafts/{draft.pk}/").content.decode()
    assert "草稿的全部内容" in client.get(f"/exchange/items/drafts/{draft.pk}/changes/").content.decode()


@pytest.mark.requirement("FD-039", part="all ten kinds of power with duties and accountability")
def test_the_list_of_powers_has_all_ten_kinds_with_duties_and_what_is_answered_for(library: None, browse: Callable[[str], Client]) -> None:
    assert all(one["count"] for one in service.powers_by_type()) and len(service.powers_by_type()) == 10
    page = browse("hrss-legal").get("/exchange/items/powers/?act_type=02").content.decode()
    assert "追责情形" in page and "对无证从事食品经营的处罚" in page
    client = browse("hrss-items")
    page = client.get("/exchange/items/basic/?q=人力资源").content.decode()
    assert "人力资源服务许可" in page and "认领" in page
    assert client.post("/exchange/items/basic/claim/", {"basic_code": "000114023000"}).status_code == 302
    assert "草稿在办" in client.get("/exchange/items/basic/?q=人力资源").content.decode()
