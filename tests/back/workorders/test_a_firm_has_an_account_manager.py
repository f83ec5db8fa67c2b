"""客户经理: named for a firm by a department, sees its cases and cards, takes its problems to departments on a clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from santai.back.approvals.models import Card
from santai.back.workorders import service
from santai.front.space import service as space
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now, today
from santai.kernel.identity.service import holders_in
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

CITY = ZoneInfo("Asia/Shanghai")
FIRM = "91189901MA8100037P"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def holder(post: str, organisation: str = "reform") -> str:
    found = next(one for one in holders_in(organisation, on=today()) if one.post_id == post)
    return f"{found.account.id}:{post}"


def firm_name() -> str:
    return walk.company("shareholder3", FIRM)[2].name


def named(**changes: str) -> service.AccountManager:
    entry = {
        "firm_code": FIRM,
        "firm_name": firm_name(),
        "holder": holder("reform-examiner"),
        "phone": "0189-62244438",
        "since": today().isoformat(),
        "until": "",
        **changes,
    }
    manager = service.name_manager(**entry, actor=walk.official("reform-decider"), at=now())
    walk.deliver()
    return manager


def file_case() -> str:
    """A case with the firm as its applicant, and a card about it."""
    case_no = walk.file_joint()
    case = walk.case(case_no)
    case.applicant = {**case.applicant, "kind": "organisation", "code": FIRM, "name": firm_name()}
    case.applicant_name = firm_name()
    case.save()
    Card.objects.create(
        card_no="YP-1", level="yellow", case_no=case_no, organisation="tax", rule="accept-5", text="受理超时", issued_at=now()
    )
    return case_no


class TestAnAccountManager:
    @pytest.mark.requirement("FD-006", part="sees the firm's cases and cards on one page")
    def test_sees_the_firms_cases_of_every_department_with_their_cards(self) -> None:
        case_no, manager = file_case(), named()
        file = service.access_firm(manager.id, walk.official("reform-examiner"), on=today())
        assert [(one.case.case_no, [card.card_no for card in one.cards]) for one in file.cases] == [(case_no, ["YP-1"])]
        page = sign_in("reform-examiner").get(reverse("back_workorders:firm", args=[manager.id])).content.decode()
        assert "受理超时" in page and firm_name() in page
        assert firm_name() in sign_in("reform-examiner").get(reverse("back_workorders:firms")).content.decode()

    def test_is_nobody_elses_page_and_ends_with_the_naming(self) -> None:
        manager = named()
        for other in ("reform-decider", "tax-examiner"):
            assert sign_in(other).get(reverse("back_workorders:firm", args=[manager.id])).status_code == 404
        service.end_manager(manager=manager.id, actor=walk.official("reform-decider"), at=now())
        assert sign_in("reform-examiner").get(reverse("back_workorders:firm", args=[manager.id])).status_code == 404
        named()  # another may follow at once

    def test_is_named_by_the_head_of_the_own_department_once_at_a_time(self) -> None:
        with pytest.raises(NotAllowed):
            service.name_manager(
                firm_code=FIRM, firm_name="x", holder="", phone="", since="", until="", actor=walk.official("reform-examiner"), at=now()
            )
        with pytest.raises(service.ManagerIncomplete) as refused:
            named(firm_code="911", firm_name=" ", holder=holder("tax-examiner", "tax"), phone="电话", since="2020-01-01", until="下周")
        assert set(refused.value.fields) == {"firm_code", "firm_name", "holder", "phone", "since", "until"}
        named()
        with pytest.raises(service.ManagerThere):
            named()

    @pytest.mark.requirement("FD-006", part="is shown with name, post and phone in the space of the firm")
    def test_stands_in_the_space_of_the_firm_until_the_naming_ends(self) -> None:
        manager = named()
        _, _, party = walk.company("shareholder3", FIRM)
        shown = space.firm_page(party, today()).managers
        assert [(one.person, one.post, one.phone) for one in shown] == [(manager.person, manager.post_title, "0189-62244438")]
        service.end_manager(manager=manager.id, actor=walk.official("reform-decider"), at=now())
        walk.deliver()
        assert not space.firm_page(party, today()).managers


class TestAProblem:
    @pytest.mark.requirement("FD-006", part="takes problems to departments on a clock")
    def test_is_a_case_of_the_department_with_five_working_days(self) -> None:
        manager = named()
        actor = walk.official("reform-examiner")
        problem = service.open_problem(manager=manager.id, organisation="tax", text="发票额度不够", actor=actor, at=now())
        subject = f"case:{problem.case_id}"
        assert [(clock.rule, clock.is_open) for clock in clocks_of(subject)] == [("firm-problem", True)]
        page = reverse("back_workorders:problem", args=[problem.case_id])
        assert sign_in("eco-examiner").get(page).status_code == 404
        client = sign_in("tax-examiner")
        assert client.post(page, {"text": ""}).status_code == 422
        assert client.post(page, {"text": "已提高到每月五十份。"}).status_code == 302
        assert [clock.state for clock in clocks_of(subject)] == ["met"]
        assert walk.case(problem.case_id).is_open is False
        assert "已提高到每月五十份" in sign_in("reform-examiner").get(page).content.decode()
        with pytest.raises(service.StepDone):
            service.answer_problem(case_no=problem.case_id, answer="再答", actor=walk.official("tax-examiner"), at=now())

    def test_without_words_or_department_keeps_the_page_and_says_so(self) -> None:
        manager = named()
        answer = sign_in("reform-examiner").post(reverse("back_workorders:firm", args=[manager.id]), {"organisation": "nobody", "text": ""})
        said = answer.content.decode()
        assert answer.status_code == 422 and "请选择承办部门" in said and "请写明企业遇到的问题" in said
