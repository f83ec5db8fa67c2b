"""The tick: look at the limits whose moment has come, and at nothing else."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.kernel.clocks.service import add_working_days
from santai.oversight.supervision.actions.cause import cause_of_clock
from santai.oversight.supervision.actions.issue_card import issue_card
from santai.oversight.supervision.actions.watch_clock import moments, next_check
from santai.oversight.supervision.messages import SupervisionRule
from santai.oversight.supervision.models import Card, WatchedCase, WatchedClock, WatchedPart
from santai.oversight.supervision.queries import horizon
from santai.oversight.supervision.rules import end_of, local_date, spoken

BATCH = 200


@transaction.atomic
def tick(*, at: datetime, until: datetime | None = None, batch: int = BATCH) -> int:
    """Show the cards that are due up to the watermark; returns how many limits were looked at.

    ``until``: up to when the record is known to be complete (default: asked of the bus). A limit that ended later than that is left for
    a later tick, so that a slow line never makes a false card (house.md rule 6). Locked rows are another worker's.
    """
    known_until = min(at, until) if until is not None else horizon(at)
    clocks = list(
        WatchedClock.objects.select_for_update(skip_locked=True).filter(next_check_at__lte=known_until).order_by("next_check_at")[:batch]
    )
    if not clocks:
        return 0
    numbers = {clock.case_id for clock in clocks}
    cases = WatchedCase.objects.in_bulk(list(numbers))
    parts: dict[str, list[WatchedPart]] = {}
    for part in WatchedPart.objects.filter(case_id__in=numbers):
        parts.setdefault(part.case_id, []).append(part)
    answered = [clock.subject.removeprefix("card:") for clock in clocks if clock.subject.startswith("card:")]
    cards = Card.objects.select_for_update().in_bulk(answered) if answered else {}
    over = _over_subjects([clock for clock in clocks if clock.kind == "step"], numbers)
    for clock in clocks:
        if not _moved_by_calendar(clock):
            passed = [(when, rule) for when, rule in moments(clock) if clock.checked_until < when <= known_until]
            for when, rule in spoken(sorted(passed, key=lambda one: one[0])):
                _show(clock, rule, when, cases[clock.case_id], parts.get(clock.case_id, []), cards, over, at)
            clock.checked_until = max(clock.checked_until, known_until)
        clock.next_check_at = next_check(clock)
    WatchedClock.objects.bulk_update(clocks, ["checked_until", "next_check_at", "has_cards", "due_at"])
    return len(clocks)


def _show(
    clock: WatchedClock,
    rule: SupervisionRule,
    when: datetime,
    case: WatchedCase,
    parts: list[WatchedPart],
    cards: dict[Any, Card],
    over: set[tuple[str, datetime]],
    at: datetime,
) -> None:
    parent = cards.get(clock.subject.removeprefix("card:")) if rule.watch == "card" else None
    if rule.watch == "card" and (parent is None or parent.state not in ("open", "returned")):
        return
    if rule.watch == "step" and any(subject == clock.subject and due_at < when for subject, due_at in over):
        return  # the whole limit is over: its own card says so
    part = next((one for one in parts if clock.subject == f"subcase:{one.sub_case_no}"), None)
    cause = cause_of_clock(clock=clock, case=case, parts=parts, at=when)
    if parent is not None:
        cause |= {"card": parent.card_no, "of": parent.cause, "holders": parent.cause.get("holders", [])}
    card = issue_card(
        rule=rule,
        case=case,
        organisation=clock.organisation,
        organisation_name=clock.organisation_name,
        region=clock.region,
        cause_key=f"{clock.id}:{rule.code}:{local_date(when).isoformat()}",
        trigger_at=when,
        at=at,
        cause=cause,
        sub_case_no=parent.sub_case_no if parent else (part.sub_case_no if part else ""),
        item_name=parent.item_name if parent else (part.item_name if part else case.item_name),
        clock=clock,
        parent=parent,
    )
    clock.has_cards = clock.has_cards or card is not None


def _over_subjects(steps: list[WatchedClock], numbers: set[str]) -> set[tuple[str, datetime]]:
    """Limits of the whole that still wait, of the cases whose steps are looked at."""
    if not steps:
        return set()
    rows = WatchedClock.objects.filter(case_id__in=numbers, kind__in=("promised", "statutory"), finished_at=None, stopped_since=None)
    return set(rows.values_list("subject", "due_at"))


def _moved_by_calendar(clock: WatchedClock) -> bool:
    """Was the calendar corrected since the due date was heard? Count again before showing a card; stopped limits were counted afresh by
    their own department when they resumed."""
    if clock.unit != "working_day" or clock.ever_stopped or not clock.length:
        return False
    due_at = end_of(add_working_days(clock.starts_on, clock.length))
    if due_at <= clock.due_at:
        return False
    clock.due_at = due_at
    return True
