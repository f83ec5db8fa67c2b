"""The ten-minute demonstration: history through the real verbs, time, the way back; nowhere but in the demonstration city."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from santai.back.approvals.service import cards_of
from santai.back.cases.service import Case, SubCase
from santai.config.demo import board, history, service, snapshot
from santai.config.demo.walk import Plan, Walk
from santai.exchange.bus.service import queues
from santai.exchange.notices.adapters import send_sms
from santai.exchange.registers.service import sample_persons
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.jobs.service import sweeps
from tests.support.city import install

pytestmark = pytest.mark.django_db
UNEMPLOYMENT = "12189901MB6218027M5000714001000"
RESIDENCE = "11189901MB6214325N4000709021000"


@pytest.fixture(scope="module", autouse=True)
def _city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The packs once for this file, taken back after it; every test rolls back to them."""
    with django_db_blocker.unblock(), transaction.atomic():
        install("resident-basics", "enterprise-start")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def strict(settings: Any) -> None:
    settings.DEMO_STRICT = True


def _people() -> list[Any]:
    born = clocks.today() - timedelta(days=366 * 25)
    return [answer.fields for answer in sample_persons(count=40, born_before=born)]


def _walk(item: str, *traits: str, days_ago: int = 60, until: int = 0, rating: int = 0) -> Case:
    """One application filed at ten o'clock so many working days ago and walked up to ``until`` working days later (0: today)."""
    people = _people()
    day = clocks.add_working_days(clocks.today(), -days_ago)
    at = clocks.now().replace(year=day.year, month=day.month, day=day.day, hour=10, minute=0)
    end = clocks.now()
    if until:
        last = clocks.add_working_days(day, until)
        end = end.replace(year=last.year, month=last.month, day=last.day, hour=23)
    plan = Plan(item=item, received_at=at, person=people[3], others=people[4:6], traits=frozenset(traits), rating=rating, seed=11)
    walk = Walk(plan, until=end)
    walk.file()
    walk.walk()
    return Case.objects.get(case_no=walk.case_no)


def test_plans_are_the_same_for_the_same_seed_and_other_for_another() -> None:
    items, people = history._items(), _people()
    arguments: dict[str, Any] = {
        "months": 6, "count": 60, "today": clocks.today(), "now": clocks.now(), "people": people, "items": items,
    }  # fmt: skip
    first, second = history.plans(**arguments, seed=1), history.plans(**arguments, seed=1)
    assert first == second
    assert history.plans(**arguments, seed=2) != first
    assert {plan.item for plan in first} <= {item.code for item in items}
    assert len({plan.received_at.month for plan in first}) >= 6, "spread over the months"


def test_a_small_history_leaves_consistent_facts_and_an_undisturbed_clock(strict: None) -> None:
    before = clocks.now()
    written = history.write_history(months=6, count=8, seed=3)
    assert written.filed == 8 and not written.refused
    assert timedelta(0) <= clocks.now() - before < timedelta(minutes=5), "nobody's time moved"
    assert not [queue for queue in queues() if queue.pending or queue.waiting or queue.dead], "every message was applied"
    for view in hall.CaseView.objects.all():
        case = Case.objects.get(case_no=view.case_no)
        assert (view.state == "completed") == bool(case.completed_at)
        assert view.outcome == case.outcome
        assert case.received_at == view.received_at <= clocks.now()
        if case.completed_at:
            assert case.received_at < case.completed_at <= clocks.now()
            assert not [clock for part in case.sub_cases.all() for clock in clocks.clocks_of(f"subcase:{part.sub_case_no}")
                        if clock.state in ("running", "stopped")]  # fmt: skip
        times = [line.at for line in hall.lines_of(view.case_no)]
        assert min(times) >= view.received_at - timedelta(minutes=1)
        assert max(times) <= clocks.now()


def test_a_walk_takes_the_correction_round_and_ends_rated(strict: None) -> None:
    case = _walk(RESIDENCE, "correction", rating=2)
    assert case.corrected and case.outcome == "granted"
    correction = hall.correction_of(case.case_no)
    assert correction is not None and correction.answered_at is not None and correction.answered_at > correction.requested_at
    assert hall.licences_of_case(case.case_no), "the licence came out on the way"


def test_a_refusal_and_a_withdrawal_end_as_such(strict: None) -> None:
    assert _walk(RESIDENCE, "refused").outcome == "refused"
    assert _walk(RESIDENCE, "withdrawn").outcome == "withdrawn"


def test_a_late_decision_is_later_than_its_limit(strict: None) -> None:
    case = _walk(RESIDENCE, "late")
    part = SubCase.objects.get(case=case)
    limits = [clock for clock in clocks.clocks_of(f"subcase:{part.sub_case_no}") if clock.kind == "promised"]
    assert limits and part.finished_at is not None and part.finished_at > limits[0].due_at
    if "oversight.supervision.tick" in sweeps():
        assert cards_of(case.case_no), "supervision noticed on its own"


def test_the_joint_item_can_be_walked_by_other_people(strict: None) -> None:
    case = _walk("YJS-QYSL-01")
    assert case.outcome == "granted"
    assert case.sub_cases.count() >= 4
    assert case.facts["credit_code"]


def test_what_the_present_cuts_off_is_left_open_for_the_visitors(strict: None) -> None:
    case = _walk(RESIDENCE, "slow", days_ago=12)
    assert case.completed_at is None and case.accepted_at is not None


def test_fast_forward_brings_deemed_acceptance(strict: None) -> None:
    people = _people()
    now = clocks.now()
    walk = Walk(Plan(item=RESIDENCE, received_at=now - timedelta(minutes=5), person=people[0], others=people[1:3]), until=now)
    walk.file()
    service.fast_forward(4)
    assert Case.objects.get(case_no=walk.case_no).accepted_at is None
    service.fast_forward(3)
    case = Case.objects.get(case_no=walk.case_no)
    assert case.deemed_accepted and case.accepted_at == case.received_at
    view = hall.case_by_number(walk.case_no)
    assert view is not None and "accepted" in view.state + str([line.event for line in hall.lines_of(walk.case_no)])
    service.back_to_real_time()
    assert clocks.demo_shift() == timedelta(0)


def test_the_way_back_restores_every_row_and_keeps_numbers_unused(strict: None) -> None:
    first = _walk(UNEMPLOYMENT, days_ago=5)
    assert snapshot.keep() > 50
    assert service.kept_at() is not None
    second = _walk(UNEMPLOYMENT, days_ago=4)
    clocks.shift_demo_time(3)
    Client().get("/demo/")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # a test's own transaction still holds what truncating has to wait for
    seconds = service.go_back()
    assert seconds < 30
    assert list(Case.objects.values_list("case_no", flat=True)) == [first.case_no]
    assert not hall.CaseView.objects.filter(case_no=second.case_no).exists()
    assert clocks.demo_shift() == timedelta(0)
    third = _walk(UNEMPLOYMENT, days_ago=3)
    assert third.case_no not in (first.case_no, second.case_no)


def test_without_a_kept_copy_the_way_back_says_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists demo_snapshot cascade")
    with pytest.raises(service.NothingKept):
        service.go_back()


def test_nothing_of_it_works_in_a_real_city(settings: Any) -> None:
    settings.DEMO = False
    for act in (service.write_history, service.go_back, service.keep, service.back_to_real_time, lambda: service.fast_forward(1)):
        with pytest.raises(service.DemoCityOnly):
            act()  # type: ignore[operator]
    with pytest.raises(clocks.DemoOnly), clocks.at_demo_moment(clocks.now()):
        pass
    assert Client().get("/demo/").status_code == 404


def test_a_split_city_is_told_so(settings: Any) -> None:
    settings.ZONE = "front"
    with pytest.raises(service.OneZoneOnly):
        service.write_history()
    answer = Client().get("/demo/split/")
    assert answer.status_code == 503 and "演示工具" in answer.content.decode()


def test_the_pages_show_all_four_sides(strict: None) -> None:
    case = _walk("YJS-QYSL-01", days_ago=3, until=1)
    client = Client()
    for path in ("/demo/", "/demo/split/", f"/demo/split/{case.case_no}/", "/demo/clock/", "/demo/compare/", "/demo/phone/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
    text = client.get(f"/demo/split/{case.case_no}/panels/").content.decode()
    for word in ("前台", "中台", "后台", "监管", "申请已提交", "<svg", "市场监管局"):
        assert word in text, word
    assert client.get("/demo/split/99/panels/").status_code == 404


def test_the_comparison_counts_the_installed_form_and_materials() -> None:
    item = board.joint_item()
    assert item is not None
    found = board.comparison(item)
    assert found["asked"] > 100 and found["prefilled"] >= 3
    assert found["department_fields"] > found["asked"]
    assert {"upload"} == {material.source for material in found["upload"]}
    assert {"register", "generated", "form"} >= {material.source for material in found["free"]}
    assert all(row["saved"] >= 0 for row in found["rows"])


def test_time_moves_by_the_page_too(strict: None) -> None:
    client = Client()
    before = clocks.today()
    assert client.post("/demo/clock/", {"days": "1", "next": "/demo/split/"}).headers["Location"] == "/demo/split/"
    assert clocks.today() == clocks.add_working_days(before, 1)
    assert client.post("/demo/clock/", {"days": "1", "next": "https://elsewhere.example/"}).headers["Location"] == "/demo/clock/"
    client.post("/demo/clock/", {"days": "reset"})
    assert clocks.demo_shift() == timedelta(0)
    assert client.post("/demo/clock/", {"days": "999"}).status_code == 302
    assert clocks.demo_shift() == timedelta(0)


def test_every_persona_of_the_script_can_be_entered_from_the_start_page() -> None:
    from santai.config.demo.script import STEPS
    from santai.kernel.identity.service import demo_personas

    logins = {persona.login for persona in demo_personas()}
    for step in STEPS:
        assert not step.login or step.login in logins
    for login in sorted(logins):
        client = Client()
        answer = client.post("/kernel/identity/demo/become/", {"login": login, "then": "/demo/split/"})
        assert answer.status_code == 302 and answer.headers["Location"] == "/demo/split/", login
        assert client.get("/demo/").status_code == 200, login
    elsewhere = Client().post("/kernel/identity/demo/become/", {"login": "founder", "then": "https://elsewhere.example/"})
    assert "elsewhere" not in elsewhere.headers["Location"]


def test_the_phones_of_the_made_up_people_are_read_on_a_page(settings: Any, tmp_path: Any) -> None:
    settings.SMS_FILE = tmp_path / "sms.log"
    client = Client()
    assert "还没有短信" in client.get("/demo/sms/").content.decode()
    for number in (1, 2):
        send_sms(key=f"k{number}", phone="19981000001", text=f"验证码是 0777{number}", at=clocks.now())
    shown = client.get("/demo/sms/").content.decode()
    assert 0 < shown.index("7772") < shown.index("7771"), "the newest first"


def test_the_persona_is_switched_from_every_page_even_from_a_sheet_of_paper(client: Client) -> None:
    for address in ("/", "/front/hall/", f"/front/hall/items/{UNEMPLOYMENT}/print/", "/v/", "/demo/", "/front/ratings/", "/no-such-page/"):
        assert 'name="login"' in client.get(address).content.decode(), address
