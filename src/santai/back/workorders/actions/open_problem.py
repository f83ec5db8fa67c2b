"""The account manager takes a firm's problem to a department."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from santai.back.cases.service import Case, SubCase, note_event, open_case
from santai.back.workorders.errors import ManagerNotFound, WordsMissing
from santai.back.workorders.models import FirmProblem
from santai.back.workorders.queries import earliest, firms_of
from santai.back.workorders.rules import PROBLEM, PROBLEM_CLOCK, PROBLEM_PROCESS
from santai.kernel.clocks.service import start_clock
from santai.kernel.codes.service import next_case_no
from santai.kernel.flow.service import start_process
from santai.kernel.ledger.service import Actor, append, as_one_act, record
from santai.kernel.orgs.service import UnknownOrganisation, get_organisation


@as_one_act
def open_problem(*, manager: UUID, organisation: str, text: str, actor: Actor, at: datetime) -> FirmProblem:
    """A case of the department with the clock ``firm-problem``. ManagerNotFound, WordsMissing with the fields."""
    naming = firms_of(actor, on=localdate(at)).filter(id=manager).first()
    if naming is None:
        raise ManagerNotFound()
    problems = {} if text.strip() else {"text": "请写明企业遇到的问题和诉求。"}
    try:
        body = get_organisation(organisation)
        if body.valid_to is not None:
            raise UnknownOrganisation(organisation=organisation)
    except UnknownOrganisation:
        problems["organisation"] = "请选择承办部门。"
    if problems:
        raise WordsMissing("还有内容要更正。", fields=problems)
    case_no = next_case_no(region6=body.region.code[:6], on=localdate(at))
    clocks = [start_clock(rule=PROBLEM_CLOCK, subject=f"case:{case_no}", event_at=at, actor=actor, at=at)]
    firm = {"kind": "organisation", "code_kind": "credit-code", "code": naming.firm_code, "name": naming.firm_name}
    part = SubCase(
        sub_case_no=f"{case_no}-main",
        branch="main",
        branch_name=body.name[:40],
        item_name="企业问题",
        nature="problem",
        organisation=body.code,
        organisation_name=body.name,
        process=PROBLEM_PROCESS,
        state=SubCase.State.EXAMINING,
        accepted_at=at,
        due_at=earliest(clocks),
    )
    case = open_case(
        case_no=case_no,
        kind=PROBLEM,
        item_code=PROBLEM,
        item_version=1,
        item_name=f"企业问题：{naming.firm_name}",
        shape="single",
        organisation=body.code,
        organisation_name=body.name,
        region=body.region.code,
        applicant=firm,
        filed_by=firm,
        channel="manager",
        received_at=at,
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
    case.state, case.accepted_at = Case.State.ACCEPTED, at
    problem = FirmProblem(case=case, manager=naming, text=text.strip())
    append(problem)
    start_process(
        key=PROBLEM_PROCESS,
        subject=f"subcase:{part.sub_case_no}",
        data={},
        organisations={"department": body.code},
        actor=actor,
        at=at,
    )
    note_event(
        case_no=case_no,
        sub_case_no=part.sub_case_no,
        event="received",
        organisation_name=body.name,
        actor=actor,
        text=f"客户经理转来{naming.firm_name}的问题。",
        public=False,
        at=at,
    )
    record(actor=actor, act="back.workorders.problem_opened", on=f"case:{case_no}", at=at)
    return problem
