"""A department works in its own line system: tasks out, results back through the bus, the clocks where they were."""

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.cases.service import SubCase
from santai.back.connectors.service import (
    AlreadyAnswered,
    AnswerIncomplete,
    OtherOfficerNeeded,
    TaskCalledOff,
    TaskNotHere,
    report,
    tasks_for,
)
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture
def case_no(city_db: None) -> str:
    """A joint case whose tax part is worked in the line system, as the item declares."""
    number = walk.file_joint()
    assert walk.part(number, "sw").line_system
    return number


def open_tasks(post: str) -> list[dict]:
    return [line for line in tasks_for("tax", walk.official(post)) if not line["answer"]]


def answer(post: str, said: str, text: str = "") -> None:
    (line,) = open_tasks(post)
    report(task_id=str(line["task"].id), answer=said, text=text, actor=walk.official(post), at=now())
    walk.deliver()


def others_complete(case_no: str) -> None:
    for part in SubCase.objects.filter(case_id=case_no, state="checking").exclude(branch="sw").order_by("position"):
        walk.check(case_no, walk.official(walk.EXAMINERS[part.branch]), part.branch)
    walk.deliver()


class TestALineSystem:
    def test_gets_the_task_and_sends_its_receipt(self, case_no: str) -> None:
        (line,) = open_tasks("tax-examiner")
        assert line["task"].step == "check" and line["task"].receipt_no.startswith("TAX-")
        from santai.back.cases.service import events_of

        assert any(line["task"].receipt_no in event.text and not event.public for event in events_of(case_no))

    @pytest.mark.requirement("BO-009", part="a department in its own approval system takes part by one standard: tasks, receipts, results")
    def test_walks_the_whole_part_and_waits_for_the_registration(self, case_no: str) -> None:
        answer("tax-examiner", "complete")
        others_complete(case_no)
        started = clocks_of(f"subcase:{case_no}-sw")
        assert started
        answer("tax-examiner", "examined", "核定为小规模纳税人。")
        assert not open_tasks("tax-decider")  # the credit code is not there yet
        walk.examine(case_no, walk.official("amr-examiner"), "gs")
        walk.decide(case_no, walk.official("amr-decider"), "gs")
        walk.deliver()
        (line,) = open_tasks("tax-decider")
        assert line["code"], "the concluding step carries the credit code"
        answer("tax-decider", "granted")
        part = walk.part(case_no, "sw")
        assert (part.state, part.outcome) == ("finished", "granted")
        assert [clock.due_at for clock in clocks_of(f"subcase:{case_no}-sw")] == [clock.due_at for clock in started]

    def test_gets_its_departments_own_record_and_nothing_of_the_others(self, case_no: str) -> None:
        (line,) = open_tasks("tax-examiner")
        branch = approvals.branch_of_sub_case(walk.part(case_no, "sw"))
        assert set(line["task"].content) == set(branch.mapping)
        assert line["name"] == line["task"].content["company_name"]
        assert not {"hb", "beneficial_owners_name", "fund_account"} & set(line["task"].content)

    def test_may_advise_against_with_its_reason_and_another_officer_decides(self, case_no: str) -> None:
        answer("tax-examiner", "complete")
        others_complete(case_no)
        (line,) = open_tasks("tax-examiner")
        with pytest.raises(AnswerIncomplete):
            report(task_id=str(line["task"].id), answer="advised_against", text="", actor=walk.official("tax-examiner"), at=now())
        answer("tax-examiner", "advised_against", "办税人员身份核验未通过。")
        part = walk.part(case_no, "sw")
        assert part.state == "deciding"
        assert [(one.result, one.text) for one in part.opinions.filter(step="审查")] == [("建议不予", "办税人员身份核验未通过。")]

    def test_is_told_when_there_is_nothing_left_to_do(self, case_no: str) -> None:
        (line,) = open_tasks("tax-examiner")
        hall.ask_withdrawal(case_no=case_no, reason="股东另有安排", actor=walk.citizen("founder")[1], at=now())
        walk.deliver()
        (line,) = tasks_for("tax", walk.official("tax-examiner"))
        assert line["task"].called_back_at is not None and "撤回" in line["task"].called_back_why and line["choices"] == []
        with pytest.raises(TaskCalledOff) as told:
            report(task_id=str(line["task"].id), answer="complete", text="", actor=walk.official("tax-examiner"), at=now())
        assert "已经收回" in told.value.message
        assert "已收回" in sign_in("tax-examiner").get("/back/connectors/tax/").content.decode()

    def test_asks_for_corrections_with_everybody_else(self, case_no: str) -> None:
        answer("tax-examiner", "defects", "办税人员电话缺失\n会计制度未填")
        assert [one.text for one in approvals.defects_of(case_no)] == ["办税人员电话缺失", "会计制度未填"]

    def test_leaves_the_desk_as_a_way(self, case_no: str) -> None:
        walk.check(case_no, walk.official("tax-examiner"), "sw")
        answer("tax-examiner", "complete")  # too late: changes nothing
        assert walk.part(case_no, "sw").state == "checked"

    def test_refuses_what_is_incomplete_repeated_or_not_ones_own(self, case_no: str) -> None:
        (line,) = open_tasks("tax-examiner")
        number, examiner = str(line["task"].id), walk.official("tax-examiner")
        with pytest.raises(AnswerIncomplete):
            report(task_id=number, answer="defects", text=" ", actor=examiner, at=now())
        with pytest.raises(AnswerIncomplete):
            report(task_id=number, answer="granted", text="", actor=examiner, at=now())
        with pytest.raises(TaskNotHere):
            report(task_id=number, answer="complete", text="", actor=walk.official("amr-examiner"), at=now())
        with pytest.raises(NotAllowed):
            report(task_id=number, answer="complete", text="", actor=walk.official("tax-decider"), at=now())
        answer("tax-examiner", "complete")
        with pytest.raises(AlreadyAnswered):
            report(task_id=number, answer="complete", text="", actor=examiner, at=now())
        assert OtherOfficerNeeded.code

    def test_shows_its_page_to_its_own_people_only(self, case_no: str) -> None:
        page = sign_in("tax-examiner").get("/back/connectors/tax/")
        assert "税务业务系统（演示连接器）" in page.content.decode()
        assert sign_in("amr-examiner").get("/back/connectors/tax/").status_code == 404
        assert Client().get("/back/connectors/tax/").status_code == 302

    def test_report_that_cannot_stand_is_kept_on_the_case_and_holds_nothing_up(self, case_no: str) -> None:
        from santai.back.cases.service import events_of
        from santai.exchange.contracts.service import LineSystemReported

        at, officer = now(), walk.official("tax-examiner")
        message = LineSystemReported(
            case_no=case_no, sub_case_no=f"{case_no}-sw", kind="defects", at=at.isoformat(), by=officer.name, defects=()
        )
        approvals.take_line_system_report(message=message, actor=officer, at=at)
        assert [event.public for event in events_of(case_no) if event.event == "line_report_refused"] == [False]
        assert open_tasks("tax-examiner"), "the step is still there to be answered properly"
