"""Plans, draws and inspections as one post sees them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from santai.back.cases.service import CaseEvent, events_of, visible_cases
from santai.back.inspections.errors import EnforcementNotFound
from santai.back.inspections.models import Inspection, Inspector, SpotDraw, SpotObject, SpotPlan
from santai.back.inspections.queries.papers import papers_of
from santai.back.inspections.queries.penalties import READERS
from santai.back.inspections.rules.draw import digest, draw
from santai.back.inspections.rules.words import INSPECTION, RESULTS
from santai.kernel.access.service import may, scope
from santai.kernel.clocks.service import ClockState, clocks_of
from santai.kernel.flow.service import tasks_of
from santai.kernel.ledger.service import Actor


def inspectors_of(actor: Actor, *, text: str = "") -> list[Inspector]:
    """The list of the own body, as draws use it."""
    found = Inspector.objects.filter(organisation=actor.organisation, left_at=None)
    return list(found.filter(Q(name__icontains=text) | Q(card_no__contains=text)) if text.strip() else found)


def objects_of(actor: Actor, *, text: str = "") -> list[SpotObject]:
    """The objects of the own body; at most 500 shown, the search narrows."""
    found = SpotObject.objects.filter(organisation=actor.organisation, left_at=None)
    text = text.strip()
    return list((found.filter(Q(name__icontains=text) | Q(code__contains=text)) if text else found)[:500])


def is_enforcing(actor: Actor) -> bool:
    """May this post open penalties, keep the lists and make plans of its body?"""
    return may(actor, "examiner", organisation=actor.organisation)


def _plans(actor: Actor) -> QuerySet[SpotPlan]:
    return SpotPlan.objects.select_related("draw").filter(scope(actor, *READERS, organisation_field="organisation"))


def plans(actor: Actor, *, text: str = "") -> list[SpotPlan]:
    found = _plans(actor)
    return list((found.filter(title__icontains=text.strip()) if text.strip() else found)[:200])


def same_draw(made: SpotDraw, seed: str) -> bool:
    """Computed again from the lists that were kept: does ``seed`` give the draw that was made?"""
    objects, cards = [one["code"] for one in made.object_list], [one["card_no"] for one in made.inspector_list]
    away = {one["card_no"]: frozenset(one["interests"]) for one in made.inspector_list}
    again = draw(seed=seed.strip(), objects=objects, take=len(made.picked), inspectors=cards, interests=away)
    same = [{"object": one.object, "inspectors": list(one.inspectors)} for one in again] == made.picked
    return same and digest(objects, cards) == made.digest


@dataclass(frozen=True)
class PlanFile:
    """``lines``: what was drawn, in the order of the draw; ``may_draw``: it is this post's to draw."""

    plan: SpotPlan
    draw: SpotDraw | None
    lines: list[dict[str, Any]]
    may_draw: bool
    object_count: int
    inspector_count: int


def access_plan(plan: UUID | str, actor: Actor) -> PlanFile:
    """EnforcementNotFound alike for absent and forbidden."""
    try:
        found = _plans(actor).filter(id=plan).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise EnforcementNotFound()
    made = SpotDraw.objects.filter(plan=found).first()
    cases = {one.object_code: one for one in Inspection.objects.select_related("case").filter(plan=found)}
    names = {one["code"]: one["name"] for one in made.object_list} if made else {}
    cards = {one["card_no"]: one["name"] for one in made.inspector_list} if made else {}
    lines = [
        {
            "code": one["object"],
            "name": names[one["object"]],
            "officers": [f"{cards[card]}（{card}）" for card in one["inspectors"]],
            "inspection": cases[one["object"]],
            "result": RESULTS.get(cases[one["object"]].result, ""),
        }
        for one in (made.picked if made else [])
    ]
    return PlanFile(
        plan=found,
        draw=made,
        lines=lines,
        may_draw=made is None and found.organisation == actor.organisation and may(actor, "examiner", organisation=found.organisation),
        object_count=SpotObject.objects.filter(organisation=found.organisation, left_at=None).count(),
        inspector_count=Inspector.objects.filter(organisation=found.organisation, left_at=None).count(),
    )


@dataclass(frozen=True)
class InspectionFile:
    inspection: Inspection
    step: str  # inspect, publish, or empty: not this post's turn
    waits_for: str
    result: str
    clocks: list[ClockState]
    papers: list[dict[str, Any]]
    events: list[CaseEvent]
    inspectors: list[Inspector]


def access_inspection(case_no: str, actor: Actor) -> InspectionFile:
    """EnforcementNotFound alike for absent and forbidden."""
    cases = visible_cases(actor, READERS).filter(kind=INSPECTION)
    found = Inspection.objects.select_related("case", "plan").filter(case__in=cases, case_id=case_no).first()
    if found is None:
        raise EnforcementNotFound()
    task = next(iter(tasks_of(f"subcase:{case_no}-main")), None)
    mine = task is not None and may(actor, task.role, organisation=found.case.organisation) and task.account in ("", actor.account)
    return InspectionFile(
        inspection=found,
        step=task.element if task is not None and mine else "",
        waits_for=f"{task.name}，由{task.account_name or '本单位'}办理" if task is not None else "",
        result=RESULTS.get(found.result, ""),
        clocks=[clock for clock in clocks_of(f"case:{case_no}") if clock.is_open],
        papers=papers_of(case_no, actor),
        events=events_of(case_no),
        inspectors=list(Inspector.objects.filter(organisation=found.case.organisation, left_at=None)),
    )
