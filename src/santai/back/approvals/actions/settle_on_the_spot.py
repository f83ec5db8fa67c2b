"""即办件: check, accept and decide in one act."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from santai.back.approvals.actions.check_materials import DefectInput, may_be_accepted, may_be_asked
from santai.back.approvals.actions.decide import decide
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.return_papers import return_papers
from santai.back.approvals.actions.unite_correction import unite_correction
from santai.back.approvals.errors import CaseEnded, SecondCorrectionNotice, WrongStep
from santai.back.approvals.models import DefectNote
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.kinds import returns_papers
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def settle_on_the_spot(
    *,
    sub_case_no: str,
    task: UUID,
    outcome: str,
    reason: str = "",
    remedies: str | None = None,
    defects: Sequence[DefectInput] = (),
    actor: Actor,
    at: datetime,
) -> SubCase:
    """``outcome``: granted, refused or defects. Granting and refusing accept the application in the same breath.

    Errors: as ``decide`` and ``check_materials``.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not sub_case.is_open:
        raise CaseEnded()
    current = get_task(task)
    if current.subject != f"subcase:{sub_case_no}" or current.element != "instant":
        raise WrongStep()
    require(actor, current.role, organisation=sub_case.organisation)
    if outcome == "defects" and returns_papers(item_of(case.item_code, case.item_version)):
        return return_papers(sub_case_no=sub_case_no, defects=defects, actor=actor, at=at)
    if outcome == "granted":
        may_be_accepted(case)
    if outcome == "defects":
        return _ask_for_corrections(sub_case, task, defects, actor, at)
    if case.accepted_at is None:  # else silence has accepted it, from the day of receipt, and that stands
        case.accepted_at = at
        case.state = Case.State.ACCEPTED
        case.checks_open = 0
        case.save()
        sub_case.accepted_at = at
        sub_case.save(update_fields=["accepted_at"])
        correction = [clock for clock in clocks_of(f"case:{case.case_no}") if clock.kind == "correction"]
        clocks = [finish_clock(clock=clock.id, actor=actor, at=at) for clock in correction]
        note_progress(case=case, event="accepted", text="当场受理。", actor=actor, at=at, clocks=clocks)
    return decide(sub_case_no=sub_case_no, task=task, outcome=outcome, reason=reason, remedies=remedies, actor=actor, at=at)


def _ask_for_corrections(sub_case: SubCase, task: UUID, defects: Sequence[DefectInput], actor: Actor, at: datetime) -> SubCase:
    case = sub_case.case
    if case.corrected:
        raise SecondCorrectionNotice()
    if case.accepted_at is not None:
        raise WrongStep("逾期未告知补正，已自收到申请之日起视为受理，不能再要求补正。")
    texts = [defect for defect in defects if defect.get("text", "").strip()]
    may_be_asked(case, texts, at)
    complete_task(task=task, outcome="defects", data={}, actor=actor, at=at)
    for defect in texts:
        DefectNote.objects.create(
            case_no=case.case_no,
            sub_case_no=sub_case.sub_case_no,
            branch=sub_case.branch,
            organisation_name=sub_case.organisation_name,
            text=defect["text"].strip(),
            field=defect.get("field", ""),
            material=defect.get("material", ""),
            noted_by=actor.name,
            noted_at=at,
        )
    sub_case.state = SubCase.State.DEFECTIVE
    sub_case.save(update_fields=["state"])
    case.checks_open = 0
    case.checks_defective = 1
    case.save()
    unite_correction(case_no=case.case_no, actor=actor, at=at)
    return sub_case
