"""Start, finish, correct, withdraw: the common processes as the case rooms use them."""

from pathlib import Path

import pytest

from santai.kernel.flow.service import (
    AlreadyRunning,
    DataRefused,
    NotWaiting,
    NotYourTask,
    SameOfficer,
    TaskAlreadyDone,
    TaskTaken,
    UnknownOutcome,
    UnknownProcess,
    UnknownTask,
    cancel_process,
    check_process_file,
    claim_task,
    complete_task,
    delegate_task,
    deploy_process,
    get_task,
    history_of,
    open_tasks,
    process_of,
    register_listener,
    release_task,
    replay,
    send_message,
    start_process,
    tasks_of,
    transfer_task,
    waiting_for,
)
from santai.kernel.ledger.service import entries_on, system_actor
from tests.kernel.flow.conftest import AT, officer

PACK = Path(__file__).parents[3] / "packs" / "procedures" / "processes"
wang, li, zhao, window = officer("王敏"), officer("李强"), officer("赵静", "sw"), officer("孙悦", "zc")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def deployed():
    for path in sorted(PACK.glob("*.bpmn")):
        deploy_process(key=path.stem, version=1, bpmn=path.read_text(), actor=wang, at=AT)


def start(key: str, subject: str = "subcase:1-gs", **more):
    organisations = {"department": "gs", "intake": "zc"}
    return start_process(key=key, subject=subject, data={}, organisations=organisations, actor=wang, at=AT, **more)


def do(element: str, outcome: str, subject: str = "subcase:1-gs", actor=None):
    actor = actor or (window if subject == "case:1" else wang)
    task = next(task for task in tasks_of(subject) if task.element == element)
    return complete_task(task=task, outcome=outcome, data={}, actor=actor, at=AT)


def send(message: str, subject: str = "subcase:1-gs", **data):
    return send_message(subject=subject, message=message, data=data, actor=system_actor("back.approvals"), at=AT)


@pytest.mark.parametrize("path", sorted(PACK.glob("*.bpmn")), ids=lambda path: path.stem)
def test_every_file_of_the_pack_passes_the_linter(path):
    assert check_process_file(path.read_text()) == []


def test_a_permit_walks_from_check_over_correction_and_return_to_the_decision():
    state = start("permit")
    assert (state.open_elements, set(state.waiting_for)) == (("check",), {"withdraw"})
    task = tasks_of("subcase:1-gs")[0]
    assert (task.role, task.organisation, task.name, task.state) == ("examiner", "gs", "材料核对", "open")
    assert [each["value"] for each in task.outcomes] == ["complete", "defects"]
    assert do("check", "defects").waiting_for == ("corrected", "withdraw")
    send("corrected")
    assert [each["value"] for each in tasks_of("subcase:1-gs")[0].outcomes] == ["complete", "still_defective"]
    assert "accepted" in do("check", "complete").waiting_for
    assert send("accepted").open_elements == ("examine",)
    do("examine", "suggest_grant")
    assert do("decide", "returned", actor=li).open_elements == ("examine",)
    do("examine", "suggest_refuse")
    state = do("decide", "refused", actor=li)
    assert (state.status, state.ended_with, state.data["decide_outcome"]) == ("ended", "done", "refused")
    assert replay("subcase:1-gs").differences == ()
    assert len(entries_on("subcase:1-gs")) == len(history_of("subcase:1-gs")) == 9


def test_a_withdrawal_interrupts_wherever_the_process_stands_and_cancels_its_tasks():
    start("registration")
    do("check", "complete")
    send("accepted")
    state = send("withdraw", reason="不办了")
    assert (state.status, state.ended_with, state.waiting_for) == ("ended", "withdrawn", ())
    assert [task.state for task in tasks_of("subcase:1-gs", open_only=False)] == ["done", "cancelled"]
    assert replay("subcase:1-gs").equal


@pytest.mark.parametrize(("key", "element", "outcome"), [("filing", "record", "recorded"), ("report", "record", "recorded")])
def test_filing_and_report_are_recorded_after_acceptance(key, element, outcome):
    start(key)
    do("check", "complete")
    send("accepted")
    assert do(element, outcome).status == "ended"


def test_a_push_with_a_question_waits_for_the_answer():
    start("push")
    do("check", "complete")
    send("accepted")
    assert "corrected" in do("acknowledge", "verify_question").waiting_for
    send("corrected")
    assert do("acknowledge", "acknowledged").ended_with == "done"


def test_an_instant_item_notes_a_deemed_acceptance_and_stays_open():
    start("instant")
    assert send("accepted").open_elements == ("instant",)
    assert do("instant", "granted").ended_with == "done"
    assert replay("subcase:1-gs").equal


def test_a_joint_case_unites_corrections_once_and_issues_at_the_end():
    start("joint", "case:1")
    do("intake", "received", "case:1")
    assert send("all_checked", "case:1", defective=True).open_elements == ("unify_correction",)
    do("unify_correction", "sent", "case:1")
    send("corrected", "case:1")
    send("all_checked", "case:1", defective=False)
    assert waiting_for("case:1") == {"all_done", "withdraw"}
    assert send("all_done", "case:1").open_elements == ("issue",)
    assert tasks_of("case:1")[0].role == "issuing"
    assert do("issue", "delivered", "case:1").ended_with == "done"
    assert replay("case:1").equal


def test_departments_that_are_faster_than_the_window_do_not_wait_for_it():
    start("joint", "case:1")
    assert send("all_checked", "case:1", defective=False).open_elements == ()
    assert waiting_for("case:1") == {"all_done", "withdraw"}
    assert send("withdraw", "case:1").ended_with == "withdrawn"


def test_the_silent_fifth_day_overtakes_a_correction_notice_never_sent():
    start("joint", "case:1")
    send("all_checked", "case:1", defective=True)
    assert send("all_checked", "case:1", defective=False).open_elements == ()
    assert "all_done" in waiting_for("case:1")


def test_all_parts_may_end_before_the_joint_check_is_over():
    start("joint", "case:1")
    assert send("all_done", "case:1").open_elements == ("issue",)


def test_a_task_is_done_once_and_the_second_hears_who_and_when():
    start("permit")
    task = tasks_of("subcase:1-gs")[0]
    complete_task(task=task, outcome="complete", data={}, actor=wang, at=AT)
    with pytest.raises(TaskAlreadyDone, match="王敏于2026年02月09日 10:00办理（材料齐全）"):
        complete_task(task=task, outcome="defects", data={}, actor=li, at=AT)


def test_who_examined_may_not_decide():
    start("registration")
    do("check", "complete")
    send("accepted")
    do("examine", "suggest_grant")
    with pytest.raises(SameOfficer):
        do("decide", "granted")
    with pytest.raises(SameOfficer):
        claim_task(task=tasks_of("subcase:1-gs")[0], actor=wang, at=AT)
    assert do("decide", "granted", actor=li).status == "ended"


def test_claim_release_transfer_and_delegate_keep_one_holder_and_are_recorded():
    start("permit")
    task = tasks_of("subcase:1-gs")[0]
    with pytest.raises(NotYourTask):
        claim_task(task=task, actor=zhao, at=AT)
    assert claim_task(task=task, actor=wang, at=AT).state == "claimed"
    with pytest.raises(TaskTaken, match="王敏"):
        claim_task(task=task.id, actor=li, at=AT)
    assert release_task(task=task, actor=wang, at=AT).account == ""
    transfer_task(task=task, to_account=li.account, to_name=li.name, actor=wang, at=AT, why="出差")
    delegated = delegate_task(task=task, to_account=zhao.account, to_name=zhao.name, actor=li, at=AT, why="会签")
    assert (delegated.account_name, delegated.delegated_by_name) == ("赵静", "李强")
    assert release_task(task=task, actor=zhao, at=AT).account_name == "李强"
    with pytest.raises(TaskTaken):
        complete_task(task=task, outcome="complete", actor=wang, at=AT)
    complete_task(task=task, outcome="complete", actor=li, at=AT)
    kinds = [act.kind for act in history_of("subcase:1-gs")]
    assert kinds == ["start", "claim", "release", "transfer", "delegate", "release", "complete"]
    assert replay("subcase:1-gs").differences == ()


def test_open_tasks_is_a_queryset_that_access_can_narrow():
    start("permit")
    start("permit", "subcase:2-gs")
    assert open_tasks().filter(organisation="gs", role="examiner").count() == 2
    assert not open_tasks().filter(organisation="sw").exists()


def test_listeners_hear_of_tasks_and_ends_in_the_same_transaction(listeners):
    heard = []
    register_listener("", lambda task, at, actor: heard.append(task.element), lambda process, at, actor: heard.append(process.ended_with))
    start("filing")
    do("check", "complete")
    send("accepted")
    do("record", "recorded")
    assert heard == ["check", "record", "done"]


def test_what_cannot_happen_is_refused_in_words():
    with pytest.raises(UnknownProcess):
        start("no-such")
    start("permit")
    with pytest.raises(AlreadyRunning):
        start("permit")
    with pytest.raises(NotWaiting):
        send("accepted")
    with pytest.raises(UnknownOutcome):
        do("check", "granted")
    with pytest.raises(UnknownTask):
        get_task("x")
    with pytest.raises(DataRefused):
        send("withdraw", typename="x")
    with pytest.raises(DataRefused, match="材料核对"):
        start_process(key="permit", subject="subcase:9", data={}, organisations={"intake": "zc"}, actor=wang, at=AT)
    assert tasks_of("subcase:9", open_only=False) == []


def test_a_cancelled_process_can_be_started_again():
    start("permit")
    state = cancel_process(subject="subcase:1-gs", why="前序未获准予", actor=wang, at=AT)
    assert (state.status, tasks_of("subcase:1-gs"), waiting_for("subcase:1-gs")) == ("cancelled", [], set())
    assert replay("subcase:1-gs").differences == ()
    assert start("permit").status == "running"
    assert process_of("subcase:1-gs").status == "running"
