"""Penalties as one post sees them: the list, one case with its next step."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from santai.back.cases.service import CaseEvent, events_of, visible_cases
from santai.back.inspections.errors import EnforcementNotFound
from santai.back.inspections.models import EvidenceHold, Inspector, Interview, Penalty
from santai.back.inspections.queries.papers import papers_of
from santai.back.inspections.rules.penalty import needs_review, surcharge
from santai.back.inspections.rules.words import PENALTY
from santai.kernel.access.service import may
from santai.kernel.clocks.service import ClockState, clocks_of
from santai.kernel.flow.service import Task, tasks_of
from santai.kernel.ledger.service import Actor

PAGE = 50
READERS = ("examiner", "chief", "decider", "site_inspector", "legal_reviewer", "leader")
PENALTY_VIEWS = {"open": "在办", "overdue": "已超期", "closed": "已结案", "all": "全部"}


def visible(actor: Actor) -> QuerySet[Penalty]:
    return Penalty.objects.select_related("case").filter(case__in=visible_cases(actor, READERS).filter(kind=PENALTY))


@dataclass(frozen=True)
class PenaltyPage:
    penalties: list[Penalty]
    show: str
    text: str
    following: str
    counts: dict[str, int]


def penalties(actor: Actor, *, show: str = "open", text: str = "", after: str = "", at: datetime) -> PenaltyPage:
    """One page, the newest first; keyset by case number."""
    show, text = show if show in PENALTY_VIEWS else "open", text.strip()
    seen = visible(actor)
    found = _narrowed(seen, show, at)
    if text:
        found = found.filter(
            Q(violation__icontains=text) | Q(case__applicant_name__icontains=text) | Q(case__case_no__contains=text.replace(" ", ""))
        )
    if after:
        found = found.filter(case_id__lt=after)
    rows = list(found.order_by("-case_id")[: PAGE + 1])
    following = rows[PAGE - 1].case_id if len(rows) > PAGE else ""
    counts = {name: _narrowed(seen, name, at).count() for name in ("open", "overdue")}
    return PenaltyPage(rows[:PAGE], show, text, following, counts)


def _narrowed(found: QuerySet[Penalty], show: str, at: datetime) -> QuerySet[Penalty]:
    if show == "open":
        return found.filter(case__completed_at=None)
    if show == "overdue":
        return found.filter(case__completed_at=None, case__due_at__lt=at)
    return found.exclude(case__completed_at=None) if show == "closed" else found


def open_penalties(actor: Actor) -> int:
    return visible(actor).filter(case__completed_at=None).count()


def surcharge_of(case_no: str, *, at: datetime) -> Decimal:
    """加处罚款 up to the day of ``at``, in yuan; nothing before the fine is due or after it is paid. EnforcementNotFound."""
    penalty = Penalty.objects.filter(case_id=case_no).first()
    if penalty is None:
        raise EnforcementNotFound()
    if penalty.paid_at is not None:
        return penalty.paid_surcharge
    if penalty.pay_by is None:
        return Decimal(0)
    return surcharge(fine=penalty.amount, pay_by=penalty.pay_by, on=localtime(at).date())


@dataclass(frozen=True)
class PenaltyFile:
    """One case. ``acts``: what this post may do now, in the order of the page; ``waits_for``: who is next when it is nobody here."""

    penalty: Penalty
    acts: list[str]
    waits_for: str
    clocks: list[ClockState]
    interviews: list[Interview]
    holds: list[EvidenceHold]
    papers: list[dict[str, Any]]
    events: list[CaseEvent]
    inspectors: list[Inspector]
    surcharge: Decimal = Decimal(0)
    review_needed: bool = field(default=False)


def access_penalty(case_no: str, actor: Actor, *, at: datetime) -> PenaltyFile:
    """EnforcementNotFound alike for absent and forbidden."""
    penalty = visible(actor).filter(case_id=case_no).first()
    if penalty is None:
        raise EnforcementNotFound()
    task = next(iter(tasks_of(f"subcase:{case_no}-main")), None)
    return PenaltyFile(
        penalty=penalty,
        acts=_acts(penalty, task, actor),
        waits_for=f"{task.name}，由{task.account_name or '本单位'}办理" if task is not None else "",
        clocks=[clock for clock in clocks_of(f"case:{case_no}") if clock.is_open],
        interviews=list(penalty.interviews.all()),
        holds=list(penalty.holds.all()),
        papers=papers_of(case_no, actor),
        events=events_of(case_no),
        inspectors=list(Inspector.objects.filter(organisation=penalty.case.organisation, left_at=None)),
        surcharge=surcharge_of(case_no, at=at),
        review_needed=needs_review(said=penalty.review_prescribed, hearing_held=penalty.hearing_held_at is not None),
    )


def _acts(penalty: Penalty, task: Task | None, actor: Actor) -> list[str]:
    def is_a(role: str) -> bool:
        return may(actor, role, organisation=penalty.case.organisation)

    held = ["dispose"] if is_a("examiner") and any(hold.disposed_at is None for hold in penalty.holds.all()) else []
    acts: list[str] = []
    if task is None:  # evidence kept in a case closed earlier is still to be dealt with
        return held
    if is_a(task.role) and task.account in ("", actor.account):
        acts.append(task.element)
    if penalty.decided_at is None:
        acts += _before_decision(penalty, task.element, examiner=is_a("examiner"), decider=is_a("decider"), reviewer=is_a("legal_reviewer"))
    return acts + held


def _before_decision(penalty: Penalty, step: str, *, examiner: bool, decider: bool, reviewer: bool) -> list[str]:
    told = penalty.told_at is not None
    open_hearing = penalty.hearing_requested_at is not None and penalty.hearing_held_at is None
    asked = penalty.hearing_requested_at is not None or penalty.hearing_waived_at is not None
    possible = {
        "reinvestigate": examiner and step != "investigate",
        "reinform": examiner and step not in ("investigate", "inform"),
        "hearing_right": examiner and told and penalty.hearing_told_at is None,
        "hearing_wish": examiner and penalty.hearing_told_at is not None and not asked,
        "hearing_notice": examiner and open_hearing and penalty.hearing_notified_at is None,
        "hearing_record": examiner and open_hearing and penalty.hearing_notified_at is not None,
        "review": reviewer and told,
        "discuss": decider and penalty.grave and penalty.discussed_at is None,
        "hold": decider,
    }
    return [act for act, there in possible.items() if there]
