"""What the pages say of a version or a draft: in the words of the list, with the steps it goes through."""

from typing import Any

from santai.exchange.items.models import ItemDraft, ItemVersion
from santai.exchange.items.models.draft import OPEN, STEPS
from santai.exchange.items.queries.drafts import changes_of_draft, open_task, options_of, sheet_of_version
from santai.exchange.items.queries.versions import get_version
from santai.exchange.items.rules.cells import write
from santai.exchange.items.rules.differences import sheet_differences
from santai.exchange.items.rules.sheet import COLUMNS, GROUPS, TABLES, UNIFORM, Column, Group
from santai.kernel.access.service import may
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import UnknownOrganisation, organisation_card

STEP_ROLES = {"draft": "item_manager", "legal_review": "legal_reviewer", "publish": "item_publisher"}


def sheet_in_words(row: ItemVersion) -> list[dict[str, Any]]:
    """The version as the list shows it: groups with what is filled in, and their tables."""
    sheet = sheet_of_version(row)
    groups = []
    for group in GROUPS:
        facts = [
            {"label": column.title, "value": said} for column in group.columns if (said := _said(column, sheet["main"].get(column.key)))
        ]
        rows = sheet.get(group.table.key, []) if group.table else []
        columns = [one for one in group.table.columns if any(line.get(one.key) for line in rows)] if group.table else []
        table = {"titles": [one.title for one in columns], "lines": [[_said(one, line.get(one.key)) for one in columns] for line in rows]}
        if facts or rows:
            groups.append({"title": group.title, "facts": facts, "table": table if rows else None})
    return groups


def _said(column: Column, value: Any) -> str:
    if column.kind == "yes_no" and not value:
        return ""
    return write(column, value, options_of(column.source) if column.source in ("forms", "processes") else None)


def compare_in_words(code: str, old: int, new: int) -> list[dict[str, str]]:
    return sheet_differences(sheet_of_version(get_version(code, old)), sheet_of_version(get_version(code, new)))


def changes_in_words(draft: ItemDraft) -> list[dict[str, str]]:
    """What a draft changes of the version on the list, adds to what was claimed, or says at all."""
    return sheet_differences(*changes_of_draft(draft))


def is_filled(sheet: dict[str, Any], group: Group) -> bool:
    filled = any(sheet["main"].get(column.key) not in (None, "", [], {}, False) for column in group.columns)
    return filled or bool(group.table and sheet.get(group.table.key))


def group_after(key: str) -> str:
    keys = [group.key for group in GROUPS]
    return keys[min(keys.index(key) + 1, len(keys) - 1)]


def locked_columns(draft: ItemDraft) -> tuple[str, ...]:
    """Columns and tables the claimer may not change; a 业务办理项 has two digits and a name of its own."""
    if not draft.claimed_from:
        return ("code", "basic_code") if draft.base_version else ()
    free = {"code", "item_name", "name"} if not draft.base_version else set()
    return (*(key for key in UNIFORM if key not in free), "bases")


def all_columns() -> tuple[str, ...]:
    return (*COLUMNS, *TABLES)


def step_of_post(actor: Actor | None) -> str:
    """The step this post works at, for the shortcut 待我办理."""
    return next((step for step, role in reversed(STEP_ROLES.items()) if may(actor, role)), "draft")


def acts_for(draft: ItemDraft, actor: Actor | None) -> list[dict[str, str]]:
    """The outcomes this post may choose now: value for the form, label, kind."""
    task = open_task(draft)
    if task is None or not may(actor, task.role, organisation=task.organisation):
        return []
    return [{"value": f"{draft.step}:{one['value']}", "label": one["label"], "kind": one["kind"]} for one in task.outcomes]


def waits_for(draft: ItemDraft) -> str:
    """Whose turn it is, in words."""
    task = open_task(draft)
    if task is None:
        return ""
    try:
        office = organisation_card(task.organisation).name
    except UnknownOrganisation:
        office = task.organisation
    return f"{office} · {task.name}"


def reached(draft: ItemDraft) -> int:
    """How far along the steps: 1 drafting … 4 published (5: all done)."""
    order = [step for step, _ in STEPS[:4]]
    return 5 if draft.step == "done" else order.index(draft.step) + 1 if draft.step in order else 1


def said_after(draft: ItemDraft, outcome: str) -> str:
    """What an official reads after an act."""
    if outcome == "published":
        if draft.kind == "withdraw":
            return "已取消，不再收件；正在办理的件继续按原版本办理。"
        return f"已发布第 {draft.published_version} 版。"
    return {"submitted": "已送法制审核。", "passed": "审核通过，已送发布。", "returned": "已退回编制人修改。"}[outcome]


def open_draft_of(code: str) -> ItemDraft | None:
    return ItemDraft.objects.filter(code=code, step__in=OPEN).first()
