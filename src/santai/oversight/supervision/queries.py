"""Reads of supervision. Pages are scoped to the region of the post in use; figures come from counters, never from counting cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from santai.exchange.bus.service import recorded_until
from santai.kernel.access.service import scope
from santai.kernel.clocks.service import add_working_days, working_days_between
from santai.kernel.jobs.service import forget_kept, kept_briefly
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import Organisation, Region
from santai.oversight.supervision.errors import CardNotFound, CaseNotWatched
from santai.oversight.supervision.messages import PENDING, SupervisionRule
from santai.oversight.supervision.models import Card, DayFigure, RuleRow, Standing, WatchedCase, WatchedClock, WatchedEvent, WatchedPart
from santai.oversight.supervision.rules import end_of, local_date, rule_from_data

PAGE = 30
EXPORT_LIMIT = 10_000
ROLES = ("supervisor", "leader")


@kept_briefly
def rules_in_force() -> tuple[SupervisionRule, ...]:
    """The rules as values; asked at most once a second a process."""
    return tuple(rule_from_data(row.data) for row in RuleRow.objects.all())


def rule_rows() -> list[RuleRow]:
    return list(RuleRow.objects.all())


def forget_rules() -> None:
    forget_kept()


def horizon(now: datetime) -> datetime:
    """Up to here the record of every zone is complete at the two rooms that matter: what the applicant and the departments did has
    reached the approvals room, and what that room said has reached supervision."""
    return min(now, *(recorded_until(room=room, now=now) for room in ("back.approvals", "oversight.supervision")))


# -- what a supervisor may see ---------------------------------------------------------------------------------------------------


def seen(actor: Actor | None) -> Q:
    """One predicate for cards, parts, cases and figures: the bodies of the region."""
    return scope(actor, *ROLES, organisation_field="organisation")


def departments(actor: Actor | None) -> dict[str, str]:
    """Code → name of the bodies that have anything to show."""
    codes = Standing.objects.filter(seen(actor)).values("organisation").distinct()
    return dict(Organisation.objects.filter(code__in=codes).order_by("seq", "code").values_list("code", "name"))


def get_card(actor: Actor | None, card_no: str) -> Card:
    """CardNotFound when there is none or it lies outside the region."""
    card = Card.objects.filter(seen(actor), card_no=card_no).select_related("case", "clock", "parent").first()
    if card is None:
        raise CardNotFound()
    return card


def get_watched_case(actor: Actor | None, case_no: str) -> WatchedCase:
    """A case led by, or with a part at, a body of the region; CaseNotWatched."""
    part = Q(case_no__in=WatchedPart.objects.filter(seen(actor), case_id=case_no).values("case_id"))
    case = WatchedCase.objects.filter(seen(actor) | part, case_no=case_no).first()
    if case is None:
        raise CaseNotWatched()
    return case


def parts_of(case_no: str) -> list[WatchedPart]:
    return list(WatchedPart.objects.filter(case_id=case_no).order_by("sub_case_no"))


def clocks_of(case_no: str) -> list[WatchedClock]:
    return list(WatchedClock.objects.filter(case_id=case_no).exclude(subject__startswith="card:").order_by("due_at", "id"))


def events_of(case_no: str) -> list[WatchedEvent]:
    return list(WatchedEvent.objects.filter(case_no=case_no).order_by("at", "heard_at"))


def cards_of(actor: Actor | None, case_no: str) -> list[Card]:
    return list(Card.objects.filter(seen(actor), case_id=case_no))


# -- lists ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    following: str = ""


def filtered_cards(actor: Actor | None, wanted: dict[str, str]) -> QuerySet[Card]:
    """Cards by level, state (``pending`` for everything unsettled), organisation, item, region, day, month, rule, newest first."""
    cards = Card.objects.filter(seen(actor))
    for key in ("level", "organisation", "item_code", "region", "rule"):
        if wanted.get(key):
            cards = cards.filter(**{key: wanted[key]})
    if wanted.get("state") == "pending":
        cards = cards.filter(state__in=PENDING)
    elif wanted.get("state"):
        cards = cards.filter(state=wanted["state"])
    if wanted.get("day"):
        cards = cards.filter(day=date.fromisoformat(wanted["day"]))
    if wanted.get("month"):
        first, last = month_of(wanted["month"])
        cards = cards.filter(day__range=(first, last))
    return cards.order_by("-issued_at", "-card_no")


def card_page(actor: Actor | None, wanted: dict[str, str], before: str = "") -> Page:
    """Thirty cards and where the next page begins."""
    cards = filtered_cards(actor, wanted)
    if before:
        last = Card.objects.filter(card_no=before).values_list("issued_at", flat=True).first()
        if last:
            cards = cards.filter(Q(issued_at__lt=last) | Q(issued_at=last, card_no__lt=before))
    rows = list(cards[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].card_no if len(rows) > PAGE else "")


def card_filters(actor: Actor | None) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: items and rules that have cards, from the counters."""
    codes = list(DayFigure.objects.filter(seen(actor), metric__startswith="cards_").values_list("item_code", flat=True).distinct()[:200])
    named = Card.objects.filter(item_code__in=codes).order_by("item_code").distinct("item_code")
    names = dict(named.values_list("item_code", "case__item_name"))
    return {
        "items": [(code, names.get(code, code)) for code in codes],
        "regions": [(code, name) for code, name in _regions(actor)],
    }


def _regions(actor: Actor | None) -> list[tuple[str, str]]:
    codes = Card.objects.filter(seen(actor)).order_by().values("region").distinct()
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def part_page(actor: Actor | None, wanted: dict[str, str], now: datetime, before: str = "") -> Page:
    """Departments' parts: ``show`` running, due (today or the next working day), overdue, stopped, late (finished too late), done."""
    show = wanted.get("show", "running")
    parts = WatchedPart.objects.filter(seen(actor)).select_related("case")
    for key in ("organisation", "item_code", "region"):
        if wanted.get(key):
            parts = parts.filter(**{key: wanted[key]})
    field = "due_at"
    if show == "due":
        parts = parts.filter(finished_at=None, due_at__range=(now, soon(now)))
    elif show == "overdue":
        parts = parts.filter(finished_at=None, due_at__lt=now)
    elif show == "stopped":
        parts, field = parts.filter(finished_at=None, state="stopped"), "-opened_at"
    elif show in ("late", "done"):
        parts, field = parts.filter(finished_at__isnull=False, **({"late": True} if show == "late" else {})), "-finished_at"
        if wanted.get("month"):
            first, last = month_of(wanted["month"])
            parts = parts.filter(finished_at__gte=end_of(first - timedelta(days=1)), finished_at__lte=end_of(last))
    else:
        parts, field = parts.filter(finished_at=None), "-opened_at"
    down, name = field.startswith("-"), field.lstrip("-")
    if before:
        mark = WatchedPart.objects.filter(sub_case_no=before).values_list(name, flat=True).first()
        if mark:
            order = "lt" if down else "gt"
            parts = parts.filter(Q(**{f"{name}__{order}": mark}) | Q(**{name: mark, f"sub_case_no__{order}": before}))
    rows = list(parts.order_by(field, "-sub_case_no" if down else "sub_case_no")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].sub_case_no if len(rows) > PAGE else "")


def case_page(actor: Actor | None, wanted: dict[str, str], before: str = "") -> Page:
    """Whole cases: ``show`` filed (on ``day``) or bad (rated 4 or 5), newest first."""
    cases = WatchedCase.objects.filter(seen(actor))
    name = "received_at"
    if wanted.get("organisation"):
        cases = cases.filter(organisation=wanted["organisation"])
    if wanted.get("show") == "bad":
        cases, name = cases.filter(rating__gte=4), "rated_at"
    if wanted.get("day"):
        day = date.fromisoformat(wanted["day"])
        cases = cases.filter(**{f"{name}__gt": end_of(day - timedelta(days=1)), f"{name}__lte": end_of(day)})
    elif wanted.get("month"):
        first, last = month_of(wanted["month"])
        cases = cases.filter(**{f"{name}__gt": end_of(first - timedelta(days=1)), f"{name}__lte": end_of(last)})
    if before:
        mark = WatchedCase.objects.filter(case_no=before).values_list(name, flat=True).first()
        if mark:
            cases = cases.filter(Q(**{f"{name}__lt": mark}) | Q(**{name: mark, "case_no__lt": before}))
    rows = list(cases.order_by(f"-{name}", "-case_no")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].case_no if len(rows) > PAGE else "")


# -- figures ---------------------------------------------------------------------------------------------------------------------


def month_of(text: str) -> tuple[date, date]:
    """First and last day of ``2026-11``; ValueError."""
    first = date.fromisoformat(f"{text}-01")
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def soon(now: datetime) -> datetime:
    """The end of the next working day: due until then counts as about to be late."""
    return end_of(add_working_days(local_date(now), 1))


@dataclass(frozen=True)
class Rate:
    """按期办结率: of the parts finished in the period (withdrawn and terminated left out), those within every limit."""

    on_time: int
    late: int

    @property
    def finished(self) -> int:
        return self.on_time + self.late

    @property
    def percent(self) -> float | None:
        return round(100 * self.on_time / self.finished, 1) if self.finished else None


def flows(actor: Actor | None, first: date, last: date, organisation: str = "") -> dict[str, dict[str, int]]:
    """Organisation → metric → amount between two days; one query."""
    rows = DayFigure.objects.filter(seen(actor), day__range=(first, last))
    if organisation:
        rows = rows.filter(organisation=organisation)
    found: dict[str, dict[str, int]] = {}
    for code, metric, amount in rows.values_list("organisation", "metric").annotate(total=Sum("amount")):
        found.setdefault(code, {})[metric] = amount
    return found


def daily(actor: Actor | None, first: date, last: date, metrics: Iterable[str], organisation: str = "") -> dict[tuple[str, date, str], int]:
    """(organisation, day, metric) → amount."""
    rows = DayFigure.objects.filter(seen(actor), day__range=(first, last), metric__in=list(metrics))
    if organisation:
        rows = rows.filter(organisation=organisation)
    return {(o, d, m): n for o, d, m, n in rows.values_list("organisation", "day", "metric").annotate(total=Sum("amount"))}


def standing(actor: Actor | None, organisation: str = "") -> dict[str, dict[str, int]]:
    """Organisation → what stands now: cases_running, parts_running, pending_red …"""
    rows = Standing.objects.filter(seen(actor))
    if organisation:
        rows = rows.filter(organisation=organisation)
    found: dict[str, dict[str, int]] = {}
    for code, metric, amount in rows.values_list("organisation", "metric").annotate(total=Sum("amount")):
        found.setdefault(code, {})[metric] = amount
    return found


def due_counts(actor: Actor | None, now: datetime, organisation: str = "") -> dict[str, dict[str, int]]:
    """Organisation → due (until the end of the next working day) and overdue; costs what is due, by the index on the due date."""
    parts = WatchedPart.objects.filter(seen(actor), finished_at=None, due_at__lte=soon(now))
    if organisation:
        parts = parts.filter(organisation=organisation)
    found: dict[str, dict[str, int]] = {}
    for code, due_at in parts.values_list("organisation", "due_at"):
        one = found.setdefault(code, {"due": 0, "overdue": 0})
        if due_at is not None:
            one["overdue" if due_at < now else "due"] += 1
    return found


def total(figures: dict[str, dict[str, int]], metric: str) -> int:
    return sum(one.get(metric, 0) for one in figures.values())


def rate_of(figures: dict[str, dict[str, int]]) -> Rate:
    return Rate(total(figures, "on_time"), total(figures, "late"))


def months_around(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """This month up to today, and the whole month before."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return (first, today), (before.replace(day=1), before)


def last_folded(now: datetime) -> datetime:
    """Until when the figures are complete: the facts up to the watermark."""
    return horizon(now)


def held_days(since: datetime, until: datetime) -> int:
    """Working days somebody held a step."""
    return max(0, working_days_between(local_date(since), local_date(until)))
