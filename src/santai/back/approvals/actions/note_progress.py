"""Tell everyone that a case moved: timeline, ledger and fact, in the act's own transaction."""

from collections.abc import Iterable
from datetime import datetime

from santai.back.cases.service import Case, SubCase, note_event
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CaseProgressed, DueDate
from santai.kernel.clocks.service import ClockState
from santai.kernel.ledger.service import Actor, record


def due_date(clock: ClockState) -> DueDate:
    """A clock as other desks need to know it."""
    return DueDate(
        rule=clock.rule,
        title=clock.title,
        starts_on=clock.starts_on.isoformat(),
        due_at=clock.due_at.isoformat(),
        kind=clock.kind,  # type: ignore[arg-type]
        state=clock.state,
        length=clock.length,
        unit=clock.unit,  # type: ignore[arg-type]
        law=clock.law,
        clock=str(clock.id),
        finished_at=clock.finished_at.isoformat() if clock.finished_at else "",
        stopped_since=clock.stopped_since.isoformat() if clock.stopped_since else "",
        stop_cause=clock.stop_cause,
        extended_by=clock.extended_by,
    )


def note_progress(
    *,
    case: Case,
    sub_case: SubCase | None = None,
    event: str,
    text: str,
    actor: Actor,
    at: datetime,
    clocks: Iterable[ClockState] = (),
    reason: str = "",
    outcome: str = "",
    document_no: str = "",
    step: str = "",
    public: bool = True,
    facts: dict[str, str] | None = None,
) -> None:
    """Write the timeline line and the ledger entry and publish ``CaseProgressed``. ``text`` is the sentence the applicant may read."""
    organisation = sub_case.organisation if sub_case else case.organisation
    organisation_name = sub_case.organisation_name if sub_case else case.organisation_name
    note_event(
        case_no=case.case_no,
        sub_case_no=sub_case.sub_case_no if sub_case else "",
        event=event,
        organisation_name=organisation_name,
        actor=actor,
        text=text,
        public=public,
        at=at,
    )
    record(
        actor=actor,
        act=f"back.approvals.{event}",
        on=f"case:{case.case_no}",
        at=at,
        why=reason,
        details={"sub_case": sub_case.branch, "outcome": outcome} if sub_case else {"outcome": outcome},
    )
    publish(
        CaseProgressed(
            case_no=case.case_no,
            event=event,  # type: ignore[arg-type]
            at=at.isoformat(),
            item_code=case.item_code,
            item_name=sub_case.item_name if sub_case else case.item_name,
            sub_case_no=sub_case.sub_case_no if sub_case else "",
            branch=sub_case.branch if sub_case else "",
            nature=sub_case.nature if sub_case else "",
            organisation=organisation,
            organisation_name=organisation_name,
            region=case.region,
            step=step or (sub_case.get_state_display() if sub_case else case.get_state_display()),
            state=sub_case.state if sub_case else case.state,
            by_post=actor.post_title,
            by_name=actor.name if actor.kind == "official" else "",
            text=text,
            reason=reason,
            outcome=outcome,
            document_no=document_no,
            clocks=tuple(due_date(clock) for clock in clocks),
            public=public,
            facts=facts or {},
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )
