"""Two officials deciding at once: exactly one wins, the other is told who and when."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from santai.kernel.flow.models import FlowAct
from santai.kernel.flow.service import AlreadyRunning, TaskAlreadyDone, complete_task, deploy_process, replay, start_process, tasks_of
from tests.kernel.flow.conftest import AT, officer

PACK = Path(__file__).parents[3] / "packs" / "procedures" / "processes"


def at_once(*calls):
    barrier, results = threading.Barrier(len(calls)), []

    def run(call):
        try:
            barrier.wait()
            results.append(call())
        except Exception as error:  # the refusal is what the test looks at
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_one_of_four_decisions_wins_and_the_others_hear_whose():
    text = (PACK / "instant.bpmn").read_text()
    deploy_process(key="instant", version=1, bpmn=text, actor=officer("王敏"), at=AT)
    start_process(key="instant", subject="case:7", organisations={"*": "gs"}, actor=officer("王敏"), at=AT)
    task = tasks_of("case:7")[0]
    names = ["王敏", "李强", "周杰", "孙悦"]
    outcomes = ["granted", "refused", "granted", "refused"]
    results = at_once(
        *(
            lambda name=name, outcome=outcome: complete_task(task=task, outcome=outcome, actor=officer(name), at=AT)
            for name, outcome in zip(names, outcomes, strict=True)
        )
    )
    lost = [each for each in results if isinstance(each, TaskAlreadyDone)]
    won = [each for each in results if not isinstance(each, Exception)]
    assert (len(won), len(lost)) == (1, 3)
    assert len({each.facts["by"] for each in lost}) == 1
    assert FlowAct.objects.filter(kind="complete").count() == 1
    assert replay("case:7").differences == ()


@pytest.mark.django_db(transaction=True)
def test_a_subject_gets_one_process_when_started_twice_at_once():
    deploy_process(key="permit", version=1, bpmn=(PACK / "permit.bpmn").read_text(), actor=officer("王敏"), at=AT)
    results = at_once(
        *(lambda: start_process(key="permit", subject="case:7", organisations={"*": "gs"}, actor=officer("王敏"), at=AT) for _ in range(3))
    )
    assert sum(isinstance(each, AlreadyRunning) for each in results) == 2
    assert len(tasks_of("case:7")) == 1
