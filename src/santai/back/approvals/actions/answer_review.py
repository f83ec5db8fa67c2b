"""The department's answer to a late refusal of another part."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.cases.service import SubCase, lock_sub_case, write_opinion
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act

CONCLUSIONS = {"stands": "准予决定继续有效", "revoke": "另行依法撤销或者变更"}


@as_one_act
def answer_review(*, sub_case_no: str, conclusion: str, reason: str, actor: Actor, at: datetime) -> SubCase:
    """``conclusion``: stands or revoke (the licence itself is taken back on its own page, by a deciding post, with its reason).

    Errors: NotAllowed; WrongStep when nothing waits; ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    require(actor, "decider", organisation=sub_case.organisation)
    if not sub_case.review_wanted or conclusion not in CONCLUSIONS:
        raise WrongStep()
    if not reason.strip():
        raise ReasonMissing("请写明理由和依据。", fields={"reason": "请写明理由和依据。"})
    sub_case.review_wanted = ""
    sub_case.save(update_fields=["review_wanted"])
    write_opinion(sub_case=sub_case, step="复核", result=CONCLUSIONS[conclusion], text=reason.strip(), actor=actor, at=at)
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="reviewed",
        text=f"{sub_case.organisation_name}复核结论：{CONCLUSIONS[conclusion]}。",
        actor=actor,
        at=at,
        reason=reason.strip(),
        public=False,
    )
    return sub_case
