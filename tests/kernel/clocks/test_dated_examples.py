"""The three dated examples that issue A names, each with its explanation."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from santai.kernel.clocks import service as clocks
from santai.kernel.ledger.service import Actor

CITY = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


def started(rule: str, day: str, actor: Actor) -> clocks.ClockState:
    at = datetime.fromisoformat(f"{day}T10:30").replace(tzinfo=CITY)
    return clocks.start_clock(rule=rule, subject="case:18990120260209000001", event_at=at, actor=actor, at=at)


def test_five_days_before_spring_festival_end_on_the_make_up_saturday(examiner: Actor) -> None:
    clock = started("xk-correction-5", "2026-02-09", examiner)
    assert clock.starts_on == date(2026, 2, 9)
    assert clock.due_at == datetime(2026, 2, 14, 23, 59, 59, tzinfo=CITY)
    explained = clocks.explain(clock.id)
    assert [(line.day.day, line.number) for line in explained.counted] == [(10, 1), (11, 2), (12, 3), (13, 4), (14, 5)]
    assert [line.day for line in explained.makeup_days] == [date(2026, 2, 14)]
    assert explained.not_counted == ()
    assert any("调休上班，计入工作日：2月14日（周六）" in sentence for sentence in explained.sentences)


def test_twenty_days_across_national_day_list_every_day_not_counted(examiner: Actor) -> None:
    clock = started("xk-decision-20", "2025-09-25", examiner)
    assert clock.due_on == date(2025, 10, 29)
    explained = clocks.explain(clock.id)
    reasons = {line.day: line.reason for line in explained.not_counted}
    assert reasons == {
        date(2025, 9, 27): "周末",
        **{date(2025, 10, day): "国庆节" for day in (1, 2, 3, 4, 5, 7, 8)},
        date(2025, 10, 6): "中秋节",
        **{date(2025, 10, day): "周末" for day in (12, 18, 19, 25, 26)},
    }
    assert [line.day for line in explained.makeup_days] == [date(2025, 9, 28), date(2025, 10, 11)]
    assert len(explained.counted) == 20


def test_twenty_days_across_spring_festival_count_both_make_up_days(examiner: Actor) -> None:
    clock = started("xk-decision-20", "2025-01-20", examiner)
    assert clock.due_on == date(2025, 2, 21)
    explained = clocks.explain(clock.id)
    assert {line.reason for line in explained.not_counted} == {"周末", "春节"}
    assert [line.day for line in explained.makeup_days] == [date(2025, 1, 26), date(2025, 2, 8)]


def test_working_days_are_added_and_counted_the_same_way(examiner: Actor) -> None:
    assert clocks.add_working_days(date(2026, 2, 9), 5) == date(2026, 2, 14)
    assert clocks.add_working_days(date(2025, 9, 25), 20) == date(2025, 10, 29)
    assert clocks.working_days_between(date(2025, 1, 20), date(2025, 2, 21)) == 20
    assert clocks.add_working_days(date(2025, 2, 21), -20) == date(2025, 1, 20)
    assert clocks.is_working_day(date(2026, 2, 14))
    assert not clocks.is_working_day(date(2026, 2, 16))
