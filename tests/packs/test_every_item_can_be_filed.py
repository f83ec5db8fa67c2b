"""Every item that a pack brings a sample for: filed at the hall's door, it gives a receipt, clocks, and work on a desk.

A pack's ``sample*.yaml`` lists ``samples``: ``form``, ``version``, ``item`` (code), ``login`` (who files), ``company`` (the firm filed for;
left out: for oneself), ``situation`` (answers to the guided questions), ``data``. A pack with one such entry must have one for each item.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from django.db import transaction

from santai.back.cases.service import Case
from santai.front.hall import service as hall
from santai.kernel.clocks.service import clocks_of, now, today
from santai.kernel.flow.service import tasks_of
from santai.kernel.forms.service import check, dated, get_form
from santai.kernel.jobs.service import drain
from santai.kernel.orgs.service import Organisation, Post
from tests.support import city, walk


def read(path: Any) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def samples() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(city.PACKS.glob("*/sample*.yaml")):
        for one in read(path).get("samples", []):
            if "item" in one:
                yield path.parent.name, one


SAMPLES = list(samples())
PACKS = sorted({pack for pack, _ in SAMPLES})


def items_of(pack: str) -> list[dict[str, Any]]:
    found = (read(path) for path in sorted((city.PACKS / pack / "items").glob("*.yaml")))
    return [item for data in found for item in data.get("items", [data])]


def wanted(item: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """The bodies that have to work on an item, and the roles somebody there must hold for it."""
    single = {"nature": item["nature"], "organisation": item["organisation"], "process": item["process"]}
    for one in item.get("branches", [single]):
        decides = one["nature"] in ("permit", "registration") and one["process"] != "instant"
        yield one["organisation"], {"examiner", "decider"} if decides else {"examiner"}
    if item["shape"] == "joint":
        yield item.get("intake_organisation") or item["organisation"], {"intake", "issuing"}


class _Undo(Exception):
    """Leaves the module's transaction without keeping anything."""


@pytest.fixture(scope="module")
def installed_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Installed once a module; every test rolls back to it."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                city.install(*PACKS)
                yield
                raise _Undo
        except _Undo:
            pass


@pytest.mark.parametrize("pack", PACKS)
def test_every_item_of_the_pack_has_a_sample_and_a_body_that_exists(pack: str, installed_city: None, db: None) -> None:
    items = items_of(pack)
    assert {item["code"] for item in items} == {one["item"] for name, one in SAMPLES if name == pack}
    bodies = set(Organisation.objects.filter(valid_to=None).values_list("code", flat=True))
    for item in items:
        named = {item["organisation"], *(branch["organisation"] for branch in item.get("branches", []))}
        assert named <= bodies, (item["name"], named - bodies)
        for body, roles in wanted(item):
            held = {role for post in Post.objects.filter(organisation_id=body) for role in post.roles}
            assert roles <= held, (item["name"], body, roles - held)


@pytest.mark.parametrize("pack", PACKS)
def test_every_item_of_the_pack_cites_its_sources_and_is_marked_as_sample(pack: str) -> None:
    for path in sorted((city.PACKS / pack / "items").glob("*.yaml")):
        assert "示例内容" in path.read_text(encoding="utf-8")[:200], path.name
    for item in items_of(pack):
        assert item["sources"] and item["legal_basis"] and item["name_en"] and item["summary_en"], item["name"]
        assert item.get("sample", True) and item["topics"] and item["keywords"], item["name"]
        assert all(material["basis"] for material in item["materials"]), item["name"]


@pytest.mark.parametrize(("pack", "sample"), SAMPLES, ids=[f"{pack}:{one['form']}" for pack, one in SAMPLES])
def test_the_item_is_filed_with_its_sample_and_comes_to_a_desk(pack: str, sample: dict[str, Any], installed_city: None, db: None) -> None:
    company = sample.get("company", "")
    who = walk.company(sample["login"], company) if company else walk.citizen(sample["login"])
    draft = walk.start(who, sample["item"], dated(sample["data"], today()), sample.get("situation"))
    for material in hall.materials_of_draft(draft):
        if material.source == "licence":  # issued before there was a store of licences: a copy is handed in
            draft = hall.hand_in_material(draft_id=draft.id, code=material.code, files=[walk.paper()], actor=who[1], at=now())
    case_no = walk.submit(who, draft)
    drain()

    assert any(paper.document_no for paper in hall.papers_of(case_no)), "a numbered receipt"
    case = Case.objects.get(case_no=case_no)
    parts = list(case.sub_cases.order_by("position"))
    subjects = [f"case:{case_no}", *(f"subcase:{part.sub_case_no}" for part in parts)]
    if case.shape == "single" and parts[0].nature in ("filing", "report"):  # complete on receipt, nothing is decided
        assert (case.state, case.outcome) == (Case.State.COMPLETED, Case.Outcome.RECORDED)
        return
    assert parts and any(clock.state == "running" for subject in subjects for clock in clocks_of(subject)), "a clock runs"
    for part in parts:
        open_tasks = tasks_of(f"subcase:{part.sub_case_no}")
        assert open_tasks, f"{part.branch}: nobody has to do anything"
        assert {task.organisation for task in open_tasks} == {part.organisation}


@pytest.mark.parametrize(("pack", "sample"), SAMPLES, ids=[f"{pack}:{one['form']}" for pack, one in SAMPLES])
def test_the_sample_stays_right_on_other_days(pack: str, sample: dict[str, Any], installed_city: None, db: None) -> None:
    form = get_form(sample["form"], int(sample.get("version", 1)))
    locked = {field.path: "x" for field in form.fields.values() if field.prefill is not None}
    for day in (date(2026, 3, 2), date(2028, 2, 29)):
        errors = check(form, dated(sample["data"], day), today=day).errors
        assert {path: text for path, text in errors.items() if path not in locked} == {}
