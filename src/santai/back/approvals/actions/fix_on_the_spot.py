"""当场更正: the applicant puts an error right at the counter (行政许可法 32(1)(3))."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.check_materials import still_to_accept
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import ReasonMissing
from santai.back.cases.service import SubCase, add_content, current_content, lock_sub_case
from santai.exchange.contracts.service import MaterialHandedIn, encode
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def fix_on_the_spot(*, sub_case_no: str, what: str, materials: Sequence[MaterialHandedIn] = (), actor: Actor, at: datetime) -> SubCase:
    """Keep what was put right: new papers as a new revision, otherwise the sentence of what the applicant corrected and signed.

    Errors: NotAllowed; CaseEnded, AlreadyAccepted; ReasonMissing when nothing is said.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    require_any(actor, "examiner", "decider", organisation=sub_case.organisation)
    still_to_accept(sub_case)
    if not what.strip():
        raise ReasonMissing("请写明当场更正了什么。", fields={"what": "请写明当场更正了什么。"})
    if materials:
        last, complete_at = current_content(case), case.complete_at
        changed = {one.code: encode(one) for one in materials}
        kept = [changed.pop(one["code"], one) for one in last.materials]
        add_content(case=case, content=last.content, materials=[*kept, *changed.values()], signatures=last.signatures, at=at)
        case.complete_at = complete_at  # receipt stays where it was
        case.save()
    note_progress(case=case, sub_case=sub_case, event="fixed_on_spot", text=f"申请人当场更正：{what.strip()}", actor=actor, at=at)
    return sub_case
