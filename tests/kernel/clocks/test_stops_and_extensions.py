"""What may lengthen a deadline, who may, and what is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from santai.kernel.clocks import service as clocks
from santai.kernel.clocks.actions import authority
from santai.kernel.ledger.service import Actor, entries_on

CITY = ZoneInfo("Asia/Shanghai")
SUBJECT = "subcase:18990120260302000001-hp"
pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def started(rule: str, actor: Actor) -> clocks.ClockState:
    received = at("2026-03-02T10:00")
    return clocks.start_clock(rule=rule, subject=SUBJECT, event_at=received, actor=actor, at=received)


@pytest.fixture(autouse=True)
def _only_the_head_decides(head: Actor) -> Iterator[None]:
    before = authority._authority
    clocks.register_authority(lambda actor, role, *, organisation="": role == "decider" and actor.account == head.account)
    yield
    authority._authority = before


@pytest.fixture
def clock(examiner: Actor) -> clocks.ClockState:
    return clocks.start_clock(
        rule="xk-decision-20", subject=SUBJECT, event_at=at("2026-03-02T10:00"), actor=examiner, at=at("2026-03-02T10:05")
    )


def test_expert_review_moves_the_deadline_by_the_working_days_it_took(clock: clocks.ClockState, examiner: Actor) -> None:
    assert clock.due_on == date(2026, 3, 30)
    stopped = clocks.stop_clock(
        clock=clock.id, cause="expert_review", reason="组织专家评审", actor=examiner, at=at("2026-03-09T15:00"), expected_days=10
    )
    assert (stopped.state, stopped.stop_cause_name, stopped.expected_resume) == ("stopped", "专家评审", date(2026, 3, 23))
    assert stopped.remaining(at("2026-03-20T09:00")).text == "已停止计时，恢复后还剩 15 个工作日"
    resumed = clocks.resume_clock(clock=clock.id, actor=examiner, at=at("2026-03-16T09:00"))
    assert (resumed.state, resumed.stopped_since) == ("running", None)
    assert resumed.due_on == date(2026, 4, 7)  # five working days later, across 清明节
    explained = clocks.explain(clock.id)
    stopped_days = [line.day for line in explained.not_counted if line.kind == "stopped"]
    assert stopped_days == [date(2026, 3, day) for day in (10, 11, 12, 13, 16)]
    assert "特别程序停止计时 专家评审" in {line.reason for line in explained.not_counted}
    assert "清明节" in {line.reason for line in explained.not_counted}
    assert [entry.act for entry in entries_on(SUBJECT)] == ["kernel.clocks.start", "kernel.clocks.stop", "kernel.clocks.resume"]


@pytest.mark.parametrize("cause", ["correction", "holiday", "materials", ""])
def test_a_cause_the_law_does_not_name_stops_nothing(clock: clocks.ClockState, examiner: Actor, cause: str) -> None:
    with pytest.raises(clocks.UnlawfulStop) as refusal:
        clocks.stop_clock(clock=clock.id, cause=cause, reason="等材料", actor=examiner, at=at("2026-03-09T15:00"))
    assert "听证" in refusal.value.message
    assert clocks.get_clock(clock.id) == clock


def test_the_correction_clock_never_stops(examiner: Actor) -> None:
    clock = clocks.start_clock(
        rule="xk-correction-5", subject=SUBJECT, event_at=at("2026-03-02T10:00"), actor=examiner, at=at("2026-03-02T10:00")
    )
    with pytest.raises(clocks.UnlawfulStop, match="不停止计时"):
        clocks.stop_clock(clock=clock.id, cause="expert_review", reason="评审", actor=examiner, at=at("2026-03-03T10:00"))


def test_stopping_needs_a_reason_and_a_running_clock(clock: clocks.ClockState, examiner: Actor) -> None:
    with pytest.raises(clocks.ReasonMissing):
        clocks.stop_clock(clock=clock.id, cause="hearing", reason="  ", actor=examiner, at=at("2026-03-09T15:00"))
    with pytest.raises(clocks.OutOfOrder):
        clocks.stop_clock(clock=clock.id, cause="hearing", reason="听证", actor=examiner, at=at("2026-03-01T15:00"))
    clocks.stop_clock(clock=clock.id, cause="hearing", reason="听证", actor=examiner, at=at("2026-03-09T15:00"))
    with pytest.raises(clocks.ClockNotRunning):
        clocks.stop_clock(clock=clock.id, cause="hearing", reason="听证", actor=examiner, at=at("2026-03-10T15:00"))
    clocks.resume_clock(clock=clock.id, actor=examiner, at=at("2026-03-11T15:00"))
    with pytest.raises(clocks.ClockNotStopped):
        clocks.resume_clock(clock=clock.id, actor=examiner, at=at("2026-03-12T15:00"))


def test_the_head_of_the_organ_may_give_ten_days_once(clock: clocks.ClockState, examiner: Actor, head: Actor) -> None:
    when = at("2026-03-20T10:00")
    with pytest.raises(clocks.ExtensionRefused, match="负责人批准"):
        clocks.extend_clock(clock=clock.id, reason="情况复杂", approver=examiner, at=when)
    with pytest.raises(clocks.ReasonMissing):
        clocks.extend_clock(clock=clock.id, reason="", approver=head, at=when)
    with pytest.raises(clocks.ExtensionRefused, match="最多"):
        clocks.extend_clock(clock=clock.id, reason="情况复杂", approver=head, at=when, by=11)
    extended = clocks.extend_clock(clock=clock.id, reason="情况复杂", approver=head, at=when)
    assert (extended.length, extended.extended_by, extended.due_on) == (30, 10, date(2026, 4, 14))
    with pytest.raises(clocks.ExtensionRefused, match="已经延长过"):
        clocks.extend_clock(clock=clock.id, reason="情况仍复杂", approver=head, at=when)
    assert any("区市场监督管理局 局长 王局批准延长 10 个工作日，理由：情况复杂" in line for line in clocks.explain(clock.id).sentences)


def test_nobody_but_an_official_in_a_post_can_approve(clock: clocks.ClockState, founder: Actor) -> None:
    authority._authority = None
    with pytest.raises(clocks.ExtensionRefused):
        clocks.extend_clock(clock=clock.id, reason="请求", approver=founder, at=at("2026-03-20T10:00"))


def test_a_deadline_that_is_past_cannot_be_extended_or_stopped(clock: clocks.ClockState, examiner: Actor, head: Actor) -> None:
    late = at("2026-03-31T00:00")
    with pytest.raises(clocks.ClockNotRunning):
        clocks.extend_clock(clock=clock.id, reason="情况复杂", approver=head, at=late)
    with pytest.raises(clocks.ClockNotRunning):
        clocks.stop_clock(clock=clock.id, cause="hearing", reason="听证", actor=examiner, at=late)


def test_an_information_request_counts_afresh_from_its_correction(examiner: Actor) -> None:
    clock = clocks.start_clock(
        rule="foi-answer-20", subject="case:1", event_at=at("2026-03-02T10:00"), actor=examiner, at=at("2026-03-02T10:00")
    )
    again = clocks.restart_clock(clock=clock.id, cause="correction", actor=examiner, at=at("2026-03-12T10:00"))
    assert (again.starts_on, again.due_on) == (date(2026, 3, 12), clocks.add_working_days(date(2026, 3, 12), 20))
    with pytest.raises(clocks.UnlawfulRestart):
        clocks.restart_clock(clock=clock.id, cause="hearing", actor=examiner, at=at("2026-03-13T10:00"))


def test_an_act_on_the_last_evening_is_in_time_and_one_after_midnight_is_not(clock: clocks.ClockState, examiner: Actor) -> None:
    other = clocks.start_clock(rule="xk-decision-20", subject=SUBJECT, event_at=clock.event_at, actor=examiner, at=clock.event_at)
    assert clocks.finish_clock(clock=clock.id, actor=examiner, at=clock.due_at + timedelta(milliseconds=700)).state == "met"
    late = clocks.finish_clock(clock=other.id, actor=examiner, at=clock.due_at + timedelta(seconds=1))
    assert (late.state, late.missed_at) == ("missed", clock.due_at)
    assert clocks.finish_clock(clock=other.id, actor=examiner, at=clock.due_at).state == "missed"  # finishing twice changes nothing


def test_a_limit_into_a_year_without_a_schedule_says_so(examiner: Actor) -> None:
    unknown = max(clocks.years_loaded()) + 1
    event_at = datetime(unknown - 1, 12, 28, 9, 0, tzinfo=CITY)
    clock = clocks.start_clock(rule="xk-decision-20", subject="case:2", event_at=event_at, actor=examiner, at=event_at)
    assert f"{unknown}年的放假和调休安排尚未装入" in clock.warning
    assert clock.warning in clocks.explain(clock.id).sentences
    assert not clocks.is_working_day(date(unknown, 10, 1))  # the fixed days of the law hold without a schedule
    inside = clocks.start_clock(rule="xk-correction-5", subject="case:2", event_at=at("2026-03-02T10:00"), actor=examiner, at=event_at)
    assert inside.warning == ""


def test_an_unknown_rule_starts_nothing(examiner: Actor) -> None:
    with pytest.raises(clocks.UnknownRule, match="没有代码为"):
        clocks.start_clock(rule="no-such", subject="case:3", event_at=at("2026-03-02T10:00"), actor=examiner, at=at("2026-03-02T10:00"))


def test_starting_costs_two_inserts(examiner: Actor, django_assert_num_queries: object) -> None:
    clocks.start_clock(rule="xk-decision-20", subject="case:4", event_at=at("2026-03-02T10:00"), actor=examiner, at=at("2026-03-02T10:00"))
    starts = [clocks.Start(rule=rule, subject="case:5", event_at=at("2026-03-02T10:00")) for rule in ("xk-correction-5", "xk-decision-20")]
    with django_assert_num_queries(4):  # type: ignore[operator]  # savepoint, two inserts, release
        clocks.start_clocks(starts=starts, actor=examiner, at=at("2026-03-02T10:00"))
    assert [clock.rule for clock in clocks.clocks_of_many(["case:5", "case:6"])["case:5"]] == ["xk-correction-5", "xk-decision-20"]
