"""The packs that come with the platform: sound, complete, and true to what they promise."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from santai.kernel.forms.service import check, check_definition, compile_form, dated
from santai.kernel.packs.service import check_pack, installed_packs, profiles_in
from tests.support import city

ALL = sorted(path.parent.name for path in city.PACKS.glob("*/pack.yaml"))
START = city.PACKS / "enterprise-start"
DEPARTMENT_FIELDS = {"gs": 11, "sw": 11, "cz": 11, "zj": 11, "tj": 12, "wz": 12, "hb": 14}  # content.md §1.3


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_every_pack_is_sound_before_anything_is_installed(name: str) -> None:
    assert [f"{one.file} {one.place} {one.text}" for one in check_pack(city.PACKS / name)] == []


@pytest.mark.django_db
def test_the_packs_of_the_main_line_install_into_an_empty_database_once() -> None:
    city.install("enterprise-start", "resident-basics")
    before = {pack.name: pack.version for pack in installed_packs()}
    assert {"demo-city", "procedures", "enterprise-start", "resident-basics"} <= set(before)
    city.install("enterprise-start", "resident-basics")
    assert {pack.name: pack.version for pack in installed_packs()} == before


@pytest.mark.django_db
def test_the_practice_of_2007_is_a_sound_profile_of_the_same_pack() -> None:
    assert list(profiles_in(START)) == ["current", "legacy-2007"]
    assert check_pack(START, profile="legacy-2007") == []
    legacy = read(START / "profiles" / "legacy-2007.yaml")
    assert [branch["code"] for branch in legacy["branches"]] == ["gs", "zj", "sw", "tj", "cz", "wz", "hb"]
    assert next(branch for branch in legacy["branches"] if branch["code"] == "gs")["finishes_after"] == ["wz", "hb"]


@pytest.mark.requirement("N-062", part="the seven departments of the form")
def test_the_form_has_every_field_of_every_department_and_the_mapping_carries_them() -> None:
    form = read(START / "forms" / "enterprise-start.yaml")
    assert check_definition(form) == []
    item = read(START / "items" / "enterprise-start.yaml")
    fields = compile_form(form).fields
    for code, numbered in DEPARTMENT_FIELDS.items():
        own = {path for path in fields if path.startswith(f"{code}.")}
        numbers = {field.source.rsplit(" ", 1)[-1] for path, field in fields.items() if path in own}
        assert len(numbers) == numbered, (code, sorted(numbers))
        branch = next(one for one in item["branches"] if one["code"] == code)
        assert own <= set(branch["mapping"].values())
        assert {row["id"] for row in branch["fields"]} == set(branch["mapping"])


@pytest.mark.requirement("FD-014", part="企业设立: one door, one form, no trip, counted against seven")
def test_the_figures_of_the_before_and_after_panel_can_be_counted() -> None:
    item = read(START / "items" / "enterprise-start.yaml")
    seven = [branch for branch in item["branches"] if branch["code"] in DEPARTMENT_FIELDS]
    asked = [path for branch in seven for path in branch["mapping"].values()]
    papers = [m for branch in seven for m in item["materials"] if not m["branches"] or branch["code"] in m["branches"]]
    assert item["before_after"]["before"]["fields"] == len(asked) and item["before_after"]["before"]["materials"] == len(papers)
    assert item["before_after"]["after"]["fields"] == len(set(asked))
    assert item["before_after"]["after"]["materials"] == len([m for m in item["materials"] if m["source"] == "upload"])
    assert item["before_after"]["before"]["trips"] == 2 * len(seven)  # hand in and collect, at each of the seven
    assert item["before_after"]["after"]["trips"] == item["visits"] == 0


@pytest.mark.django_db
def test_the_demonstration_firm_fills_the_form_without_a_mistake() -> None:
    city.install("demo-city")  # the divisions in people's numbers
    form = compile_form(read(START / "forms" / "enterprise-start.yaml"))
    for day in (date(2026, 3, 2), date(2028, 2, 29)):
        data = dated({key: value for key, value in read(START / "sample.yaml")["data"].items() if key != "situation"}, day)
        assert check(form, data, today=day).errors == {}


def test_every_item_is_marked_as_sample_and_names_its_sources() -> None:
    files = [*(city.PACKS / "resident-basics" / "items").glob("*.yaml"), *(START / "items").glob("*.yaml")]
    assert len(files) == 7
    for path in files:
        item = read(path)
        assert "示例内容" in path.read_text(encoding="utf-8")[:200] and item["sources"] and item["name_en"]
        assert item["before_after"]["after"]["days"] <= item["before_after"]["before"]["days"]


def test_no_two_packs_claim_the_same_form_item_or_clock_rule() -> None:
    claimed: dict[tuple[str, str], set[str]] = {}
    for name in ALL:
        for path in (city.PACKS / name).rglob("*.yaml"):
            part, data = path.relative_to(city.PACKS / name).parts[0], yaml.safe_load(path.read_text(encoding="utf-8"))
            for key, rows in (("forms", [data]), ("items", data.get("items", [data]) if isinstance(data, dict) else data)):
                for row in rows if part == key else []:
                    claimed.setdefault((key, row["key"] if key == "forms" else row["code"]), set()).add(name)
            for row in data if part == "clock_rules.yaml" else []:
                claimed.setdefault((part, row["code"]), set()).add(name)
    assert {what: packs for what, packs in claimed.items() if len(packs) > 1} == {}
