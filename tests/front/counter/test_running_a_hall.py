"""Hours apart from the statutory calendar, what could not be got done, a helper's clients, a wrongly chosen item."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from santai.back.cases.service import Case, current_content
from santai.front.counter import service as counter
from santai.front.counter.rules.hours import read_hours
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import add_working_days, clocks_of, is_working_day, now, today
from santai.kernel.forms.service import dated
from santai.kernel.ledger.service import Actor
from tests.support import walk, window

pytestmark = pytest.mark.usefixtures("city_db")
Enter = Callable[..., Client]


class TestTheHallsCalendar:
    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("09:00-12:00 13:30-17:00", "09:00-12:00 13:30-17:00"),
            ("09：00—17：00", "09:00-17:00"),
            ("", ""),
            ("9点到5点", None),
            ("17:00-09:00", None),
            ("09:00-12:00 11:00-13:00", None),
            ("25:00-26:00", None),
        ],
    )
    def test_reads_hours_as_people_write_them(self, text: str, read: str | None) -> None:
        assert read_hours(text) == read

    def test_opens_a_saturday_that_stays_no_working_day(self) -> None:
        """周六延时: the doors open; no limit runs differently (行政许可法 82)."""
        at, chief = now(), walk.official("asc-chief")
        saturday = today() + timedelta(days=(5 - today().weekday()) % 7 or 7)
        while is_working_day(saturday):
            saturday += timedelta(days=7)
        before = [add_working_days(saturday - timedelta(days=1), days) for days in range(1, 8)]
        counter.set_day(day=saturday.isoformat(), hours="09:00-12:00", note="周六延时服务", actor=chief, at=at)
        assert (saturday, "09:00-12:00", "周六延时服务") in counter.days_open("asc", today())
        assert not is_working_day(saturday)
        assert [add_working_days(saturday - timedelta(days=1), days) for days in range(1, 8)] == before

    def test_is_kept_by_those_who_lead_the_hall(self) -> None:
        with pytest.raises(NotAllowed):
            counter.set_week(hours={1: "09:00-17:00"}, actor=window.clerk(), at=now())

    def test_says_at_the_field_what_is_wrong_and_is_public(self, enter: Enter) -> None:
        chief = enter("asc-chief")
        answer = chief.post("/front/counter/calendar/", {"act": "week", "day-1": "九点", "day-2": "09:00-17:00"})
        assert answer.status_code == 422 and 'value="九点"' in answer.content.decode()
        assert chief.post("/front/counter/calendar/", {"act": "week", "day-1": "09:00-17:00"}).status_code == 302
        past = {"act": "day", "day": "2020-01-01", "hours": "", "note": "x"}
        assert chief.post("/front/counter/calendar/", past).status_code == 422
        shown = enter().get("/front/counter/hours/", headers={"accept-language": "en"})
        assert "09:00-17:00" in shown.content.decode() and "Closed" in shown.content.decode()


class TestATrouble:
    GOOD: dict[str, str] = {"person_name": "周文", "phone": "", "about": "居住证", "what": "三个窗口都说不归自己办"}

    def test_has_an_owner_and_a_clock_until_the_person_was_told(self) -> None:
        clerk, chief = window.clerk(), walk.official("asc-chief")
        trouble = counter.raise_trouble(**self.GOOD, owner=chief.account, actor=clerk, at=now())
        assert trouble.owner_name.startswith(chief.name) and clocks_of(f"trouble:{trouble.number}")[0].state == "running"
        with pytest.raises(NotAllowed):
            counter.answer_trouble(number=trouble.number, outcome="solved", answer="已经引导到公安窗口办成。", actor=clerk, at=now())
        counter.answer_trouble(number=trouble.number, outcome="solved", answer="已经引导到公安窗口办成。", actor=chief, at=now())
        assert clocks_of(f"trouble:{trouble.number}")[0].state == "met"
        with pytest.raises(counter.Incomplete):
            counter.close_trouble(number=trouble.number, told_how="", actor=clerk, at=now())
        assert counter.close_trouble(number=trouble.number, told_how="电话回访，满意", actor=clerk, at=now()).state == "closed"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"person_name": ""}, "person_name"),
            ({"what": "难"}, "what"),
            ({"phone": "1"}, "phone"),
            ({"about": ""}, "about"),
            ({"owner": "x"}, "owner"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, changes: dict[str, str], field: str) -> None:
        sent = {**self.GOOD, "owner": walk.official("asc-chief").account, **changes}
        with pytest.raises(counter.Incomplete) as refused:
            counter.raise_trouble(**sent, actor=window.clerk(), at=now())
        assert field in refused.value.fields

    def test_walks_through_its_pages(self, enter: Enter) -> None:
        client = enter("clerk")
        sent = {**self.GOOD, "owner": walk.official("asc-chief").account}
        assert client.post("/front/counter/troubles/", {**sent, "what": ""}).status_code == 422
        page = client.post("/front/counter/troubles/", sent, follow=True)
        assert "由负责人作出结论" in page.content.decode()
        number = counter.Trouble.objects.get().number
        chief = enter("asc-chief")
        url = f"/front/counter/troubles/{number}/"
        assert chief.post(url, {"act": "answer", "outcome": "", "answer": "好"}).status_code == 422
        done = chief.post(url, {"act": "answer", "outcome": "explained", "answer": "依法由户籍地办理，已说明。"}, follow=True)
        assert "依法不能办" in done.content.decode() and "周文" in enter("supervisor").get("/front/counter/troubles/").content.decode()


def assistant() -> Actor:
    return walk.official("asc-assistant")


class TestAHelper:
    def add(self, **changes: Any) -> counter.HelperClient:
        entry = {
            "kind": "person", "code_kind": "resident-id", "code": window.PERSON["code"], "name": "周文", "phone": "",
            "authority": "代办委托书（2026年11月2日）原件", "valid_to": (today() + timedelta(days=60)).isoformat(), **changes,
        }  # fmt: skip
        return counter.add_client(**entry, actor=assistant(), at=now())

    def test_begins_for_a_client_only_while_the_paper_runs(self) -> None:
        entry = {"identified_by": "authorised", "authority": "代办委托书"}
        with pytest.raises(counter.VisitIncomplete) as refused:
            window.step_up(assistant(), **entry)
        assert "identified_by" in refused.value.fields
        client = self.add()
        intake = window.begin(window.step_up(assistant(), **entry), actor=assistant())
        window.look(intake, actor=assistant())
        case_no = window.take_in(intake, actor=assistant())
        assert walk.case(case_no).applicant_name == "周文"
        assert [one.case_no for one in counter.cases_of_client(client, today())] == [case_no]
        assert counter.cases_of_client(client, client.valid_to + timedelta(days=1)) == [], "the authority is over"
        counter.close_visit(number=intake.visit_id, actor=assistant(), at=now())
        counter.end_client(client=client.id, why="事情办完了", actor=assistant(), at=now())
        with pytest.raises(counter.VisitIncomplete):
            window.step_up(assistant(), **entry)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"code": "1"}, "code"),
            ({"name": ""}, "name"),
            ({"authority": ""}, "authority"),
            ({"valid_to": "下个月"}, "valid_to"),
            ({"valid_to": "2020-01-01"}, "valid_to"),
            ({"valid_to": "2099-01-01"}, "valid_to"),
        ],
    )
    def test_is_told_at_the_field_what_is_wrong(self, changes: dict[str, str], field: str) -> None:
        with pytest.raises(counter.Incomplete) as refused:
            self.add(**changes)
        assert field in refused.value.fields

    def test_sees_their_own_clients_on_a_page(self, enter: Enter) -> None:
        self.add()
        client = enter("assistant")
        assert "周文" in client.get("/front/counter/clients/").content.decode()
        found = counter.HelperClient.objects.get()
        page = client.post(f"/front/counter/clients/{found.id}/", {"act": "begin"}, follow=True)
        assert "办什么" in page.content.decode()
        assert "周文" not in enter("clerk").get("/front/counter/clients/").content.decode(), "another's client"


class TestAWronglyChosenItem:
    def test_goes_on_under_the_right_one_with_its_entries_and_time_of_receipt(self) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        old = window.take_in(intake)
        received = walk.case(old).received_at
        moved = self._move(visit, old, agreed=True)
        later = now() + timedelta(hours=1)
        draft = window.draft_of(moved)
        assert draft.data["address"] == window.RESIDENCE["address"], "asked once"
        data = {
            "unemployed_on": "@-30d",
            "reason": "contract",
            "former_employer": "某公司",
            "education": "20",
            "help": ["job"],
            "insured": False,
        }

        filled = {**draft.data, **dated(data, today()), "pledge": True}
        counter.save_intake(
            intake_id=moved.id,
            data=filled,
            reviews={},
            revision=draft.revision,
            page="",
            actor=window.clerk(),
            at=later,
        )
        new = counter.file_intake(intake_id=moved.id, signature="confirmed", actor=window.clerk(), at=later).case_no
        walk.deliver()
        assert walk.case(new).received_at == received
        assert walk.case(new).facts["assistance"]["moved_from"] == old
        assert walk.case(old).outcome == Case.Outcome.WITHDRAWN
        assert current_content(walk.case(new)).content["address"] == window.RESIDENCE["address"]

    def _move(self, visit: counter.Visit, case_no: str, *, agreed: bool) -> counter.Intake:
        return counter.move_case(
            number=visit.number,
            case_no=case_no,
            item_code=walk.item_code("失业登记"),
            situation={},
            agreed=agreed,
            actor=window.clerk(),
            at=now(),
        )

    def test_needs_consent_the_applicants_own_case_and_no_acceptance_yet(self) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        old = window.take_in(intake)
        with pytest.raises(counter.Incomplete) as refused:
            self._move(visit, old, agreed=False)
        assert "agreed" in refused.value.fields
        stranger = window.step_up(person_name="刘一", code="189901198001010015")
        with pytest.raises(counter.Unknown):
            self._move(stranger, old, agreed=True)
        walk.check(old, walk.official("police-examiner"))
        walk.deliver()
        with pytest.raises(counter.MovedTooLate):
            self._move(visit, old, agreed=True)

    def test_can_be_moved_again_after_a_move_that_was_left_and_into_an_open_intake(self) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        old = window.take_in(intake)
        left = self._move(visit, old, agreed=True)
        counter.close_visit(number=visit.number, actor=window.clerk(), at=now())
        again = window.step_up()
        code = walk.item_code("失业登记")
        opened = counter.start_intake(number=again.number, item_code=code, situation={}, actor=window.clerk(), at=now())
        moved = self._move(again, old, agreed=True)
        left.refresh_from_db()
        assert (moved.id, moved.moved_from, left.state) == (opened.id, old, "dropped")
        assert self._move(again, old, agreed=True).id == moved.id, "a second press"

    def test_is_offered_on_the_persons_page(self, enter: Enter) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        old = window.take_in(intake)
        client = enter("clerk")
        assert f"?move={old}" in client.get(f"/front/counter/visits/{visit.number}/").content.decode()
        code = walk.item_code("失业登记")
        url = f"/front/counter/visits/{visit.number}/start/{code}/"
        assert client.post(url, {"move": old}).status_code == 422
        assert client.post(url, {"move": old, "agreed": "on"}).status_code == 302
