"""What every act of a hearing has in common."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.timezone import localdate

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import HearingNotHeld, HearingPending, HearingRightNotTold, NotOnRecord, WrongStep
from santai.back.approvals.models import Hearing
from santai.back.approvals.queries import branch_of_sub_case
from santai.back.approvals.rules.hearing import HOLD, REQUEST, Facts, obstacle
from santai.back.cases.service import SubCase, lock_sub_case
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import HearingMoved
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import ClockState, clocks_of
from santai.kernel.flow.service import Task
from santai.kernel.ledger.service import Actor

ERRORS = {"right_not_told": HearingRightNotTold, "pending": HearingPending, "not_held": HearingNotHeld, "not_on_record": NotOnRecord}


def subject_of(sub_case_no: str) -> str:
    """Clocks of a hearing run beside those of the part: a stop of the part does not stop the right to ask for a hearing."""
    return f"hearing:{sub_case_no}"


def clock_of(sub_case_no: str, rule: str) -> ClockState | None:
    return next((clock for clock in clocks_of(subject_of(sub_case_no)) if clock.rule == rule), None)


def own_part(sub_case_no: str, actor: Actor) -> SubCase:
    """The part, locked, for an officer of the department; NotAllowed, WrongStep before acceptance and after the end."""
    sub_case = lock_sub_case(sub_case_no)
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if sub_case.accepted_at is None or not sub_case.is_open:
        raise WrongStep()
    return sub_case


def hearing_of(sub_case_no: str) -> Hearing:
    """The hearing, locked; WrongStep when none is due."""
    hearing = Hearing.objects.select_for_update().filter(sub_case_no=sub_case_no).first()
    if hearing is None:
        raise WrongStep("本件没有需要办理的听证。")
    return hearing


def handlers_of(sub_case: SubCase) -> set[str]:
    """Accounts that examined the case: none of them may preside."""
    done = Task.objects.filter(subject=f"subcase:{sub_case.sub_case_no}").exclude(account="").values_list("account", flat=True)
    return {*done, *([sub_case.examined_by] if sub_case.examined_by else [])}


def hearing_allows(sub_case: SubCase, *, on_record: bool, at: datetime) -> None:
    """May a decision be made as far as a hearing is concerned? HearingRightNotTold, HearingPending, HearingNotHeld, NotOnRecord."""
    hearing = Hearing.objects.filter(sub_case_no=sub_case.sub_case_no).first()
    if hearing is None:
        if branch_of_sub_case(sub_case).hearing:
            raise HearingNotHeld(f"{branch_of_sub_case(sub_case).hearing}规定本事项应当听证，举行听证以前不能作出决定。")
        return
    until = clock_of(sub_case.sub_case_no, REQUEST)
    facts = Facts(
        on_request=hearing.ground == Hearing.Ground.INTEREST,
        told=hearing.told_at is not None,
        request_by=until.due_on if until else None,
        requested=hearing.requested_at is not None,
        waived=hearing.waived_at is not None,
        held=hearing.held_at is not None,
    )
    found = obstacle(facts, today=localdate(at), on_record=on_record)
    if found:
        raise ERRORS[found]()


def tell(
    *,
    sub_case: SubCase,
    hearing: Hearing,
    event: Literal["hearing_told", "hearing_requested", "hearing_waived", "hearing_notified", "hearing_held"],
    text: str,
    document_no: str = "",
    clocks: Iterable[ClockState] = (),
    actor: Actor,
    at: datetime,
) -> None:
    """Timeline and fact for everyone; the applicant's page of the hearing gets its dates."""
    until, by = clock_of(sub_case.sub_case_no, REQUEST), clock_of(sub_case.sub_case_no, HOLD)
    note_progress(case=sub_case.case, sub_case=sub_case, event=event, text=text, actor=actor, at=at, document_no=document_no, clocks=clocks)
    publish(
        HearingMoved(
            case_no=sub_case.case.case_no,
            sub_case_no=sub_case.sub_case_no,
            state=event.removeprefix("hearing_"),  # type: ignore[arg-type]
            on_request=hearing.ground == Hearing.Ground.INTEREST,
            organisation_name=sub_case.organisation_name,
            reason=hearing.reason,
            request_by=until.due_on.isoformat() if until else "",
            hold_by=by.due_on.isoformat() if by else "",
            held_on=hearing.held_on.isoformat() if hearing.held_on else "",
            place=hearing.place,
            presider=hearing.presider,
            at=at.isoformat(),
        ),
        actor=actor,
        order_key=sub_case.case.case_no,
        at=at,
    )
