"""Open the case for an application that was filed at the front desk."""

from datetime import datetime

from santai.back.approvals.actions.clocks_from_receipt import clocks_from_receipt
from santai.back.approvals.actions.file_on_receipt import FILED, file_on_receipt
from santai.back.approvals.actions.hand_over import hand_over
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_unseen
from santai.back.approvals.adapters import OPENED, each
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.branches import branches_of
from santai.back.approvals.rules.project_code import facts_of_project
from santai.back.cases.service import Case, SubCase, open_case
from santai.exchange.contracts.service import ApplicationSubmitted, Branch, encode, joined_branches
from santai.kernel.flow.service import start_process
from santai.kernel.ledger.service import Actor, as_one_act, system_actor
from santai.kernel.orgs.service import organisation_card


@as_one_act
def open_application(*, message: ApplicationSubmitted, at: datetime) -> Case:
    """Case, sub-cases, processes and the clock that runs from receipt, all or nothing; a repeated message finds the case there.

    The clock starts from the time of receipt, whenever this runs (house.md rule 6). ItemUnknown if the item's copy has not arrived:
    the message then waits.
    """
    existing = Case.objects.filter(case_no=message.case_no).first()
    if existing is not None:
        return existing
    item = item_of(message.item_code, message.item_version)
    received_at = datetime.fromisoformat(message.received_at)
    applicant = Actor(kind="person", account=message.filed_by.code, name=message.filed_by.name, represents=message.applicant)
    branches = joined_branches(item, message.content) if item.shape == "joint" else branches_of(item)
    lead = organisation_card(item.organisation)
    clocks = clocks_from_receipt(
        case_no=message.case_no, item=item, received_at=received_at, actor=applicant, at=at, channel=message.channel
    )
    due_at = min((clock.due_at for clock in clocks), default=None)
    sub_cases = [_sub_case(message.case_no, position, branch, due_at) for position, branch in enumerate(branches)]
    case = open_case(
        case_no=message.case_no,
        kind="approval",
        item_code=item.code,
        item_version=item.version,
        item_name=item.name,
        shape=item.shape,
        organisation=item.organisation,
        organisation_name=lead.name,
        intake_organisation=item.intake_organisation or item.organisation,
        region=item.region,
        applicant=encode(message.applicant),
        filed_by=encode(message.filed_by),
        channel=message.channel,
        received_at=received_at,
        form=message.form,
        form_version=message.form_version,
        content=message.content,
        materials=encode(message.materials),
        signatures=encode(message.signatures),
        prefilled=message.prefilled,
        sub_cases=sub_cases,
        due_at=due_at,
        facts={**facts_of_project(message.content), **({"assistance": encode(message.assistance)} if message.assistance else {})},
        at=at,
    )
    intake = item.intake_organisation or item.organisation
    if item.shape == "joint":
        _start(case, f"case:{case.case_no}", item.process, {"intake": intake, "lead": item.organisation}, at)
    for sub_case in sub_cases:
        _start(case, f"subcase:{sub_case.sub_case_no}", sub_case.process, {"department": sub_case.organisation, "intake": intake}, at)
    note_progress(
        case=case,
        event="received",
        text=_received_said(message, f"共{len(sub_cases)}个部门" if item.shape == "joint" else f"由{lead.name}"),
        actor=applicant,
        at=received_at,
        clocks=clocks,
        facts={"channel": message.channel, "applicant_kind": message.applicant.kind, "shape": item.shape, **_late(message)},
    )
    if item.shape == "joint":
        for sub_case in sub_cases:
            note_progress(
                case=case,
                sub_case=sub_case,
                event="sub_case_opened",
                text=f"{sub_case.organisation_name}开始办理“{sub_case.item_name}”。",
                actor=system_actor("back.approvals"),
                at=received_at,
            )
            if sub_case.line_system:
                hand_over(case=case, sub_case=sub_case, step="check", content=message.content, at=at)
    each(OPENED, case=case, message=message, at=at)
    if message.assistance is None or not message.assistance.receipt_no:  # a window has given its own over the counter
        serve_unseen(case=case, kind="receipt", data={"materials": [m.name for m in message.materials]}, at=at)
    if item.nature in FILED and item.shape == "single":
        file_on_receipt(case=case, actor=applicant, received_at=received_at, at=at)
    return case


def _received_said(message: ApplicationSubmitted, by: str) -> str:
    """The first line of the case's timeline; a late entry (停机补录) says so wherever the line is read."""
    helped = message.assistance
    if helped is None:
        return f"申请已收到，{by}办理。"
    late = (
        f"停机补录，实际收件时间为{message.received_at[:16].replace('T', ' ')}，由{helped.approved_by}批准；" if helped.late_reason else ""
    )
    return f"申请已由{helped.organisation_name}窗口收件（{helped.receipt_no}），{late}{by}办理。"


def _late(message: ApplicationSubmitted) -> dict[str, str]:
    return {"late_entry": message.assistance.late_reason} if message.assistance and message.assistance.late_reason else {}


def _sub_case(case_no: str, position: int, branch: Branch, due_at: datetime | None) -> SubCase:
    return SubCase(
        sub_case_no=f"{case_no}-{branch.code}",
        position=position,
        branch=branch.code,
        branch_name=branch.name,
        item_name=branch.item_name,
        nature=branch.nature,
        organisation=branch.organisation,
        organisation_name=organisation_card(branch.organisation).name,
        process=branch.process,
        finishes_after=list(branch.finishes_after),
        line_system=branch.line_system,
        due_at=due_at,
    )


def _start(case: Case, subject: str, process: str, organisations: dict[str, str], at: datetime) -> None:
    start_process(
        key=process,
        subject=subject,
        data={"case_no": case.case_no},
        organisations=organisations,
        actor=system_actor("back.approvals"),
        at=at,
    )
