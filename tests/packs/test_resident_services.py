"""Every item of packs/resident-services says where it comes from, has a body that exists and can act, and is filed with its sample."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from santai.back.approvals import service as approvals
from santai.front.hall import service as hall
from santai.kernel.clocks.service import ClockState, clocks_of, now, rules_in_force, today
from santai.kernel.flow.service import tasks_of
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor
from tests.support import city, walk

PACK = city.PACKS / "resident-services"
DOMAINS = (
    "劳动就业",
    "社会保障",
    "医疗卫生",
    "教育文化",
    "民主参与",
    "生活求助",
    "物业管理",
    "公用事业",
    "婚姻登记",
    "计划生育",
    "户籍管理",
    "交通出行",
    "旅游",
    "住房",
    "纳税",
)  # fmt: skip  requirements.md §1.7
FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["items"] for path in sorted(PACK.glob("items/*.yaml"))}
ITEMS: dict[str, dict[str, Any]] = {item["form"]: item for items in FILES.values() for item in items}
SAMPLES = {
    one["form"]: one["data"]
    for path in PACK.glob("sample-*.yaml")
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))["samples"]
}  # fmt: skip
SINGLE = [key for key, item in ITEMS.items() if item["shape"] == "single"]
JOINT = [key for key, item in ITEMS.items() if item["shape"] == "joint"]
every_item = pytest.mark.parametrize("key", ITEMS)


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Installed once a module; every test rolls back to it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                city.install("resident-services")
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def city_db(installed_city: None, db: None) -> None:
    """A test inside the installed city."""


def roles_of_bodies() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with (city.PACKS / "demo-city" / "organisations.csv").open(encoding="utf-8") as rows:
        found |= {row["code"]: set() for row in csv.DictReader(rows)}
    with (city.PACKS / "demo-city" / "posts.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["organisation"]] |= set(row["roles"].split())
    return found


def file_sample(key: str) -> tuple[hall.Draft, str]:
    """The resident files the item with the pack's sample, its dates counted from today, and a page for every material needed."""
    item = ITEMS[key]
    data = dated(SAMPLES[key], today())
    draft = walk.start(walk.citizen("resident"), item["code"], data)
    return draft, walk.submit(walk.citizen("resident"), draft)


def official_of(body: str, role: str) -> Actor:
    """Somebody of the body who has the role."""
    posts = csv.DictReader((city.PACKS / "demo-city" / "posts.csv").read_text(encoding="utf-8").splitlines())
    return walk.official(next(row["code"] for row in posts if row["organisation"] == body and role in row["roles"].split()))


def rules_running(case_no: str) -> dict[str, ClockState]:
    return {clock.rule: clock for clock in clocks_of(f"case:{case_no}") + clocks_of(f"subcase:{case_no}-main")}


# -- what the files say ------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("FD-091", part="fifteen domains of citizen services, each with items of its own")
def test_there_are_at_least_sixty_items_over_the_fifteen_domains() -> None:
    topics = Counter(item["topics"][0] for items in FILES.values() for item in items if item["shape"] == "single")
    assert set(topics) == set(DOMAINS) and min(topics.values()) >= 4
    assert len(SINGLE) >= 60 and len(JOINT) >= 5
    assert len({item["code"] for item in ITEMS.values()}) == len(ITEMS)


@every_item
def test_an_item_cites_its_basis_limits_and_sources_and_is_marked_as_sample(key: str) -> None:
    item = ITEMS[key]
    assert item["sample"] is True and item["sources"] and item["name_en"] and item["summary_en"] and item["keywords"]
    assert item["bases"] and all(one["title"].startswith("《") and one["rank"] for one in item["bases"])
    assert len(item["bases"]) == len(item["legal_basis"])
    assert all(material["basis"] and material["name_en"] for material in item["materials"])
    assert item["conditions"] and item["faq"] and item["remedy"] and item["life_events"]
    assert item["before_after"]["after"]["days"] <= item["before_after"]["before"]["days"]
    # a limit that no statute is named for is never shown as one
    assert bool(item["clocks"]["statutory"]) <= (item["statutory_text"] != "法律、行政法规没有规定")


@every_item
def test_the_body_of_an_item_is_in_the_demonstration_city_and_has_the_people_for_it(key: str) -> None:
    item, bodies = ITEMS[key], roles_of_bodies()
    asked = [(item["organisation"], item["process"])] + [(one["organisation"], one["process"]) for one in item.get("branches", [])]
    for body, process in asked:
        needed = {"permit": {"examiner", "decider"}, "registration": {"examiner", "decider"}, "joint": set()}.get(process, {"examiner"})
        assert needed <= bodies[body], (item["name"], body, process)
    assert item.get("intake_organisation", item["organisation"]) in bodies


@every_item
def test_a_form_asks_in_two_languages_and_cites_the_source_of_every_field(key: str) -> None:
    form = yaml.safe_load(next(PACK.glob(f"forms/*/{key}.yaml")).read_text(encoding="utf-8"))

    def fields(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for one in properties.values():
            yield one
            yield from fields(one.get("properties", one.get("items", {}).get("properties", {})))

    asked = list(fields(form["schema"]["properties"]))
    assert asked and all(one["title"] and one["x-en"] and one["x-source"] for one in asked)
    assert all(section["en"] for section in form["layout"]["sections"])


@pytest.mark.django_db
def test_every_statutory_limit_of_the_pack_names_its_law() -> None:
    own = yaml.safe_load((PACK / "clock_rules.yaml").read_text(encoding="utf-8"))
    assert all(rule["law"] for rule in own)
    assert all("《" in rule["law"] for rule in own if rule["kind"] == "statutory")
    known = {rule["code"] for rule in own} | {rule.code for rule in rules_in_force()}
    used = {code for item in ITEMS.values() for name, code in item["clocks"].items() if name != "runs_from" and code}
    assert used <= known
    branches = {one["clocks"][name] for item in ITEMS.values() for one in item.get("branches", []) for name in ("promised", "statutory")}
    assert {rule["code"] for rule in own} <= used | branches  # none is left over


# -- what a resident meets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.usefixtures("city_db")
def test_a_domain_and_its_items_are_found(domain: str) -> None:
    found = {copy.code for copy in hall.find_items(topic=domain)}
    for item in ITEMS.values():
        if item["topics"][0] != domain:
            continue
        assert item["code"] in found
        assert item["code"] in {copy.code for copy in hall.find_items(text=item["keywords"][0])}, item["name"]


@every_item
@pytest.mark.usefixtures("city_db")
def test_the_guide_of_an_item_says_what_it_rests_on_and_what_comes_out(key: str) -> None:
    item = ITEMS[key]
    shown = Client().get(f"/front/hall/items/{item['code']}/").content.decode()
    for text in (item["name"], item["results"]["name"], item["bases"][0]["title"], item["materials"][0]["name"], item["phone"]):
        assert escape(text) in shown


@pytest.mark.requirement("FD-091", part="every item is filed online")
@pytest.mark.parametrize("key", SINGLE)
@pytest.mark.usefixtures("city_db")
def test_an_item_is_filed_with_its_sample_and_reaches_the_desk_of_its_body(key: str) -> None:
    item = ITEMS[key]
    draft, case_no = file_sample(key)
    view = hall.case_by_number(case_no)
    assert view is not None and view.item_code == item["code"] and view.received_at <= now()
    if item["nature"] in ("filing", "report"):  # complete on receipt, nothing is decided
        assert (view.state, view.outcome) == ("completed", "recorded")
        return
    tasks = tasks_of(f"subcase:{case_no}-main")
    assert [task.organisation for task in tasks] == [item["organisation"]] and tasks[0].role == "examiner"
    assert item["clocks"]["correction"] in rules_running(case_no)
    if item["handling"] == "instant":
        assert tasks[0].element == "instant"  # one step: looked at, accepted and decided
    else:
        walk.check(case_no, official_of(item["organisation"], "examiner"))
        running = rules_running(case_no)
        assert {item["clocks"][name] for name in ("promised", "statutory")} - {""} <= set(running)
        if item["clocks"]["runs_from"] == "receipt":
            assert running[item["clocks"]["promised"]].event_at == view.received_at
    assert draft.materials.keys() == {one.code for one in hall.materials_of_draft(draft) if one.source == "upload"}


@pytest.mark.parametrize("key", [key for key in SINGLE if ITEMS[key]["results"]["kind"] == "licence"])
@pytest.mark.usefixtures("city_db")
def test_what_is_granted_comes_out_as_a_licence_with_its_entries(key: str) -> None:
    item = ITEMS[key]
    _, case_no = file_sample(key)
    if item["handling"] == "instant":
        clerk = official_of(item["organisation"], "examiner")
        approvals.settle_on_the_spot(
            sub_case_no=f"{case_no}-main", task=walk.task(case_no, "instant"), outcome="granted", actor=clerk, at=now()
        )
    else:
        examiner = official_of(item["organisation"], "examiner")
        walk.check(case_no, examiner)
        walk.examine(case_no, examiner)
        walk.decide(case_no, official_of(item["organisation"], "decider"))
    drain()
    issued = hall.licences_of_case(case_no)
    assert [licence.title for licence in issued] == [item["results"]["name"]]


@pytest.mark.requirement("FD-026", part="life events in one form: every department named by the answers has its part")
@pytest.mark.parametrize("key", JOINT)
@pytest.mark.usefixtures("city_db")
def test_a_life_event_is_filed_once_and_reaches_every_department_it_concerns(key: str) -> None:
    item = ITEMS[key]
    draft, case_no = file_sample(key)
    told = hall.outlook(hall.current_item(item["code"]), hall.content_of(draft))["departments"]
    assert len(told) >= 2 and item["lead_branch"] in {branch.code for branch in told}
    for branch in told:
        tasks = tasks_of(f"subcase:{case_no}-{branch.code}")
        assert [task.organisation for task in tasks] == [branch.organisation], branch.name
    assert clocks_of(f"case:{case_no}")


def test_five_enquiries_are_answered_on_the_spot() -> None:
    asked = [item for item in ITEMS.values() if item["handling"] == "instant" and any("查询" in word for word in item["keywords"])]
    assert len(asked) >= 5 and all(item["act_type"] == "20" and item["fee"] == "不收费" for item in asked)


@pytest.mark.parametrize("key", JOINT)
def test_a_chain_hands_the_result_of_one_department_to_the_next(key: str) -> None:
    item = ITEMS[key]
    waits = any(one["finishes_after"] for one in item["branches"])
    # both permits of a house stand or fall together: nobody waits for anybody
    assert waits == (item["joint_outcome"] != "all_or_nothing"), item["name"]
