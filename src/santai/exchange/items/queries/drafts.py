"""Drafts: who may see them, what they would publish, what is wrong with them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from santai.exchange.contracts.service import ItemDefinition, decode, encode
from santai.exchange.items.errors import UnknownDraft
from santai.exchange.items.messages import Finding, Sheet
from santai.exchange.items.models import ItemDraft, ItemVersion
from santai.exchange.items.models.draft import OPEN
from santai.exchange.items.queries.checking import Known, findings, installed, table_findings, with_tables
from santai.exchange.items.queries.versions import find_versions
from santai.exchange.items.rules import shape
from santai.exchange.items.rules.alike import LIMIT, likeness, print_of
from santai.exchange.items.rules.claims import changed_uniform
from santai.exchange.items.rules.locate import located
from santai.exchange.items.rules.shaping import own_rules, to_definition, to_sheet
from santai.exchange.items.rules.sheet import COLUMNS, GROUP_OF, TABLES
from santai.kernel.access.service import may, scope
from santai.kernel.clocks.service import Rule, UnknownRule, get_rule, rule_from_data
from santai.kernel.flow.service import Task, deployed_processes, process_of, tasks_of
from santai.kernel.forms.service import installed_forms
from santai.kernel.ledger.service import Actor

ROLES = ("item_manager", "legal_reviewer", "item_publisher")


def rule_of(code: str) -> Rule | None:
    """The clock rule in force under this code; None for none."""
    try:
        return get_rule(code) if code else None
    except UnknownRule:
        return None


def find_drafts(actor: Actor | None, *, text: str = "", step: str = "", kind: str = "") -> QuerySet[ItemDraft]:
    """Drafts of the offices this post looks after; without ``step`` those still open."""
    found = ItemDraft.objects.filter(scope(actor, *ROLES))
    found = found.filter(step=step) if step else found.filter(step__in=OPEN)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(Q(name__icontains=text) | Q(code__icontains=text)) if text else found


def access_draft(draft_id: UUID | str, actor: Actor | None) -> ItemDraft:
    """The draft, if this post may see it. UnknownDraft also for one that is not its business."""
    try:
        return ItemDraft.objects.filter(scope(actor, *ROLES)).get(pk=UUID(str(draft_id)))
    except (ItemDraft.DoesNotExist, ValueError):
        raise UnknownDraft from None


def open_task(draft: ItemDraft) -> Task | None:
    """The step the draft waits at."""
    return next(iter(tasks_of(draft.subject)), None) if draft.is_open else None


def may_do(draft: ItemDraft, actor: Actor | None) -> bool:
    """May this post do the step the draft waits at?"""
    task = open_task(draft)
    return task is not None and may(actor, task.role, organisation=task.organisation)


def options_of(source: str) -> dict[str, str]:
    """What the city has to choose from, for columns whose options no file knows."""
    if source == "forms":
        return {f"{key}@{version}": f"{title}（{key} 第 {version} 版）" for key, version, title in installed_forms()}
    if source == "processes":
        rows = deployed_processes().order_by("key", "version")
        return {row.key: f"{row.name}（{row.key}）" for row in rows if row.key not in ("item-publication", "card-answer", "joint")}
    if source == "licence_types":
        return {
            kind: f"{name or kind}（{kind}）"
            for kind, name in ItemVersion.objects.filter(state="published")
            .exclude(definition__results__licence_type=None)
            .values_list("definition__results__licence_type", "definition__results__name")
            .distinct()
            if kind
        }
    return {}


def definition_of_draft(draft: ItemDraft, sheet: Sheet | None = None) -> dict[str, Any]:
    """Plain data of what the draft would publish now, as the version after the newest."""
    newest = ItemVersion.objects.filter(code=(sheet or draft.sheet)["main"].get("code", "")).order_by("-version").first()
    return to_definition(
        sheet or draft.sheet, draft.base, rule_of, version=newest.version + 1 if newest else 1,
        organisation=draft.base.get("organisation") or draft.organisation,
        organisation_name=draft.base.get("organisation_name") or draft.organisation_name,
    )  # fmt: skip


def item_of_draft(draft: ItemDraft, sheet: Sheet | None = None) -> ItemDefinition:
    """The definition with its decision tables; only for a draft whose shape is right (``draft_findings``)."""
    return with_tables(decode(ItemDefinition, definition_of_draft(draft, sheet)), installed().tables)


def draft_findings(
    draft: ItemDraft, *, on: date, sheet: Sheet | None = None, known: Known | None = None, near: bool = True
) -> list[Finding]:
    """Everything wrong with a draft as it stands (or as ``sheet`` says), beside its fields; hints come last.

    ``near=False`` leaves out the search for items that are nearly the same."""
    current = sheet or draft.sheet
    found = list(_missing(current))
    if draft.claimed_from and (uniform := changed_uniform(draft.base["claimed"], current)):
        found += [located(one, "由基本目录统一规定，认领以后不能修改。") for one in uniform]
    data = definition_of_draft(draft, current)
    wrong = list(shape.findings(ItemDefinition, data, ""))
    found += [located(place, text) for place, text in wrong]
    if not wrong:
        known = known or installed()
        for rule in own_rules(current, draft.base, rule_of):
            known.rules[str(rule["code"])] = rule_from_data(rule)
        item = with_tables(decode(ItemDefinition, data), known.tables)
        found += [located(place, text) for place, text in (*findings(item, known, on), *table_findings(item, known))]
        found += list(_hints(item, near=near))
    return list({(one.field or one.place, one.text): one for one in found}.values())


def _missing(sheet: Sheet) -> list[Finding]:
    found = [
        Finding(place=key, text="必须填写。", group=GROUP_OF[key], field=key, label=column.title)
        for key, column in COLUMNS.items()
        if column.needed and not sheet["main"].get(key)
    ]
    for name, table in TABLES.items():
        for number, row in enumerate(sheet.get(name, [])):
            found += [
                located(f"{name}[{number}].{column.key}", "必须填写。")
                for column in table.columns
                if column.needed and not row.get(column.key)
            ]
    return found


def _hints(item: ItemDefinition, *, near: bool) -> list[Finding]:
    """What does not stop publication but is worth a look."""
    found = []
    if not item.summary:
        found.append(located("summary", "写一句话说明，群众更容易看懂。", blocks=False))
    if not item.keywords:
        found.append(located("keywords", "写上群众平常的叫法，更容易找到。", blocks=False))
    if item.act_type == "01" and not item.bases:
        found.append(located("bases", "请写明依据的层级，系统据此核对有没有设定权。", blocks=False))
    if item.nature != "report" and not item.duties:
        found.append(located("duties", "权责清单还没有写责任事项。", blocks=False))
    if near:
        own = print_of(item)
        for row in find_versions(text=item.name, near=True).filter(state="published").exclude(code=item.code)[:40]:
            other = print_of(decode(ItemDefinition, row.definition))
            if other.basic != own.basic and (like := likeness(own, other)) > LIMIT:
                text = f"与“{row.name}”（{row.organisation_name}）的内容有 {like:.0%} 相同，请核对是不是同一个事项。"
                found.append(located("name", text, blocks=False))
    return found


def changes_of_draft(draft: ItemDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """Sheet before and after, for the page of differences."""
    before: dict[str, Any] = {}
    if draft.base_version and (row := ItemVersion.objects.filter(code=draft.code, version=draft.base_version).first()):
        before = to_sheet(decode(ItemDefinition, row.definition), rule_of)
    elif draft.claimed_from:
        before = draft.base["claimed"]
    return before, draft.sheet


def sheet_of_version(row: ItemVersion) -> Sheet:
    return to_sheet(decode(ItemDefinition, row.definition), rule_of)


def plain_of_version(row: ItemVersion) -> dict[str, Any]:
    plain: dict[str, Any] = encode(decode(ItemDefinition, row.definition))
    return plain


def process_of_draft(draft: ItemDraft) -> Any:
    return process_of(draft.subject)
