"""The applicant's page that explains a deadline day by day says the same as the clock itself, with stops and extensions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from santai.back.approvals import service as approvals
from santai.front.hall import service as hall
from santai.front.hall.rules.days import days_of
from santai.kernel.clocks.service import ClockState, calendar, clocks_of, explain, now, today
from tests.front.hall.test_pages import text_of
from tests.support import walk

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case_no(enter: Enter) -> str:
    """The joint case, accepted; the environment's clocks stood still for six days, registration got three days more."""
    number = walk.file_joint()
    walk.check_all(number)
    common = {"sub_case_no": f"{number}-hb", "actor": walk.official("eco-examiner"), "approver": walk.official("eco-decider")}
    approvals.start_special_procedure(**common, cause="expert_review", reason="含油废水", expected_days=6, at=now())
    approvals.ask_extension(sub_case_no=f"{number}-gs", reason="外方主体资格须核实", days=3, actor=walk.official("amr-examiner"), at=now())
    approvals.answer_extension(sub_case_no=f"{number}-gs", approve=True, answer="同意", actor=walk.official("amr-decider"), at=now())
    walk.deliver()
    return number


def resumed(number: str) -> None:
    approvals.end_special_procedure(
        sub_case_no=f"{number}-hb", result="通过", actor=walk.official("eco-examiner"), at=now() + timedelta(days=6)
    )
    walk.deliver()


def numbers(number: str, branch: str) -> dict[str, list[tuple[str, int]]]:
    """Rule → the days as the hall shows them."""
    view, known = hall.case_by_number(number), calendar()
    assert view is not None
    shown = {}
    for clock in view.parts[branch]["clocks"]:
        end = localdate(clocks_by_rule(number, branch)[clock["rule"]].due_at)
        lines = days_of(clock, end=end, today=today(), works=known.works, name=known.name, day_of=localdate)
        shown[clock["rule"]] = [(line.day.isoformat(), line.number) for line in lines]
    return shown


def clocks_by_rule(number: str, branch: str) -> dict[str, ClockState]:
    return {clock.rule: clock for clock in clocks_of(f"subcase:{number}-{branch}") if clock.kind != "correction"}


@pytest.mark.parametrize("branch", ["gs", "hb", "sw"])
def test_every_day_is_counted_as_the_clock_counts_it(case_no: str, branch: str) -> None:
    resumed(case_no)
    shown = numbers(case_no, branch)
    for rule, clock in clocks_by_rule(case_no, branch).items():
        own = [(line.day.isoformat(), line.number or 0) for line in explain(clock.id).lines]
        if clock.unit == "working_hour":  # the hall knows the days and the last moment, not how long each day counted
            assert [day for day, _ in shown[rule]] == [day for day, _ in own], rule
        else:
            assert shown[rule] == own, rule


def test_the_page_says_which_days_were_stopped_and_which_were_given(enter: Enter, case_no: str) -> None:
    resumed(case_no)
    page = enter("founder")

    def shown(branch: str) -> str:
        rule = next(rule for rule, clock in clocks_by_rule(case_no, branch).items() if clock.kind == "promised")
        return text_of(page.get(f"/front/hall/cases/{case_no}/clock/", {"branch": branch, "rule": rule}).content.split(b"<main")[1])

    assert "依法暂停计时：专家评审" in shown("hb") and "不计入时限" in shown("hb")
    assert "经批准延长的期限" in shown("gs") and "延长了 3 天" in shown("gs")
    assert "暂停" not in shown("sw") and "延长" not in shown("sw")


def test_a_clock_that_stands_still_promises_no_day(enter: Enter, case_no: str) -> None:
    rule = next(rule for rule, clock in clocks_by_rule(case_no, "hb").items() if clock.kind == "promised")
    shown = text_of(enter("founder").get(f"/front/hall/cases/{case_no}/clock/", {"branch": "hb", "rule": rule}).content)
    assert "现在依法暂停计时" in shown and "暂停计时，恢复后顺延" in shown
