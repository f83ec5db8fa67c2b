"""Reads of the space. Each page costs a fixed number of queries, however many cases somebody has."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate

from santai.exchange.contracts.service import FileRef, LicencesAnswer, LicencesOfHolder, decode
from santai.exchange.gateway.service import ask
from santai.front.hall.service import (
    CaseView,
    CorrectionView,
    Draft,
    ItemCopy,
    LicenceView,
    NotFound,
    PaperView,
    SignatureInvitation,
    cases_of,
    drafts_of,
    invitations_for,
)
from santai.front.payments.service import payments_due
from santai.front.space import rules
from santai.front.space.models import FirmManager, FirmProject, InboxMessage
from santai.kernel.clocks.service import working_days_between
from santai.kernel.files.service import exists
from santai.kernel.identity.service import (
    Account,
    Authorisation,
    Capacity,
    authorisations_by,
    authorisations_of,
    capacities_of,
    items_entrusted,
)
from santai.kernel.ledger.service import Actor, ActRefused, Party

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list that is read by its keys; ``previous`` and ``following`` are cursors, empty where there is nothing more."""

    rows: list[Any]
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, kw_only=True)
class Authority:
    """An authorisation with what it means today."""

    id: UUID
    firm: str
    firm_code: str
    person: str
    capacity: str
    items: tuple[str, ...]  # names; empty: all
    valid_from: date
    valid_to: date | None
    evidence: str
    state: str  # 有效 尚未生效 已过期 已撤回
    revocable: bool
    representative: bool  # from the register of firms, not granted here

    @property
    def tone(self) -> str:
        return rules.TONES.get(self.state, "")


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A licence as its holder sees it, wherever it was learnt from."""

    identifier: str
    number: str
    title: str
    holder_name: str
    organisation_name: str
    issued_on: date | None
    valid_to: str
    state: str  # 有效 已过期 已撤销 …
    why: str
    verify_path: str
    case_no: str
    file: FileRef | None

    @property
    def tone(self) -> str:
        return rules.TONES.get(self.state, "")


# -- who acts ----------------------------------------------------------------------------------------------------------------------


def capacities(account: Account, on: date) -> list[Capacity]:
    """Oneself and the firms one may act for today, each firm once; posts are chosen elsewhere."""
    found: dict[str, Capacity] = {}
    for capacity in capacities_of(account, on):
        if capacity.usable and not capacity.key.startswith("post:"):
            found.setdefault("self" if capacity.key == "self" else capacity.title, capacity)
    return list(found.values())


def visible_cases(actor: Actor, party: Party, on: date) -> QuerySet[CaseView]:
    """The party's cases, as far as the actor's authority reaches."""
    return cases_of(actor, party, on=on)


# -- lists -------------------------------------------------------------------------------------------------------------------------


def paged(rows: QuerySet[Any], *, at: str, key: str, cursor: str = "", size: int = PAGE) -> Page:
    """The page of ``rows`` (newest first) that ``cursor`` names; a cursor nobody made leads to the first page."""
    direction, _, place = cursor.partition("~")
    moment, _, last = place.partition("~")
    when = parse_datetime(moment) if direction in ("after", "before") and last else None
    if when is not None and key == "id":
        try:
            last = str(UUID(last))
        except ValueError:
            when = None
    back = direction == "before" and when is not None
    if when is not None:
        side = "gt" if back else "lt"
        rows = rows.filter(Q(**{f"{at}__{side}": when}) | Q(**{at: when, f"{key}__{side}": last}))
    rows = rows.order_by(at, key) if back else rows.order_by(f"-{at}", f"-{key}")
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()

    def cursor_at(word: str, row: Model) -> str:
        return f"{word}~{getattr(row, at).isoformat()}~{getattr(row, key)}"

    if not found:
        return Page(rows=[])
    return Page(
        rows=found,
        previous=cursor_at("before", found[0]) if (more if back else when is not None) else "",
        following=cursor_at("after", found[-1]) if (back or more) else "",
    )


ORDERS = {"": "received_at", "changed": "changed_at"}
EXPORTED = 5000


def cases(actor: Actor, party: Party, on: date, *, state: str = "", text: str = "", order: str = "", cursor: str = "") -> Page:
    """A page of cases, the newest first or (``order`` changed) what moved last. Filters as in ``chosen_cases``."""
    page = paged(chosen_cases(actor, party, on, state=state, text=text), at=ORDERS.get(order, "received_at"), key="case_no", cursor=cursor)
    return replace(page, rows=with_answers_due(page.rows, on))


def case_table(actor: Actor, party: Party, on: date, *, state: str = "", text: str = "", order: str = "") -> list[dict[str, Any]]:
    """The whole list as rows, for a spreadsheet; at most ``EXPORTED``."""
    rows = chosen_cases(actor, party, on, state=state, text=text).order_by(f"-{ORDERS.get(order, 'received_at')}", "-case_no")
    return with_answers_due(list(rows[:EXPORTED]), on)


def chosen_cases(actor: Actor, party: Party, on: date, *, state: str = "", text: str = "") -> QuerySet[CaseView]:
    """``state``: "" (all), open, mine (waits for me), done. ``text``: in item, number, applicant."""
    rows = visible_cases(actor, party, on)
    if state == "open":
        rows = rows.exclude(state="completed")
    elif state == "mine":
        rows = rows.filter(needs_me=True)
    elif state == "done":
        rows = rows.filter(state="completed")
    if wanted := text.strip():
        number = wanted.replace(" ", "")
        rows = rows.filter(Q(item_name__icontains=wanted) | Q(applicant_name__icontains=wanted) | Q(case_no__startswith=number))
    return rows


def with_answers_due(views: list[CaseView], on: date) -> list[dict[str, Any]]:
    """Cases as rows: state in words, remaining time, and until when a correction must be answered."""
    waiting = [view.case_no for view in views if view.needs_me]
    answers = {
        one.case_no: one.respond_by for one in CorrectionView.objects.filter(case_no__in=waiting, answered_at=None)
    } if waiting else {}  # fmt: skip
    return [
        {
            "case_no": view.case_no,
            "item_name": view.item_name,
            "organisation_name": view.organisation_name,
            "applicant_name": view.applicant_name,
            "received_at": view.received_at,
            "completed_at": view.completed_at,
            "state": (word := rules.state_word(view.state, view.outcome)),
            "tone": rules.TONES.get(word, ""),
            "step": view.step if view.state != "completed" else "",
            "needs_me": view.needs_me,
            "answer_by": answers.get(view.case_no),
            "may_rate": view.state == "completed" and not view.rated,
            "parts": len(view.parts) if len(view.parts) > 1 else 0,
            "parts_done": sum(1 for part in view.parts.values() if part.get("outcome")),
            "remaining": None
            if view.state == "completed"
            else rules.remaining(
                view.clocks, view.parts, due_at=view.due_at, today=on, day_of=localdate, working_days=working_days_between
            ),
        }
        for view in views
    ]


def drafts(actor: Actor, party: Party) -> list[Draft]:
    """Open drafts with the number of signatures asked for (``asked``) and still missing (``missing``)."""
    counted = drafts_of(actor, party).annotate(
        asked=Count("invitations"), missing=Count("invitations", filter=Q(invitations__signed_at=None))
    )
    return list(counted[:200])


def discarded_draft(actor: Actor, draft_id: str) -> Draft | None:
    """A draft thrown away a moment ago, for the undo button."""
    try:
        key = UUID(draft_id)
    except ValueError:
        return None
    return Draft.objects.filter(id=key, account=actor.account, state=Draft.State.ABANDONED).first()


def documents(actor: Actor, party: Party, on: date, *, unread: bool = False, text: str = "", cursor: str = "") -> Page:
    """Numbered documents served in one's cases, newest first, each with the item it belongs to. ``text``: in title, number, organ, item."""
    mine = visible_cases(actor, party, on).order_by()
    papers = PaperView.objects.filter(case_no__in=mine.values("case_no"))
    if unread:
        papers = papers.filter(opened_at=None)
    if wanted := text.strip():
        of_item = mine.filter(item_name__icontains=wanted).values("case_no")
        papers = papers.filter(
            Q(title__icontains=wanted)
            | Q(document_no__icontains=wanted)
            | Q(organisation_name__icontains=wanted)
            | Q(case_no__startswith=wanted.replace(" ", ""))
            | Q(case_no__in=of_item)
        )
    page = paged(papers, at="issued_at", key="document_no", cursor=cursor)
    return replace(page, rows=_with_items(page.rows))


def _with_items(papers: list[PaperView]) -> list[dict[str, Any]]:
    names = dict(CaseView.objects.filter(case_no__in={paper.case_no for paper in papers}).values_list("case_no", "item_name"))
    return [
        {
            "document_no": paper.document_no,
            "title": paper.title,
            "organisation_name": paper.organisation_name,
            "issued_at": paper.issued_at,
            "opened_at": paper.opened_at,
            "case_no": paper.case_no,
            "item_name": names.get(paper.case_no, ""),
            "size": paper.file.get("size", 0),
        }
        for paper in papers
    ]


def access_paper(*, document_no: str, actor: Actor, party: Party, on: date) -> PaperView:
    """A document of one's own case. NotFound alike for absent and foreign."""
    paper = PaperView.objects.filter(document_no=document_no).first()
    if paper is None or not visible_cases(actor, party, on).filter(case_no=paper.case_no).exists():
        raise NotFound()
    return paper


# -- licences ----------------------------------------------------------------------------------------------------------------------


def licences(actor: Actor, party: Party, at: datetime) -> tuple[list[Licence], bool]:
    """Licences of the party, newest first, and whether the licence register could be asked.

    What came out of the party's cases is known here; the register adds those issued otherwise and has the last word on their state.
    """
    on = localdate(at)
    mine = visible_cases(actor, party, on).order_by().values("case_no")
    own = Q(case_no__in=mine)
    if party.code and (actor.represents is None or _sees_everything(actor, party, on)):
        own |= Q(holder_code=party.code)
    found = {one.identifier: _from_view(one, on) for one in LicenceView.objects.filter(own).order_by("-issued_at")[:200]}
    asked = False
    if party.code and (actor.represents is None or _sees_everything(actor, party, on)):
        try:
            answer: LicencesAnswer = ask(
                LicencesOfHolder(holder_code=party.code, only_valid=False), actor=actor, purpose="我的证照", subject="duty:我的空间", at=at
            )
            asked = True
        except ActRefused:  # out of reach, or not granted here: what the cases brought is shown, and the page says so
            answer = LicencesAnswer()
        for fact in answer.licences:
            known = found.get(fact.identifier)
            found[fact.identifier] = Licence(
                identifier=fact.identifier,
                number=fact.number,
                title=fact.title,
                holder_name=fact.holder_name,
                organisation_name=fact.organisation_name,
                issued_on=date.fromisoformat(fact.issued_on[:10]) if fact.issued_on else None,
                valid_to=fact.valid_to,
                state=LICENCE_STATES.get(fact.state, "已失效"),
                why=known.why if known else "",
                verify_path=fact.verify_path,
                case_no=known.case_no if known else "",
                file=fact.file or (known.file if known else None),
            )
    rows = sorted(found.values(), key=lambda one: (one.issued_on or date.min, one.identifier), reverse=True)
    return rows, asked or not party.code


def chosen_licences(rows: list[Licence], *, valid: bool = False, text: str = "") -> list[Licence]:
    """Those in force, those in which the words occur (name, number, holder, issuer)."""
    wanted = text.strip().lower()
    return [
        one
        for one in rows
        if (not valid or one.state == "有效")
        and wanted in " ".join((one.title, one.number, one.identifier, one.holder_name, one.organisation_name)).lower()
    ]


def licence(*, identifier: str, actor: Actor, party: Party, at: datetime) -> Licence:
    """One of the party's licences. NotFound alike for absent and foreign."""
    for one in licences(actor, party, at)[0]:
        if one.identifier == identifier:
            return one
    raise NotFound()


def file_here(ref: FileRef | None) -> bool:
    """Is the file in this zone's store?"""
    return ref is not None and exists(ref.digest)


LICENCE_STATES = {
    "01": "有效",
    "02": "已暂扣",
    "03": "已撤销",
    "04": "已注销",
    "05": "已失效",
    "06": "已转出",
    "07": "已吊销",
}


def _from_view(view: LicenceView, on: date) -> Licence:
    expired = len(view.valid_to) >= 10 and view.valid_to[:10] < on.isoformat()
    return Licence(
        identifier=view.identifier,
        number=view.number,
        title=view.title,
        holder_name=view.holder_name,
        organisation_name=view.organisation_name,
        issued_on=localdate(view.issued_at),
        valid_to=view.valid_to,
        state="已撤销" if view.revoked_at else "已过期" if expired else "有效",
        why=view.revoked_why,
        verify_path=view.verify_path,
        case_no=view.case_no,
        file=decode(FileRef, view.file) if view.file else None,
    )


def _sees_everything(actor: Actor, party: Party, on: date) -> bool:
    return items_entrusted(account=actor.account, company_code=party.code, on=on) is None


# -- messages ----------------------------------------------------------------------------------------------------------------------


def inbox(party: Party) -> QuerySet[InboxMessage]:
    """The messages of a party; an account without a number has none."""
    return InboxMessage.objects.filter(party_code=party.code).exclude(party_code="")


def messages(party: Party, *, unread: bool = False, text: str = "", cursor: str = "") -> Page:
    rows = inbox(party)
    if wanted := text.strip():
        rows = rows.filter(Q(title__icontains=wanted) | Q(text__icontains=wanted) | Q(case_no__startswith=wanted.replace(" ", "")))
    return paged(rows.filter(read_at=None) if unread else rows, at="sent_at", key="id", cursor=cursor)


# -- what waits --------------------------------------------------------------------------------------------------------------------


def waiting(actor: Actor, party: Party, on: date) -> dict[str, Any]:
    """What waits for the person in this capacity; lists are cut at ten, counts are whole."""
    mine = visible_cases(actor, party, on)
    corrections = mine.filter(needs_me=True)
    ratings = mine.filter(state="completed", rated=False).exclude(outcome__in=("withdrawn", "terminated"))
    papers = PaperView.objects.filter(case_no__in=mine.order_by().values("case_no"), opened_at=None)
    signatures: list[SignatureInvitation] = [] if actor.represents else _to_sign(actor)
    return {
        "signatures": signatures,
        "corrections": with_answers_due(list(corrections[:10]), on),
        "papers": _with_items(list(papers.order_by("-issued_at", "-document_no")[:10])),
        "ratings": with_answers_due(list(ratings[:10]), on),
        "payments": list(payments_due(actor, party)[:10]),
        "recent": with_answers_due(list(mine.exclude(state="completed").exclude(needs_me=True)[:5]), on),
    }


def _to_sign(actor: Actor) -> list[SignatureInvitation]:
    return [one for one in invitations_for(actor) if one.declined_at is None]


def counts(actor: Actor, party: Party, on: date) -> dict[str, int]:
    """The figures beside the tabs of every page."""
    mine = visible_cases(actor, party, on)
    found = mine.order_by().aggregate(
        corrections=Count("case_no", filter=Q(needs_me=True)),
        open=Count("case_no", filter=~Q(state="completed")),
    )
    signatures = 0 if actor.represents or not actor.person_code else len(_to_sign(actor))
    return {
        "todo": found["corrections"] + signatures,
        "open": found["open"],
        "drafts": drafts_of(actor, party).count(),
        "unread": inbox(party).filter(read_at=None).count(),
        "payments": payments_due(actor, party).count(),
    }


# -- authority ---------------------------------------------------------------------------------------------------------------------


def received(account: Account, on: date) -> list[Authority]:
    """Every authority given to the person, those in force first."""
    return _authorities(list(authorisations_of(account).select_related("grantee")), on, account=account, representative=False)


def granted(party: Party, account: Account, on: date) -> tuple[list[Authority], bool]:
    """Every authority the firm gave, those in force first, and whether the person may give and take it (legal representative)."""
    rows = list(authorisations_by(party.code))
    representative = any(
        one.grantee_id == account.pk and one.capacity == "legal_representative" and _standing(one, on) == "有效" for one in rows
    )
    if not representative:  # an agent sees the own authority, not the colleagues'
        rows = [one for one in rows if one.grantee_id == account.pk]
    return _authorities(rows, on, account=account, representative=representative), representative


def firm_items() -> list[dict[str, str]]:
    """Items on offer to firms, for the scope of an authority."""
    rows = ItemCopy.objects.filter(current=True, holder_kinds__contains=["organisation"])
    return [{"code": code, "name": name} for code, name in rows.order_by("name").values_list("code", "name")]


def _authorities(rows: list[Authorisation], on: date, *, account: Account, representative: bool) -> list[Authority]:
    codes = {code for one in rows for code in one.items}
    names = dict(ItemCopy.objects.filter(current=True, code__in=codes).values_list("code", "name")) if codes else {}
    found = []
    for one in rows:
        standing, legal = _standing(one, on), one.capacity == "legal_representative"
        found.append(
            Authority(
                id=one.pk,
                firm=one.grantor_name,
                firm_code=one.grantor_code,
                person=one.grantee.name,
                capacity=one.get_capacity_display(),
                items=tuple(names.get(code, code) for code in one.items),
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                evidence=one.evidence,
                state=standing,
                revocable=standing in ("有效", "尚未生效") and not legal and (representative or one.grantee_id == account.pk),
                representative=legal,
            )
        )
    return sorted(found, key=lambda one: (AUTHORITY_STATES.index(one.state), one.firm, one.person))


AUTHORITY_STATES = ("有效", "尚未生效", "已过期", "已撤回")


def _standing(one: Authorisation, on: date) -> str:
    if one.revoked_at:
        return "已撤回"
    if one.valid_from > on:
        return "尚未生效"
    if one.valid_to and one.valid_to < on:
        return "已过期"
    return "有效"


def verify_address(path: str) -> str:
    """What the QR code of a licence opens, on any phone."""
    return f"{settings.VERIFY_ADDRESS}{path}"


# -- what the back office tells a firm ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirmPage:
    """A firm's account managers of the day and its projects, the nearest report first."""

    managers: list[FirmManager]
    projects: list[FirmProject]


def firm_page(party: Party, on: date) -> FirmPage:
    managers = FirmManager.objects.filter(Q(until=None) | Q(until__gte=on), firm_code=party.code, since__lte=on)
    projects = FirmProject.objects.filter(firm_code=party.code).order_by("report_due", "code")
    return FirmPage(list(managers.order_by("since")), list(projects))


def has_firm_page(party: Party) -> bool:
    """Is there anything for the tab to show?"""
    return FirmProject.objects.filter(firm_code=party.code).exists() or FirmManager.objects.filter(firm_code=party.code).exists()
