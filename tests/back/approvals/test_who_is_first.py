"""Two officials deciding at once: one wins, the other is told, and everything happened once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from santai.back.approvals import service as approvals
from santai.back.approvals.errors import AlreadyDecided
from santai.back.cases.service import Opinion
from santai.kernel.clocks.service import now
from santai.kernel.flow.service import TaskAlreadyDone, replay
from tests.support import city, walk


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    barrier, results = threading.Barrier(len(calls)), []

    def run(call: Callable[[], Any]) -> None:
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
def test_of_two_officials_deciding_at_once_one_wins_and_the_other_is_told() -> None:
    city.install("enterprise-start")
    case_no = walk.file_joint()
    walk.check_all(case_no)
    walk.examine(case_no, walk.official("amr-examiner"), "gs")
    task = walk.task(case_no, "decide", "gs")
    deciders = [walk.official("amr-decider"), walk.official("amr-chief")]

    def decision(actor: Any, outcome: str) -> Callable[[], Any]:
        return lambda: approvals.decide(
            sub_case_no=f"{case_no}-gs", task=task, outcome=outcome, reason="理由已说明。", actor=actor, at=now()
        )

    results = at_once(decision(deciders[0], "granted"), decision(deciders[1], "refused"))
    lost = [one for one in results if isinstance(one, Exception)]
    assert len(lost) == 1 and isinstance(lost[0], TaskAlreadyDone | AlreadyDecided), results
    assert any(actor.name in lost[0].message for actor in deciders)
    part = walk.part(case_no, "gs")
    assert part.outcome in ("granted", "refused")
    assert Opinion.objects.filter(sub_case=part, step="决定").count() == 1
    assert [one.kind for one in approvals.documents_of(case_no)].count(part.outcome) == 1
    assert ("credit_code" in walk.case(case_no).facts) == (part.outcome == "granted")
    assert replay(f"subcase:{case_no}-gs").differences == ()


@pytest.mark.django_db(transaction=True)
def test_two_departments_that_answer_last_at_once_accept_the_case_once() -> None:
    city.install("enterprise-start")
    case_no = walk.file_joint()
    last = ("tj", "wz")
    for branch in {"gs", "sw", "cz", "zj", "hb"}:
        walk.check(case_no, walk.official(walk.EXAMINERS[branch]), branch)
    officers = {branch: walk.official(walk.EXAMINERS[branch]) for branch in last}
    results = at_once(*(lambda branch=branch: walk.check(case_no, officers[branch], branch) for branch in last))
    assert results == [None, None]
    assert walk.case(case_no).state == "accepted"
    assert [one.kind for one in approvals.documents_of(case_no)].count("acceptance") == 1
