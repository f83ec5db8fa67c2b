"""The calendar, the rules and the explanation as people meet them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory

from santai.kernel.clocks import service as clocks
from santai.kernel.clocks import views
from santai.kernel.clocks.actions import authority
from santai.kernel.clocks.forms import read_schedule
from santai.kernel.ledger.service import Actor

CITY = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anyone_in_a_post_edits() -> Iterator[None]:
    before = authority._authority
    authority._authority = None
    yield
    authority._authority = before


@pytest.fixture
def post(rf: RequestFactory, head: Actor) -> Callable[..., HttpRequest]:
    from django.contrib.messages.storage.fallback import FallbackStorage

    def make(path: str, data: dict[str, str], actor: Actor | None = head) -> HttpRequest:
        request = rf.post(path, data)
        request.actor = actor  # type: ignore[attr-defined]
        request.session = {}  # type: ignore[assignment]
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return request

    return make


def test_the_year_shows_holidays_and_make_up_days_in_words(client: Client) -> None:
    page = client.get("/kernel/clocks/?year=2026").content.decode()
    assert 'data-kind="makeup"' in page
    assert "2026年2月14日（周六）" in page
    assert "春节" in page
    assert "/kernel/clocks/day/" not in page  # nothing to edit for a visitor


def test_a_year_without_a_schedule_says_so(client: Client) -> None:
    assert "尚未装入" in client.get(f"/kernel/clocks/{max(clocks.years_loaded()) + 1}/").content.decode()
    assert client.get("/kernel/clocks/1999/").status_code == 404
    assert client.get("/kernel/clocks/day/2026-02-30/").status_code == 404


def test_a_day_is_edited_with_a_reason_and_refused_without(post: Callable[..., HttpRequest], founder: Actor) -> None:
    path = "/kernel/clocks/day/2026-03-05/"
    refused = views.day_page(post(path, {"kind": "holiday", "reason": ""}), "2026-03-05")
    assert refused.status_code == 422
    assert views.day_page(post(path, {"kind": "holiday", "reason": "台风"}, founder), "2026-03-05").status_code == 422
    assert views.day_page(post(path, {"kind": "holiday", "reason": "台风"}, None), "2026-03-05").status_code == 422
    assert clocks.is_working_day(date(2026, 3, 5))
    done = views.day_page(post(path, {"kind": "holiday", "name": "台风停工", "reason": "台风"}), "2026-03-05")
    assert done.status_code == 302
    assert not clocks.is_working_day(date(2026, 3, 5))


def test_a_whole_year_is_typed_in_and_reads_back(post: Callable[..., HttpRequest]) -> None:
    unknown = max(clocks.years_loaded()) + 1
    saturday = next(date(unknown, 1, day) for day in range(9, 16) if date(unknown, 1, day).weekday() == 5)
    text = f"{unknown}-01-01 至 {unknown}-01-03 休 元旦\n{saturday} 班 元旦调休上班\n"
    wrong = views.load_page(post("/x", {"days": f"{unknown}-01-01 放假", "source": "通知"}), unknown)
    assert wrong.status_code == 422
    assert views.load_page(post("/x", {"days": text, "source": ""}), unknown).status_code == 422
    assert views.load_page(post("/x", {"days": text, "source": "放假通知"}), unknown).status_code == 302
    assert unknown in clocks.years_loaded()
    assert read_schedule(clocks.schedule_text(unknown)) == read_schedule(text)


def test_the_rules_name_their_law(client: Client) -> None:
    page = client.get("/kernel/clocks/rules/").content.decode()
    assert "《中华人民共和国行政许可法》第四十二条" in page
    assert "经本行政机关负责人批准，最多延长 10 个工作日，1 次" in page


def test_a_deadline_explains_itself_on_a_page_and_as_a_fragment(client: Client, examiner: Actor) -> None:
    received = datetime(2025, 9, 25, 10, 0, tzinfo=CITY)
    clock = clocks.start_clock(rule="xk-decision-20", subject="case:1", event_at=received, actor=examiner, at=received)
    page = client.get(f"/kernel/clocks/explain/{clock.id}/").content.decode()
    fragment = client.get(f"/kernel/clocks/explain/{clock.id}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page and "<html" not in fragment
    for text in (page, fragment):
        assert "国庆节" in text and "第 20 日" in text and "调休上班" in text
    assert client.get("/kernel/clocks/explain/00000000-0000-7000-8000-000000000000/").status_code == 404


def test_outside_the_demonstration_only_an_official_of_the_case_reads_who_extended_it_and_why(
    examiner: Actor, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    received = datetime(2025, 9, 25, 10, 0, tzinfo=CITY)
    clock = clocks.start_clock(rule="xk-decision-20", subject="thing:1-a", event_at=received, actor=examiner, at=received)
    asked: list[str] = []
    monkeypatch.setitem(authority._readers, "thing", lambda actor, name: asked.append(name) or actor.post == examiner.post)
    person = Actor(kind="person", account="p", name="路人")
    stranger = Actor(kind="official", account="o", name="他人", post="elsewhere", organisation="elsewhere")
    for actor, status in ((None, 404), (person, 404), (stranger, 404), (examiner, 200)):
        request = RequestFactory().get("/x", headers={"HX-Request": "true"})
        request.actor = actor  # type: ignore[attr-defined]
        try:
            answer = views.explain_page(request, clock.id).status_code
        except Http404:
            answer = 404
        assert answer == status, actor
    assert asked == ["1-a", "1-a"], "a person is not even asked about"
    assert not clocks.may_read_clock(examiner, "unknown:1"), "deny by default"
