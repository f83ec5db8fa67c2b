"""Save what was typed into a draft."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from santai.exchange.items.errors import CodeTaken, DraftExists, NotAtThisStep, SomebodySaved, UniformField
from santai.exchange.items.messages import Sheet
from santai.exchange.items.models import ItemDraft, ItemVersion
from santai.exchange.items.rules.claims import changed_uniform
from santai.exchange.items.rules.sheet import COLUMNS
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def save_draft(*, draft_id: UUID, changes: Sheet, revision: int, actor: Actor, at: datetime) -> ItemDraft:
    """Put ``changes`` (some columns of ``main``, whole tables) over the draft's sheet.

    Errors: NotAtThisStep, NotAllowed, SomebodySaved (``revision`` is not the newest), UniformField (claimed), CodeTaken, DraftExists.
    """
    draft = ItemDraft.objects.select_for_update().get(pk=draft_id)
    require(actor, "item_manager", organisation=draft.organisation)
    if draft.step != "draft" or draft.kind == "withdraw":
        raise NotAtThisStep
    if revision != draft.revision:
        raise SomebodySaved
    sheet = {**draft.sheet, **{key: rows for key, rows in changes.items() if key != "main"}}
    sheet["main"] = {**draft.sheet["main"], **changes.get("main", {})}
    if draft.claimed_from and (keys := changed_uniform(draft.base["claimed"], sheet)):
        told = "由基本目录统一规定，认领以后不能修改。"
        raise UniformField(fields={key: f"“{COLUMNS[key].title if key in COLUMNS else '设定依据'}”{told}" for key in keys})
    code = str(sheet["main"].get("code") or draft.code)
    if code != draft.code:
        if draft.base_version:
            raise CodeTaken("已发布过的事项不能改编码。", fields={"code": "已发布过的事项不能改编码。"})
        if ItemVersion.objects.filter(code=code).exists():
            raise CodeTaken(fields={"code": CodeTaken.message})
    draft.sheet, draft.code, draft.name = sheet, code, str(sheet["main"].get("name") or draft.name)[:200]
    draft.revision += 1
    draft.updated_at = at
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise DraftExists(fields={"code": DraftExists.message}) from None
    record(actor=actor, act="exchange.items.save_draft", on=draft.subject, at=at, details={"columns": sorted(changes.get("main", {}))})
    return draft
