"""行政处罚法 as plain values: who may not be punished, what may be decided on the spot, what stands in the way of a decision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ON_SPOT_PERSON, ON_SPOT_BODY = Decimal(200), Decimal(3000)  # yuan (51)
DAILY_SURCHARGE = Decimal("0.03")  # (72 (1) (1))
# yuan; what is a large fine (市场监督管理行政处罚听证办法 5): a lower figure of another rule is said when the case is filed
LARGE_FINE_PERSON, LARGE_FINE_BODY = Decimal(10_000), Decimal(100_000)
HEAVY_KINDS = frozenset({"downgrade", "revocation", "shutdown", "barred"})  # (63 (1) (3) (4))
HEARING_NOTICE_DAYS = 7  # working days (64 (2), 85)
Obstacle = Literal[
    "", "not_told", "not_heard", "heavier", "hearing_right", "hearing_pending", "hearing_not_held", "legal_review", "discussion"
]  # fmt: skip


def years_later(day: date, years: int) -> date:
    """The same day ``years`` on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def time_barred(*, conduct_ended: date, found_on: date, life_or_safety: bool) -> bool:
    """36: not found within two years (five where life, health or financial safety is concerned and harm was done)."""
    return found_on > years_later(conduct_ended, 5 if life_or_safety else 2)


def under_fourteen(*, born_on: date | None, conduct_on: date) -> bool:
    """30: who had not reached fourteen when it happened is not punished."""
    return born_on is not None and conduct_on < years_later(born_on, 14)


def summary_allowed(*, amount: Decimal, kinds: Collection[str], natural_person: bool) -> bool:
    """51: a warning, or a fine of up to 200 yuan for a citizen and 3,000 for a body."""
    return set(kinds) <= {"warning", "fine"} and amount <= (ON_SPOT_PERSON if natural_person else ON_SPOT_BODY)


def hearing_due(*, kinds: Collection[str], amount: Decimal, natural_person: bool) -> bool:
    """63: what is imposed by itself gives the right to a hearing, whatever was said when the case was filed."""
    return bool(HEAVY_KINDS & set(kinds)) or amount >= (LARGE_FINE_PERSON if natural_person else LARGE_FINE_BODY)


def missing_parts(told: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """44: what the notice before the decision leaves out, by its names."""
    return [key for key in wanted if not told.get(key, "").strip()]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a case has come, as the decision looks at it."""

    told: bool
    told_amount: Decimal | None = None
    heard: bool = False  # statement and defence taken
    waived: bool = False
    hearing_prescribed: bool = False
    hearing_told: bool = False
    hearing_by: date | None = None  # last day on which it may be asked for
    hearing_requested: bool = False
    hearing_waived: bool = False
    hearing_held: bool = False
    review_prescribed: bool = False
    review_passed: bool = False
    grave: bool = False
    discussed: bool = False


def needs_review(*, said: bool, hearing_held: bool) -> bool:
    """58: prescribed for the case (public interest, major rights, complex), or because a hearing was held."""
    return said or hearing_held


def obstacle(case: Standing, *, amount: Decimal, today: date) -> Obstacle:
    """Why no penalty may be decided yet, in the order of the law (44, 45, 62–64, 58, 57)."""
    if not case.told:
        return "not_told"
    if case.hearing_prescribed and not case.hearing_told:
        return "hearing_right"
    if not (case.heard or case.waived):
        return "not_heard"
    if amount > (case.told_amount or 0):  # a notice that names no fine announces none
        return "heavier"
    if blocked := _hearing(case, today):
        return blocked
    if needs_review(said=case.review_prescribed, hearing_held=case.hearing_held) and not case.review_passed:
        return "legal_review"
    return "discussion" if case.grave and not case.discussed else ""


def _hearing(case: Standing, today: date) -> Obstacle:
    if not case.hearing_prescribed or case.hearing_held or case.hearing_waived:
        return ""
    if case.hearing_requested:
        return "hearing_not_held"
    return "hearing_pending" if case.hearing_by is None or today <= case.hearing_by else ""


def surcharge(*, fine: Decimal, pay_by: date, on: date) -> Decimal:
    """72: three per cent of the fine for each day late, never more than the fine itself."""
    days = max(0, (on - pay_by).days)
    return min(fine, (fine * DAILY_SURCHARGE * days).quantize(Decimal("0.01")))


OfficerTrouble = Literal["", "two_officers", "no_card", "interested"]


@dataclass(frozen=True, kw_only=True)
class Officer:
    """One who carries an enforcement card. ``interests``: names and codes of those the officer has a direct interest in."""

    card_no: str
    name: str
    valid_to: date
    interests: frozenset[str] = frozenset()


def officer_trouble(officers: Collection[Officer], *, shown: bool, party: Collection[str], on: date) -> OfficerTrouble:
    """42, 43, 55: two or more, each with a card in force and shown, none with a direct interest in the case."""
    if len({one.card_no for one in officers}) < 2:
        return "two_officers"
    if not shown or any(one.valid_to < on for one in officers):
        return "no_card"
    wanted = {one for one in party if one}
    return "interested" if any(one.interests & wanted for one in officers) else ""
