"""One row while it runs: the city at the time of the event, the item published, the cases filed, and what the last act left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model

from santai.back.approvals.models import CorrectionNotice, DefectNote, Extension, ServedDocument, SpecialProcedure
from santai.back.cases.models import Case, CaseContent, Opinion, SubCase
from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.items.service import publish_item
from santai.kernel.clocks.models import Clock
from santai.kernel.clocks.service import at_demo_moment
from santai.kernel.flow.service import Task, tasks_of
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor, ActRefused, system_actor
from tests.law.adapters.case.city import BEGINNING, CITY, official, ranked
from tests.law.table import Row
from tests.support import walk

SWEEPS = ("exchange.bus", "kernel.clocks", "oversight.supervision", "back.approvals.lapse", "exchange.items")
# everything that must stay as it was when an act is refused
KEPT: list[type[Model]] = [
    Case, CaseContent, SubCase, Opinion, Clock, ServedDocument, CorrectionNotice, DefectNote, SpecialProcedure, Extension,
]  # fmt: skip
NO_CHANGE_IN = {"changed_at", "calendar_version"}  # of a table row: when it was last looked at


@dataclass
class Trial:
    """The state of one row. ``cases``: name in the row → case number; the case of an event is its ``case`` or the last one filed."""

    row: Row
    item: ItemDefinition
    at: datetime = BEGINNING
    cases: dict[str, str] = field(default_factory=dict)
    last: str = ""  # name of the case of the last event
    steps: dict[str, UUID] = field(default_factory=dict)  # subject/element → the last open step, as a page opened before would name it
    facts: dict[str, Any] = field(default_factory=dict)  # what one module remembers for its later acts
    parts: dict[str, str] = field(default_factory=dict)  # 联合办理: name in the row → branch

    # -- time

    @contextmanager
    def moment(self, at: datetime) -> Iterator[None]:
        """The platform's time is ``at``; what is due by then has happened."""
        self.at = at
        with at_demo_moment(at):
            self.settle()
            yield

    def settle(self) -> None:
        """Deliver every message and let every due deadline fire, as the worker does all day."""
        drain(self.at, only=SWEEPS)

    def other_item(self) -> ItemDefinition:
        """另一事项: like the row's own, under another name."""
        other = replace(self.item, code=f"{self.item.code}-other", name="另一事项")
        if "other_item" not in self.facts:
            publish_item(definition=other, actor=system_actor("tests"), at=self.at)
            self.settle()
            self.facts["other_item"] = True
        return other

    # -- who

    @property
    def organisation(self) -> str:
        return self.item.organisation

    def official(self, post: str) -> Actor:
        return official(self.organisation, post)

    def ranked(self, rank: str) -> Actor:
        return ranked(self.organisation, rank)

    @cached_property
    def applicant(self) -> tuple[Any, Actor, Any]:
        if self.facts.get("applicant_type") == "企业":
            return walk.company("legal-rep", "91189901MA81000100")
        return walk.citizen("resident")

    # -- the case

    def of(self, event: Any) -> str:
        """Case number of an event."""
        name = event.get("case", "")
        self.last = name if name in self.cases else (self.last or next(iter(self.cases), ""))
        return self.cases.get(self.last, "")

    @property
    def case_no(self) -> str:
        return self.cases.get(self.last, "")

    @property
    def case(self) -> Case:
        return Case.objects.get(case_no=self.case_no)

    @property
    def part(self) -> SubCase:
        return SubCase.objects.get(case_id=self.case_no, branch=self.facts.get("branch", "main"))

    def sub_case_no(self, event: Any) -> str:
        return f"{self.of(event)}-{self.parts.get(event.get('case', ''), 'main')}"

    def step(self, event: Any, *elements: str) -> UUID:
        """The open step of one of these elements; else the last one that was open, as the page of an official who comes late shows it."""
        subject = f"subcase:{self.sub_case_no(event)}"
        self.see(subject)
        for element in elements:
            if task := next((one.id for one in tasks_of(subject) if one.element == element), None):
                return task
        known = [self.steps[key] for element in elements if (key := f"{subject}/{element}") in self.steps]
        return known[0] if known else UUID(int=0)

    def open_step(self, event: Any, element: str) -> bool:
        return any(one.element == element for one in tasks_of(f"subcase:{self.sub_case_no(event)}"))

    def see(self, subject: str) -> None:
        for task in Task.objects.filter(subject=subject).order_by("opened_at"):
            self.steps[f"{subject}/{task.element}"] = task.id

    # -- what stays

    def snapshot(self) -> dict[str, Any]:
        """Case, clocks, documents and licences by value."""
        return {
            model._meta.label: sorted(
                ({key: repr(value) for key, value in row.items() if key not in NO_CHANGE_IN} for row in model._default_manager.values()),
                key=repr,
            )
            for model in KEPT
        }


def codes_of(refusal: ActRefused) -> set[str]:
    """What the platform calls its refusal: the code, and with the reason it tells programs."""
    return {refusal.code, f"{refusal.code}:{refusal.facts.get('why', '')}"}


def moment_of(event: Any) -> datetime:
    return datetime.fromisoformat(event["at"]).replace(tzinfo=CITY)
