"""更正: a slip of the pen in a document, with a notice; nothing that was decided changes."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.service import documents_of, note_progress, serve_document
from santai.back.cases.service import SubCase, lock_case
from santai.back.permits.errors import NotClerical, NotFound, ReasonMissing
from santai.back.permits.models import SlipNotice
from santai.back.permits.rules.grounds import SUBSTANCE
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act, record

MOST = 60  # characters: longer than a slip is a rewrite


@as_one_act
def correct_slip(
    *, case_no: str, document_no: str, changes: Sequence[tuple[str, str]], touches: str = "", actor: Actor, at: datetime
) -> SlipNotice:
    """``changes``: (as it stands, as it should be). ``touches``: what of the decision the officer says it touches; empty: nothing.

    Errors: NotAllowed, NotFound (the document is not of this case), ReasonMissing, NotClerical (it would change what was decided).
    """
    case = lock_case(case_no)
    document = next((one for one in documents_of(case_no) if one.document_no == document_no), None)
    if document is None:
        raise NotFound("没有找到这份文书。")
    require_any(actor, "examiner", "chief", "decider", organisation=document.organisation)
    pairs = [(was.strip(), now.strip()) for was, now in changes if was.strip() or now.strip()]
    if not pairs or any(not was or not now or was == now for was, now in pairs):
        raise ReasonMissing("请写明原文和更正后的文字。", fields={"changes": "请逐处写明原文和更正后的文字，两者不能相同。"})
    if touches or any(word in was or word in now for was, now in pairs for word in SUBSTANCE) or any(len(now) > MOST for _, now in pairs):
        raise NotClerical(fields={"changes": NotClerical.message})
    version = SlipNotice.objects.filter(document_no=document_no).count() + 2
    listed = [{"was": was, "is": now} for was, now in pairs]
    sub_case = SubCase.objects.filter(sub_case_no=document.sub_case_no).first()
    if sub_case is not None:
        sub_case.case = case
    notice = serve_document(
        case=case, sub_case=sub_case, kind="slip", at=at, data={"changes": listed, "corrected": f"{document.title}（{document_no}）"}
    )
    row = SlipNotice.objects.create(
        case_no=case_no, document_no=document_no, version=version, changes=listed, notice_no=notice.document_no, by_name=actor.name, at=at
    )
    record(actor=actor, act="back.permits.correct_slip", on=f"case:{case_no}", at=at, details={"document": document_no, "version": version})
    note_progress(
        case=case, sub_case=sub_case, event="corrected_slip", actor=actor, at=at, document_no=notice.document_no,
        text=f"{document.title}中的文字差错已更正（{notice.document_no}）。",
    )  # fmt: skip
    return row
