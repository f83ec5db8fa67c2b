"""Hear facts of a case: event, case, part, limits, rules on acts, tallies, in the transaction of their delivery."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from santai.exchange.contracts.service import CaseProgressed, encode
from santai.kernel.ledger.service import append, as_one_act, change
from santai.oversight.supervision.actions.cause import holder_of
from santai.oversight.supervision.actions.fold_tallies import tally
from santai.oversight.supervision.actions.issue_card import issue_card
from santai.oversight.supervision.actions.watch_clock import end_own, resume_own, start_own, stop_own, take_clock
from santai.oversight.supervision.messages import Fact
from santai.oversight.supervision.models import Tally, WatchedCase, WatchedClock, WatchedEvent, WatchedPart
from santai.oversight.supervision.queries import rules_in_force
from santai.oversight.supervision.rules import broken, local_date

LIMITS = ("correction", "acceptance", "promised", "statutory")
ENDED = ("decided", "recorded", "withdrawn", "terminated", "not_accepted")
LEFT_OUT = ("withdrawn", "terminated")  # of the on-time rate


@as_one_act
def note_facts(*, facts: Sequence[tuple[CaseProgressed, UUID]], at: datetime) -> int:
    """Take facts of one case, with the identifiers of their messages, in order and each once; returns how many were new.

    ``at`` is when they were heard; everything counts from each ``message.at``. Case, parts and limits are read and written once for all.
    """
    case_no = facts[0][0].case_no
    case = WatchedCase.objects.select_for_update(no_key=True).filter(case_no=case_no).first()
    parts: dict[str, WatchedPart] = {}
    known: list[WatchedClock] = []
    heard: set[UUID] = set()
    if case is not None:
        heard = _heard_before(facts)
        parts = {part.sub_case_no: part for part in WatchedPart.objects.filter(case=case)}
        # locked, because the tick writes them too
        known = list(WatchedClock.objects.select_for_update(of=("self",)).filter(case=case).exclude(subject__startswith="card:"))
    before = {number: _values(part) for number, part in parts.items()}
    new = [(message, identifier) for message, identifier in facts if identifier not in heard]
    for message, identifier in new:
        if case is None:  # facts of one case come one after another: nobody else is making it now
            case = _case_of(message, datetime.fromisoformat(message.at))
        _note_fact(case, parts, known, message, identifier, at)
    if case is not None and new:
        change(case)
        change(*(part for number, part in parts.items() if part._state.adding or _values(part) != before[number]))
    return len(new)


def _heard_before(facts: Sequence[tuple[CaseProgressed, UUID]]) -> set[UUID]:
    times = {datetime.fromisoformat(message.at) for message, _ in facts}
    events = WatchedEvent.objects.filter(id__in=[identifier for _, identifier in facts], at__in=times)
    return set(events.values_list("id", flat=True))


def _note_fact(
    case: WatchedCase, parts: dict[str, WatchedPart], known: list[WatchedClock], message: CaseProgressed, message_id: UUID, at: datetime
) -> None:
    fact_at = datetime.fromisoformat(message.at)
    rows: list[Tally] = []
    _write_event(message, message_id, fact_at, at)
    _move_case(case, message, fact_at, rows)
    part = _part_of(case, message, parts, fact_at, rows)
    own = [clock for clock in known if clock.rule in _own_codes() and clock.is_open]
    _follow_steps(case, message, part, parts, own, known, fact_at, at)
    for due in message.clocks:
        take_clock(due=due, known=known, case=case, part=part if message.sub_case_no else None, fact_at=fact_at, at=at)
    if part is not None and message.event in ENDED and part.finished_at is None:
        _end_part(part, message, known, fact_at, rows)
    _due_dates(case, parts.values(), known)
    case.last_heard_at = max(case.last_heard_at, fact_at)
    _judge(case, message, part, message_id, fact_at, at)
    append(*rows)


def _case_of(message: CaseProgressed, fact_at: datetime) -> WatchedCase:
    return WatchedCase(
        case_no=message.case_no,
        item_code=message.item_code,
        item_name=message.item_name,
        organisation=message.organisation,
        organisation_name=message.organisation_name,
        region=message.region,
        received_at=fact_at,
        last_heard_at=fact_at,
    )


def _values(part: WatchedPart) -> dict[str, Any]:
    return {field.attname: getattr(part, field.attname) for field in part._meta.concrete_fields}


def _write_event(message: CaseProgressed, message_id: UUID, fact_at: datetime, at: datetime) -> None:
    append(
        WatchedEvent(
            id=message_id,
            at=fact_at,
            heard_at=at,
            case_no=message.case_no,
            sub_case_no=message.sub_case_no,
            event=message.event,
            organisation_name=message.organisation_name,
            step=message.step,
            by=f"{message.by_post} {message.by_name}".strip(),
            text=message.text,
            reason=message.reason,
            document_no=message.document_no,
            clocks=encode(message.clocks),
            facts=message.facts,
        )
    )


def _count(rows: list[Tally], message: CaseProgressed, fact_at: datetime, metric: str, amount: int = 1, *, stock: bool = False) -> None:
    rows.append(
        tally(
            day=local_date(fact_at), organisation=message.organisation, item_code=message.item_code, metric=metric, at=fact_at,
            amount=amount, stock=stock,
        )
    )  # fmt: skip


def _move_case(case: WatchedCase, message: CaseProgressed, fact_at: datetime, rows: list[Tally]) -> None:
    if message.event == "received":
        case.received_at = fact_at
        case.item_name = message.item_name
        case.organisation, case.organisation_name = message.organisation, message.organisation_name
        case.channel = message.facts.get("channel", "")
        case.single = message.facts.get("shape", "single") == "single"
        _count(rows, message, fact_at, "filed")
        _count(rows, message, fact_at, "cases_running", stock=True)
    if message.event == "correction_requested":
        case.corrections += 1
        _count(rows, message, fact_at, "corrections")
    if message.event == "urged":
        _count(rows, message, fact_at, "urged")
    if message.event == "accepted" and (case.single or not message.sub_case_no):
        _count(rows, message, fact_at, "accepted")
    if case.single or not message.sub_case_no:
        case.state, case.step = message.state, message.step
    if message.event == "completed" and case.completed_at is None:
        case.completed_at, case.outcome = fact_at, message.outcome
        _count(rows, message, fact_at, "completed")
        _count(rows, message, fact_at, "cases_running", -1, stock=True)


def _part_of(
    case: WatchedCase, message: CaseProgressed, parts: dict[str, WatchedPart], fact_at: datetime, rows: list[Tally]
) -> WatchedPart | None:
    """The part the fact is about, made when it is heard of for the first time. A single item's only part lives from receipt."""
    number = message.sub_case_no or (f"{case.case_no}-main" if case.single else "")
    if not number:
        return None
    part = parts.get(number)
    if part is None:
        part = parts[number] = WatchedPart(
            sub_case_no=number, case=case, item_code=case.item_code, item_name=message.item_name, region=message.region,
            organisation=message.organisation, organisation_name=message.organisation_name, opened_at=fact_at, step_since=fact_at,
            nature=message.nature,
        )  # fmt: skip
        _count(rows, message, fact_at, "parts_running", stock=True)
    part.nature = message.nature or part.nature
    if message.sub_case_no or message.event in ("received", "correction_requested"):
        if part.step != message.step:
            part.step, part.step_since = message.step, fact_at
        part.state = message.state
    if message.by_name and message.sub_case_no:
        part.last_by, part.last_at = f"{message.by_post} {message.by_name}".strip(), fact_at
    return part


def _own_codes() -> set[str]:
    return {rule.code for rule in rules_in_force() if rule.watch in ("step", "answer")}


def _follow_steps(
    case: WatchedCase,
    message: CaseProgressed,
    part: WatchedPart | None,
    parts: dict[str, WatchedPart],
    own: list[WatchedClock],
    known: list[WatchedClock],
    fact_at: datetime,
    at: datetime,
) -> None:
    """Start, stop and end the limits our own rules set on steps and answers."""
    if message.event == "corrected":  # the turn goes from the applicant back to the departments that had asked
        for one in parts.values():
            if one.state in ("defective", "correcting"):
                one.state, one.step, one.step_since = "checking", "材料审查", fact_at
    touched = [one for one in parts.values() if one is part or message.event in ("corrected", "correction_requested")]
    for rule in rules_in_force():
        if rule.watch == "answer":
            subject = f"case:{case.case_no}"
            if message.event in rule.events:
                start_own(rule=rule, subject=subject, case=case, holder=case, event_at=fact_at, known=known)
            elif message.event in rule.until:
                for clock in own:
                    if clock.rule == rule.code:
                        end_own(clock=clock, fact_at=fact_at, at=at)
        if rule.watch != "step":
            continue
        for one in touched:
            subject = f"subcase:{one.sub_case_no}"
            running = next((clock for clock in own if clock.rule == rule.code and clock.subject == subject), None)
            if one.finished_at is None and one.state in rule.states and message.event not in ENDED:
                if running is None:
                    start_own(rule=rule, subject=subject, case=case, holder=one, event_at=fact_at, known=known)
                elif running.state == "stopped":
                    resume_own(clock=running, fact_at=fact_at)
            elif running is not None and one.state == "stopped" and message.event not in ENDED:
                if running.state != "stopped":
                    stop_own(clock=running, fact_at=fact_at, at=at)
            elif running is not None:
                end_own(clock=running, fact_at=fact_at, at=at)


def _limits(part: WatchedPart, known: list[WatchedClock]) -> list[WatchedClock]:
    subjects = {f"subcase:{part.sub_case_no}", *([f"case:{part.case_id}"] if part.sub_case_no.endswith("-main") else [])}
    own = _own_codes()
    return [clock for clock in known if clock.subject in subjects and clock.kind in LIMITS and clock.rule not in own]


def _end_part(part: WatchedPart, message: CaseProgressed, known: list[WatchedClock], fact_at: datetime, rows: list[Tally]) -> None:
    part.finished_at, part.outcome = fact_at, message.outcome
    part.late = any(
        clock.state != "void" and clock.finished_at is not None and clock.finished_at.replace(microsecond=0) > clock.due_at
        for clock in _limits(part, known)
        if clock.kind in ("promised", "statutory")
    )
    _count(rows, message, fact_at, "parts_running", -1, stock=True)
    _count(rows, message, fact_at, "finished")
    if message.outcome not in LEFT_OUT and message.event not in LEFT_OUT:
        _count(rows, message, fact_at, "late" if part.late else "on_time")
    if message.outcome in ("refused", "not_accepted"):
        _count(rows, message, fact_at, "refused")


def _due_dates(case: WatchedCase, parts: Iterable[WatchedPart], known: list[WatchedClock]) -> None:
    def first(clocks: list[WatchedClock]) -> datetime | None:
        return min((one.due_at for one in clocks if one.is_open and one.stopped_since is None and one.state != "stopped"), default=None)

    for part in parts:
        part.due_at = None if part.finished_at else first(_limits(part, known))
    case.due_at = (
        None if case.completed_at else first([one for one in known if one.subject == f"case:{case.case_no}" and one.kind in LIMITS])
    )


def _judge(case: WatchedCase, message: CaseProgressed, part: WatchedPart | None, message_id: UUID, fact_at: datetime, at: datetime) -> None:
    """Rules on the act itself."""
    fact = Fact(
        event=message.event, outcome=message.outcome, nature=message.nature or (part.nature if part else ""), reason=message.reason,
        document_no=message.document_no, cause=message.facts.get("cause", ""), by_post=message.by_post,
        nth=case.corrections if message.event == "correction_requested" else 1,
    )  # fmt: skip
    for rule in rules_in_force():
        if not broken(rule, fact) or (message.event == "deemed_accepted" and message.sub_case_no and not case.single):
            continue
        cause: dict[str, Any] = {
            "event": message.event,
            "act": message.text,
            "act_at": message.at,
            "by": f"{message.by_post} {message.by_name}".strip(),
            "reason": message.reason,
            "document_no": message.document_no,
            "holders": [holder_of(part, fact_at)] if part is not None else [],
        }
        issue_card(
            rule=rule, case=case, organisation=message.organisation, organisation_name=message.organisation_name, region=case.region,
            cause_key=f"{message_id}:{rule.code}", trigger_at=fact_at, at=at, cause=cause, sub_case_no=message.sub_case_no,
            item_name=message.item_name,
        )  # fmt: skip
