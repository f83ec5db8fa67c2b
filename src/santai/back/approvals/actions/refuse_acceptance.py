"""不予受理: still incomplete after the one correction round, or not this organ's matter."""

from datetime import datetime

from santai.back.approvals.actions.check_materials import all_checked
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import clocks_of, void_clock
from santai.kernel.flow.service import cancel_process, send_message
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def refuse_acceptance(*, sub_case_no: str, reason: str, right_organ: str = "", actor: Actor, at: datetime) -> SubCase:
    """Refuse to accept one department's part with a sealed, dated, reasoned document; the right organ is named when it is another's matter.

    Errors: NotAllowed; WrongStep once accepted; ReasonMissing.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if case.accepted_at or not sub_case.is_open:
        raise WrongStep()
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明不予受理的理由。"})
    cancel_process(subject=f"subcase:{sub_case_no}", why="不予受理", actor=actor, at=at)
    document = serve_document(
        case=case, sub_case=sub_case, kind="not_accepted", data={"reason": reason.strip(), "right_organ": right_organ}, at=at
    )
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome="not_accepted",
        reason=reason.strip(),
        document_no=document.document_no,
        text=f"{sub_case.organisation_name}不予受理（{document.document_no}）。",
        actor=actor,
        at=at,
    )
    if case.is_open and case.branches_open:
        _settle_checks(case, actor, at)
    return sub_case


def _settle_checks(case: Case, actor: Actor, at: datetime) -> None:
    """Parts that ended (this one and those that fell with it) no longer hold the others up: count what is left and go on."""
    left = list(SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).values_list("state", flat=True))
    waited = case.checks_open
    case.checks_open = left.count(SubCase.State.CHECKING)
    case.checks_defective = left.count(SubCase.State.DEFECTIVE)
    if case.state == Case.State.CORRECTING and not case.checks_defective:  # nobody waits for the applicant's answer any more
        case.state = Case.State.CHECKING
        case.lapsed_at = None
        for clock in clocks_of(f"case:{case.case_no}"):
            if clock.kind == "answer" and clock.is_open:
                void_clock(clock=clock.id, actor=actor, at=at, reason="提出补正的部门已不予受理")
        if case.shape == "joint":
            send_message(subject=f"case:{case.case_no}", message="corrected", data={}, actor=actor, at=at)
    case.save()
    if case.state == Case.State.CHECKING and case.checks_open == 0 and (waited or not case.checks_defective):
        all_checked(case=case, actor=actor, at=at)
