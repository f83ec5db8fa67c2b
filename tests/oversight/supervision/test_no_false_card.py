"""A slow line, a lawful stop or extension, a corrected calendar: no false card; what was false is withdrawn with its reason."""

from datetime import date, datetime

import pytest

from santai.exchange.contracts.service import CardAnswered, CardReviewed
from santai.kernel.clocks.service import forget, set_day
from santai.kernel.ledger.service import system_actor
from santai.oversight.supervision import service
from santai.oversight.supervision.models import Card, DayFigure, Standing
from tests.oversight.supervision.stories import CITY, Story, at, limit, tick

pytestmark = pytest.mark.django_db


def test_no_card_before_the_record_reaches_the_due_instant() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(8), until=datetime(2026, 3, 5, 23, 59, 59, tzinfo=CITY))
    assert "sv-over-promised" not in story.rules()
    story.decided(at(3), limit(clock="c1", state="met", finished_at=at(3).isoformat()), heard=at(8))
    tick(at(9))
    assert "sv-over-promised" not in story.rules()


def test_pending_deliveries_hold_the_horizon_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from santai.oversight.supervision import queries

    seen = []

    def slow(room: str, now: datetime) -> datetime:
        seen.append(room)
        return at(2) if room == "back.approvals" else now

    monkeypatch.setattr(queries, "recorded_until", slow)
    story = Story()
    story.received()
    story.accepted()
    service.tick(at=at(9))
    assert story.rules() == ["sv-prompt"]  # of the second day, as far as the record goes
    assert seen == ["back.approvals", "oversight.supervision"]


def test_a_late_fact_that_shows_the_act_in_time_withdraws_the_card_with_its_reason() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(4))
    story.decided(at(3), limit(clock="c1", state="met", finished_at=at(3).isoformat()), heard=at(5))
    card = Card.objects.get(rule="sv-over-promised")
    assert card.state == "withdrawn" and "2026年3月5日" in card.withdrawn_reason
    assert [line.kind for line in card.lines.all()] == ["issued", "withdrawn"]
    service.fold_tallies()
    assert DayFigure.objects.get(metric="cards_yellow").amount == 0
    assert Standing.objects.get(metric="pending_yellow").amount == 0
    tick(at(20))
    assert story.rules() == ["sv-over-promised"]  # and it does not turn red


def test_an_act_done_too_late_leaves_the_card() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(4))
    story.decided(at(4, 1), limit(clock="c1", state="missed", finished_at=at(4, 1).isoformat()))
    assert story.cards() == [("sv-over-promised", "yellow", "open")]
    service.fold_tallies()
    assert DayFigure.objects.get(metric="late").amount == 1


def test_a_reminder_closes_itself_when_the_work_is_done() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(2))
    story.decided(at(2, 1), limit(clock="c1", state="met", finished_at=at(2, 1).isoformat()))
    assert story.cards() == [("sv-prompt", "prompt", "closed")]


def test_a_stopped_limit_is_silent_and_resumes_with_its_new_day() -> None:
    story = Story()
    story.received()
    story.accepted()
    stopped = limit(clock="c1", state="stopped", stopped_since=at(1).isoformat(), stop_cause="expert_review")
    story.tell("stopped", at(1), stopped, state="stopped", reason="专家评审", document_no="1号", facts={"cause": "expert_review"})
    tick(at(20))
    assert story.rules() == []
    new_due = datetime(2026, 3, 25, 23, 59, 59, tzinfo=CITY)
    story.tell("resumed", at(21), limit(clock="c1", due=new_due))
    tick(at(22))
    assert "sv-over-promised" not in story.rules()
    tick(at(24))
    assert story.rules()[-1] == "sv-over-promised"


def test_an_extension_moves_the_moment_and_one_granted_too_late_heals_nothing() -> None:
    early, late = Story(), Story("18990120260302000002")
    new_due = datetime(2026, 3, 12, 23, 59, 59, tzinfo=CITY)
    for story, clock in ((early, "e"), (late, "l")):
        story.received()
        story.accepted(at(), limit(clock=clock))
    early.tell("extended", at(2), limit(clock="e", length=8, due=new_due, extended_by=5), reason="案情复杂")
    tick(at(4))
    late.tell("extended", at(4, 1), limit(clock="l", length=8, due=new_due, extended_by=5), reason="案情复杂")
    assert "sv-over-promised" not in early.rules()
    assert ("sv-over-promised", "yellow", "open") in late.cards()


def test_a_withdrawal_heard_late_withdraws_the_card() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(4))
    story.tell("withdrawn", at(3), limit(clock="c1", state="void"), state="finished", outcome="withdrawn", heard=at(5))
    assert story.cards() == [("sv-over-promised", "yellow", "withdrawn")]


def test_a_calendar_corrected_afterwards_makes_no_false_card() -> None:
    story = Story()
    story.received()
    story.accepted()
    set_day(day=date(2026, 3, 4), kind="holiday", name="临时放假", reason="测试", actor=system_actor("tests"), at=at(1))
    forget()
    tick(at(4))
    assert "sv-over-promised" not in story.rules()
    tick(at(5))
    assert "sv-over-promised" in story.rules()


def test_an_answer_given_in_time_but_heard_late_withdraws_the_red_card() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(4))
    tick(at(12))
    yellow = Card.objects.get(level="yellow")
    answer = CardAnswered(card_no=yellow.card_no, text="已办。", answered_at=at(7).isoformat(), by_name="张明", by_post="审核岗")
    service.note_answer(message=answer, at=at(13))
    assert story.cards() == [("sv-over-promised", "yellow", "answered"), ("sv-unhandled", "red", "withdrawn")]


def test_the_desk_is_told_of_a_withdrawal(monkeypatch: pytest.MonkeyPatch) -> None:
    from santai.oversight.supervision.actions import close_card

    told = []
    monkeypatch.setattr(close_card, "publish", lambda message, **more: told.append(message))
    story = Story()
    story.received()
    story.accepted()
    tick(at(4))
    story.decided(at(3), limit(clock="c1", state="met", finished_at=at(3).isoformat()), heard=at(5))
    assert [(type(one), one.verdict) for one in told] == [(CardReviewed, "withdrawn")]
