"""Reads of how the hall runs: hours, troubles, clients of helpers, cases that can be moved."""

from datetime import date

from santai.exchange.contracts.service import decode
from santai.front.counter.errors import Unknown
from santai.front.counter.models import HallDay, HallHours, HelperClient, Trouble, Visit
from santai.front.counter.queries.windows import parties_of
from santai.front.counter.rules.hours import days_ahead
from santai.front.hall.service import CaseView, case_by_number, cases_of
from santai.kernel.access.service import scope
from santai.kernel.identity.service import holders_of_role
from santai.kernel.ledger.service import Actor, Party

FOLLOWERS = ("supervisor", "chief", "intake", "assistant", "issuing")


def hours_of(organisation: str) -> dict[int, str]:
    """Weekday → hours."""
    return dict(HallHours.objects.filter(organisation=organisation).values_list("weekday", "hours"))


def hall_days(organisation: str, *, since: date) -> list[HallDay]:
    """Days that differ from their weekday."""
    return list(HallDay.objects.filter(organisation=organisation, day__gte=since))


def halls() -> list[str]:
    """Bodies whose halls have hours."""
    weekly = set(HallHours.objects.values_list("organisation", flat=True))
    return sorted(weekly | set(HallDay.objects.values_list("organisation", flat=True)))


def days_open(organisation: str, today: date) -> list[tuple[date, str, str]]:
    """The next fourteen days: day, hours (empty: closed), note."""
    exceptions = {one.day: (one.hours, one.note) for one in hall_days(organisation, since=today)}
    return days_ahead(today, hours_of(organisation), exceptions)


def owners_of(organisation: str, *, on: date) -> list[tuple[str, str]]:
    """Who can own a trouble: those who lead and work at this body's windows, as (account, name with post)."""
    found: dict[str, str] = {}
    for role in ("chief", "supervisor", "intake", "assistant"):
        for holding in holders_of_role(role, organisation=organisation, on=on):
            found.setdefault(str(holding.account_id), f"{holding.account.name}（{holding.post.title}）")
    return list(found.items())


def troubles_of(actor: Actor, *, every: bool = False) -> list[Trouble]:
    """Open ones by due date, or the latest of all."""
    found = Trouble.objects.filter(scope(actor, *FOLLOWERS))
    return list(found.order_by("-raised_at")[:100] if every else found.exclude(state=Trouble.State.CLOSED)[:100])


def access_trouble(*, number: str, actor: Actor) -> Trouble:
    """For the window and for supervision of the region. Unknown."""
    found = Trouble.objects.filter(scope(actor, *FOLLOWERS), number=number).first()
    if found is None:
        raise Unknown()
    return found


def troubles_seen(actor: Actor, number: str) -> bool:
    """May this official read about that trouble?"""
    return Trouble.objects.filter(scope(actor, *FOLLOWERS), number=number).exists()


def clients_of(actor: Actor) -> list[HelperClient]:
    """A helper's own clients, running authorities first."""
    rows = HelperClient.objects.filter(helper_account=actor.account)
    return sorted(rows[:200], key=lambda one: (one.ended_at is not None, one.valid_to))


def client_now(actor: Actor, party_code: str, on: date) -> HelperClient | None:
    """The running authority of this helper for a person or firm."""
    running = HelperClient.objects.filter(helper_account=actor.account, party_code=party_code, ended_at=None)
    return running.filter(valid_from__lte=on, valid_to__gte=on).first()


def access_client(*, client: str, actor: Actor) -> HelperClient:
    """One's own client. Unknown."""
    found = HelperClient.objects.filter(id=client, helper_account=actor.account).first()
    if found is None:
        raise Unknown()
    return found


def cases_of_client(client: HelperClient, on: date) -> list[CaseView]:
    """A client's newest cases, of the items the authority covers; none on a day it does not run."""
    if client.ended_at is not None or not client.valid_from <= on <= client.valid_to:
        return []
    party = decode(Party, client.party)
    found = cases_of(Actor(kind="person", account="", name=party.name, person_code=party.code), party)
    return list((found.filter(item_code__in=client.items) if client.items else found)[:10])


def movable(visit: Visit, case_no: str) -> CaseView | None:
    """A case of the applicant of this visit."""
    view = case_by_number(case_no)
    return view if view is not None and view.applicant_code == parties_of(visit)[0].code else None
