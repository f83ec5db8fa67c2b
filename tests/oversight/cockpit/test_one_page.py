"""The leader's page: from counters, the same cost at any size, each figure with its way down, nothing for strangers."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from santai.exchange.contracts.service import CaseRated
from santai.kernel.clocks.service import now, today
from santai.kernel.codes.service import new_id
from santai.kernel.identity.service import Account, holdings_of
from santai.oversight.cockpit.rules import Line, against, finding_on_time, finding_running, lines_of
from santai.oversight.supervision import service as supervision
from santai.oversight.supervision.models import Card
from tests.oversight.supervision.stories import Story, limit
from tests.support.city import install


@pytest.fixture(scope="module")
def city_installed(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        install("demo-city")


@pytest.fixture
def city(city_installed: None, db: None) -> None:
    """The demonstration city, nothing filed."""


def client_of(login: str) -> Client:
    account = Account.objects.get(login=login)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": holdings_of(account, today()).first().post_id}
    session.save()
    return client


def finished(number: int, *, late: bool = False, organisation: str = "amr") -> Story:
    at = now()
    story = Story(f"1899012026{number:010d}", organisation=organisation)
    story.received(at)
    story.accepted(at, limit(start=at, clock=f"c{number}"))
    end = limit(
        start=at, clock=f"c{number}", state="missed" if late else "met", finished_at=(at + timedelta(days=30 if late else 0)).isoformat()
    )
    story.decided(at, end)
    story.completed(at)
    return story


def running(number: int, organisation: str = "amr", due: datetime | None = None) -> Story:
    at = now()
    story = Story(f"1899012026{number:010d}", organisation=organisation)
    story.received(at)
    story.accepted(at, limit(start=at, length=10, clock=f"c{number}", due=due))
    return story


def fold() -> None:
    while supervision.fold_tallies():
        pass


def test_the_figures_come_from_the_facts(city: None) -> None:
    finished(1)
    finished(2)
    story = finished(3, late=True)
    running(4, due=now() + timedelta(minutes=5))
    running(5, "police", due=now() - timedelta(minutes=5))
    running(6, "police")
    rated = CaseRated(case_no=story.case_no, level=5, rated_at=now().isoformat())
    supervision.note_rating(message=rated, message_id=new_id(), at=now())
    fold()
    page = client_of("leader").get("/oversight/cockpit/")
    shown = page.context["shown"]
    assert (shown.filed, shown.running, shown.due, shown.overdue, shown.bad) == (6, 3, 1, 1, 1)
    assert shown.rate.percent == 66.7
    amr, police = (next(line for line in shown.lines if line.code == code) for code in ("amr", "police"))
    assert (amr.running, amr.finished, amr.late) == (1, 3, 1)
    assert (police.running, police.overdue, police.percent) == (2, 1, None)
    text = page.content.decode()
    for way in ("show=filed&amp;day=", "show=running", "show=due", "show=overdue", "show=late&amp;month=", "state=pending", "show=bad"):
        assert way in text


def test_each_figure_leads_to_as_many_cases_as_it_says(city: None) -> None:
    finished(1, late=True)
    running(2, due=now() + timedelta(minutes=5))
    running(3, due=now() - timedelta(minutes=5))
    fold()
    client = client_of("leader")
    day, month = today().isoformat(), f"{today():%Y-%m}"
    for query, count in (
        (f"show=filed&day={day}", 3),
        ("show=due", 1),
        ("show=overdue", 1),
        (f"show=late&month={month}", 1),
        ("show=running", 2),
    ):
        assert len(client.get(f"/oversight/supervision/cases/?{query}").context["rows"]) == count, query


def test_the_page_costs_the_same_at_any_number_of_cases(city: None) -> None:
    client = client_of("leader")
    running(1)
    fold()
    client.get("/oversight/cockpit/")

    def cost() -> int:
        client.get("/oversight/cockpit/")  # what a process asks for once a second (the time) is not the page's
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/oversight/cockpit/").status_code == 200
        return len([one for one in caught if "kernel_clocks_pulse" not in one["sql"]])

    few = cost()
    for number in range(2, 40):
        running(number, "police" if number % 2 else "amr")
    fold()
    assert cost() == few


def test_an_empty_city_says_what_will_be_here(city: None) -> None:
    assert "还没有办件" in client_of("leader").get("/oversight/cockpit/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/oversight/cockpit/", "/oversight/cockpit/departments.csv", "/oversight/supervision/", "/oversight/supervision/cards/export/"],
)
def test_only_leaders_and_supervisors_may_look(city: None, address: str) -> None:
    assert client_of("police-examiner").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of("supervisor").get(address).status_code == 200


def test_a_leader_may_look_at_a_card_but_not_act_on_it(city: None) -> None:
    story = running(1)
    story.tell("decided", now(), outcome="refused", state="finished")
    fold()
    card = Card.objects.get()
    client = client_of("leader")
    page = client.get(f"/oversight/supervision/cards/{card.card_no}/")
    assert page.status_code == 200 and not page.context["may_act"]
    assert client.post(f"/oversight/supervision/cards/{card.card_no}/", {"act": "escalate", "text": "尽快"}).status_code == 422
    card.refresh_from_db()
    assert card.escalated_at is None
    done = client_of("supervisor").post(f"/oversight/supervision/cards/{card.card_no}/", {"act": "escalate", "text": "尽快"})
    assert done.status_code == 302
    card.refresh_from_db()
    assert card.escalated_at is not None


def test_the_export_holds_no_live_formula(city: None) -> None:
    story = running(1)
    story.name = "=cmd|' /C calc'!A0"
    story.tell("decided", now(), outcome="refused", state="finished")
    lines = b"".join(client_of("supervisor").get("/oversight/supervision/cards/export/").streaming_content).decode("utf-8-sig").splitlines()
    assert "监察编号" in lines[0]
    assert "'=cmd" in lines[1] and ",=cmd" not in lines[1]


def test_findings_are_sentences() -> None:
    names = {"a": "甲局", "b": "乙局"}
    lines = lines_of(
        names,
        {"a": {"parts_running": 3}, "b": {"parts_running": 5, "pending_red": 1}},
        {"a": {"overdue": 1}},
        {"b": {"on_time": 3, "late": 1}},
    )
    assert [line.code for line in lines] == ["a", "b"]
    assert finding_running(lines) == "乙局在办最多（5 件），全区已超期 1 件"
    assert finding_on_time(lines) == "1 个部门本月有超期办结，乙局按期率最低（75%）"
    assert finding_on_time([Line("a", "甲局", 1, 0, 0, 0, 2, 0)]) == "本月有办结的 1 个部门全部按期"
    assert against(3, 5, "昨天") == "比昨天少 2 件"
