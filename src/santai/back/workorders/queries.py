"""Reads of the work orders: the own department's, and for those who look on, their region's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from santai.back.approvals.service import cards_of_cases
from santai.back.cases.service import Case, CaseEvent, CaseNotFound, access_case, events_of, visible_cases
from santai.back.workorders.errors import ManagerNotFound, OrderNotFound
from santai.back.workorders.models import AccountManager, FirmProblem, Redress
from santai.back.workorders.rules import KIND, NAMERS, STEPS, WORKERS, Step
from santai.kernel.access.service import may, scope
from santai.kernel.clocks.service import ClockState, clocks_of
from santai.kernel.flow.service import steps_of_subject, tasks_of
from santai.kernel.ledger.service import Actor

PAGE = 50


def earliest(clocks: Iterable[ClockState]) -> datetime | None:
    return min((clock.due_at for clock in clocks if clock.is_open), default=None)


def due_of(case_no: str) -> datetime | None:
    """The nearest limit that still runs."""
    return earliest(clocks_of(f"case:{case_no}"))


def visible(actor: Actor) -> QuerySet[Redress]:
    return Redress.objects.select_related("case").filter(case__in=visible_cases(actor).filter(kind=KIND))


@dataclass(frozen=True)
class OrderPage:
    orders: list[Redress]
    show: str
    text: str
    following: str
    counts: dict[str, int]


VIEWS = {"open": "待整改", "overdue": "已超期", "closed": "已销号", "all": "全部"}


def orders(actor: Actor, *, show: str = "open", text: str = "", after: str = "", at: datetime) -> OrderPage:
    """One page of orders, those that end first on top (closed ones: newest first); keyset by case number."""
    show = show if show in VIEWS else "open"
    seen = visible(actor)
    found = _narrowed(seen, show, at)
    if text.strip():
        found = found.filter(case__item_name__icontains=text.strip()) | found.filter(case__case_no__contains=text.strip().replace(" ", ""))
    if after:
        found = found.filter(case_id__lt=after)
    rows = list(found.order_by("-case_id")[: PAGE + 1])
    counts = {name: _narrowed(seen, name, at).count() for name in ("open", "overdue")}
    following = rows[PAGE - 1].case_id if len(rows) > PAGE else ""
    return OrderPage(rows[:PAGE], show, text.strip(), following, counts)


def _narrowed(found: QuerySet[Redress], show: str, at: datetime) -> QuerySet[Redress]:
    if show == "open":
        return found.filter(closed_at=None)
    if show == "overdue":
        return found.filter(closed_at=None, case__due_at__lt=at)
    return found.exclude(closed_at=None) if show == "closed" else found


def open_count(actor: Actor) -> int:
    """How many of the own department wait for an act of this post."""
    return visible(actor).filter(closed_at=None).count()


@dataclass(frozen=True)
class Order:
    """One order as one post sees it. ``step``: what this post may do now; None when it is not its turn."""

    redress: Redress
    step: Step | None
    task_holder: str
    clocks: list[ClockState]
    events: list[CaseEvent]
    steps: list[dict[str, str]]


def access_order(case_no: str, actor: Actor) -> Order:
    """OrderNotFound alike for absent and forbidden."""
    try:
        case = access_case(case_no=case_no, actor=actor)
    except CaseNotFound:
        raise OrderNotFound() from None
    redress = Redress.objects.select_related("case").filter(case=case).first()
    if redress is None:
        raise OrderNotFound()
    subject = f"subcase:{case_no}-main"
    task = next(iter(tasks_of(subject)), None)
    mine = task is not None and may(actor, task.role, organisation=case.organisation) and task.account in ("", actor.account)
    return Order(
        redress=redress,
        step=STEPS[task.element] if task is not None and mine else None,
        task_holder=f"{task.name}，由{task.account_name or '本单位'}办理" if task is not None else "",
        clocks=clocks_of(f"case:{case_no}"),
        events=events_of(case_no),
        steps=[one for one in steps_of_subject(subject) if one["kind"] == "userTask"],
    )


# -- firms and their account managers ------------------------------------------------------------------------------------------------


def firms_of(actor: Actor, *, on: date) -> QuerySet[AccountManager]:
    """The firms this official looks after today, in the post in use."""
    return AccountManager.objects.filter(Q(until=None) | Q(until__gte=on), account=actor.account, post=actor.post, since__lte=on).order_by(
        "firm_name", "id"
    )


def keeps_firms(actor: Actor | None, *, on: date) -> bool:
    """Does this post look after a firm today? Nobody who is not signed in does."""
    return actor is not None and firms_of(actor, on=on).exists()


def managers_named(actor: Actor, *, on: date) -> QuerySet[AccountManager]:
    """The own department's namings that have not ended, for those who name."""
    return AccountManager.objects.filter(scope(actor, *NAMERS), Q(until=None) | Q(until__gte=on)).order_by("firm_name", "since")


@dataclass(frozen=True)
class FirmCase:
    case: Case
    cards: list[Any]  # as approvals keeps them: level, text, issued_at, answered_at


@dataclass(frozen=True)
class FirmFile:
    """What an account manager sees of a firm: of each case its state, not its content."""

    manager: AccountManager
    cases: list[FirmCase]
    more: bool
    problems: list[FirmProblem]


def access_firm(manager: UUID, actor: Actor, *, on: date) -> FirmFile:
    """ManagerNotFound alike for absent, ended and somebody else's."""
    found = firms_of(actor, on=on).filter(id=manager).first()
    if found is None:
        raise ManagerNotFound()
    cases = Case.objects.filter(applicant_name=found.firm_name, applicant__code=found.firm_code, kind="approval")
    rows = list(cases.order_by("-received_at", "-case_no")[: PAGE + 1])
    by_case: dict[str, list[Any]] = {}
    for card in cards_of_cases([case.case_no for case in rows[:PAGE]]):
        by_case.setdefault(card.case_no, []).append(card)
    problems = FirmProblem.objects.filter(manager__firm_code=found.firm_code, manager__account=found.account)
    return FirmFile(
        found,
        [FirmCase(case, by_case.get(case.case_no, [])) for case in rows[:PAGE]],
        len(rows) > PAGE,
        list(problems.select_related("case").order_by("-case_id")),
    )


@dataclass(frozen=True)
class ProblemFile:
    problem: FirmProblem
    clocks: list[ClockState]
    may_answer: bool


def access_problem(case_no: str, actor: Actor) -> ProblemFile:
    """For the department it was taken to, and for who took it there; OrderNotFound alike otherwise."""
    problem = FirmProblem.objects.select_related("case", "manager").filter(case_id=case_no).first()
    if problem is None:
        raise OrderNotFound()
    mine = problem.manager.account == actor.account and problem.manager.post == actor.post
    if not mine and not visible_cases(actor).filter(case_no=case_no).exists():
        raise OrderNotFound()
    may_answer = problem.answered_at is None and may(actor, "examiner", organisation=problem.case.organisation)
    return ProblemFile(problem, [one for one in clocks_of(f"case:{case_no}") if one.is_open], may_answer)


__all__ = [
    "VIEWS",
    "WORKERS",
    "FirmFile",
    "Order",
    "OrderPage",
    "ProblemFile",
    "access_firm",
    "access_order",
    "access_problem",
    "due_of",
    "earliest",
    "firms_of",
    "managers_named",
    "open_count",
    "orders",
    "visible",
]
