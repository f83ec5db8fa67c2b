"""A change of the working calendar reaches everything that shows a deadline: queue, applicant's page, supervision."""

from datetime import timedelta

import pytest

from santai.back.approvals import service as approvals
from santai.back.cases.service import SubCase
from santai.front.hall import service as hall
from santai.kernel.clocks.service import clocks_of, is_working_day, now, set_day, working_days_between
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import system_actor
from santai.oversight.supervision.models import WatchedClock
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")
CITY_HALL = system_actor("tests")


def a_holiday_tomorrow_or_so() -> None:
    day = now().date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    set_day(day=day, kind="holiday", name="临时放假", reason="台风红色预警", actor=CITY_HALL, at=now())


def test_a_new_holiday_moves_the_deadline_wherever_it_is_shown() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    walk.deliver()
    before = {part.branch: part.due_at for part in SubCase.objects.filter(case_id=case_no)}
    shown = hall.case_by_number(case_no).due_at
    a_holiday_tomorrow_or_so()
    drain(only=("kernel.clocks", "exchange.bus"))
    for part in SubCase.objects.filter(case_id=case_no):
        running = [clock.due_at for clock in clocks_of(f"subcase:{part.sub_case_no}") if clock.state == "running"]
        assert part.due_at == min(running), part.branch
        if part.branch in ("gs", "cz", "tj", "wz"):
            assert working_days_between(before[part.branch].date(), part.due_at.date()) == 1  # type: ignore[union-attr]
    assert walk.case(case_no).due_at == min(part.due_at for part in SubCase.objects.filter(case_id=case_no))
    view = hall.case_by_number(case_no)
    assert view.due_at > shown
    assert view.due_at == next(clock.due_at for clock in clocks_of(f"case:{case_no}") if clock.kind == "promised")
    assert any("工作日历有调整" in line.text for line in hall.lines_of(case_no))
    assert view.parts["gs"]["event"] == "accepted", "what is being done has not changed"
    watched = {str(one.clock): one.due_at for one in WatchedClock.objects.filter(case_id=case_no).exclude(clock="")}
    for subject in (f"case:{case_no}", f"subcase:{case_no}-gs"):
        for clock in clocks_of(subject):
            if clock.state == "running":
                assert watched[str(clock.id)] == clock.due_at


def test_the_time_to_answer_a_correction_moves_too() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"hb": [{"text": "缺噪声预测。"}]})
    notice = approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    a_holiday_tomorrow_or_so()
    drain(only=("kernel.clocks", "exchange.bus"))
    after = approvals.correction_of(case_no)
    assert after is not None and working_days_between(notice.respond_by, after.respond_by) == 1


def test_an_ended_case_is_left_alone() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    for branch in ("gs", "sw", "cz", "zj", "tj", "wz", "hb"):
        walk.finish(case_no, branch)
    walk.issue(case_no)
    walk.deliver()
    lines = len(hall.lines_of(case_no))
    a_holiday_tomorrow_or_so()
    drain(only=("kernel.clocks", "exchange.bus"))
    assert len(hall.lines_of(case_no)) == lines
