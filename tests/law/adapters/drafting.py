"""Items being drafted, claimed and published (chapter items-and-codes): exchange/items' drafts, with the posts of the installed city."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from santai.exchange.items import service
from santai.exchange.items.models import BasicItem, ItemDraft, ItemVersion, Power
from santai.kernel.ledger.service import Actor, ActRefused
from tests.exchange.items.sheets import changes
from tests.law.table import Row
from tests.support import walk

PLACE = "事项编制"
DATABASE = True
CITY = True
DISPUTED: Mapping[str, str] = {}

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = "hrss"  # 县级: the district's labour office
TYPES = {"行政许可": "01", "行政处罚": "02", "公共服务": "20"}
UNITS = {"工作日": "working_day", "自然日": "calendar_day"}
FIELDS = {"type", "is_fee", "pay_online", "duties", "accountability", "task_name", "promised"}
ACTS = {"publish_item": {"as", "fields"}, "draft_item": {"level", "fields"}, "claim_item": {"level", "value"}, "edit_item": {"fields"}}
REFUSALS = {
    "lint_findings": service.LintFindings, "not_on_application": service.NotOnApplication, "must_claim": service.MustClaim,
    "accountability_missing": service.AccountabilityMissing, "uniform_field": service.UniformField,
}  # fmt: skip


def supports(row: Row) -> bool:
    """Drafts and lists of powers; versions already published belong to other adapters."""
    return (
        row.kind == "事项"
        and not (row.item or row.given)
        and all(one["act"] in ACTS and one.keys() - {"at", "act"} <= ACTS[one["act"]] for one in row.events)
        and all(one.get("fields", {}).keys() <= FIELDS and one.get("level", "县级") == "县级" for one in row.events)
        and row.expect.keys() <= {"refused", "unchanged", "published", "drafted"}
        and row.expect.get("refused", "must_claim") in REFUSALS
    )


def run(row: Row) -> None:
    draft: ItemDraft | None = None
    before: list[Any] = []
    for event in row.events:
        at = datetime.fromisoformat(event["at"]).replace(tzinfo=ZONE)
        before = _kept()
        try:
            draft = DOES[event["act"]](event, draft, at)
        except ActRefused as refused:
            assert isinstance(refused, REFUSALS[row.expect["refused"]]), (refused.code, refused.message)
            assert event["act"] == "publish_item" or _kept() == before, "the refused act left something behind"
            return
    assert "refused" not in row.expect, "it was done"
    if "drafted" in row.expect:
        assert draft is not None and ItemDraft.objects.filter(pk=draft.pk, step="draft").exists()
    if "published" in row.expect:
        assert Power.objects.filter(name="本行的事项", in_force=True).exists()


def _kept() -> list[Any]:
    return [
        sorted(ItemDraft.objects.values_list("code", "step", "sheet__main__name", "sheet__main__promised_length"), key=str),
        sorted(ItemVersion.objects.values_list("code", "version", "state")), sorted(Power.objects.values_list("code", "version")),
    ]  # fmt: skip


def _editor() -> Actor:
    return walk.official(f"{OFFICE}-items")


def _draft(event: Mapping[str, Any], draft: ItemDraft | None, at: datetime) -> ItemDraft:
    return service.draft_item(organisation=OFFICE, name="本行的事项", act_type=TYPES[event["fields"]["type"]], actor=_editor(), at=at)


def _claim(event: Mapping[str, Any], draft: ItemDraft | None, at: datetime) -> ItemDraft:
    """The row's code stands in 基本目录 as the higher level wrote it."""
    BasicItem.objects.create(code=event["value"], name="统一的名称", act_type="01", bases=[{"title": "《法》", "rank": "law"}])
    return service.claim_item(organisation=OFFICE, basic_code=event["value"], actor=_editor(), at=at)


def _edit(event: Mapping[str, Any], draft: ItemDraft | None, at: datetime) -> ItemDraft:
    assert draft is not None
    main: dict[str, Any] = {}
    if "task_name" in event["fields"]:
        main["name"] = event["fields"]["task_name"]
    if "promised" in event["fields"]:
        limit = event["fields"]["promised"]
        main |= {"promised_length": limit["length"], "promised_unit": UNITS[limit["unit"]]}
    saved = service.save_draft(draft_id=draft.pk, changes={"main": main}, revision=draft.revision, actor=_editor(), at=at)
    assert {key: saved.sheet["main"][key] for key in main} == main
    return saved


def _publish(event: Mapping[str, Any], draft: ItemDraft | None, at: datetime) -> ItemDraft | None:
    fields = event.get("fields", {})
    if event.get("as") == "权责清单":
        service.publish_power(
            code="11189901MB6208777X4000299001000", name="本行的事项", act_type=TYPES[fields["type"]], organisation=OFFICE,
            duties=fields.get("duties", []), accountability=fields.get("accountability", []), actor=_editor(), at=at,
        )  # fmt: skip
        return None
    begun = service.draft_item(organisation=OFFICE, name="本行的事项", act_type="20", actor=_editor(), at=at)
    whole = service.save_draft(draft_id=begun.pk, changes=changes(), revision=1, actor=_editor(), at=at)
    assert [one for one in service.draft_findings(whole, on=at.date(), near=False) if one.blocks] == [], (
        "the row's item is not in order otherwise"
    )
    main: dict[str, Any] = {"act_type": TYPES[fields["type"]]} if "type" in fields else {}
    main |= {"pay_online": fields["pay_online"]} if "pay_online" in fields else {}
    said = service.save_draft(draft_id=begun.pk, changes={"main": main}, revision=2, actor=_editor(), at=at)
    before = _kept()
    try:
        return _moved(said, at)
    except ActRefused:
        assert _kept() == before, "the refused publication left something behind"
        raise


def _moved(draft: ItemDraft, at: datetime) -> ItemDraft:
    legal, publisher = walk.official(f"{OFFICE}-legal"), walk.official("dsj-item-publisher")
    for step, outcome, who in (("draft", "submitted", _editor()), ("legal_review", "passed", legal), ("publish", "published", publisher)):
        draft = service.move_draft(draft_id=draft.pk, step=step, outcome=outcome, actor=who, at=at)
    return draft


DOES: dict[str, Callable[[Mapping[str, Any], ItemDraft | None, datetime], ItemDraft | None]] = {
    "draft_item": _draft, "claim_item": _claim, "edit_item": _edit, "publish_item": _publish,
}  # fmt: skip
