"""复议、判决之后: a decision is annulled, and the case is taken up again with a new limit."""

from datetime import datetime
from typing import Literal

from django.utils.timezone import localtime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.adapters import ANNULLED, each
from santai.back.approvals.errors import GroundMissing, WrongStep
from santai.back.approvals.models import ReviewResult
from santai.back.approvals.queries import branch_of_sub_case, nearest_due
from santai.back.cases.service import Case, SubCase, lock_sub_case
from santai.kernel.access.service import require, require_any
from santai.kernel.clocks.service import Rule, get_rule, install_rules, start_clock
from santai.kernel.flow.service import cancel_process, complete_task, process_of, send_message, start_process, tasks_of
from santai.kernel.ledger.service import Actor, as_one_act, system_actor

SOURCES = {"review": "行政复议决定", "court": "人民法院判决"}
RESULTS = {"annulled_redo": "撤销并责令重新作出", "annulled": "撤销"}
BECAUSE = {"facts": "事实、依据问题", "procedure": "违反法定程序"}


@as_one_act
def note_review_result(
    *,
    sub_case_no: str,
    source: Literal["review", "court"],
    result: Literal["annulled_redo", "annulled"],
    because: Literal["facts", "procedure"],
    within: int = 0,
    unit: Literal["working_day", "calendar_day"] = "working_day",
    document_no: str = "",
    actor: Actor,
    at: datetime,
) -> ReviewResult:
    """Keep what review or court said of the decision; what the decision gave (licence, publication) falls with it, through ANNULLED.

    ``within``: the time it set for the new one. Errors: NotAllowed; WrongStep while nothing is decided; GroundMissing for other words.
    """
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "decider", "legal_reviewer", organisation=sub_case.organisation)
    if sub_case.outcome not in (SubCase.Outcome.GRANTED, SubCase.Outcome.REFUSED):
        raise WrongStep("本件还没有作出决定。")
    if source not in SOURCES or because not in BECAUSE or result not in RESULTS:
        raise GroundMissing("请写明复议决定或者判决的来源、结果和理由。")
    kept = ReviewResult.objects.create(
        sub_case_no=sub_case_no,
        source=source,
        document_no=document_no.strip(),
        result=result,
        because=because,
        within=within or None,
        unit=unit,
        old_outcome=sub_case.outcome,
        old_reason=sub_case.reason,
        noted_by=actor.name,
        noted_at=at,
    )
    redo = "，并责令重新作出决定" if result == "annulled_redo" else ""
    note_progress(
        case=sub_case.case, sub_case=sub_case, event="annulled", text=f"{SOURCES[source]}撤销了原决定{redo}。", actor=actor, at=at
    )
    why = f"决定已被{SOURCES[source]}{kept.document_no}撤销"
    each(ANNULLED, case=sub_case.case, sub_case=sub_case, why=why, actor=actor, at=at)
    return kept


@as_one_act
def reopen_case(*, sub_case_no: str, actor: Actor, at: datetime) -> SubCase:
    """Take the case up again at examination; its limit counts afresh, or is the one that was set. Errors: NotAllowed; GroundMissing
    without an annulment that orders a new decision."""
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    require(actor, "decider", organisation=sub_case.organisation)
    result = ReviewResult.objects.select_for_update().filter(sub_case_no=sub_case_no, result="annulled_redo", reopened_at=None).last()
    if result is None or sub_case.is_open:
        raise GroundMissing("没有撤销原决定并责令重作的复议决定或者判决，已决办件不能重开。")
    result.reopened_at = at
    result.save(update_fields=["reopened_at"])
    branch = branch_of_sub_case(sub_case)
    rule = _rule_set(result, branch.clocks.statutory, at) if result.within else branch.clocks.statutory
    clock = start_clock(rule=rule, subject=f"subcase:{sub_case_no}", event_at=at, actor=actor, at=at) if rule else None
    sub_case.state, sub_case.outcome, sub_case.reason = SubCase.State.EXAMINING, "", ""
    former = case.facts.get("licence", "") or sub_case.licence.get("identifier", "")
    sub_case.finished_at, sub_case.examined_by, sub_case.licence = None, "", {}
    sub_case.due_at = clock.due_at if clock else None
    sub_case.save()
    case.state, case.outcome, case.completed_at = Case.State.ACCEPTED, "", None
    # kept by part: another part of a joint case goes on giving its first licence
    case.facts = {**case.facts, f"reopened:{sub_case.branch}": at.isoformat(), f"replaces:{sub_case.branch}": former}
    case.branches_open += 1
    case.changed_at = at
    case.due_at = nearest_due(case)
    case.save()
    _process_at_examination(sub_case, case, actor, at)
    if case.shape == "joint":
        _joint_process_waits(case, at)
    document = serve_document(
        case=case,
        sub_case=sub_case,
        kind="reopened",
        data={
            "source": SOURCES[result.source],
            "reference": result.document_no,
            "because": BECAUSE[result.because],
            "former": "原决定",
            "reopened_at": at.isoformat(),
            "due_at": localtime(clock.due_at if clock else at).isoformat(),
        },
        at=at,
    )
    note_progress(
        case=case,
        sub_case=sub_case,
        event="reopened",
        text=f"根据{SOURCES[result.source]}，本件重新办理，办理期限重新计算。",
        actor=actor,
        at=at,
        clocks=[clock] if clock else [],
        reason=SOURCES[result.source],
        document_no=document.document_no,
    )
    return sub_case


def _rule_set(result: ReviewResult, statutory: str, at: datetime) -> str:
    """The limit that review or court set, as a rule of its own: the clock explains itself by it."""
    code = f"redo-{result.unit}-{result.within}"
    stops = get_rule(statutory).stops if statutory else ()
    rule = Rule(
        code=code, title="重新作出决定的期限", kind="statutory", length=result.within or 0, stops=stops,
        unit=result.unit,  # type: ignore[arg-type]
        law="《中华人民共和国行政复议法》第六十四条、《中华人民共和国行政诉讼法》第七十条",
        trigger="request", counts_from="收到重作要求之日",
    )  # fmt: skip
    install_rules(rules=[rule], actor=system_actor("back.approvals"), at=at)
    return code


def _process_at_examination(sub_case: SubCase, case: Case, actor: Actor, at: datetime) -> None:
    """A new run of the part's process, led past the steps that stand: the papers are complete, the application is accepted."""
    subject = f"subcase:{sub_case.sub_case_no}"
    organisations = {"department": sub_case.organisation, "intake": case.intake_organisation or case.organisation}
    start_process(
        key=sub_case.process, subject=subject, data={"case_no": case.case_no}, organisations=organisations,
        actor=system_actor("back.approvals"), at=at,
    )  # fmt: skip
    for task in tasks_of(subject):
        if task.element == "check":
            complete_task(task=task.id, outcome="complete", data={"reopened": True}, actor=system_actor("back.approvals"), at=at)
    if sub_case.process != "instant":
        send_message(subject=subject, message="accepted", data={}, actor=system_actor("back.approvals"), at=at)


def _joint_process_waits(case: Case, at: datetime) -> None:
    """The joint case's own process waits for its parts again, unless other parts keep it waiting still."""
    subject, machine = f"case:{case.case_no}", system_actor("back.approvals")
    last = process_of(subject)
    if last.status == "running":
        if "all_done" in last.waiting_for:
            return
        cancel_process(subject=subject, why="本件有部分重新办理", actor=machine, at=at)
    organisations = dict(last.organisations)
    start_process(key=last.key, subject=subject, data={"case_no": case.case_no}, organisations=organisations, actor=machine, at=at)
    send_message(subject=subject, message="all_checked", data={"defective": False}, actor=machine, at=at)
