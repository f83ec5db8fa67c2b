"""Front, exchange and back as separate processes on three databases, started by santai's own installation and supervisor.

Short: an item settled on the spot, with the exchange away for a while. System: the founder's whole story in browsers before the pages of
the three zones (tests/support/founder.py, the same as in tests/journeys/), its files and licences across the links, and once more while
the exchange is stopped half-way.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import browser, new_page, no_console_errors, shot
from tests.support.founder import FoundersStory
from tests.support.running_city import RunningCity, Unanswered, running_city

__all__ = ["browser"]  # a fixture
HOME = Path(os.environ["SANTAI_VAR"]) / "zones"
BRANCHES = {"gs", "sw", "cz", "zj", "tj", "wz", "hb"}

LEFT = "select name, destination, state, error from exchange_bus_delivery where state <> 'done' and name <> 'exchange.bus.watermark'"


@pytest.fixture(scope="module")
def city() -> Iterator[RunningCity]:
    with running_city(HOME, zones=True, packs="resident-basics,enterprise-start", workers=1) as running:
        yield running


def until(look: Callable[[], dict[str, Any]], meets: Callable[[dict[str, Any]], bool], *, seconds: float = 40) -> dict[str, Any]:
    """Look until what is seen meets the wish; fails with what was seen last."""
    end = time.monotonic() + seconds
    seen: dict[str, Any] = {}
    while time.monotonic() < end:
        seen = look()
        if meets(seen):
            return seen
        time.sleep(0.2)
    raise AssertionError(seen)


def offered(city: RunningCity, name: str, **arguments: Any) -> str:
    """File; items may still be on their way from the exchange to the front."""
    end = time.monotonic() + 40
    while True:
        try:
            return str(city.act(name, zone="front", **arguments)["case_no"])
        except AssertionError as refused:
            if "item_not_offered" not in str(refused) or time.monotonic() > end:
                raise
            time.sleep(0.3)


def front(city: RunningCity, case_no: str) -> Callable[[], dict[str, Any]]:
    return lambda: city.act("front", zone="front", case_no=case_no)


def back(city: RunningCity, case_no: str) -> Callable[[], dict[str, Any]]:
    return lambda: city.act("back", zone="back", case_no=case_no)


def nothing_left(city: RunningCity) -> None:
    """Every queue of every zone is empty and nothing was set aside; a fact took effect once."""
    for zone in ("front", "exchange", "back"):
        with city.database(zone) as db:
            until(lambda db=db: {"left": db.execute(LEFT).fetchall()}, lambda seen: not seen["left"], seconds=30)  # type: ignore[misc]
    with city.database("front") as db:
        twice = "select case_no, event, branch from front_hall_caseline group by 1, 2, 3, at having count(*) > 1"
        assert db.execute(twice).fetchall() == []


@pytest.mark.requirement("FD-005", part="front, middle and back as one chain of separate processes on three databases")
@pytest.mark.requirement("FN-008", part="components deployed apart, combined over the network by messages and queries")
@pytest.mark.requirement("BO-015", part="filed in the outer zone, handled in the inner one, result back in the outer one")
def test_an_item_walks_through_three_zones(city: RunningCity) -> None:
    case_no = offered(city, "file", login="resident")
    seen = until(back(city, case_no), lambda case: bool(case.get("tasks")))
    assert seen["parts"] == {"main": ["checking", ""]}
    until(front(city, case_no), lambda view: view["step"] == "收件审查")
    city.act("settle", zone="back", case_no=case_no)
    seen = until(front(city, case_no), lambda view: view["state"] == "completed")
    assert seen["outcome"] == "granted"
    assert [event for event, _ in seen["lines"]] == ["submitted", "received", "accepted", "decided", "completed"]
    assert [clock["state"] for clock in seen["clocks"]] == ["met"]
    nothing_left(city)


def test_the_front_goes_on_while_the_exchange_is_away(city: RunningCity) -> None:
    offered(city, "file", login="resident")
    city.stop_zone("exchange")
    filed = [city.act("file", zone="front", login=login)["case_no"] for login in ("buyer", "patient", "carer") for _ in range(3)]
    seen = city.act("front", zone="front", case_no=filed[0])
    assert (seen["state"], seen["step"]) == ("submitted", "已提交"), "the applicant has a number, and sees that it was filed"
    assert all(city.act("back", zone="back", case_no=case_no) == {} for case_no in filed)
    with pytest.raises(Unanswered):
        city.act("front", zone="exchange", case_no=filed[0])
    city.start_zone("exchange")
    for case_no in filed:
        until(back(city, case_no), lambda case: bool(case.get("tasks")))
    with city.database("back") as db:
        arrived = [row[0] for row in db.execute("select case_no from back_cases_caseevent where event = 'received' order by id")]
    assert sorted(case_no for case_no in arrived if case_no in filed) == sorted(filed), "each once"
    for case_no in filed:
        city.act("settle", zone="back", case_no=case_no)
    for case_no in filed:
        seen = until(front(city, case_no), lambda view: view["state"] == "completed")
        told = [event for event, _ in seen["lines"] if event != "licence_issued"]  # sealed after the commit, whenever that is
        assert told == ["submitted", "received", "accepted", "decided", "completed"], "in order"
    nothing_left(city)


class ThreeZones:
    """The founder's stage in a split city: residents before the front's pages, officials before the back's.

    What is under way travels by itself; ``arrive`` waits for it, except while the exchange is away.
    """

    def __init__(self, city: RunningCity, browser: Browser) -> None:
        self.city = city
        self.browser = browser
        self.zones: dict[Page, str] = {}
        self.away = False

    def _open(self, zone: str, **options: Any) -> Page:
        page = new_page(self.browser, f"http://127.0.0.1:{self.city.family(zone).port}", **options)
        self.zones[page] = zone
        return page

    def visitor(self, **options: Any) -> Page:
        return self._open("front", **options)

    def official(self) -> Page:
        return self._open("back")

    def enter(self, page: Page, login: str) -> None:
        zone = self.zones[page]
        cookies = self.city.sign_in(login, zone=zone).cookies
        url = f"http://127.0.0.1:{self.city.family(zone).port}"
        page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])

    def arrive(self, *, made: bool = False) -> None:
        if not self.away:
            nothing_under_way(self.city)

    def case(self, case_no: str) -> dict[str, Any]:
        return self.city.act("watched", zone="back", case_no=case_no)

    def cases_of(self, draft: str) -> list[str]:
        with self.city.database("front") as db:
            filed = [row[0] for row in db.execute("select case_no from front_hall_application where draft::text = %s", [draft])]
        with self.city.database("back") as db:
            return [row[0] for row in db.execute("select case_no from back_cases_case where case_no = any(%s) order by 1", [filed])]

    def look(self, page: Page, name: str = "") -> None:
        no_console_errors(page)
        shot(page, f"zones-{name or 'page'}")

    def close(self) -> None:
        for page in self.zones:
            page.context.close()


# What a zone still has to do, in one statement each: letters on their way, and in back and exchange the papers and licences to be made.
UNDER_WAY = "select (select count(*) from exchange_bus_delivery where state in ('pending', 'waiting') and name <> 'exchange.bus.watermark')"
TO_MAKE = {
    "front": "",
    "exchange": " + (select count(*) from exchange_licences_licence where sealed_at is null)",
    "back": " + (select count(*) from back_approvals_serveddocument where digest = '')",
}


def nothing_under_way(city: RunningCity, *, seconds: float = 60) -> None:
    """Wait until no zone has anything to do. Two rounds of nothing: what one zone hands on the next has before."""
    end = time.monotonic() + seconds
    quiet = 0
    with contextlib.ExitStack() as opened:
        held = {zone: opened.enter_context(city.database(zone)) for zone in TO_MAKE}
        while quiet < 2:
            left = {zone: held[zone].execute(UNDER_WAY + more).fetchone() for zone, more in TO_MAKE.items()}
            quiet = quiet + 1 if all(one == (0,) for one in left.values()) else 0
            assert time.monotonic() < end, left
            if not quiet:
                time.sleep(0.1)


@pytest.fixture
def stage(city: RunningCity, browser: Browser) -> Iterator[ThreeZones]:
    expect.set_options(timeout=15_000)
    stage = ThreeZones(city, browser)
    yield stage
    stage.close()
    expect.set_options(timeout=5_000)


def check_joint(city: RunningCity, case_no: str) -> None:
    """Everything lies where it belongs, after the story: papers and licences in the front, materials in the back, nothing twice."""
    seen = city.act("front", zone="front", case_no=case_no)
    assert (seen["state"], seen["outcome"]) == ("completed", "granted")
    assert seen["files_missing"] == [], "documents and licences can be downloaded in the front"
    assert {"business-licence", "tax-confirmation", "state-capital-registration", "eia-approval"} <= set(seen["licences"])
    assert len(seen["papers"]) >= 4
    events = [event for event, _ in seen["lines"]]
    assert events.index("correction_requested") < events.index("corrected") < events.index("accepted") < events.index("completed")
    case = city.act("back", zone="back", case_no=case_no)
    assert set(case["parts"]) == BRANCHES
    assert {state for state, _ in case["parts"].values()} == {"finished"}
    assert case["files"] >= 10 and case["files_missing"] == [], "the materials lie in the back"
    nothing_left(city)


@pytest.mark.requirement("FD-005", part="the cross-department case as one chain of three zones")
@pytest.mark.system
@pytest.mark.requirement("FD-095", part="one door, one form, seven departments in parallel, one delivery, in three zones")
def test_the_founders_journey_walks_through_three_zones(city: RunningCity, stage: ThreeZones) -> None:
    story = FoundersStory(stage, trade_name="澄明")
    story.files()
    story.is_corrected_once()
    story.stops_and_is_extended()
    story.is_decided()
    address = story.is_verified_and_rated()
    assert address.startswith(f"http://127.0.0.1:{city.family('exchange').port}/v/"), "licences are verified where they are kept"
    check_joint(city, story.case_no)


@pytest.mark.system
def test_the_founders_journey_arrives_although_the_exchange_was_away(city: RunningCity, stage: ThreeZones) -> None:
    story = FoundersStory(stage, trade_name="晨帆")
    story.files()
    story.is_corrected_once()
    city.stop_zone("exchange")
    stage.away = True
    story.stops_and_is_extended()
    story.meets_the_exchange_away()
    city.start_zone("exchange")
    stage.away = False
    stage.arrive()
    story.goes_on_when_it_is_back()
    story.is_decided()
    story.is_verified_and_rated()
    check_joint(city, story.case_no)
