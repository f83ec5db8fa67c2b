"""Begin a draft: a new service, an item claimed from 基本目录, a change or the end of a published one."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from santai.exchange.items.errors import (
    CodeTaken,
    DraftExists,
    MustClaim,
    NobodyPublishes,
    NotInCatalogue,
    NotInForce,
    NotOnApplication,
    WrongLevel,
)
from santai.exchange.items.messages import Sheet
from santai.exchange.items.models import BasicItem, ItemDraft, ItemVersion
from santai.exchange.items.queries.drafts import plain_of_version, sheet_of_version
from santai.exchange.items.rules.cells import EMPTY
from santai.exchange.items.rules.claims import LEVEL_CODES, may_draft
from santai.exchange.items.rules.fields import ON_OFFICE
from santai.exchange.items.rules.sheet import COLUMNS, TABLES
from santai.kernel.access.service import require
from santai.kernel.flow.service import start_process
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import Organisation, get_organisation, posts_with_role

PROCESS = "item-publication"


def empty_sheet() -> Sheet:
    """A sheet with nothing on it."""
    main = {
        key: EMPTY[column.kind].copy() if isinstance(EMPTY[column.kind], list | dict) else EMPTY[column.kind]
        for key, column in COLUMNS.items()
    }
    main |= {"visits": 0, "fee": "不收费", "runs_from": "acceptance", "assurance_level": "2", "result_kind": "document"}
    return {"main": main, **{key: [] for key in TABLES}}


@transaction.atomic
def draft_item(*, organisation: str, name: str, act_type: str, actor: Actor, at: datetime, code: str = "") -> ItemDraft:
    """A service the office writes itself. NotAllowed, MustClaim (a power, below the city), CodeTaken, DraftExists, NobodyPublishes."""
    require(actor, "item_manager", organisation=organisation)
    office = get_organisation(organisation)
    if act_type in ON_OFFICE:
        raise NotOnApplication
    if not may_draft(act_type, LEVEL_CODES[office.level]):
        raise MustClaim
    sheet = empty_sheet()
    code = code or _free_code(office, act_type)
    sheet["main"] |= {"name": name.strip(), "act_type": act_type, "code": code, "basic_code": code[19:31], **_own(office, "registration")}
    if ItemVersion.objects.filter(code=code).exists():
        raise CodeTaken
    return _begin(office, "new", sheet, actor=actor, at=at)


@transaction.atomic
def claim_item(*, organisation: str, basic_code: str, actor: Actor, at: datetime) -> ItemDraft:
    """认领: the office carries out an item of 基本目录; name, codes, type and bases come with it and stay. NotInCatalogue, WrongLevel, …"""
    require(actor, "item_manager", organisation=organisation)
    office = get_organisation(organisation)
    basic = BasicItem.objects.filter(code=basic_code, in_force=True).first()
    if basic is None:
        raise NotInCatalogue
    level = LEVEL_CODES[office.level]
    if basic.levels and level not in basic.levels:
        raise WrongLevel
    sheet = empty_sheet()
    code = f"{office.credit_code}{level}{basic.code}"
    sheet["main"] |= {
        "name": basic.name, "act_type": basic.act_type, "code": code, "basic_code": basic.code, "served": list(basic.served),
        **_own(office, basic.nature),
    }  # fmt: skip
    sheet["bases"] = [{column.key: row.get(column.key, "") for column in TABLES["bases"].columns} for row in basic.bases]
    if ItemVersion.objects.filter(code=code).exists():
        raise CodeTaken("本单位已经认领过这个事项，需要修改的请从事项页面发起变更。")
    return _begin(office, "claim", sheet, actor=actor, at=at, claimed_from=basic.code, base={"claimed": sheet})


@transaction.atomic
def change_item(*, code: str, actor: Actor, at: datetime, reason: str = "", withdraw: bool = False) -> ItemDraft:
    """A draft of the next version of a published item, or of its end (``withdraw``). NotInForce, DraftExists,
    NotAllowed, NobodyPublishes."""
    row = ItemVersion.objects.filter(code=code, state="published").first()
    if row is None:
        raise NotInForce
    require(actor, "item_manager", organisation=row.organisation)
    sheet, base = sheet_of_version(row), plain_of_version(row)
    sheet["main"]["effective_on"] = ""
    claimed = BasicItem.objects.filter(code=sheet["main"]["basic_code"], in_force=True, act_type=row.act_type).exists()
    if claimed:
        base["claimed"] = sheet
    return _begin(
        get_organisation(row.organisation), "withdraw" if withdraw else "change", sheet, actor=actor, at=at, base=base,
        reason=reason.strip(),
        base_version=row.version, claimed_from=sheet["main"]["basic_code"] if claimed else "",
    )  # fmt: skip


def _own(office: Organisation, nature: str) -> dict[str, Any]:
    """What follows from the office and the kind of act; the editor may change it."""
    form = "general-application@1"
    return {
        "nature": nature, "handling": "promised", "handling_place": office.address, "phone": office.phone, "complaint_phone": "",
        "form": form, "process": nature, "body_kind": "1", "power_source": "statutory", "handling_hours": "周一至周五 9:00–17:00",
    }  # fmt: skip


def _free_code(office: Organisation, act_type: str) -> str:
    """The next implementation code of the office's own numbers: its division, type, 99 and a running number."""
    head = f"{office.credit_code}{LEVEL_CODES[office.level]}{office.region_id[:2]}{act_type}99"
    used = {*ItemVersion.objects.filter(code__startswith=head).values_list("code", flat=True)}
    used |= {*ItemDraft.objects.filter(code__startswith=head).values_list("code", flat=True)}
    number = max((int(code[len(head) : len(head) + 3]) for code in used if code[len(head) : len(head) + 3].isdigit()), default=0) + 1
    return f"{head}{number:03d}000"


def _begin(
    office: Organisation, kind: str, sheet: Sheet, *, actor: Actor, at: datetime, base: dict[str, Any] | None = None, reason: str = "",
    base_version: int = 0, claimed_from: str = "",
) -> ItemDraft:  # fmt: skip
    publisher = _publisher(office)
    draft = ItemDraft(
        kind=kind, code=sheet["main"]["code"], name=sheet["main"]["name"], organisation=office.code, organisation_name=office.name,
        claimed_from=claimed_from, base_version=base_version, base=base or {}, sheet=sheet, reason=reason, drafted_by=actor.name,
        created_at=at, updated_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise DraftExists from None
    start_process(
        key=PROCESS, subject=draft.subject, data={"kind": kind},
        organisations={"department": office.code, "legal": _legal(office), "publisher": publisher}, actor=actor, at=at,
    )  # fmt: skip
    record(actor=actor, act=f"exchange.items.{kind}_draft", on=draft.subject, at=at, why=reason, details={"code": draft.code})
    return draft


def _legal(office: Organisation) -> str:
    """The office's own legal reviewers, or those of the body above it that has some."""
    seen: Organisation | None = office
    while seen is not None:
        if posts_with_role("legal_reviewer", organisation=seen.code).exists():
            return seen.code
        seen = seen.parent
    return office.code


def _publisher(office: Organisation) -> str:
    """The body that publishes for the office's district; else the one of the city."""
    posts = list(posts_with_role("item_publisher"))
    near = [post for post in posts if post.organisation.region_id == office.region_id] or posts
    if not near:
        raise NobodyPublishes
    return str(near[0].organisation_id)
