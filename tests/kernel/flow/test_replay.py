"""Recorded acts are the truth: whatever happens, running them again gives what the tables say."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from santai.kernel.flow.models import FlowAct, Process, Task
from santai.kernel.flow.service import (
    cancel_process,
    claim_task,
    complete_task,
    deploy_process,
    process_of,
    rebuild,
    release_task,
    replay,
    send_message,
    start_process,
    tasks_of,
    waiting_for,
)
from santai.kernel.ledger.service import ActRefused
from tests.kernel.flow.conftest import AT, officer

PACK = Path(__file__).parents[3] / "packs" / "procedures" / "processes"
wang, li = officer("王敏"), officer("李强")
KEYS = ["instant", "permit", "registration", "filing", "push", "joint"]


def begin(key: str, subject: str) -> None:
    deploy_process(key=key, version=1, bpmn=(PACK / f"{key}.bpmn").read_text(), actor=wang, at=AT)
    start_process(key=key, subject=subject, data={"n": 1}, organisations={"*": "gs"}, actor=wang, at=AT)


def step(subject: str, choice: int) -> None:
    """One act among those possible now, picked by a number; refusals (four eyes, held by another) are part of life."""
    possible = []
    for task in tasks_of(subject):
        possible += [(complete_task, {"task": task, "outcome": each["value"], "data": {"mark": choice}}) for each in task.outcomes]
        possible += [(claim_task, {"task": task}), (release_task, {"task": task})]
    for message in sorted(waiting_for(subject)):
        if message != "withdraw" or choice % 7 == 0:
            possible.append((send_message, {"subject": subject, "message": message, "data": {"defective": choice % 2 == 0}}))
    if choice % 97 == 0:
        possible.append((cancel_process, {"subject": subject, "why": "撤销"}))
    if possible:
        verb, arguments = possible[choice % len(possible)]
        with suppress(ActRefused):
            verb(**arguments, actor=(wang, li)[choice % 3 % 2], at=AT)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(KEYS), choices=st.lists(st.integers(0, 10_000), max_size=14))
def test_replay_equals_the_tables_after_any_sequence_of_acts(key, choices):
    FlowAct.objects.all().delete()
    Process.objects.all().delete()
    begin(key, "case:7")
    for choice in choices:
        if process_of("case:7").status != "running":
            break
        step("case:7", choice)
        assert replay("case:7").differences == ()


@pytest.mark.django_db
def test_lost_engine_state_is_rebuilt_from_the_acts_and_the_process_goes_on():
    begin("permit", "case:7")
    complete_task(task=tasks_of("case:7")[0], outcome="complete", actor=wang, at=AT)
    send_message(subject="case:7", message="accepted", actor=wang, at=AT)
    before = tasks_of("case:7")[0].id
    Process.objects.update(state=b"")
    assert rebuild(subject="case:7", actor=wang, at=AT).equal
    assert tasks_of("case:7")[0].id == before
    complete_task(task=before, outcome="suggest_grant", actor=wang, at=AT)
    assert process_of("case:7").open_elements == ("decide",)


@pytest.mark.django_db
def test_replay_finds_what_was_changed_behind_its_back():
    begin("permit", "case:7")
    Task.objects.update(state="done", outcome="complete")
    Process.objects.update(data={"n": 2})
    assert len(replay("case:7").differences) == 2


@pytest.mark.django_db
def test_replay_runs_on_the_pinned_version():
    begin("filing", "case:7")
    text = (PACK / "filing.bpmn").read_text().replace('name="备案"', 'name="备案登记"')
    deploy_process(key="filing", version=2, bpmn=text, actor=wang, at=AT)
    complete_task(task=tasks_of("case:7")[0], outcome="complete", actor=wang, at=AT)
    assert (process_of("case:7").version, replay("case:7").equal) == (1, True)
    start_process(key="filing", subject="case:8", organisations={"*": "gs"}, actor=wang, at=AT)
    assert process_of("case:8").version == 2


@pytest.mark.django_db
def test_fifty_correction_rounds_keep_their_state_small_and_correct():
    begin("push", "case:7")
    complete_task(task=tasks_of("case:7")[0], outcome="complete", actor=wang, at=AT)
    send_message(subject="case:7", message="accepted", actor=wang, at=AT)
    for _ in range(50):
        complete_task(task=tasks_of("case:7")[0], outcome="verify_question", actor=wang, at=AT)
        send_message(subject="case:7", message="corrected", actor=wang, at=AT)
    assert len(Process.objects.get().state) < 40_000
    assert replay("case:7").differences == ()
