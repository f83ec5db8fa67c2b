"""更正: a slip of the pen in a document is put right; what it decides stays as it is."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import NotClerical, ReasonMissing
from santai.back.approvals.models import ServedDocument
from santai.back.approvals.rules.procedures import is_slip
from santai.back.cases.service import lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def correct_slip(*, document_no: str, changes: Sequence[tuple[str, str]], actor: Actor, at: datetime) -> ServedDocument:
    """A correction notice that names each wrong wording and the right one; the document goes into its next edition.

    Errors: NotAllowed; ReasonMissing without a change; NotClerical when a change is more than a slip (figures, scope, names added).
    """
    wrong = ServedDocument.objects.select_for_update().get(document_no=document_no)
    sub_case = lock_sub_case(wrong.sub_case_no)
    require(actor, "decider", organisation=sub_case.organisation)
    said = [(before.strip(), after.strip()) for before, after in changes if before.strip() or after.strip()]
    if not said:
        raise ReasonMissing("请写明错在哪里、应当更正为什么。", fields={"before": "请写明原文。"})
    if not all(is_slip(before, after) for before, after in said):
        raise NotClerical(fields={"after": NotClerical.message})
    edition = wrong.edition + 1
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="corrected_slip",
        data={
            "corrects": f"《{wrong.title}》（{wrong.document_no}）",
            "changes": [{"before": before, "after": after} for before, after in said],
            "edition": edition,
        },
        at=at,
    )
    wrong.edition = edition
    wrong.save(update_fields=["edition"])
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="document_corrected",
        text=f"更正{wrong.title}中的文字差错（{document.document_no}）。",
        actor=actor,
        at=at,
        document_no=document.document_no,
    )
    return document
