"""A deadline that passes is noticed once, whoever looks."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from santai.kernel.clocks import service as clocks
from santai.kernel.clocks.actions import fire_due as room
from santai.kernel.clocks.models import Clock, ClockEvent
from santai.kernel.ledger.service import system_actor

CITY = ZoneInfo("Asia/Shanghai")
RECEIVED = datetime(2026, 3, 2, 10, 0, tzinfo=CITY)
TEST = system_actor("test")


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    before = list(room._handlers)
    room._handlers.clear()
    yield
    room._handlers[:] = before


def started(count: int = 1, rule: str = "xk-correction-5") -> list[clocks.ClockState]:
    starts = [clocks.Start(rule=rule, subject=f"case:{number}", event_at=RECEIVED) for number in range(count)]
    return clocks.start_clocks(starts=starts, actor=TEST, at=RECEIVED)


@pytest.mark.django_db
def test_nothing_fires_before_its_time_or_when_finished_or_stopped() -> None:
    finished, stopped = started(1)[0], started(1, "xk-decision-20")[0]
    clocks.finish_clock(clock=finished.id, actor=TEST, at=RECEIVED)
    clocks.stop_clock(clock=stopped.id, cause="hearing", reason="听证", actor=TEST, at=RECEIVED)
    waiting = started(1)[0]
    assert clocks.fire_due(waiting.due_at - timedelta(seconds=1)) == 0
    assert clocks.fire_due(waiting.due_at + timedelta(days=400)) == 1
    assert clocks.get_clock(waiting.id).state == "missed"
    assert clocks.get_clock(stopped.id).state == "stopped"


@pytest.mark.django_db
def test_the_handler_acts_in_the_same_transaction_and_hears_its_rules_only() -> None:
    heard: list[str] = []

    def deemed(clock: clocks.ClockState, at: datetime) -> None:
        heard.append(clock.rule)
        assert clock.state == "missed"
        clocks.void_clock(clock=clock.id, actor=TEST, at=at, reason="视为受理")

    clocks.on_due("xk-correction", deemed)
    correction, decision = started(1)[0], started(1, "xk-decision-20")[0]
    assert clocks.fire_due(decision.due_at) == 2
    assert heard == ["xk-correction-5"]
    assert clocks.get_clock(correction.id).state == "void"
    assert clocks.get_clock(decision.id).state == "missed"


@pytest.mark.django_db
def test_a_failing_handler_holds_nobody_up_and_is_tried_again() -> None:
    good, bad = started(1)[0], started(1, "xk-acceptance-5")[0]
    fail = [True]

    def handler(clock: clocks.ClockState, at: datetime) -> None:
        if fail[0]:
            raise RuntimeError("寄不出")

    clocks.on_due("xk-acceptance", handler)
    now = good.due_at + timedelta(minutes=1)
    assert clocks.fire_due(now) == 1
    assert clocks.get_clock(good.id).state == "missed"
    assert [clock.id for clock in clocks.stuck_clocks()] == [bad.id]
    assert clocks.fire_due(now) == 0  # not at once
    fail[0] = False
    assert clocks.fire_due(now + timedelta(minutes=1)) == 1
    assert clocks.stuck_clocks() == []


@pytest.mark.django_db
def test_a_late_report_of_an_act_in_time_clears_the_miss() -> None:
    clock = started(1)[0]
    clocks.fire_due(clock.due_at)
    done = clocks.finish_clock(clock=clock.id, actor=TEST, at=clock.due_at - timedelta(hours=3))
    assert (done.state, done.missed_at) == ("met", None)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_fire_each_clock_exactly_once() -> None:
    count = 40
    ids = {clock.id for clock in started(count)}
    fired: list[object] = []
    gate = threading.Barrier(2)

    def handler(clock: clocks.ClockState, at: datetime) -> None:
        fired.append(clock.id)

    clocks.on_due("xk-correction-5", handler)
    done: list[int] = []

    def sweep() -> None:
        try:
            gate.wait()
            done.append(clocks.fire_due(RECEIVED + timedelta(days=30)))
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == count
    assert sorted(map(str, fired)) == sorted(map(str, ids))
    assert Clock.objects.filter(state="missed").count() == count
    assert ClockEvent.objects.filter(kind="miss").count() == count


@pytest.mark.django_db
def test_looking_for_what_is_due_uses_the_index_on_running_clocks() -> None:
    started(50)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select id from kernel_clocks_clock where state = 'running' and due_at <= now() order by due_at limit 200")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "clocks_due" in plan
