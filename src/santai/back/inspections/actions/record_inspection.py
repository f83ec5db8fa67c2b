"""现场检查 and 结果公示."""

from collections.abc import Iterable
from datetime import datetime

from santai.back.cases.service import SubCase
from santai.back.inspections.actions.common import begin, close, day, end, filled, locked_part, note, officers_of, task_of, write
from santai.back.inspections.errors import EnforcementNotFound, WordsMissing
from santai.back.inspections.models import Inspection
from santai.back.inspections.rules.public import seen_by_the_public
from santai.back.inspections.rules.words import PUBLISH, RESULTS
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import DecisionPublished
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
    complete_task(task=task, outcome="done", actor=actor, at=at)
    begin(PUBLISH, case_no, event_at=at, actor=actor, at=at)
    data = {"officers": [one["name"] for one in went], "cards": [one["card_no"] for one in went], "at": at.isoformat(),
            "subject": inspection.plan.subject, "result": RESULTS[result], "findings": inspection.findings}  # fmt: skip
    inspection.record_no = write(part, "spot_inspection", data, at=at)
    inspection.save(update_fields=["inspected_at", "result", "findings", "went", "record_no"])
    note(part, "inspected", f"现场检查：{RESULTS[result]}。", actor=actor, at=at)
    return inspection


@as_one_act
def publish_inspection(*, case_no: str, actor: Actor, at: datetime) -> Inspection:
    """The result goes to the public. EnforcementNotFound, NotAllowed, StepDone."""
    inspection, part = _locked(case_no)
    complete_task(task=task_of(part, "publish", actor), outcome="done", actor=actor, at=at)
    assert inspection.inspected_at is not None  # the step before this one
    inspected = day(inspection.inspected_at)
    inspection.published_at = at
    inspection.save(update_fields=["published_at"])
    shown_name, shown_code = seen_by_the_public(name=inspection.object_name, code=inspection.object_code)
    end(case_no, PUBLISH, actor=actor, at=at)
    close(part, at=at)
    note(part, "inspection_published", "检查结果已公示。", actor=actor, at=at)
    publish(
        DecisionPublished(
            publication_id=f"inspection-{case_no}",
            kind="inspection",
            document_no=inspection.record_no,
            document_title="行政检查记录",
            organisation=part.organisation,
            organisation_name=part.organisation_name,
            party_name=shown_name,
            party_code=shown_code,
            fields={
                "检查计划": inspection.plan.title,
                "检查事项": inspection.plan.subject,
                "检查依据": inspection.plan.basis,
                "检查对象": shown_name,
                "检查结果": RESULTS[inspection.result],
                "检查日期": inspected.isoformat(),
                "检查机关": part.organisation_name,
            },
            decided_on=inspected.isoformat(),
            published_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return inspection
