"""A department answers whether what was handed in is complete."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.utils.timezone import localdate

from santai.back.approvals.actions.accept_application import accept_application
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.unite_correction import unite_correction
from santai.back.approvals.adapters import BEFORE_DEFECTS, FOLLOWS_LATER, each, first
from santai.back.approvals.errors import (
    AlreadyAccepted,
    CaseEnded,
    DefectsMissing,
    FixOnSpotFirst,
    NoCorrectionForThisKind,
    NotInList,
    ObtainableBySharing,
    PapersMissing,
    ProjectCodeMissing,
    SecondCorrectionNotice,
    WrongStep,
)
from santai.back.approvals.models import DefectNote
from santai.back.approvals.queries import item_of
from santai.back.approvals.queries.papers import materials_by_code, missing_of
from santai.back.approvals.rules.acceptance import why_not_asked
from santai.back.approvals.rules.project_code import project_code_in, valid_project_code
from santai.back.cases.service import Case, SubCase, current_content, lock_sub_case, write_opinion
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task, send_message
from santai.kernel.ledger.service import Actor, as_one_act


class DefectInput(TypedDict, total=False):
    text: str
    field: str
    material: str
    on_the_spot: bool  # can be put right by the applicant at the counter at once (行政许可法 32(1)(3))


REFUSED = {"not_in_list": NotInList, "obtainable_by_sharing": ObtainableBySharing}


def still_to_accept(sub_case: SubCase) -> None:
    """CaseEnded once the part is closed, AlreadyAccepted once the case is accepted, by an act or by silence."""
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.case.accepted_at is not None:
        raise AlreadyAccepted()


def may_be_accepted(case: Case, branch: str = "") -> None:
    """PapersMissing with each paper that has not come; ProjectCodeMissing for an investment project without its code."""
    missing = missing_of(case, branch=branch)
    if missing and FOLLOWS_LATER:
        later = first(FOLLOWS_LATER, case=case) or ()
        missing = [material for material in missing if material.code not in later]
    if missing:
        named = "、".join(material.name for material in missing)
        raise PapersMissing(f"还没有收到：{named}。不能按材料齐全受理；请一次告知补正。", materials=[one.code for one in missing])
    item = item_of(case.item_code, case.item_version)
    if item.project_code_required and not valid_project_code(project_code_in(current_content(case).content)):
        raise ProjectCodeMissing()


def from_the_list(case: Case, defects: Sequence[DefectInput]) -> None:
    """NotInList, ObtainableBySharing: nothing else may be asked for, at any time."""
    if why := why_not_asked(materials=materials_by_code(case), wanted=[defect.get("material", "") for defect in defects]):
        raise REFUSED[why]()


def may_be_asked(case: Case, defects: Sequence[DefectInput], at: datetime) -> None:
    """DefectsMissing without one; NotInList, ObtainableBySharing; FixOnSpotFirst while the applicant is at the counter."""
    if not defects:
        raise DefectsMissing()
    from_the_list(case, defects)
    at_counter = case.channel == "counter" and localdate(case.received_at) == localdate(at)
    if at_counter and any(defect.get("on_the_spot") for defect in defects):
        raise FixOnSpotFirst()


@as_one_act
def check_materials(
    *,
    sub_case_no: str,
    task: UUID,
    complete: bool,
    defects: Sequence[DefectInput] = (),
    opinion: str = "",
    actor: Actor,
    at: datetime,
) -> SubCase:
    """Complete, or what is missing. The last department's answer moves the case on: to the one united notice, or to acceptance.

    Errors: NotAllowed (post), WrongStep (task of another step), TaskAlreadyDone (somebody else was faster), CaseEnded, AlreadyAccepted
    (also by silence); PapersMissing and ProjectCodeMissing instead of accepting; DefectsMissing, SecondCorrectionNotice (one notice a
    case, 行政许可法 32), NotInList, ObtainableBySharing, FixOnSpotFirst, NoCorrectionForThisKind (信息推送 asks for 核实 only).
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not complete and sub_case.nature != "push":
        each(BEFORE_DEFECTS, case=case, defects=defects)
        from_the_list(case, defects)
    still_to_accept(sub_case)
    if not complete and sub_case.nature == "push":
        raise NoCorrectionForThisKind()
    if not complete and case.corrected:
        raise SecondCorrectionNotice()
    current = get_task(task)
    if current.subject != f"subcase:{sub_case_no}" or current.element != "check":
        raise WrongStep()
    require(actor, current.role, organisation=sub_case.organisation)
    texts = [defect for defect in defects if defect.get("text", "").strip()]
    if complete:
        may_be_accepted(case, sub_case.branch if case.shape == "joint" else "")
    else:
        may_be_asked(case, texts, at)
    complete_task(task=task, outcome="complete" if complete else "defects", data={}, actor=actor, at=at)
    write_opinion(sub_case=sub_case, step="材料审查", result="材料齐全" if complete else "需补正", text=opinion, actor=actor, at=at)
    for defect in texts if not complete else ():
        DefectNote.objects.create(
            case_no=case.case_no,
            sub_case_no=sub_case_no,
            branch=sub_case.branch,
            organisation_name=sub_case.organisation_name,
            text=defect["text"].strip(),
            field=defect.get("field", ""),
            material=defect.get("material", ""),
            noted_by=actor.name,
            noted_at=at,
        )
    sub_case.state = SubCase.State.CHECKED if complete else SubCase.State.DEFECTIVE
    sub_case.save(update_fields=["state"])
    case.checks_open -= 1
    case.checks_defective += 0 if complete else 1
    case.changed_at = at
    case.save()
    note_progress(
        case=case,
        sub_case=sub_case,
        event="material_checked",
        text=f"{sub_case.organisation_name}已核对材料：{'齐全' if complete else '有需要补正之处'}。",
        actor=actor,
        at=at,
        public=complete,
    )
    if case.checks_open == 0:
        all_checked(case=case, actor=actor, at=at)
    return sub_case


def all_checked(*, case: Case, actor: Actor, at: datetime) -> None:
    """The join after the completeness checks: accept, or ask once for everything."""
    defective = case.checks_defective > 0
    if case.shape == "joint":
        send_message(subject=f"case:{case.case_no}", message="all_checked", data={"defective": defective}, actor=actor, at=at)
    if not defective:
        accept_application(case=case, actor=actor, at=at)
    elif case.shape == "single":
        unite_correction(case_no=case.case_no, actor=actor, at=at)
