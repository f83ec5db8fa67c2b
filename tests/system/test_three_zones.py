"""Front, exchange and back as separate processes on three databases, started by santai's own installation and supervisor.

Short: an item settled on the spot, with the exchange away for a while. System: the founder's joint case whole, its files and licences
across the links, and once more while the exchange is stopped.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.running_city import RunningCity, Unanswered, running_city

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


def walk(city: RunningCity, case_no: str, *, interrupted: bool = False) -> dict[str, Any]:
    """Every department does its part, one correction round, results handed out; with ``interrupted`` the exchange goes away half-way."""
    corrected = stopped = False
    deadline = time.monotonic() + 180
    steps = 0
    while time.monotonic() < deadline:
        if interrupted and steps == 12 and not stopped:
            city.stop_zone("exchange")
            stopped = True
            began = time.monotonic()
        try:
            done = city.act("step", zone="back", case_no=case_no, defective=True)["done"]
        except AssertionError as refused:  # the credit code comes from the exchange's register: unreachable is said, nothing is half done
            if "unreachable" not in str(refused):
                raise
            done = ""
        steps += bool(done)
        if stopped and interrupted and (not done or steps > 20) and time.monotonic() - began > 3:
            assert city.act("front", zone="front", case_no=case_no)["state"] != "completed"
            city.start_zone("exchange")
            interrupted = False
        if not done:
            if not corrected and city.act("front", zone="front", case_no=case_no).get("needs_me"):
                city.act("correct", zone="front", case_no=case_no)
                corrected = True
            if city.act("back", zone="back", case_no=case_no)["state"] == "completed":
                break
            time.sleep(0.3)
    assert corrected
    return until(
        front(city, case_no), lambda view: view["state"] == "completed" and len(view["licences"]) >= 4 and len(view["papers"]) >= 4
    )


def check_joint(city: RunningCity, case_no: str, seen: dict[str, Any]) -> None:
    assert seen["outcome"] == "granted"
    assert seen["files_missing"] == [], "documents and licences can be downloaded in the front"
    assert {"business-licence", "tax-confirmation", "state-capital-registration", "eia-approval"} <= set(seen["licences"])
    events = [event for event, _ in seen["lines"]]
    assert events.index("correction_requested") < events.index("corrected") < events.index("accepted") < events.index("completed")
    case = city.act("back", zone="back", case_no=case_no)
    assert set(case["parts"]) == BRANCHES
    assert {state for state, _ in case["parts"].values()} == {"finished"}
    assert case["files"] >= 10 and case["files_missing"] == [], "the materials lie in the back"
    nothing_left(city)


@pytest.mark.system
def test_the_founders_case_walks_through_three_zones(city: RunningCity) -> None:
    case_no = offered(city, "file_joint")
    until(back(city, case_no), lambda case: bool(case.get("tasks")))
    check_joint(city, case_no, walk(city, case_no))


@pytest.mark.long
def test_the_founders_case_arrives_although_the_exchange_was_away(city: RunningCity) -> None:
    case_no = offered(city, "file_joint", note="二厂")
    until(back(city, case_no), lambda case: bool(case.get("tasks")))
    check_joint(city, case_no, walk(city, case_no, interrupted=True))
