"""All or nothing: what the departments agreed to takes effect together, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.actions.want_licence import want_licence
from santai.back.approvals.adapters import CONCLUDED, each
from santai.back.cases.service import Case, SubCase
from santai.kernel.ledger.service import Actor, system_actor

WHY = "本事项须各部门全部准予，其他部门未予准予"


def settle_together(*, case: Case, parts: Sequence[SubCase], actor: Actor, at: datetime) -> None:
    """Once every part has ended: decisions and licences for all that were agreed to, or none. The caller holds the case's lock."""
    for part in parts:
        if part.outcome != SubCase.Outcome.GRANTED:
            continue
        part.case = case
        if case.outcome == Case.Outcome.GRANTED:
            data = {"reason": "", "decided_at": at.isoformat(), "credit_code": ""}
            document = serve_document(case=case, sub_case=part, kind="granted", data=data, at=at)
            note_progress(
                case=case,
                sub_case=part,
                event="decided",
                text=f"各部门均已同意，{part.organisation_name}的准予决定一并作出（{document.document_no}）。",
                actor=actor,
                at=at,
                outcome=part.outcome,
                document_no=document.document_no,
            )
            want_licence(case=case, sub_case=part, actor=actor, at=at)
            each(CONCLUDED, case=case, sub_case=part, outcome="granted", document_no=document.document_no, actor=actor, at=at)
            continue
        part.outcome, part.reason = SubCase.Outcome.TERMINATED, WHY
        part.save(update_fields=["outcome", "reason"])
        note_progress(
            case=case,
            sub_case=part,
            event="terminated",
            text=f"{WHY}，{part.organisation_name}的同意意见不发生效力。",
            actor=system_actor("back.approvals"),
            at=at,
            outcome=part.outcome,
            reason=WHY,
        )
