"""Take the applicant's answer to the correction notice."""

from datetime import datetime

from santai.back.approvals.actions.clocks_from_receipt import clocks_from_receipt
from santai.back.approvals.actions.file_on_receipt import file_on_receipt
from santai.back.approvals.actions.hand_on import hand_on
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.models import CorrectionNotice
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.project_code import facts_of_project
from santai.back.cases.service import Case, CaseContent, SubCase, add_content, lock_case
from santai.exchange.contracts.service import ApplicationCorrected, encode
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.flow.service import send_message
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def take_correction(*, message: ApplicationCorrected, actor: Actor, at: datetime) -> Case:
    """A new revision beside the old one; the departments that asked check again, the others keep their answer. Repeated: no effect."""
    case = lock_case(message.case_no)
    corrected_at = datetime.fromisoformat(message.corrected_at)
    if case.state == Case.State.CHECKING and not message.notice_no:
        return _take_supplement(case, message, actor, corrected_at, at)
    if case.state != Case.State.CORRECTING:
        return case
    add_content(
        case=case,
        content=message.content,
        materials=encode(message.materials),
        signatures=encode(message.signatures),
        at=corrected_at,
    )
    CorrectionNotice.objects.filter(case_no=case.case_no, answered_at=None).update(answered_at=corrected_at)
    defective = list(SubCase.objects.filter(case=case, state=SubCase.State.DEFECTIVE).order_by("position"))
    for clock in clocks_of(f"case:{case.case_no}"):
        if clock.kind == "answer" and clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=corrected_at)
    case.facts = {**case.facts, **facts_of_project(message.content)}
    case.state = Case.State.CHECKING
    case.lapsed_at = None  # late, but before anybody refused to accept
    case.checks_open = len(defective)
    case.checks_defective = 0
    case.changed_at = at
    case.save()
    if case.shape == "joint":
        send_message(subject=f"case:{case.case_no}", message="corrected", data={}, actor=actor, at=at)
    for sub_case in defective:
        sub_case.state = SubCase.State.CHECKING
        sub_case.save(update_fields=["state"])
        send_message(subject=f"subcase:{sub_case.sub_case_no}", message="corrected", data={}, actor=actor, at=at)
        hand_on(case=case, sub_case=sub_case, at=at)
    item = item_of(case.item_code, case.item_version)
    # receipt of the corrected papers starts the five days again (accept or refuse to accept), and what a special law counts from receipt
    clocks = clocks_from_receipt(case_no=case.case_no, item=item, received_at=corrected_at, actor=actor, at=at)
    if clocks:
        case.due_at = min(clock.due_at for clock in clocks)
        case.save(update_fields=["due_at"])
        SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).update(due_at=case.due_at)
    note_progress(case=case, event="corrected", text="已收到补正内容，相关部门正在复核。", actor=actor, at=corrected_at, clocks=clocks)
    file_on_receipt(case=case, actor=actor, received_at=corrected_at, at=at)
    return case


def _take_supplement(case: Case, message: ApplicationCorrected, actor: Actor, handed_in_at: datetime, at: datetime) -> Case:
    """More papers before anybody asked: kept beside the first; the day of receipt and the five days stay."""
    if CaseContent.objects.filter(case=case, handed_in_at=handed_in_at).exists():
        return case  # the same message again
    complete_at = case.complete_at
    add_content(
        case=case, content=message.content, materials=encode(message.materials), signatures=encode(message.signatures), at=handed_in_at
    )
    case.complete_at = complete_at
    case.facts = {**case.facts, **facts_of_project(message.content)}
    case.changed_at = at
    case.save()
    note_progress(case=case, event="supplemented", text="申请人补充提交了材料。", actor=actor, at=handed_in_at)
    file_on_receipt(case=case, actor=actor, received_at=handed_in_at, at=at)
    return case
