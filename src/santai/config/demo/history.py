"""Six months of a city's life, the same for the same seed, written through the real verbs."""

import logging
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime, make_aware

from santai.config.demo import walk
from santai.config.demo.errors import DemoCityOnly, OneZoneOnly
from santai.config.demo.samples import SAMPLES, Person
from santai.config.demo.walk import Plan, Walk
from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.registers.service import sample_persons
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.identity.service import holdings_in_use
from santai.kernel.jobs.service import ensure_partitions
from santai.kernel.ledger.service import record, system_actor

log = logging.getLogger(__name__)
SEED = 20070315  # 浦东 2007
PEOPLE = 1500
# How often each item is asked for, and how the months differ: 毕业季 brings the registrations of July and August, spring the new firms.
SHARE = {
    "unemployment-registration": 34, "residence-permit": 22, "property-transfer": 18, "chronic-disease": 12, "subsistence-allowance": 5,
    "labour-dispatch": 1, "enterprise-start": 8,
}  # fmt: skip
SEASON = {
    "unemployment-registration": {3: 1.2, 7: 1.7, 8: 1.4, 2: 0.6},
    "residence-permit": {2: 0.5, 3: 1.5, 9: 1.4},
    "property-transfer": {2: 0.5, 9: 1.2, 10: 1.2},
    "enterprise-start": {2: 0.4, 3: 1.5, 4: 1.2, 12: 0.8},
}
# form, filed so many working days ago, traits; lengths as in the sample packs
SHOWN = (
    ("enterprise-start", 2, ""), ("enterprise-start", 3, "slow"), ("enterprise-start", 4, "correction slow"),
    ("residence-permit", 5, "slow"), ("residence-permit", 7, "slow"), ("residence-permit", 9, "slow"),
    ("chronic-disease", 14, "slow"), ("chronic-disease", 3, "stopped"), ("labour-dispatch", 7, "slow"),
    ("property-transfer", 4, "slow"), ("residence-permit", 25, "late"), ("property-transfer", 40, "late"),
    ("subsistence-allowance", 10, "slow"), ("unemployment-registration", 1, "correction"), ("residence-permit", 1, "slow"),
)  # fmt: skip
HOURS = (9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 16, 17, 19, 20, 21)  # when people file; a few in the evening


@dataclass
class Written:
    """What ``write_history`` did."""

    filed: int = 0
    by_item: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)  # applications the packs' rules did not let through, by code


def plans(
    *, months: int, count: int, today: date, now: datetime, people: list[Person], items: list[ItemDefinition], seed: int = SEED
) -> list[Plan]:
    """Who asks for what and when, and how it goes. Pure: the same arguments give the same plans."""
    rng = random.Random(seed)  # noqa: S311  # made-up history, not a secret
    first = today - timedelta(days=round(months * 30.4))
    days = [first + timedelta(days=step) for step in range((today - first).days + 1)]
    chances = [(day, item) for day in days for item in items]
    weights = [_weight(day, item, today) for day, item in chances]
    found = []
    for (day, item), number in zip(rng.choices(chances, weights, k=count), range(count), strict=True):
        hour = rng.choice(HOURS)
        at = make_aware(datetime.combine(day, time(hour, rng.randint(0, 59), rng.randint(0, 59))))
        if at >= now - timedelta(minutes=5):
            at = now - timedelta(minutes=rng.randint(6, 180))
        chosen = rng.sample(people, 3)
        found.append(
            Plan(
                item=item.code,
                received_at=at,
                person=chosen[0],
                others=chosen[1:],
                traits=_traits(item, rng),
                rating=_rating(rng),
                seed=seed + number,
            )
        )
    return sorted(found, key=lambda plan: plan.received_at)


def shown_cases(*, now: datetime, people: list[Person], items: list[ItemDefinition], seed: int = SEED) -> list[Plan]:
    """A few cases that every history has, so that each stage and each trouble can be shown: under way, nearly due, just late."""
    by_form = {item.form: item for item in items}
    found = []
    for number, (form, working_days, traits) in enumerate(SHOWN):
        if form not in by_form:
            continue
        day = clocks.add_working_days(localtime(now).date(), -working_days)
        at = make_aware(datetime.combine(day, time(9 + number % 7, 10 + 3 * number)))
        first = 100 + 5 * number
        found.append(
            Plan(
                item=by_form[form].code,
                received_at=at,
                person=people[first % len(people)],
                others=[people[(first + 1) % len(people)], people[(first + 2) % len(people)]],
                traits=frozenset(traits.split()),
                rating=5 if "late" in traits else 0,
                seed=seed + 100_000 + number,
            )
        )
    return found


def _weight(day: date, item: ItemDefinition, today: date) -> float:
    weight = float(SHARE.get(item.form, 1)) * SEASON.get(item.form, {}).get(day.month, 1.0)
    if not clocks.is_working_day(day):
        weight *= 0.12
    if (today - day).days <= 12:  # enough open cases at every stage
        weight *= 1.8
    return weight


def _traits(item: ItemDefinition, rng: random.Random) -> frozenset[str]:
    draw = rng.random()
    traits = set()
    if draw < 0.14:
        traits.add("correction")
    elif draw < 0.19:
        traits.add("refused")
    elif draw < 0.22:
        traits.add("withdrawn")
    elif draw < 0.24 and item.handling == "promised":
        traits.add("deemed")
    elif draw < 0.28 and item.handling == "promised":
        traits.add("late")
    elif draw < 0.31 and item.handling == "promised":
        traits.add("slow")
    if rng.random() < 0.35:
        traits.add("stopped")
    if rng.random() < 0.08:
        traits.add("extended")
    return frozenset(traits)


def _rating(rng: random.Random) -> int:
    """0: did not rate."""
    return rng.choices([0, 1, 2, 3, 4, 5], [38, 40, 15, 4, 2, 1])[0]


def write_history(
    *, months: int = 6, count: int = 600, seconds: float = 0, seed: int = SEED, progress: Callable[[int, int], None] | None = None
) -> Written:
    """File ``count`` applications of the last months and work on them up to the present; ``seconds`` ends it early (0: never).

    Each case is one transaction: a running city shows whole cases only. DemoCityOnly, OneZoneOnly.
    """
    refuse_elsewhere()
    ensure_partitions()
    now = clocks.now()
    today = localtime(now).date()
    items = _items()
    people: list[Person] = [answer.fields for answer in sample_persons(count=PEOPLE, born_before=today - timedelta(days=366 * 25))]
    written = Written()
    if not items or len(people) < 3:
        return written
    todo = plans(months=months, count=count, today=today, now=now, people=people, items=items, seed=seed)
    if seconds:  # spread what there is time for over the whole period, not its beginning only
        random.Random(seed).shuffle(todo)  # noqa: S311
    if count >= len(SHOWN):
        todo = [*shown_cases(now=now, people=people, items=items, seed=seed), *todo[: count - len(SHOWN)]]
    began = datetime.now().astimezone()
    token = holdings_in_use.set({})
    try:
        for number, plan in enumerate(todo, 1):
            if seconds and (datetime.now().astimezone() - began).total_seconds() > seconds:
                break
            _one(plan, now, written)
            if progress is not None:
                progress(number, len(todo))
    finally:
        holdings_in_use.reset(token)
    record(
        actor=system_actor("demo"), act="config.demo.write_history", on="demo", at=now, details={"filed": written.filed, "seed": seed}
    )  # fmt: skip
    return written


def _one(plan: Plan, now: datetime, written: Written) -> None:
    try:
        with transaction.atomic():
            one = Walk(plan, until=now)
            one.file()
            one.walk()
    except Exception as error:
        if settings.DEBUG or getattr(settings, "DEMO_STRICT", False):
            raise
        code = getattr(error, "code", type(error).__name__)
        if not written.refused[code]:
            log.warning("a made-up application could not be walked: %s", code, exc_info=error)
        written.refused[code] += 1
        return
    written.filed += 1
    written.by_item[plan.item] += 1


def _items() -> list[ItemDefinition]:
    found = [hall.current_item(copy.code) for copy in hall.find_items()]
    return sorted((item for item in found if item.form in SAMPLES), key=lambda item: item.code)


def refuse_elsewhere() -> None:
    """DemoCityOnly outside the demonstration city, OneZoneOnly where it is split over zones."""
    if not settings.DEMO:
        raise DemoCityOnly()
    if settings.ZONE != "all":
        raise OneZoneOnly()
    walk.forget()
