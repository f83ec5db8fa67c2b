"""A case of this room: number, row, process."""

from datetime import datetime
from typing import Any

from santai.back.cases.service import Case, SubCase, open_case
from santai.kernel.codes.service import next_case_no
from santai.kernel.flow.service import start_process
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import get_organisation

Party = dict[str, Any]


def open_enforcement(
    *,
    kind: str,
    process: str,
    name: str,
    party: Party,
    organisation: str,
    data: dict[str, Any],
    actor: Actor,
    began_at: datetime,
    at: datetime,
) -> tuple[Case, SubCase]:
    """Opened by the office itself: received and accepted at ``began_at``. Part of another act; the caller writes the history."""
    body = get_organisation(organisation)
    case_no = next_case_no(region6=body.region.code[:6], on=began_at.date())
    part = SubCase(
        sub_case_no=f"{case_no}-main",
        branch="main",
        branch_name=body.name,
        item_name=name,
        nature=kind,
        organisation=organisation,
        organisation_name=body.name,
        process=process,
        state=SubCase.State.EXAMINING,
        accepted_at=began_at,
    )
    case = open_case(
        case_no=case_no,
        kind=kind,
        item_code=kind,
        item_version=1,
        item_name=name,
        shape="single",
        organisation=organisation,
        organisation_name=body.name,
        region=body.region.code,
        applicant=party,
        filed_by=party,
        channel="office",
        received_at=began_at,
        form="",
        form_version=0,
        content={},
        materials=[],
        signatures=[],
        prefilled={},
        sub_cases=[part],
        at=at,
    )
    case.state, case.accepted_at = Case.State.ACCEPTED, began_at
    start_process(
        key=process, subject=f"subcase:{part.sub_case_no}", data=data, organisations={"department": organisation}, actor=actor, at=at
    )
    return case, part
