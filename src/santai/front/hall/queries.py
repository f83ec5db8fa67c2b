"""Reads of the front desk. ``access_*`` getters answer alike for what is absent and what belongs to somebody else."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from santai.exchange.contracts.service import (
    ItemDefinition,
    LicenceFacts,
    LicencesOfHolder,
    MaterialDefinition,
    decode,
    fees_due,
    joined_branches,
    needed_materials,
)
from santai.exchange.gateway.service import ask
from santai.front.hall.errors import ItemNotOffered, NotFound
from santai.front.hall.messages import Hall
from santai.front.hall.models import (
    Application,
    CaseLine,
    CaseView,
    CorrectionView,
    Draft,
    HearingView,
    ItemCopy,
    LicenceView,
    PaperView,
    PromiseView,
    SignatureInvitation,
    TalkLine,
)
from santai.front.hall.rules.audience import for_companies
from santai.front.hall.rules.materials import months_before
from santai.front.hall.rules.window import without_phone
from santai.kernel.access.service import may
from santai.kernel.clocks.service import today
from santai.kernel.forms.service import Form, check, get_form
from santai.kernel.identity.service import items_entrusted, may_act_for
from santai.kernel.jobs.service import kept_briefly
from santai.kernel.ledger.service import Actor, ActRefused, Party
from santai.kernel.orgs.service import ancestors, get_region
from santai.kernel.orgs.service import organisations as all_organisations
from santai.kernel.text.service import near_query_of, query_of

# -- items -------------------------------------------------------------------------------------------------------------------------


SORTS = {"name": ("name", "code"), "new": ("-published_at", "name")}


@lru_cache(maxsize=4000)
def definition_of(code: str, version: int) -> ItemDefinition:
    """A published version; it never changes, so it is kept in the process. NotFound."""
    copy = ItemCopy.objects.filter(code=code, version=version).values_list("definition", flat=True).first()
    if copy is None:
        raise NotFound()
    return decode(ItemDefinition, copy)


def current_item(code: str) -> ItemDefinition:
    """The version on offer. ItemNotOffered."""
    version = _current_version(code)
    if version is None:
        raise ItemNotOffered()
    return definition_of(code, version)


@kept_briefly
def _current_version(code: str) -> int | None:
    return ItemCopy.objects.filter(code=code, current=True).values_list("version", flat=True).first()


def find_items(
    *,
    text: str = "",
    near: bool = False,
    topic: str = "",
    life_event: str = "",
    organisation: str = "",
    holder_kind: str = "",
    organisations: tuple[str, ...] = (),
    sort: str = "",
) -> QuerySet[ItemCopy]:
    """Items on offer, best match first, then most used (``sort``: ``name`` or ``new`` instead).

    Words are found in name, keywords, summary, materials and organisation: all of them, or with ``near`` any of them."""
    items = ItemCopy.objects.filter(current=True)
    if topic:
        items = items.filter(topics__contains=[topic])
    if life_event:
        items = items.filter(life_events__contains=[life_event])
    if organisation:
        items = items.filter(organisation=organisation)
    if organisations:
        items = items.filter(organisation__in=organisations)
    if holder_kind == "organisation":
        events = {event for row in items.values_list("life_events", flat=True) for event in row if for_companies(event)}
        items = items.filter(Q(holder_kinds__contains=[holder_kind]) | Q(life_events__overlap=sorted(events)))
    elif holder_kind:
        items = items.filter(holder_kinds__contains=[holder_kind])
    if text.strip():
        wanted = SearchQuery((near_query_of if near else query_of)(text), config="simple", search_type="raw")
        items = items.filter(Q(search=wanted) | Q(name__icontains=text.strip()) | Q(name_en__icontains=text.strip()))
        items = items.annotate(rank=SearchRank(F("search"), wanted)).order_by("-rank", "-filings", "name")
    else:
        items = items.order_by("-filings", "name")
    return items.order_by(*SORTS[sort]) if sort in SORTS else items


FACETS = {"life_event": "life_events", "topic": "topics", "organisation": "organisations"}


def facets(**asked: Any) -> dict[str, list[tuple[str, int]]]:
    """Life events, topics and organisations with how many items each would leave under the other conditions (``find_items``)."""
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS.values()}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for own, name in FACETS.items():
        free = own if asked.get(own) else ""  # where nothing is chosen, all facets are counted over the same items
        if free not in rows:
            items = find_items(**{**asked, free: ""} if free else asked)
            rows[free] = list(items.order_by().values_list("life_events", "topics", "organisation", "organisation_name"))
        for events, topics, code, title in rows[free]:
            for value in {"life_events": events, "topics": topics, "organisations": [f"{code}|{title}"]}[name]:
                counts[name][value] = counts[name].get(value, 0) + 1
    return {name: sorted(values.items(), key=lambda pair: (-pair[1], pair[0])) for name, values in counts.items()}


# -- drafts ------------------------------------------------------------------------------------------------------------------------


def kept_by(actor: Actor) -> Q:
    """The drafts this actor may write: one's own, and for a window's post those the window keeps for people who stand before it."""
    own = Q(account=actor.account)
    if actor.organisation and (may(actor, "intake") or may(actor, "assistant")):
        own |= Q(held_by=actor.organisation)
    return own


def access_draft(*, draft_id: UUID | str, actor: Actor) -> Draft:
    """One's own open draft, on whichever device. NotFound."""
    draft = Draft.objects.filter(kept_by(actor), id=draft_id).exclude(state=Draft.State.ABANDONED).first()
    if draft is None:
        raise NotFound()
    return draft


def drafts_of(actor: Actor, party: Party) -> QuerySet[Draft]:
    """Open drafts of a person in the capacity in use."""
    return Draft.objects.filter(account=actor.account, applicant_code=party.code, state=Draft.State.OPEN).order_by("-updated_at")


def form_of_draft(draft: Draft) -> Form:
    item = definition_of(draft.item_code, draft.item_version)
    return get_form(item.form, item.form_version)


def errors_of_draft(draft: Draft, *, on: date, has_phone: bool = True) -> dict[str, str]:
    """What the form still lacks, by field; who has no telephone (``has_phone``: at a window) is not asked for a number."""
    form = form_of_draft(draft)
    locked = {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")}
    checked = check(form, draft.data, today=on, locked=locked)
    return checked.errors if has_phone else without_phone(form, checked.data, checked.errors)


def name_district(draft: Draft) -> str:
    """The division a company's name begins with: the city of the item's region, without 市; empty where that is not known."""
    item = definition_of(draft.item_code, draft.item_version)
    try:
        region = get_region(item.region)
    except ActRefused:
        return ""
    return next((one.name.removesuffix("市") for one in [region, *ancestors(region)] if one.level == "city"), region.name)


def materials_of_draft(draft: Draft) -> list[MaterialDefinition]:
    """The materials this application needs, given its answers so far."""
    return needed_materials(definition_of(draft.item_code, draft.item_version), content_of(draft))


def content_of(draft: Draft) -> dict[str, Any]:
    """What the item's decision tables look at: the form so far, with the guided answers."""
    return {**draft.data, "situation": draft.situation}


def outlook(item: ItemDefinition, content: dict[str, Any]) -> dict[str, Any]:
    """What the item's tables say of an application so far: the departments of a joint item and the charges that are due.

    ``fee_open``: there are charges, but the answers do not tell yet which."""
    due = fees_due(item, content)
    return {
        "departments": joined_branches(item, content) if item.shape == "joint" else [],
        "fees": due,
        "fee_open": bool(item.fees) and not due,
        "total": str(sum((Decimal(fee.amount) for fee in due), Decimal(0))) if len(due) > 1 else "",
    }


def licences_for(draft: Draft, material: MaterialDefinition, *, actor: Actor, at: datetime) -> list[LicenceFacts]:
    """Valid licences of the applicant that can stand for a material; none when the register cannot be reached."""
    if not material.licence_type:
        return []
    try:
        answer = ask(
            LicencesOfHolder(holder_code=draft.applicant_code, licence_type=material.licence_type),
            actor=actor,
            purpose="窗口代办预填" if actor.kind == "official" and actor.represents else "预填申请表",
            subject=f"draft:{draft.id}",
            at=at,
        )
    except ActRefused:
        return []
    return list(answer.licences)


def handed_in_before(draft: Draft, code: str, *, on: date) -> list[dict[str, Any]]:
    """Files of the same material in the applicant's earlier applications and corrections, as long as they are valid, newest first, each
    once: ``{"file", "item", "at"}``.

    A company's are offered to whoever acts for it, in the items the authority covers.
    """
    item = definition_of(draft.item_code, draft.item_version)
    wanted = next((material for material in item.materials if material.code == code), None)
    here = {file["digest"] for file in draft.materials.get(code, {}).get("files", [])}
    found: dict[str, dict[str, Any]] = {}
    earlier = Application.objects.filter(_own_applications(draft, on), applicant_code=draft.applicant_code).order_by("-received_at")
    if wanted and wanted.valid_months:
        earlier = earlier.filter(received_at__date__gte=months_before(on, wanted.valid_months))
    applications = list(earlier[:20])
    corrections = {one.case_no: one for one in CorrectionView.objects.filter(case_no__in=[one.case_no for one in applications])}
    for application in applications:
        for material in materials_now(application, corrections.get(application.case_no)):
            if wanted is None or material["name"] != wanted.name:
                continue
            for file in material.get("files", []):
                if file["digest"] not in here:
                    name = definition_of(application.item_code, application.item_version).name
                    found.setdefault(file["digest"], {"file": file, "item": name, "at": application.received_at})
    return list(found.values())[:5]


def _own_applications(draft: Draft, on: date) -> Q:
    if not draft.authorisation or draft.held_by:
        return Q(account=draft.account)
    items = items_entrusted(account=draft.account, company_code=draft.applicant_code, on=on)
    return Q() if items is None else Q(item_code__in=items) | Q(account=draft.account)


def invitations_of(draft: Draft) -> list[SignatureInvitation]:
    return list(SignatureInvitation.objects.filter(draft=draft).order_by("invited_at", "id"))


def access_invitation(*, invitation_id: UUID | str, actor: Actor) -> SignatureInvitation:
    """An invitation addressed to the one who asks. NotFound."""
    invitation = SignatureInvitation.objects.select_related("draft").filter(id=invitation_id).first()
    if invitation is None or not actor.person_code or invitation.code != actor.person_code:
        raise NotFound()
    return invitation


def invitations_for(actor: Actor) -> list[SignatureInvitation]:
    """What waits for this person's signature."""
    if not actor.person_code:
        return []
    waiting = SignatureInvitation.objects.select_related("draft").filter(
        code=actor.person_code, signed_at=None, draft__state=Draft.State.OPEN
    )
    return list(waiting.order_by("invited_at"))


# -- cases -------------------------------------------------------------------------------------------------------------------------


def cases_of(actor: Actor, party: Party, *, on: date | None = None) -> QuerySet[CaseView]:
    """A person's or a represented company's cases, newest first.

    For an agent whose authority covers some items, only theirs, and those the agent filed. What one filed for a company is the
    company's: without authority today (or ``on``) it is nobody's own.
    """
    mine = Q(applicant_code=party.code) if party.code else Q(account=actor.account, applicant_code="")  # no number: never other people's
    if actor.represents is not None:
        items = items_entrusted(account=actor.account, company_code=party.code, on=on or today())
        if items is not None:
            mine &= Q(item_code__in=items) | Q(account=actor.account)
    elif party.code:
        mine |= Q(account=actor.account, applicant_code=actor.person_code or party.code)
    return CaseView.objects.filter(mine).order_by("-received_at", "-case_no")


def access_case_view(*, case_no: str, actor: Actor, party: Party) -> CaseView:
    """One's own case. NotFound alike for absent and foreign."""
    view = cases_of(actor, party).filter(case_no=case_no).first()
    if view is None:
        raise NotFound()
    return view


def access_paper(*, document_no: str, actor: Actor, party: Party) -> PaperView:
    """A document of one's own case. NotFound."""
    paper = PaperView.objects.filter(document_no=document_no).first()
    if paper is None:
        raise NotFound()
    access_case_view(case_no=paper.case_no, actor=actor, party=party)
    return paper


def locked_of(application: Application) -> dict[str, str]:
    """Paths that may not be changed, with their origin."""
    prefilled = Draft.objects.filter(id=application.draft).values_list("prefilled", flat=True).first() or {}
    return {path: given["origin"] for path, given in prefilled.items() if given.get("locked")}


def require_authority(actor: Actor, item_code: str, at: datetime) -> None:
    """An expired or revoked authority stops the next act, earlier ones stay (standards.md §3). Errors: AuthorisationExpired and its kin."""
    if actor.represents is not None and actor.represents.kind == "organisation":
        may_act_for(account=actor.account, company_code=actor.represents.code, item_code=item_code, on=localdate(at))


def application_of(case_no: str) -> Application:
    return Application.objects.get(case_no=case_no)


def materials_now(application: Application, correction: CorrectionView | None) -> list[dict[str, Any]]:
    """The materials as the office has them: those of the answered correction in the place of the earlier ones, new ones at the end."""
    if correction is None or not correction.answered_at:
        return list(application.materials)
    item = definition_of(application.item_code, application.item_version)
    names = {material.code: material.name for material in item.materials}
    given = {one["code"]: one for one in application.materials}
    added = {code: {"code": code, "name": names.get(code, code)} for code in correction.materials if code not in given}
    return [{**one, **correction.materials.get(code, {})} for code, one in {**given, **added}.items()]


def lines_of(case_no: str) -> list[CaseLine]:
    return list(CaseLine.objects.filter(case_no=case_no).order_by("at", "id"))


def papers_of(case_no: str) -> list[PaperView]:
    return list(PaperView.objects.filter(case_no=case_no))


def papers_of_cases(case_nos: list[str]) -> list[PaperView]:
    return list(PaperView.objects.filter(case_no__in=case_nos).order_by("-issued_at"))


def licences_of_case(case_no: str) -> list[LicenceView]:
    return list(LicenceView.objects.filter(case_no=case_no).order_by("issued_at"))


def licences_of_holder(code: str) -> list[LicenceView]:
    return list(LicenceView.objects.filter(holder_code=code).order_by("-issued_at"))


def licences_of_cases(case_nos: list[str]) -> list[LicenceView]:
    return list(LicenceView.objects.filter(case_no__in=case_nos).order_by("-issued_at"))


def talk_of(case_no: str) -> list[TalkLine]:
    return list(TalkLine.objects.filter(case_no=case_no))


def hearings_of(case_no: str) -> list[HearingView]:
    return list(HearingView.objects.filter(case_no=case_no).order_by("sub_case_no"))


def correction_of(case_no: str) -> CorrectionView | None:
    return CorrectionView.objects.filter(case_no=case_no).first()


def case_by_number(case_no: str) -> CaseView | None:
    return CaseView.objects.filter(case_no=case_no).first()


def completed_cases(numbers: Any) -> QuerySet[CaseView]:
    """Those of ``numbers`` (a list or a subquery) that are completed."""
    return CaseView.objects.filter(case_no__in=numbers, state="completed").exclude(completed_at=None)


def figures(day: date) -> dict[str, Any]:
    """What the home page may say: cases filed and completed on a day, and items on offer."""
    return {
        "filed": CaseView.objects.filter(received_at__date=day).count(),
        "completed": CaseView.objects.filter(completed_at__date=day).count(),
        "items": ItemCopy.objects.filter(current=True).count(),
    }


def offers_commitment(item: ItemDefinition) -> bool:
    """May the applicant choose 告知承诺 for this item? A statute that prescribes it overrules the excluded fields."""
    terms = item.commitment
    told = bool(terms.conditions and terms.standards and terms.consequences and terms.text)
    return told and bool(terms.prescribed_by or (terms.listed and not item.guarded_field))


def promises_of(case_no: str) -> PromiseView | None:
    return PromiseView.objects.filter(case_no=case_no).first()


# -- halls: views of the one catalogue -----------------------------------------------------------------------------------------------


def halls() -> list[Hall]:
    """Every district, committee and department that has items on offer, districts first; each is a view of the one catalogue."""
    counts = dict(ItemCopy.objects.filter(current=True).values_list("organisation").annotate(Count("pk")))
    bodies = [one for one in all_organisations() if counts.get(one.code)]
    found: list[Hall] = []
    for region in sorted({code for one in bodies for code in one.region.path.split("/") if code}):
        codes = tuple(one.code for one in bodies if f"/{region}/" in f"/{one.region.path}")
        area = get_region(region)
        if area.level != "village":
            found.append(
                Hall(code=area.code, name=area.name, kind="region", organisations=codes, items=sum(counts[code] for code in codes))
            )
    found += [Hall(code=one.code, name=one.name, kind="organisation", organisations=(one.code,), items=counts[one.code]) for one in bodies]
    return found


def get_hall(code: str) -> Hall:
    """The hall of a region or a body; NotFound when it offers nothing."""
    found = next((one for one in halls() if one.code == code), None)
    if found is None:
        raise NotFound()
    return found
