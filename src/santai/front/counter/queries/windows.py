"""Reads of the window. ``access_*`` getters answer alike for what is absent and what another body's window keeps."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import get_current_timezone, make_aware

from santai.exchange.contracts.service import decode
from santai.front.counter.errors import IntakeUnknown, Unknown, VisitUnknown
from santai.front.counter.models import HandOut, Intake, Outage, Receipt, Reminder, ServiceAddress, ServiceTry, TakenBack, Visit
from santai.front.counter.rules.handout import HANDED_OVER, REMIND_AFTER, reminders_due
from santai.front.counter.rules.review import Review
from santai.front.hall.service import (
    CaseView,
    Draft,
    LicenceView,
    case_by_number,
    cases_of,
    completed_cases,
    licences_of_case,
    licences_of_holder,
    papers_of,
)
from santai.front.ratings.service import Occasion
from santai.kernel.access.service import may, scope
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import Account, find_account_of_person
from santai.kernel.ledger.service import Actor, Party

STAFF = ("intake", "assistant", "issuing")
RETURNS_SEEN = (*STAFF, "chief", "supervisor")
NO_RESULT = "没有可以在这里领取的结果。别的单位办的，请先为来领取的人登记到窗，再打开。"
RATED_WITHIN = timedelta(days=30)  # after it a visit can no longer be rated
_tokens = Signer(salt="front.counter.visit")


# -- visits ------------------------------------------------------------------------------------------------------------------------


def is_window(actor: Actor) -> bool:
    return any(may(actor, role, organisation=actor.organisation) for role in STAFF)


def access_visit(*, number: str, actor: Actor, lock: bool = False) -> Visit:
    """A visit at this body's windows, for its staff. VisitUnknown."""
    visits = Visit.objects.select_for_update() if lock else Visit.objects
    visit = visits.filter(number=number, organisation=actor.organisation).first() if is_window(actor) else None
    if visit is None:
        raise VisitUnknown()
    return visit


def visits_of_day(actor: Actor, day: date) -> list[Visit]:
    """Who was here on a day, the open ones first, the newest first."""
    if not is_window(actor):
        return []
    begin = make_aware(datetime.combine(day, time.min), get_current_timezone())
    found = Visit.objects.filter(organisation=actor.organisation, opened_at__gte=begin, opened_at__lt=begin + timedelta(days=1))
    return sorted(found.prefetch_related("intakes"), key=lambda one: (one.closed_at is not None, -one.opened_at.timestamp()))[:200]


def parties_of(visit: Visit) -> tuple[Party, Party]:
    """(the applicant, the person present)."""
    present = Party(kind="person", code_kind=visit.code_kind, code=visit.code, name=visit.person_name, phone=visit.phone)
    return (decode(Party, visit.represents) if visit.represents else present), present


def present_account(visit: Visit) -> Account:
    """The account of the person present; one that is kept nowhere when there is none: nobody needs a telephone to apply."""
    found = Account.objects.filter(pk=visit.account).first() if visit.account else None
    name, kind = visit.person_name, visit.code_kind
    return found or Account(login="", name=name, code_kind=kind, code=visit.code, phone=visit.phone, level=5)


def applicant_account(visit: Visit) -> Account:
    """Whose facts the registers are asked for: the person acted for, or else the person present."""
    party, _present = parties_of(visit)
    if visit.represents is None or party.kind == "organisation":
        return present_account(visit)
    found = find_account_of_person(party.code_kind, party.code)
    return found or Account(login="", name=party.name, code_kind=party.code_kind, code=party.code, level=5)


def assisting(actor: Actor, party: Party) -> Actor:
    """The clerk acting for the applicant: the record says who did it and for whom."""
    return replace(actor, represents=party)


def assisting_in(actor: Actor, intake: Intake) -> Actor:
    return assisting(actor, parties_of(intake.visit)[0])


def history_of(visit: Visit) -> tuple[list[CaseView], list[LicenceView]]:
    """What the applicant has with the government, before the first word: newest cases, and licences."""
    party, _present = parties_of(visit)
    everything = Actor(kind="person", account="", name=party.name, person_code=party.code)
    return list(cases_of(everything, party)[:8]), licences_of_holder(party.code)[:5]


# -- intakes -----------------------------------------------------------------------------------------------------------------------


def access_intake(*, intake_id: UUID | str, actor: Actor, lock: bool = False) -> Intake:
    """An application this body's windows take in. IntakeUnknown."""
    intakes = Intake.objects.select_for_update(of=("self",)) if lock else Intake.objects
    found = intakes.select_related("visit").filter(id=intake_id, organisation=actor.organisation).first() if is_window(actor) else None
    if found is None:
        raise IntakeUnknown()
    return found


def intake_of_case(*, case_no: str, actor: Actor) -> Intake:
    """The intake of a case taken in at this body's windows. IntakeUnknown."""
    found = Intake.objects.select_related("visit").filter(case_no=case_no, organisation=actor.organisation).first()
    if found is None or not is_window(actor):
        raise IntakeUnknown()
    return found


def reviews_in(draft: Draft) -> dict[str, Review]:
    return {
        code: Review(
            copies=given.get("copies", 0),
            original_seen=bool(given.get("original_seen")),
            verdict=given.get("verdict", ""),
            remark=given.get("remark", ""),
        )
        for code, given in draft.materials.items()
    }


def materials_there(draft: Draft) -> dict[str, bool]:
    """Which materials are there as files or licences."""
    return {code: bool(given.get("files") or given.get("from_licence")) for code, given in draft.materials.items()}


def told_before(intake: Intake) -> frozenset[str] | None:
    """The materials named in the first complete list this applicant was given for this item within a year; None: never told."""
    since = intake.begun_at - timedelta(days=365)
    first = TakenBack.objects.filter(applicant_code=intake.applicant_code, item_code=intake.item_code, at__gte=since).order_by("at").first()
    return frozenset(one["code"] for one in first.told) if first else None


def taken_back_of(visit: Visit) -> list[TakenBack]:
    """Lists the applicant was given before, for anything."""
    return list(TakenBack.objects.filter(applicant_code=parties_of(visit)[0].code).select_related("intake")[:5])


def receipt_of(case_no: str) -> Receipt | None:
    return Receipt.objects.filter(case_no=case_no).select_related("intake__visit").first()


def receipts_to_make(now: datetime, limit: int = 20) -> list[str]:
    waiting = Receipt.objects.filter(digest="", next_attempt_at__lte=now).order_by("-next_attempt_at")
    return list(waiting.values_list("receipt_no", flat=True)[:limit])


def supervised_returns(actor: Actor) -> QuerySet[TakenBack]:
    """Papers taken back: for the staff of the window and for supervision of the region."""
    return TakenBack.objects.filter(scope(actor, *RETURNS_SEEN)).select_related("intake")


def outages_of(actor: Actor) -> list[Outage]:
    return list(Outage.objects.filter(organisation=actor.organisation)[:50])


def usable_outages(organisation: str) -> list[Outage]:
    return list(Outage.objects.filter(organisation=organisation).exclude(approved_at=None)[:20])


# -- results -----------------------------------------------------------------------------------------------------------------------


def collectable(case_no: str) -> CaseView:
    """A case that has something to hand out. Unknown."""
    view = case_by_number(case_no)
    if view is None or not papers_waiting(case_no):
        raise Unknown(NO_RESULT)
    return view


def papers_waiting(case_no: str) -> list[dict[str, str]]:
    """Decisions, notices and valid licences of a case that can be handed over."""
    licences = [{"number": one.number, "title": one.title, "kind": "licence"} for one in licences_of_case(case_no) if not one.revoked_at]
    papers = [{"number": one.document_no, "title": one.title, "kind": one.kind} for one in papers_of(case_no) if one.kind in HANDED_OVER]
    return licences + papers


def handouts_of(case_no: str) -> list[HandOut]:
    return list(HandOut.objects.filter(case_no=case_no))


def access_handout(*, number: str, actor: Actor) -> HandOut:
    """One collection at this body's windows. Unknown."""
    found = HandOut.objects.filter(number=number, organisation=actor.organisation).first() if is_window(actor) else None
    if found is None:
        raise Unknown()
    return found


def recent_handouts(actor: Actor, words: str = "") -> list[HandOut]:
    found = HandOut.objects.filter(organisation=actor.organisation)
    if words:
        found = found.filter(Q(case_no=words) | Q(collector_name__icontains=words) | Q(item_name__icontains=words) | Q(number=words))
    return list(found.order_by("-at")[:50])


def waiting_results(organisation: str) -> list[CaseView]:
    """Completed cases taken in at these windows that nobody has collected, the oldest first."""
    taken_in = Intake.objects.filter(organisation=organisation, state=Intake.State.FILED).values("case_no")
    collected = HandOut.objects.values("case_no")
    return list(completed_cases(taken_in).exclude(case_no__in=collected).order_by("completed_at")[:200])


def reminders_due_now(at: datetime) -> list[CaseView]:
    """Completed cases of any window whose applicant is to be reminded."""
    last = at - timedelta(days=REMIND_AFTER[0])
    open_cases = Intake.objects.filter(state=Intake.State.FILED, reminders_over=False).exclude(
        case_no__in=HandOut.objects.values("case_no")
    )
    found = completed_cases(open_cases.values("case_no")).filter(completed_at__lte=last).order_by("completed_at")[:100]
    told = dict(Reminder.objects.filter(case_no__in=[one.case_no for one in found]).values_list("case_no").annotate(count=Count("id")))
    return [one for one in found if one.completed_at and reminders_due(one.completed_at, told.get(one.case_no, 0), at)]


# -- reaching people ---------------------------------------------------------------------------------------------------------------


def address_of(party_code: str) -> ServiceAddress | None:
    """The confirmation that binds: the newest."""
    return ServiceAddress.objects.filter(party_code=party_code).first()


def tries_of(case_no: str) -> list[ServiceTry]:
    return list(ServiceTry.objects.filter(case_no=case_no))


# -- rating ------------------------------------------------------------------------------------------------------------------------


def rating_token(visit: Visit) -> str:
    """What the page by which a visit is rated is called: nobody guesses another's."""
    return _tokens.sign(visit.number)


def visit_by_token(token: str) -> Visit | None:
    try:
        number = _tokens.unsign(token)
    except BadSignature:
        return None
    return Visit.objects.filter(number=number, opened_at__gte=now() - RATED_WITHIN).first()


def occasion_by_token(token: str) -> tuple[Occasion, Actor, str] | None:
    """For ratings: the visit as something to rate, the person who was there, and their telephone. None for a token that is none."""
    visit = visit_by_token(token)
    if visit is None:
        return None
    intake = visit.intakes.exclude(case_no="").order_by("-filed_at").first()
    who = Actor(kind="person", account=str(visit.account or f"visit:{visit.number}"), name=visit.person_name, person_code=visit.code)
    occasion = Occasion(
        kind="visit",
        number=visit.number,
        case_no=intake.case_no if intake else "",
        item_code=intake.item_code if intake else "",
        item_name=intake.item_name if intake else "窗口服务",
        organisation=visit.organisation,
        organisation_name=visit.organisation_name,
        applicant_name=visit.person_name,
    )
    return occasion, who, visit.phone
