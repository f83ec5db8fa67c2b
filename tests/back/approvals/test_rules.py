"""The pure rules: what becomes of the whole from its parts, in every order and under every policy."""

import itertools
from datetime import date

import pytest

from santai.back.approvals.rules.branches import at_path
from santai.back.approvals.rules.numbers import document_number
from santai.back.approvals.rules.outcome import branches_that_fall, last_valid_day, licences_wait, may_finish, outcome_of_case

SEVEN = ("gs", "sw", "cz", "zj", "tj", "wz", "hb")
NEEDS = {"gs": (), "hb": (), **dict.fromkeys(("sw", "cz", "zj", "tj", "wz"), ("gs",))}
GRANTS = {"gs": "granted", "sw": "granted", "cz": "granted", "zj": "acknowledged", "tj": "acknowledged", "wz": "recorded", "hb": "granted"}


@pytest.mark.requirement("BO-007", part="every order of the seven departments: 5040, of which 840 are allowed")
def test_of_all_5040_orders_exactly_those_that_wait_for_the_registration_are_allowed() -> None:
    allowed = 0
    for order in itertools.permutations(SEVEN):
        outcomes = dict.fromkeys(SEVEN, "")
        possible = True
        for branch in order:
            if not may_finish(finishes_after=NEEDS[branch], outcomes=outcomes):
                possible = False
                break
            outcomes[branch] = GRANTS[branch]
        assert possible == all(order.index("gs") < order.index(branch) for branch in SEVEN if NEEDS[branch])
        if possible:
            allowed += 1
            assert outcome_of_case(policy="severable", lead="gs", outcomes=outcomes) == "granted"
    assert allowed == 840


def test_a_branch_that_is_not_in_the_case_binds_nobody() -> None:
    assert may_finish(finishes_after=("gs", "cz"), outcomes={"gs": "granted"})
    assert not may_finish(finishes_after=("gs",), outcomes={"gs": "refused"})
    assert not may_finish(finishes_after=("gs",), outcomes={"gs": ""})


@pytest.mark.parametrize(
    ("policy", "late", "expected"),
    [
        ("severable", {"hb": "refused"}, "partly"),
        ("severable", dict.fromkeys(SEVEN, "refused"), "refused"),
        ("severable", {"gs": "refused", **dict.fromkeys(("sw", "cz", "zj", "tj", "wz", "hb"), "terminated")}, "refused"),
        ("severable", {"hb": "withdrawn"}, "partly"),
        ("all_or_nothing", {"hb": "refused"}, "refused"),
        ("all_or_nothing", {"hb": "not_accepted", "sw": "refused"}, "not_accepted"),
        ("lead_decides", {"hb": "refused", "cz": "refused"}, "granted"),
        ("lead_decides", {"gs": "refused"}, "refused"),
    ],
)
def test_a_late_refusal_means_what_the_items_policy_says(policy: str, late: dict[str, str], expected: str) -> None:
    assert outcome_of_case(policy=policy, lead="gs", outcomes={**GRANTS, **late}) == expected


def test_only_records_are_recorded_not_granted() -> None:
    assert outcome_of_case(policy="severable", lead="a", outcomes={"a": "recorded", "b": "acknowledged"}) == "recorded"


def test_what_falls_with_a_failed_part() -> None:
    open_branches = {branch: NEEDS[branch] for branch in SEVEN if branch != "gs"}
    assert branches_that_fall(policy="severable", lead="gs", failed="gs", open_branches=open_branches) == ["sw", "cz", "zj", "tj", "wz"]
    open_branches.pop("hb")
    assert branches_that_fall(policy="severable", lead="gs", failed="hb", open_branches=open_branches | {"gs": ()}) == []
    open_branches["hb"] = ()
    assert branches_that_fall(policy="lead_decides", lead="gs", failed="gs", open_branches=open_branches) == list(open_branches)
    assert branches_that_fall(policy="all_or_nothing", lead="gs", failed="tj", open_branches=open_branches) == list(open_branches)
    chain = {"b": ("a",), "c": ("b",), "d": ()}
    assert branches_that_fall(policy="severable", lead="x", failed="a", open_branches=chain) == ["b", "c"]  # transitively


def test_licences_wait_only_where_a_late_refusal_would_take_them_back() -> None:
    assert licences_wait(policy="all_or_nothing") and not licences_wait(policy="severable") and not licences_wait(policy="lead_decides")


def test_a_licence_ends_the_day_before_its_anniversary() -> None:
    assert last_valid_day(date(2026, 3, 2), 3) == date(2029, 3, 1)
    assert last_valid_day(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_document_number_has_mark_year_and_serial() -> None:
    assert document_number(mark="区市场监管局", kind="granted", year=2026, serial=12) == "区市场监管局准〔2026〕12号"


def test_paths_reach_into_repeating_groups() -> None:
    content = {"shareholders": [{"name": "甲", "people": [{"n": 1}, {"n": 2}]}, {"name": "乙"}], "a": {"b": 0}}
    assert at_path(content, "shareholders.*.name") == ["甲", "乙"]
    assert at_path(content, "shareholders.1.name") == "乙" and at_path(content, "a.b") == 0
    assert at_path(content, "a.c") is None and at_path(content, "shareholders.9.name") is None
