"""A bad rating becomes a case of the department it is about."""

from datetime import datetime

from santai.back.cases.service import Case, SubCase, note_event, open_case
from santai.back.workorders.models import Redress
from santai.back.workorders.queries import earliest
from santai.back.workorders.rules import CONTACT, KIND, LEVELS, PROCESS, RECTIFY
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import RedressProgressed, RedressWanted
from santai.kernel.clocks.service import Start, start_clocks
from santai.kernel.codes.service import next_case_no
from santai.kernel.flow.service import start_process
from santai.kernel.ledger.service import append, as_one_act, system_actor
from santai.kernel.orgs.service import get_organisation

UNKNOWN = "评价人（保密）"


@as_one_act
def open_redress(*, message: RedressWanted, at: datetime) -> Redress:
    """Case, process and clocks, counted from the time of the rating; a repeated message finds what is there."""
    there = Redress.objects.filter(rating=message.rating).first()
    if there is not None:
        return there
    rated_at = datetime.fromisoformat(message.rated_at)
    body = get_organisation(message.organisation)
    case_no = next_case_no(region6=body.region.code[:6], on=rated_at.date())
    actor = system_actor("back.workorders")
    rules = [*([CONTACT] if message.real_name else []), RECTIFY]
    clocks = start_clocks(starts=[Start(rule=rule, subject=f"case:{case_no}", event_at=rated_at) for rule in rules], actor=actor, at=at)
    rater = {"kind": "person", "code_kind": "", "code": "", "name": UNKNOWN}
    part = SubCase(
        sub_case_no=f"{case_no}-main",
        branch="main",
        branch_name=body.name,
        item_name="差评整改",
        nature="redress",
        organisation=message.organisation,
        organisation_name=body.name,
        process=PROCESS,
        state=SubCase.State.EXAMINING,
        accepted_at=rated_at,
        due_at=earliest(clocks),
    )
    case = open_case(
        case_no=case_no,
        kind=KIND,
        item_code=KIND,
        item_version=1,
        item_name=f"差评整改：{message.item_name}" if message.item_name else "差评整改",
        shape="single",
        organisation=message.organisation,
        organisation_name=body.name,
        region=body.region.code,
        applicant=rater,
        filed_by=rater,
        channel="online",
        received_at=rated_at,
        form="",
        form_version=0,
        content={},
        materials=[],
        signatures=[],
        prefilled={},
        sub_cases=[part],
        due_at=earliest(clocks),
        at=at,
    )
    case.state, case.accepted_at = Case.State.ACCEPTED, rated_at
    redress = Redress(
        case=case,
        rating=message.rating,
        rated_case_no=message.case_no,
        level=message.level,
        reasons=list(message.reasons),
        text=message.text,
        real_name=message.real_name,
        contact=message.contact if message.real_name else "",
        rated_at=rated_at,
    )
    append(redress)
    start_process(
        key=PROCESS,
        subject=f"subcase:{part.sub_case_no}",
        data={"real_name": message.real_name},
        organisations={"department": message.organisation},
        actor=actor,
        at=at,
    )
    note_event(
        case_no=case_no,
        sub_case_no=part.sub_case_no,
        event="received",
        organisation_name=body.name,
        actor=actor,
        text=f"收到评价“{LEVELS[message.level]}”，转承办部门整改。",
        public=False,
        at=rated_at,
    )
    due = next(clock.due_at for clock in clocks if clock.rule == RECTIFY)
    publish(
        RedressProgressed(rating=message.rating, state="opened", due=due.date().isoformat(), at=at.isoformat()),
        actor=actor,
        order_key=message.rating,
        at=at,
    )
    return redress
