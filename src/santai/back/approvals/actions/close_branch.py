"""What every end of a department's part has in common: clocks, licence, dependants, the join, and the case's own end."""

from datetime import datetime

from santai.back.approvals.actions.hand_on import call_back, hand_on_followers
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.settle_together import settle_together
from santai.back.approvals.actions.want_licence import want_licence
from santai.back.approvals.actions.want_review import want_review
from santai.back.approvals.adapters import CONCLUDED as TELL
from santai.back.approvals.adapters import each
from santai.back.approvals.queries import item_of, nearest_due
from santai.back.approvals.rules.outcome import POSITIVE, branches_that_fall, licences_wait, outcome_of_case
from santai.back.cases.service import Case, SubCase, finish_sub_case
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ItemDefinition, NoticeWanted, Party, decode
from santai.kernel.clocks.service import ClockState, clocks_of, finish_clock, void_clock
from santai.kernel.flow.service import cancel_process, send_message
from santai.kernel.ledger.service import Actor, system_actor

EVENTS = {
    "granted": "decided",
    "refused": "decided",
    "recorded": "recorded",
    "acknowledged": "recorded",
    "withdrawn": "withdrawn",
    "terminated": "terminated",
    "not_accepted": "not_accepted",
    "not_needed": "not_accepted",
    "returned": "not_accepted",
}
CONCLUDED = (*POSITIVE, "refused")  # by the department itself, wherever it works


def close_branch(
    *,
    case: Case,
    sub_case: SubCase,
    outcome: str,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    document_no: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    """Close the part and, when it was the last one, the case. The caller holds both locks and has moved the process on."""
    item = item_of(case.item_code, case.item_version)
    clocks = end_clocks(f"subcase:{sub_case.sub_case_no}", met=outcome not in ("withdrawn", "terminated"), actor=actor, at=at)
    finish_sub_case(sub_case=sub_case, outcome=outcome, reason=reason, at=at)
    note_progress(
        case=case,
        sub_case=sub_case,
        event=EVENTS[outcome],
        text=text,
        actor=actor,
        at=at,
        clocks=clocks,
        outcome=outcome,
        reason=reason,
        document_no=document_no,
        facts=facts,
    )
    if outcome not in CONCLUDED:
        call_back(case=case, sub_case=sub_case, reason=text, at=at)
    if outcome == "granted" and not licences_wait(policy=item.joint_outcome):
        want_licence(case=case, sub_case=sub_case, actor=actor, at=at)
    if outcome not in POSITIVE and outcome != "withdrawn":  # who withdraws ends every part himself
        _fell(case, sub_case, item, actor, at)
        if item.late_refusal == "reviewed":
            want_review(case=case, refused=sub_case, at=at)
    if case.branches_open == 0:
        _all_done(case, item, actor, at)
    else:
        case.due_at = nearest_due(case)
        if outcome in POSITIVE:
            hand_on_followers(case=case, finished=sub_case, at=at)
    case.save()
    each(TELL, case=case, sub_case=sub_case, outcome=sub_case.outcome, document_no=document_no, actor=actor, at=at)


def end_clocks(subject: str, *, met: bool, actor: Actor, at: datetime) -> list[ClockState]:
    """Finish (or void, for a withdrawal) every clock of a subject that still runs."""
    end = finish_clock if met else void_clock
    return [end(clock=clock.id, actor=actor, at=at) for clock in clocks_of(subject) if clock.state in ("running", "stopped", "missed")]


def _fell(case: Case, failed: SubCase, item: ItemDefinition, actor: Actor, at: datetime) -> None:
    """End the branches that cannot go on without the failed one; each keeps its reason."""
    others = {sub.branch: sub for sub in SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).order_by("position")}
    falling = branches_that_fall(
        policy=item.joint_outcome,
        lead=item.lead_branch,
        failed=failed.branch,
        open_branches={branch: sub.finishes_after for branch, sub in others.items()},
    )
    for branch in falling:
        sub_case = others[branch]
        sub_case.case = case
        cancel_process(subject=f"subcase:{sub_case.sub_case_no}", why=f"{failed.branch_name}未准予", actor=actor, at=at)
        clocks = end_clocks(f"subcase:{sub_case.sub_case_no}", met=False, actor=actor, at=at)
        finish_sub_case(sub_case=sub_case, outcome="terminated", reason=f"前序“{failed.item_name}”未获准予", at=at)
        note_progress(
            case=case,
            sub_case=sub_case,
            event="terminated",
            text=f"因“{failed.item_name}”未获准予，{sub_case.organisation_name}终止办理。",
            actor=system_actor("back.approvals"),
            at=at,
            clocks=clocks,
            outcome="terminated",
            reason=f"前序“{failed.item_name}”未获准予",
        )
        call_back(case=case, sub_case=sub_case, reason=f"因“{failed.item_name}”未获准予，终止办理。", at=at)


def _all_done(case: Case, item: ItemDefinition, actor: Actor, at: datetime) -> None:
    parts = list(SubCase.objects.filter(case=case).order_by("position"))
    outcomes = {part.branch: part.outcome for part in parts}
    case.outcome = outcome_of_case(policy=item.joint_outcome, lead=item.lead_branch, outcomes=outcomes)
    if licences_wait(policy=item.joint_outcome):
        settle_together(case=case, parts=parts, actor=actor, at=at)
    withdrawn = "withdrawn" in outcomes.values()  # parts decided before stay decided, but nothing is left to hand out together
    clocks = end_clocks(f"case:{case.case_no}", met=not withdrawn and case.outcome != "terminated", actor=actor, at=at)
    if item.shape == "joint" and not withdrawn and case.outcome != "not_accepted":
        send_message(subject=f"case:{case.case_no}", message="all_done", data={"outcome": case.outcome}, actor=actor, at=at)
        case.state = Case.State.ISSUING
        case.due_at = None
        note_progress(
            case=case, event="served", text="各部门均已办结，综合窗口正在统一出件。", actor=system_actor("back.approvals"), at=at,
            clocks=clocks, public=True,
        )  # fmt: skip
    else:
        if item.shape == "joint" and not withdrawn:  # a withdrawal has told the parent process by its own message
            cancel_process(subject=f"case:{case.case_no}", why="各部门均不予受理", actor=actor, at=at)
        end_case(case=case, clocks=clocks, actor=actor, at=at)


def end_case(*, case: Case, clocks: list[ClockState], actor: Actor, at: datetime) -> None:
    """办结. The caller saves the case."""
    case.state = Case.State.COMPLETED
    case.completed_at = at
    case.due_at = None
    case.changed_at = at
    note_progress(
        case=case,
        event="completed",
        text=f"本件已办结：{Case.Outcome(case.outcome).label}。",
        actor=actor,
        at=at,
        clocks=clocks,
        outcome=case.outcome,
    )
    publish(
        NoticeWanted(
            to=decode(Party, case.applicant),
            template="completed",
            facts={"case_no": case.case_no, "item": case.item_name, "outcome": Case.Outcome(case.outcome).label},
            case_no=case.case_no,
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )
