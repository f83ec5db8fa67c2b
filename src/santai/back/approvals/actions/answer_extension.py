"""Approve or refuse a longer limit."""

from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ApproverMissing, NoticeMissing, WrongStep
from santai.back.approvals.models import Extension
from santai.back.approvals.queries import branch_of_sub_case, nearest_due
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require
from santai.kernel.clocks.service import clocks_of, extend_clock, get_rule
from santai.kernel.ledger.service import Actor, as_one_act


def approving_role(sub_case: SubCase) -> str:
    """Who may give more time by the law of this part's limit."""
    branch = branch_of_sub_case(sub_case)
    rule = branch.extension_rule or branch.clocks.statutory
    extension = get_rule(rule).extension if rule else None
    return extension.role if extension else "decider"


@as_one_act
def answer_extension(
    *, sub_case_no: str, approve: bool, answer: str, actor: Actor, at: datetime, told_in_writing: bool = True
) -> Extension:
    """Who the limit's own law names (the organ's head; for a joint case the government's), another person than the one who asked,
    answers; on approval the clocks move and the applicant is told. ``told_in_writing`` False: a line system extended in silence.

    Errors: ApproverMissing, NotAllowed, WrongStep (nothing to answer), NoticeMissing; from clocks: more than the rule allows.
    """
    sub_case = lock_sub_case(sub_case_no)
    if Extension.objects.filter(sub_case_no=sub_case_no, state=Extension.State.ASKED, asked_account=actor.account).exists():
        raise ApproverMissing()
    require(actor, approving_role(sub_case), organisation=sub_case.organisation)
    if approve and not told_in_writing:
        raise NoticeMissing()
    extension = Extension.objects.select_for_update().filter(sub_case_no=sub_case_no, state=Extension.State.ASKED).first()
    if extension is None or not sub_case.is_open:  # decided meanwhile: there is no limit left to move
        raise WrongStep()
    extension.state = Extension.State.APPROVED if approve else Extension.State.REFUSED
    extension.answered_by = actor.name
    extension.answer = answer.strip()
    extension.answered_at = at
    extension.save()
    if not approve:
        note_progress(
            case=sub_case.case, sub_case=sub_case, event="extension_refused", text="未批准延长。", actor=actor, at=at,
            reason=answer.strip(), public=False,
        )  # fmt: skip
        return extension
    clocks = [
        extend_clock(clock=clock.id, reason=extension.reason, approver=actor, at=at, by=extension.days)
        for clock in clocks_of(f"subcase:{sub_case_no}")
        if clock.state in ("running", "stopped", "missed") and clock.kind in ("promised", "statutory") and get_rule(clock.rule).extension
    ]
    sub_case.due_at = min((clock.due_at for clock in clocks), default=sub_case.due_at)
    sub_case.save(update_fields=["due_at"])
    sub_case.case.due_at = nearest_due(sub_case.case)
    sub_case.case.save(update_fields=["due_at"])
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="extension",
        data={"reason": extension.reason, "days": extension.days, "approver": f"{actor.post_title} {actor.name}"},
        at=at,
    )
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="extended",
        text=f"经批准，{sub_case.organisation_name}的办理期限延长{extension.days}个工作日，理由：{extension.reason}（{document.document_no}）。",
        actor=actor,
        at=at,
        clocks=clocks,
        reason=extension.reason,
        document_no=document.document_no,
        facts={"days": str(extension.days)},
    )
    return extension
