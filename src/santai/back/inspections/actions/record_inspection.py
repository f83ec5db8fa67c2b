"""现场检查 and 结果公示."""

from collections.abc import Iterable
from datetime import datetime

from santai.back.cases.service import SubCase
from santai.back.inspections.actions.common import begin, close, end, filled, locked_part, note, officers_of, task_of, write
from santai.back.inspections.errors import EnforcementNotFound, WordsMissing
from santai.back.inspections.models import Inspection
from santai.back.inspections.rules.words import PUBLISH, RESULTS
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import InspectionPublished
from santai.kernel.flow.service import complete_task
from santai.kernel.ledger.service import Actor, as_one_act


def _locked(case_no: str) -> tuple[Inspection, SubCase]:
    part = locked_part(case_no)
    found = Inspection.objects.select_for_update(of=("self",)).select_related("plan").filter(case_id=case_no).first()
    if found is None:
        raise EnforcementNotFound()
    return found, part


@as_one_act
def record_inspection(
    *, case_no: str, officers: Iterable[str], shown: bool, result: str, findings: str, actor: Actor, at: datetime
) -> Inspection:
    """The record of the visit; twenty working days to publish run from here.

    EnforcementNotFound, NotAllowed, StepDone, TwoOfficers, NoEnforcementCard, MustWithdraw, WordsMissing.
    """
    inspection, part = _locked(case_no)
    task = task_of(part, "inspect", actor, "site_inspector")
    went = officers_of(card_nos=officers, shown=shown, organisation=part.organisation, party=part.case.applicant, at=at)
    if result not in RESULTS:
        raise WordsMissing(fields={"result": "请选择检查的结果。"})
    said = filled(findings=(findings, "请记录检查的情况。"))
    inspection.inspected_at, inspection.result, inspection.findings, inspection.went = at, result, said["findings"], went
    inspection.save(update_fields=["inspected_at", "result", "findings", "went"])
    complete_task(task=task, outcome="done", actor=actor, at=at)
    begin(PUBLISH, case_no, event_at=at, actor=actor, at=at)
    data = {"officers": [one["name"] for one in went], "cards": [one["card_no"] for one in went], "at": at.isoformat(),
            "subject": inspection.plan.subject, "result": RESULTS[result], "findings": inspection.findings}  # fmt: skip
    write(part, "spot_inspection", data, at=at)
    note(part, "inspected", f"现场检查：{RESULTS[result]}。", actor=actor, at=at)
    return inspection


@as_one_act
def publish_inspection(*, case_no: str, actor: Actor, at: datetime) -> Inspection:
    """The result goes to the public. EnforcementNotFound, NotAllowed, StepDone."""
    inspection, part = _locked(case_no)
    complete_task(task=task_of(part, "publish", actor), outcome="done", actor=actor, at=at)
    inspection.published_at = at
    inspection.save(update_fields=["published_at"])
    end(case_no, PUBLISH, actor=actor, at=at)
    close(part, at=at)
    note(part, "inspection_published", "检查结果已公示。", actor=actor, at=at)
    publish(
        InspectionPublished(
            case_no=case_no,
            organisation=part.organisation,
            organisation_name=part.organisation_name,
            title=inspection.plan.title,
            subject=inspection.plan.subject,
            object_name=inspection.object_name,
            object_code=inspection.object_code,
            result=inspection.result,
            inspected_at=inspection.inspected_at.isoformat() if inspection.inspected_at else "",
            published_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return inspection
