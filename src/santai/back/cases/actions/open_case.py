"""Open a case for what was handed in."""

from datetime import datetime
from typing import Any

from santai.back.cases.models import Case, CaseContent, SubCase
from santai.kernel.ledger.service import append, as_one_act


@as_one_act
def open_case(
    *,
    case_no: str,
    kind: str,
    item_code: str,
    item_version: int,
    item_name: str,
    shape: str,
    organisation: str,
    organisation_name: str,
    region: str,
    intake_organisation: str = "",
    applicant: dict[str, Any],
    filed_by: dict[str, Any],
    channel: str,
    received_at: datetime,
    form: str,
    form_version: int,
    content: dict[str, Any],
    materials: list[Any],
    signatures: list[Any],
    prefilled: dict[str, str],
    sub_cases: list[SubCase],
    due_at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    at: datetime,
) -> Case:
    """Create the case with its first content and its sub-cases in one step; IntegrityError if the number exists."""
    case = Case(
        case_no=case_no,
        kind=kind,
        item_code=item_code,
        item_version=item_version,
        item_name=item_name,
        shape=shape,
        organisation=organisation,
        organisation_name=organisation_name,
        intake_organisation=intake_organisation,
        region=region,
        applicant=applicant,
        applicant_name=applicant["name"],
        filed_by=filed_by,
        channel=channel,
        received_at=received_at,
        complete_at=received_at,
        due_at=due_at,
        facts=facts or {},
        checks_open=len(sub_cases),
        branches_open=len(sub_cases),
        changed_at=at,
    )
    append(case)
    append(
        CaseContent(
            case=case,
            revision=1,
            form=form,
            form_version=form_version,
            content=content,
            materials=materials,
            signatures=signatures,
            prefilled=prefilled,
            handed_in_at=received_at,
        )
    )
    for sub_case in sub_cases:
        sub_case.case = case
    append(*sub_cases)
    return case
