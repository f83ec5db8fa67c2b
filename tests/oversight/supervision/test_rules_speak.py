"""For every rule a planted violation is found once, and a lawful look-alike is not."""

from datetime import datetime

import pytest

from santai.exchange.contracts.service import CardAnswered, CaseRated
from santai.kernel.codes.service import new_id
from santai.oversight.supervision import service
from santai.oversight.supervision.models import Card
from tests.oversight.supervision.stories import CITY, Story, at, limit, tick

pytestmark = pytest.mark.django_db
THURSDAY = 3  # the last day of three working days from Monday


def test_a_prompt_comes_one_working_day_before_and_a_warning_on_the_last_day() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(1))
    assert story.rules() == []
    tick(at(2))
    tick(at(2, 1))
    assert story.rules() == ["sv-prompt"]
    tick(at(THURSDAY))
    assert story.rules() == ["sv-prompt", "sv-warning"]


@pytest.mark.requirement("OV-001", part="a case over its promised limit gets a yellow card by itself")
def test_yellow_over_the_promised_limit_and_not_one_second_earlier() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(datetime(2026, 3, 5, 23, 59, 59, tzinfo=CITY))
    assert "sv-over-promised" not in story.rules()
    tick(datetime(2026, 3, 6, 0, 0, 1, tzinfo=CITY))
    tick(at(5))
    card = Card.objects.get(rule="sv-over-promised")
    assert (card.level, card.state, card.organisation) == ("yellow", "open", "amr")
    assert card.cause["holders"][0]["step"] == "审查" and card.cause["holders"][0]["last_by"] == "审核岗 张明"
    assert card.answer_by.isoformat() == "2026-03-11"
    assert "2026年3月5日" in card.text


def test_red_over_the_statutory_limit() -> None:
    story = Story()
    story.received()
    story.accepted(at(), limit("statutory", 5, clock="s"))
    tick(at(7, 1))
    assert story.rules() == ["sv-warning"]  # Monday is the last day
    tick(at(8))
    assert ("sv-over-statutory", "red", "open") in story.cards()


def test_what_was_done_in_time_gets_no_card() -> None:
    story = Story()
    story.received()
    story.accepted()
    story.decided(at(2), limit(clock="c1", state="met", finished_at=at(2).isoformat()))
    story.completed(at(2))
    tick(at(30))
    assert story.rules() == []


def test_a_limit_of_one_day_is_not_reminded_of_the_moment_it_begins() -> None:
    story = Story()
    story.received()
    story.accepted(at(), limit(length=1, clock="c1"))
    tick(at(0, 1))
    assert story.rules() == []
    tick(at(1))
    assert story.rules() == ["sv-warning"]


def test_a_week_unwatched_brings_the_one_card_that_matters() -> None:
    story = Story()
    story.received()
    story.accepted()
    tick(at(9))
    assert story.rules() == ["sv-over-promised"]


def test_an_unanswered_yellow_card_turns_red_and_an_answered_one_does_not() -> None:
    lazy, good = Story(), Story("18990120260302000002")
    for story in (lazy, good):
        story.received()
        story.accepted()
    tick(at(4))
    card = Card.objects.get(case_id=good.case_no)
    service.note_answer(
        message=CardAnswered(
            card_no=card.card_no, text="已安排加快办理。", answered_at=at(7).isoformat(), by_name="张明", by_post="审核岗"
        ),
        at=at(7),
    )
    tick(datetime(2026, 3, 11, 23, 0, tzinfo=CITY))
    assert lazy.rules() == ["sv-over-promised"]
    tick(at(10))
    assert lazy.rules() == ["sv-over-promised", "sv-unhandled"]
    red = Card.objects.get(rule="sv-unhandled")
    assert red.level == "red" and red.parent.case_id == lazy.case_no and red.parent.card_no in red.text
    assert good.cards() == [("sv-over-promised", "yellow", "answered")]


def test_a_step_overtime_is_told_though_the_whole_is_not_over() -> None:
    slow, quick = Story(), Story("18990120260302000002")
    for story in (slow, quick):
        story.received()
        story.accepted(at(), limit(length=20, clock=f"c{story.case_no}"))
        story.tell("examined", at(1), state="deciding")
    quick.tell("returned", at(2), state="examining")
    tick(at(3))
    assert slow.rules() == []
    tick(at(4))
    assert slow.rules() == ["sv-step-decide"] and quick.rules() == []


def test_a_step_is_silent_once_the_whole_limit_is_over() -> None:
    story = Story()
    story.received()
    story.accepted(at(), limit(length=1, clock="c1"))
    story.tell("examined", at(1), state="deciding")
    tick(at(8))
    assert story.rules() == ["sv-over-promised"]


def test_a_step_limit_declared_by_the_process_is_watched_too() -> None:
    story = Story()
    story.received()
    story.accepted(at(), limit("step", 2, clock="step"))
    tick(at(3))
    assert story.rules() == ["sv-step-declared"]


def test_the_correction_limit_is_warned_of_and_silence_is_a_yellow_card() -> None:
    story = Story()
    story.received(at(), limit("correction", 5, clock="k"))
    tick(at(7))  # Monday, the fifth working day
    assert "sv-correction-warning" in story.rules()
    story.tell("deemed_accepted", at(8), limit("correction", 5, clock="k", state="missed", finished_at=at(8).isoformat()))
    assert ("sv-deemed", "yellow", "open") in story.cards()


def test_only_the_second_correction_notice_is_a_violation() -> None:
    story = Story()
    story.received()
    story.tell("correction_requested", at(1), whole=True, state="correcting", document_no="1")
    assert story.rules() == []
    story.tell("corrected", at(2), whole=True, state="checking")
    story.tell("correction_requested", at(3), whole=True, state="correcting", document_no="2")
    assert story.rules() == ["sv-second-correction"]


@pytest.mark.requirement("OV-002", part="violations in approvals are found by rules that are data, lawful acts are left alone")
@pytest.mark.parametrize(
    ("event", "wrong", "right", "rule"),
    [
        ("decided", {"outcome": "refused", "reason": " "}, {"outcome": "refused", "reason": "经营场所不符合规定"}, "sv-refusal-no-reason"),
        (
            "not_accepted",
            {"reason": "不属于本机关", "document_no": ""},
            {"reason": "不属于本机关", "document_no": "1号"},
            "sv-not-accepted-no-reason",
        ),
        (
            "stopped",
            {"state": "stopped", "facts": {"cause": "other_organ"}, "reason": "征求意见", "document_no": "1号"},
            {"state": "stopped", "facts": {"cause": "expert_review"}, "reason": "专家评审", "document_no": "1号"},
            "sv-unlawful-stop",
        ),
        (
            "stopped",
            {"state": "stopped", "facts": {"cause": "hearing"}, "reason": "听证", "document_no": ""},
            {"state": "stopped", "facts": {"cause": "hearing"}, "reason": "听证", "document_no": "1号"},
            "sv-stop-no-notice",
        ),
        ("extended", {"reason": ""}, {"reason": "案情复杂"}, "sv-extension-no-reason"),
    ],
)
def test_an_act_that_lacks_what_the_law_asks_is_found_and_the_lawful_one_is_not(event: str, wrong: dict, right: dict, rule: str) -> None:
    bad, good = Story(), Story("18990120260302000002")
    for story, more in ((bad, wrong), (good, right)):
        story.received()
        story.tell(event, at(1), **more)
    assert bad.rules() == [rule]
    assert good.rules() == []


def test_a_stop_outside_the_licensing_law_is_no_violation_for_another_kind_of_act() -> None:
    story = Story(nature="registration")
    story.received()
    story.tell("stopped", at(1), state="stopped", facts={"cause": "publicity"}, reason="公示", document_no="1号")
    assert story.rules() == []


def test_an_urge_left_unanswered_is_warned_of_and_an_answered_one_is_not() -> None:
    silent, polite = Story(), Story("18990120260302000002")
    for story in (silent, polite):
        story.received()
        story.tell("urged", at(0, 2), whole=True, state="checking")
    polite.tell("answered", at(1), whole=True, state="checking")
    tick(at(3))
    assert silent.rules() == ["sv-urge-unanswered"]
    assert polite.rules() == []


@pytest.mark.parametrize(("level", "rules"), [(5, ["sv-bad-rating"]), (4, ["sv-bad-rating"]), (3, [])])
def test_a_bad_rating_asks_the_department_and_a_fair_one_does_not(level: int, rules: list[str]) -> None:
    story = Story()
    story.received()
    rated = CaseRated(case_no=story.case_no, level=level, text="等太久", rated_at=at(1).isoformat())
    assert service.note_rating(message=rated, message_id=new_id(), at=at(1))
    assert not service.note_rating(message=rated, message_id=new_id(), at=at(1))
    assert story.rules() == rules


def test_a_fact_heard_twice_counts_once() -> None:
    story = Story()
    story.received()
    story.tell("decided", at(1), outcome="refused", state="finished")
    message, identifier = story.last
    assert not service.note_facts(facts=[(message, identifier)], at=at(2))
    assert story.rules() == ["sv-refusal-no-reason"]
    service.fold_tallies()
    assert service.fold_tallies() == 0
