"""Drafts from a spreadsheet: every item of it, or none."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.items.actions.begin_draft import change_item, claim_item, draft_item
from santai.exchange.items.actions.save_draft import save_draft
from santai.exchange.items.errors import BookRefused
from santai.exchange.items.messages import CellProblem, ReadBook, Sheet
from santai.exchange.items.models import BasicItem, ItemDraft, ItemVersion
from santai.exchange.items.models.draft import OPEN
from santai.exchange.items.queries.books import read_upload
from santai.exchange.items.queries.checking import installed
from santai.exchange.items.queries.drafts import draft_findings
from santai.kernel.codes.service import InvalidIdentifier, read_item_code
from santai.kernel.ledger.service import Actor, ActRefused, record


@transaction.atomic
def import_book(*, data: bytes, organisation: str, actor: Actor, at: datetime) -> list[ItemDraft]:
    """Every item of the workbook becomes a draft: a change of the published item, a claim from 基本目录, or a new service; a draft that is
    open already is written over. BookRefused with ``problems`` (by cell) when anything is wrong: then nothing is saved.
    """
    book = read_upload(data)
    problems = list(book.problems)
    drafts: list[ItemDraft] = []
    with transaction.atomic():
        if not problems:
            known = installed()
            for number, sheet in enumerate(book.items):
                try:
                    draft = _draft(sheet, organisation, actor=actor, at=at)
                except ActRefused as refused:
                    problems += _refused(book, number, refused)
                    continue
                drafts.append(draft)
                for one in draft_findings(draft, on=localdate(at), known=known, near=False):
                    if one.blocks:
                        where, cell = book.cells.get((number, one.field), ("事项", f"A{book.rows[number]}"))
                        problems.append(CellProblem(sheet=where, cell=cell, label=one.label, text=one.text))
        if problems:
            raise BookRefused(problems=tuple(problems))
    record(actor=actor, act="exchange.items.import_book", on="items:book", at=at, details={"codes": [draft.code for draft in drafts]})
    return drafts


def _draft(sheet: Sheet, organisation: str, *, actor: Actor, at: datetime) -> ItemDraft:
    main: dict[str, Any] = sheet["main"]
    code = str(main["code"])
    try:
        basic = read_item_code(code).basic
    except InvalidIdentifier as wrong:
        raise BookRefused(fields={"code": wrong.message}) from wrong
    draft = ItemDraft.objects.filter(code=code, organisation=organisation, step__in=OPEN).first()
    if draft is None and ItemVersion.objects.filter(code=code, state="published").exists():
        draft = change_item(code=code, actor=actor, at=at)
    elif draft is None and BasicItem.objects.filter(code=basic, in_force=True).exists():
        draft = claim_item(organisation=organisation, basic_code=str(basic), actor=actor, at=at)
    elif draft is None:
        draft = draft_item(organisation=organisation, name=str(main["name"]), act_type=str(main["act_type"]), code=code, actor=actor, at=at)
    kept = {key: value for key, value in main.items() if value not in ("", None, [], {}) or key == "visits"}
    if kept.get("visits") is None:
        kept["visits"] = 0
    return save_draft(
        draft_id=draft.pk, changes={**{key: rows for key, rows in sheet.items() if key != "main"}, "main": kept}, revision=draft.revision,
        actor=actor, at=at,
    )  # fmt: skip


def _refused(book: ReadBook, number: int, refused: ActRefused) -> list[CellProblem]:
    line = f"A{book.rows[number]}"
    if not refused.fields:
        return [CellProblem(sheet="事项", cell=line, label="", text=refused.message)]
    return [
        CellProblem(sheet=where, cell=cell, label="", text=text)
        for name, text in refused.fields.items()
        for where, cell in [book.cells.get((number, name), ("事项", line))]
    ]
