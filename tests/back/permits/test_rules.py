"""Pure rules of what follows a decision."""

from datetime import date
from typing import Any

import pytest

from santai.back.permits import forms
from santai.back.permits.rules.promises import commitment_trouble, gaps_in, revocation_trouble, told_all, tolerance_trouble
from santai.back.permits.rules.publicity import FIELDS, missing, public_name
from santai.back.permits.rules.start_of_work import begin_by, put_off, trouble
from santai.exchange.contracts.service import (
    CommitmentDefinition,
    ItemDefinition,
    MaterialDefinition,
    RenewalWindow,
    StartOfWork,
    commitment_digest,
    renewal_window,
)
from santai.kernel.clocks.adapters import seed_days
from santai.kernel.clocks.service import Calendar
from santai.kernel.ledger.service import ActRefused

MAIN = MaterialDefinition(code="main", name="主件", source="upload")
MINOR = MaterialDefinition(code="minor", name="附件", source="upload", may_follow_days=10)
TERMS = CommitmentDefinition(listed="公布", conditions=("条件",), standards=("标准",), consequences=("后果",), text=("承诺",))


def item(**more: object) -> ItemDefinition:
    return ItemDefinition(code="x", basic_code="x", version=1, name="事项", **more)  # type: ignore[arg-type]


class TestTolerance:
    @pytest.mark.parametrize(
        ("basis", "handed_in", "word"),
        [
            ("", {"main": {"files": [1]}, "minor": {"follows_later": True}}, "local_rule_off"),
            ("条例", {"minor": {"follows_later": True}}, "main_material_missing"),
            ("条例", {"main": {"files": [1]}}, "promise_missing"),
            ("条例", {"main": {"follows_later": True}, "minor": {"files": [1]}}, "not_tolerable"),
            ("条例", {"main": {"files": [1]}, "minor": {"follows_later": True}}, ""),
            ("条例", {"main": {"from_licence": "x"}, "minor": {"files": [1], "follows_later": True}}, "promise_missing"),
        ],
    )
    def test_says_what_is_in_the_way(self, basis: str, handed_in: dict, word: str) -> None:  # type: ignore[type-arg]
        assert tolerance_trouble(basis, gaps_in((MAIN, MINOR), handed_in)) == word


class TestCommitment:
    def test_a_statute_overrules_the_excluded_fields(self) -> None:
        assert commitment_trouble(item(commitment=TERMS)) == ""
        assert commitment_trouble(item()) == "not_listed"
        assert commitment_trouble(item(commitment=TERMS, guarded_field="public_safety")) == "excluded_field"
        prescribed = CommitmentDefinition(prescribed_by="消防法第十五条")
        assert commitment_trouble(item(commitment=prescribed, guarded_field="public_safety")) == ""

    def test_everything_is_told_and_there_is_something_to_tell(self) -> None:
        assert told_all(TERMS, ["conditions", "standards", "consequences"])
        assert not told_all(TERMS, ["conditions"])
        assert not told_all(CommitmentDefinition(listed="公布"), ["conditions", "standards", "consequences"])

    def test_the_digest_changes_with_every_word_that_was_signed(self) -> None:
        other = CommitmentDefinition(listed="公布", conditions=("条件",), standards=("标准",), consequences=("后果",), text=("另",))
        assert commitment_digest(item(commitment=TERMS)) != commitment_digest(item(commitment=other))

    @pytest.mark.parametrize(
        ("ground", "result", "due", "rectified", "word"),
        [
            ("unkept", "unkept", None, "", ""),
            ("unkept", "differs", None, "", "ground_missing"),
            ("differs", "differs", None, "", "rectify_first"),
            ("not_rectified", "differs", date(2026, 4, 24), "", "too_early"),
            ("not_rectified", "differs", date(2026, 4, 23), "", ""),
            ("still_failing", "differs", date(2026, 4, 30), "failing", ""),
            ("still_failing", "differs", date(2026, 4, 20), "", "ground_missing"),
            ("not_rectified", "differs", date(2026, 4, 20), "fine", "ground_missing"),
            ("differs", "kept", None, "", "ground_missing"),
        ],
    )
    def test_rectification_comes_before_revocation(self, ground: str, result: str, due: date | None, rectified: str, word: str) -> None:
        assert revocation_trouble(ground=ground, result=result, rectify_due=due, rectified=rectified, on=date(2026, 4, 24)) == word


class TestRenewalWindow:
    calendar = Calendar(*seed_days())

    @pytest.mark.parametrize(
        ("window", "last", "opens", "closes"),
        [
            (RenewalWindow(), date(2026, 6, 30), None, date(2026, 5, 18)),
            (RenewalWindow(open=90, close=15), date(2026, 8, 31), date(2026, 4, 22), date(2026, 8, 10)),
            (RenewalWindow(close=30, unit="calendar_day"), date(2026, 6, 30), None, date(2026, 5, 31)),
        ],
    )
    def test_counts_back_from_the_last_day(self, window: RenewalWindow, last: date, opens: date | None, closes: date) -> None:
        found = renewal_window(window, last, self.calendar)
        assert (found[0], found[1]) == (opens, closes)


class TestStartOfWork:
    terms = StartOfWork(length=3, unit="month", times=2, most=3)

    def test_is_reckoned_in_months_and_years(self) -> None:
        assert begin_by(self.terms, date(2026, 11, 30)) == date(2027, 2, 28)
        assert begin_by(StartOfWork(), date(2026, 1, 1)) is None
        assert put_off(StartOfWork(length=2, unit="year"), date(2024, 2, 29), 1) == date(2025, 2, 28)

    def test_may_be_put_off_as_often_and_as_long_as_the_law_says(self) -> None:
        right = {"times": 0, "length": 3, "days_left": 5, "over": False}
        assert trouble(self.terms, **right) == ""
        assert trouble(self.terms, **{**right, "times": 2}) == "times_spent"
        assert trouble(self.terms, **{**right, "length": 4}) == "over_limit"
        assert trouble(self.terms, **{**right, "over": True}) == "too_late"
        assert trouble(StartOfWork(), **right) == "no_such_limit"


class TestPublicity:
    def test_a_person_is_masked_and_a_firm_is_not(self) -> None:
        assert public_name("person", "欧阳明月") == "欧***"
        assert public_name("organisation", "东江公司") == "东江公司"

    def test_names_every_field_that_lacks(self) -> None:
        full = dict.fromkeys(FIELDS, "x")
        assert missing(full) == []
        assert missing({**full, "行政许可决定文书号": " "}) == ["行政许可决定文书号"]
        assert missing({**full, "许可编号": ""}) == []


@pytest.mark.parametrize(("typed", "within"), [("", 0), ("0", 0), ("15", 15)])
def test_the_time_to_decide_again_is_the_one_chosen_or_that_of_the_law(typed: str, within: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(forms.approvals, "note_review_result", lambda **said: given.update(said))
    post = {"source": "court", "outcome": "annulled_redo", "because": "facts"}
    forms.case_act("note_review", {**post, "within": typed}, case_no="1", actor=None, at=None)  # type: ignore[arg-type]
    assert given["within"] == within
    for wrong in ({"within": "²"}, {"source": "nobody"}):
        with pytest.raises(ActRefused):
            forms.case_act("note_review", {**post, **wrong}, case_no="1", actor=None, at=None)  # type: ignore[arg-type]
