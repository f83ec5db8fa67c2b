"""Items A–F against content.md §4: body, kind, limits, materials that are fetched or handed in, the usual correction."""

import pytest
import yaml

from santai.kernel.clocks.service import rules_in_force
from tests.support import city

BASICS = city.PACKS / "resident-basics"
# file → body, handling, promise and statute (unit, length), fetched, handed in, word of the usual correction
ITEMS = {
    "unemployment-registration": ("wangjiang-centre", "instant", None, None, {"identity"}, set(), "参保记录"),
    "residence-permit": (
        "police", "promised", ("calendar_day", 10), ("calendar_day", 15), {"identity"},
        {"photo", "employment", "dwelling", "study"}, "未满半年",
    ),
    "property-transfer": (
        "realestate", "promised", ("working_day", 3), ("working_day", 30), {"identity", "certificate", "contract", "tax"},
        {"deed", "inheritance"}, "共有人未到场",
    ),
    "chronic-disease": ("medical-security", "promised", ("working_day", 15), None, {"identity"}, {"records", "report"}, "超过一年"),
    "subsistence-allowance": (
        "civil", "promised", ("working_day", 30), ("working_day", 30), {"identity"}, {"consent", "hardship"}, "漏报共同生活成员",
    ),
    "labour-dispatch": (
        "hrss", "promised", ("working_day", 7), ("working_day", 20), {"licence"}, {"capital", "premises", "rules"}, "注册资本未达到",
    ),
}  # fmt: skip


@pytest.fixture
def limits(db: None) -> dict[str, tuple[str, int]]:
    """Clock rule → unit and length: those of the kernel and the pack's own."""
    found = {rule.code: (rule.unit, rule.length) for rule in rules_in_force()}
    own = yaml.safe_load((BASICS / "clock_rules.yaml").read_text(encoding="utf-8"))
    return found | {rule["code"]: (rule["unit"], rule["length"]) for rule in own}


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_has_the_body_limits_materials_and_corrections_of_its_source(name: str, limits: dict[str, tuple[str, int]]) -> None:
    body, handling, promised, statutory, fetched, handed_in, correction = ITEMS[name]
    item = yaml.safe_load((BASICS / "items" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert (item["organisation"], item["handling"]) == (body, handling)
    assert limits.get(item["clocks"]["promised"]) == promised and limits.get(item["clocks"]["statutory"]) == statutory
    sources = {material["code"]: material["source"] for material in item["materials"]}
    assert {code for code, source in sources.items() if source in ("register", "licence")} == fetched
    assert {code for code, source in sources.items() if source == "upload"} == handed_in
    assert any(correction in text for text in item["correction_texts"])


def test_the_special_shapes_are_there() -> None:
    def item(name: str) -> dict:
        return yaml.safe_load((BASICS / "items" / f"{name}.yaml").read_text(encoding="utf-8"))

    own = {rule["code"]: rule for rule in yaml.safe_load((BASICS / "clock_rules.yaml").read_text(encoding="utf-8"))}
    assert item("chronic-disease")["special_procedures"] == ["expert_review"]  # aside of the limit
    assert own[item("subsistence-allowance")["extension_rule"]]["extension"]["length"] == 15  # 30 + 15: the special 45
    assert any("公示 7 日" in step for step in item("subsistence-allowance")["flow_steps"])
    assert {fee["code"]: fee["amount"] for fee in item("property-transfer")["fees"]} == {"home": "80", "other": "550"}
    assert item("labour-dispatch")["holder_kinds"] == ["organisation"]
