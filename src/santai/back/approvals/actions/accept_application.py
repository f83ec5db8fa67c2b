"""受理: accept the application and start what runs from acceptance."""

from datetime import datetime

from django.utils.timezone import localtime

from santai.back.approvals.actions.clocks_from_receipt import ONLINE_CHECK
from santai.back.approvals.actions.hand_on import hand_on
from santai.back.approvals.actions.inspect import TESTERS
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.adapters import ACCEPTED, BEFORE_ACCEPT, CLOCK_RULES, each, first
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.branches import branch_of
from santai.back.cases.service import Case, SubCase
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, Party, decode
from santai.kernel.clocks.service import ClockState, clocks_of, finish_clock, start_clock
from santai.kernel.flow.service import send_message
from santai.kernel.ledger.service import Actor


def accept_application(*, case: Case, actor: Actor, at: datetime, deemed: bool = False) -> None:
    """Accept the whole case; the caller holds its lock and transaction.

    Silence counts as acceptance from the day of receipt (行政许可法 32): then ``deemed`` and the clocks run from receipt. Otherwise they
    run from acceptance, or from receipt of complete papers where the branch's special law says so (``ClockSet.runs_from``).
    """
    each(BEFORE_ACCEPT, case=case, deemed=deemed, at=at)
    item = item_of(case.item_code, case.item_version)
    accepted_at = case.complete_at if deemed else at
    case.accepted_at = accepted_at
    case.deemed_accepted = deemed
    case.state = Case.State.ACCEPTED
    case.checks_open = 0
    finished: list[ClockState] = [
        finish_clock(clock=clock.id, actor=actor, at=at)
        for clock in clocks_of(f"case:{case.case_no}")
        if (clock.kind == "correction" or clock.rule == ONLINE_CHECK) and clock.state in ("running", "stopped", "missed")
    ]
    started: list[ClockState] = []
    if item.shape == "joint":
        for rule in filter(None, (item.clocks.promised, item.clocks.statutory)):
            started.append(start_clock(rule=rule, subject=f"case:{case.case_no}", event_at=accepted_at, actor=actor, at=at))
    sub_cases = list(SubCase.objects.filter(case=case).exclude(state=SubCase.State.FINISHED).order_by("position"))
    per_branch: list[tuple[SubCase, list[ClockState]]] = []
    for sub_case in sub_cases:
        branch = branch_of(item, sub_case.branch)
        event_at = case.complete_at if branch.clocks.runs_from == "receipt" else accepted_at
        subject = f"subcase:{sub_case.sub_case_no}"
        running = [clock for clock in clocks_of(subject) if clock.state in ("running", "missed")]  # since receipt, by a special law
        rules = first(CLOCK_RULES, case=case, branch=branch) or filter(None, (branch.clocks.promised, branch.clocks.statutory))
        clocks = running or [start_clock(rule=rule, subject=subject, event_at=event_at, actor=actor, at=at) for rule in rules]
        if item.test_required and item.shape == "single":
            start_clock(rule=TESTERS, subject=subject, event_at=accepted_at, actor=actor, at=at)  # a step: not the case's own limit
        sub_case.accepted_at = accepted_at
        sub_case.state = SubCase.State.EXAMINING
        sub_case.due_at = min((clock.due_at for clock in clocks), default=None)
        sub_case.save(update_fields=["accepted_at", "state", "due_at"])
        send_message(subject=f"subcase:{sub_case.sub_case_no}", message="accepted", data={}, actor=actor, at=at)
        per_branch.append((sub_case, clocks))
    case.due_at = min((clock.due_at for _, clocks in per_branch for clock in [*clocks, *started]), default=None)
    case.changed_at = at
    case.save()
    every_clock = [*started, *(clock for _, clocks in per_branch for clock in clocks)]
    told = [clock.due_at for clock in every_clock if clock.kind == "promised"] or [clock.due_at for clock in every_clock]
    last_day = max(told, default=None)  # everything is decided by then
    document = serve_document(
        case=case,
        sub_case=None,
        kind="acceptance",
        data={
            "accepted_at": accepted_at.isoformat(),
            "deemed": deemed,
            "due_at": localtime(last_day).isoformat() if last_day else "",
            "departments": [sub_case.organisation_name for sub_case in sub_cases],
        },
        at=at,
    )
    event = "deemed_accepted" if deemed else "accepted"
    text = "逾期未告知补正，自收到申请之日起视为受理。" if deemed else f"已受理（{document.document_no}）。"
    single = item.shape == "single"
    note_progress(
        case=case,
        sub_case=sub_cases[0] if single and sub_cases else None,
        event=event,
        text=text,
        actor=actor,
        at=at,
        clocks=[*finished, *started, *(per_branch[0][1] if single and per_branch else [])],
        document_no=document.document_no,
    )
    if not single:
        for sub_case, clocks in per_branch:
            note_progress(
                case=case,
                sub_case=sub_case,
                event=event,
                text=f"{sub_case.organisation_name}已受理“{sub_case.item_name}”。",
                actor=actor,
                at=at,
                clocks=clocks,
            )
    for sub_case, _ in per_branch:
        hand_on(case=case, sub_case=sub_case, at=at)
    publish(
        NoticeWanted(
            to=decode(Party, case.applicant),
            template="accepted",
            facts={"case_no": case.case_no, "item": case.item_name, "due": localtime(last_day).date().isoformat() if last_day else ""},
            case_no=case.case_no,
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )
    each(ACCEPTED, case=case, actor=actor, at=at)
