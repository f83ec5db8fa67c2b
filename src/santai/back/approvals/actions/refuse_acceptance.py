"""不予受理: still incomplete after the one correction round, or not this organ's matter."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from santai.back.approvals.actions.check_materials import all_checked, still_to_accept
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import DefectsMissing, MustAccept, MustFile, ReasonMissing, RightOrganMissing
from santai.back.approvals.papers import missing_of, unanswered_of
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.acceptance import GROUNDS, barred_until, why_not_refused
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import clocks_of, void_clock
from santai.kernel.flow.service import cancel_process, send_message
from santai.kernel.ledger.service import Actor, ActRefused, as_one_act

REFUSED: dict[str, type[ActRefused]] = {
    "reason_missing": ReasonMissing,
    "right_organ_missing": RightOrganMissing,
    "list_missing": DefectsMissing,
    "must_accept": MustAccept,
    "must_file": MustFile,
}


@as_one_act
def refuse_acceptance(
    *,
    sub_case_no: str,
    reason: str,
    ground: str = "",
    right_organ: str = "",
    missing: Sequence[str] = (),
    actor: Actor,
    at: datetime,
) -> SubCase:
    """Refuse to accept one department's part with a sealed, dated, reasoned document; the right organ is named when it is another's matter.

    ``ground``: one of ``rules.acceptance.GROUNDS``; left out, it is told by whether another organ is named. ``missing``: the papers that
    are wanting, where incomplete papers are refused on the spot (不动产登记暂行条例 17). A refusal for false papers carries the day until
    which the applicant may not apply again (行政许可法 78).
    Errors: NotAllowed; CaseEnded, AlreadyAccepted; ReasonMissing, RightOrganMissing, DefectsMissing; MustAccept, MustFile.
    """
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    if not may(actor, "decider", organisation=sub_case.organisation):
        require(actor, "examiner", organisation=sub_case.organisation)
    if sub_case.nature == "filing" and sub_case.outcome == SubCase.Outcome.RECORDED:
        raise MustFile()
    still_to_accept(sub_case)
    item = item_of(case.item_code, case.item_version)
    ground = ground or ("not_competent" if right_organ.strip() else "other")
    wanting = [text.strip() for text in missing if text.strip()]
    why = why_not_refused(
        ground=ground,
        nature=sub_case.nature,
        reason=reason.strip(),
        right_organ=right_organ.strip(),
        told=case.corrected,
        unanswered=bool(unanswered_of(case)),
        missing=bool(missing_of(case)),
        on_spot=item.incomplete_papers == "refused_on_spot",
        listed=bool(wanting),
    )
    if why:
        field = {"right_organ_missing": "right_organ", "list_missing": "missing"}.get(why, "reason")
        told = "请写明不予受理的理由。" if why == "reason_missing" else REFUSED[why].message
        raise REFUSED[why](fields={field: told})
    barred = barred_until(nature=sub_case.nature, field=item.guarded_field, false_material=ground == "false_material", on=localdate(at))
    cancel_process(subject=f"subcase:{sub_case_no}", why="不予受理", actor=actor, at=at)
    document = serve_document(
        case=case,
        sub_case=sub_case,
        kind="not_accepted",
        data={
            "reason": reason.strip(),
            "right_organ": right_organ.strip(),
            "ground": GROUNDS[ground],
            "defects": [{"organisation": sub_case.organisation_name, "text": text} for text in wanting],
        },
        at=at,
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
        facts={"barred_until": barred.isoformat(), "bar_basis": "《中华人民共和国行政许可法》第七十八条"} if barred else None,
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
