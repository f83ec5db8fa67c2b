"""What every act of a penalty has in common: the lock, the right, the task of the process, the line in the history, the clocks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from santai.back.approvals.service import serve_document
from santai.back.cases.service import Case, CaseNotFound, SubCase, finish_sub_case, lock_sub_case, note_event
from santai.back.inspections.errors import (
    EnforcementNotFound,
    EvidenceHeld,
    MustWithdraw,
    NoEnforcementCard,
    StepDone,
    TwoOfficers,
    WordsMissing,
)
from santai.back.inspections.models import EvidenceHold, Inspector, Penalty
from santai.back.inspections.rules.penalty import Officer, officer_trouble
from santai.kernel.access.service import require
from santai.kernel.clocks.service import ClockState, clocks_of, finish_clock, start_clock
from santai.kernel.flow.service import Task, complete_task, tasks_of
from santai.kernel.ledger.service import Actor, record

TROUBLES = {"two_officers": TwoOfficers, "no_card": NoEnforcementCard, "interested": MustWithdraw}


def day(at: datetime) -> date:
    return localtime(at).date()


def filled(**texts: tuple[str, str]) -> dict[str, str]:
    """The texts stripped; WordsMissing names every field left empty. ``texts``: field → (what was typed, what to say when nothing was)."""
    wanting = {name: said for name, (text, said) in texts.items() if not text.strip()}
    if wanting:
        raise WordsMissing(fields=wanting)
    return {name: text.strip() for name, (text, _) in texts.items()}


def locked(case_no: str) -> tuple[Penalty, SubCase]:
    """The penalty and its part, locked; EnforcementNotFound."""
    part = locked_part(case_no)
    penalty = Penalty.objects.select_for_update(of=("self",)).filter(case_id=case_no).first()
    if penalty is None:
        raise EnforcementNotFound()
    return penalty, part


def locked_part(case_no: str) -> SubCase:
    try:
        return lock_sub_case(f"{case_no}-main")
    except CaseNotFound:
        raise EnforcementNotFound() from None


def open_before_decision(penalty: Penalty, part: SubCase, actor: Actor, role: str = "examiner") -> None:
    """For acts beside the steps of the process. NotAllowed; StepDone once it is decided."""
    require(actor, role, organisation=part.organisation)
    if penalty.decided_at is not None or not part.is_open:
        raise StepDone("这个案件已经作出决定，不能再办这一步。")


def task_of(part: SubCase, step: str, actor: Actor, role: str = "examiner") -> Task:
    """The open task of the step, which the post may do; NotAllowed, StepDone."""
    for task in tasks_of(f"subcase:{part.sub_case_no}"):
        if task.element == step:
            require(actor, task.role, organisation=part.organisation)
            return task
    require(actor, role, organisation=part.organisation)
    raise StepDone()


def pass_step(part: SubCase, step: str, *, outcome: str = "done", data: dict[str, Any] | None = None, actor: Actor, at: datetime) -> None:
    """Complete the step's task; a step that is not open is left alone (a second notice, a later interview)."""
    for task in tasks_of(f"subcase:{part.sub_case_no}"):
        if task.element == step:
            complete_task(task=task, outcome=outcome, data=data, actor=actor, at=at)


def officers_of(*, card_nos: Iterable[str], shown: bool, organisation: str, party: dict[str, Any], at: datetime) -> list[dict[str, str]]:
    """Those who went, checked against the law and the list of inspectors. TwoOfficers, NoEnforcementCard, MustWithdraw."""
    wanted = list(dict.fromkeys(card_nos))
    found = Inspector.objects.filter(organisation=organisation, card_no__in=wanted, left_at=None)
    officers = [Officer(card_no=one.card_no, name=one.name, valid_to=one.valid_to, interests=frozenset(one.interests)) for one in found]
    trouble = officer_trouble(officers, shown=shown, party=(party["code"], party["name"]), on=day(at))
    if trouble:
        refused = TROUBLES[trouble]
        raise refused(fields={"officers" if trouble != "no_card" else "shown": refused.message})
    return [{"card_no": one.card_no, "name": one.name} for one in officers]


def begin(rule: str, case_no: str, *, event_at: datetime, actor: Actor, at: datetime) -> ClockState:
    return start_clock(rule=rule, subject=f"case:{case_no}", event_at=event_at, actor=actor, at=at)


def end(case_no: str, *rules: str, actor: Actor, at: datetime, clock_id: str = "") -> None:
    """Finish the open clocks of these rules; with ``clock_id`` that one alone."""
    for clock in clocks_of(f"case:{case_no}"):
        if clock.rule in rules and clock.is_open and clock_id in ("", str(clock.id)):
            finish_clock(clock=clock.id, actor=actor, at=at)


def note(part: SubCase, event: str, text: str, *, actor: Actor, at: datetime, details: dict[str, Any] | None = None) -> None:
    """The line in the history, the ledger entry, the case's nearest limit."""
    case = part.case
    note_event(
        case_no=case.case_no,
        sub_case_no=part.sub_case_no,
        event=event,
        organisation_name=part.organisation_name,
        actor=actor,
        text=text,
        public=False,
        at=at,
    )
    record(actor=actor, act=f"back.inspections.{event}", on=f"case:{case.case_no}", at=at, details=details or {})
    if part.is_open:
        due = min((clock.due_at for clock in clocks_of(f"case:{case.case_no}") if clock.is_open), default=None)
        part.due_at = case.due_at = due
        part.save(update_fields=["due_at", "state"])
    case.changed_at = at
    case.save()


def close(part: SubCase, *, at: datetime) -> None:
    """The case is over: its part finished, its row completed. Saved by ``note``. EvidenceHeld while evidence waits for its disposal."""
    if EvidenceHold.objects.filter(penalty_id=part.case_id, disposed_at=None).exists():
        raise EvidenceHeld()
    finish_sub_case(sub_case=part, outcome="", reason="", at=at)
    part.case.state, part.case.completed_at, part.case.due_at = Case.State.COMPLETED, at, None


def write(part: SubCase, kind: str, data: dict[str, Any], *, at: datetime) -> str:
    """The numbered document of the act; its number. It is rendered and sealed after the commit."""
    document = serve_document(case=part.case, sub_case=part, kind=kind, data={"party_word": "当事人", **data}, at=at)
    return document.document_no
