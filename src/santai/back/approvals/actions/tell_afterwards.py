"""What is said without deciding: 纠正 after a filing, 核实 of what another organ pushed."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import DefectsMissing, ReasonMissing, WrongStep
from santai.back.approvals.models import ServedDocument
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def tell_to_rectify(*, sub_case_no: str, reason: str, actor: Actor, at: datetime) -> ServedDocument:
    """A filing turned out to be forbidden or to need a permit: told to put it right; the filing stays on record.

    Errors: NotAllowed; WrongStep unless it was filed; ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    if sub_case.outcome != SubCase.Outcome.RECORDED:
        raise WrongStep("本件尚未备案。")
    if not reason.strip():
        raise ReasonMissing("请写明需要纠正的问题和依据。", fields={"reason": "请写明需要纠正的问题和依据。"})
    document = serve_document(case=sub_case.case, sub_case=sub_case, kind="rectify", data={"reason": reason.strip()}, at=at)
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="rectification_told",
        text=f"已告知纠正（{document.document_no}）。",
        actor=actor,
        at=at,
        reason=reason.strip(),
        document_no=document.document_no,
    )
    return document


@as_one_act
def ask_verification(*, sub_case_no: str, questions: Sequence[str], actor: Actor, at: datetime) -> ServedDocument:
    """Doubts about pushed information are put for verification: nobody applied, so nobody corrects, and nothing else waits for it.

    Errors: NotAllowed; WrongStep for another kind, once acknowledged; DefectsMissing without a question.
    """
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    if sub_case.nature != "push" or not sub_case.is_open:
        raise WrongStep("只有信息推送可以提请核实。")
    asked = [question.strip() for question in questions if question.strip()]
    if not asked:
        raise DefectsMissing("请写明需要核实的内容。", fields={"questions": "请写明需要核实的内容。"})
    document = serve_document(case=sub_case.case, sub_case=sub_case, kind="verification", data={"questions": asked}, at=at)
    sub_case.verifying_since = at
    sub_case.save(update_fields=["verifying_since"])
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="verification_asked",
        text=f"{sub_case.organisation_name}提请核实{len(asked)}项内容（{document.document_no}）。",
        actor=actor,
        at=at,
        document_no=document.document_no,
    )
    return document
