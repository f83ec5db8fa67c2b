"""The enterprise packs against content.md §2–3, requirements.md §1.7 and the statutes the items name."""

from itertools import combinations
from typing import Any

import pytest
import yaml

from santai.kernel.clocks.service import rules_in_force
from tests.support import city

ENTERPRISE, ZONE = city.PACKS / "enterprise-services", city.PACKS / "trade-zone"
# requirements.md §1.7: the union of the topics of 000 Pudong (10) and 003 Shenzhen (13)
TOPICS = (
    *("设立", "变更", "基建审批", "纳税", "年检年审", "质量检查", "资质认证", "物价管理", "劳动保障", "人力资源"),
    *("安全防护", "商务活动", "对外交流", "建设管理", "破产登记", "申报申请"),
)
# item → kind of act, where the statutory clock starts, its unit and length as the text has them (None: the law sets no limit)
LIMITS = {
    "branch-company": ("registration", "acceptance", ("working_day", 3)),  # 市场主体登记管理条例 19
    "project-approval": ("permit", "acceptance", ("working_day", 20)),  # 企业投资项目核准和备案管理条例 10
    "project-filing": ("filing", "acceptance", None),  # 同上 13: filed on receipt of all particulars
    "eia-form": ("permit", "receipt", ("calendar_day", 30)),  # 环境影响评价法 22
    "construction-permit": ("permit", "receipt", ("calendar_day", 7)),  # 建筑法 8
    "presale": ("permit", "acceptance", ("calendar_day", 10)),  # 城市商品房预售管理办法 8
    "food-business": ("permit", "acceptance", ("working_day", 10)),  # 食品经营许可和备案管理办法
    "food-production": ("permit", "acceptance", ("working_day", 10)),  # 食品生产许可管理办法 22
    "fire-check": ("permit", "acceptance", ("working_day", 10)),  # 消防法 15
    "performance": ("permit", "acceptance", ("calendar_day", 3)),  # 营业性演出管理条例 13
    "pollutant-permit": ("permit", "acceptance", ("calendar_day", 20)),  # 排污许可管理条例 12
    "hazchem": ("permit", "receipt", ("calendar_day", 30)),  # 危险化学品安全管理条例 35
    "work-injury": ("registration", "acceptance", ("calendar_day", 60)),  # 工伤保险条例 20
    "collective-contract": ("filing", "receipt", ("calendar_day", 15)),  # 劳动法 34
    "emergency-plan": ("filing", "receipt", ("working_day", 5)),  # 生产安全事故应急预案管理办法 28
    "tech-import": ("registration", "receipt", ("working_day", 3)),  # 技术进出口管理条例 19
    "hr-service": ("permit", "acceptance", ("working_day", 20)),  # 人力资源市场暂行条例 19
    "outbound-filing": ("filing", "receipt", ("working_day", 3)),  # 境外投资管理办法 9
}
STAGES = {  # content.md §3: stage → lead and branches with the nature of their acts
    "YJS-GCJS-01": ("land", {"ba": "filing", "yd": "permit"}),
    "YJS-GCJS-02": ("land", {"gh": "permit", "rf": "push", "jj": "push", "ps": "push", "lh": "push"}),
    "YJS-GCJS-03": ("housing", {"sg": "permit", "xf": "permit", "rf": "permit", "ps": "permit"}),
    "YJS-GCJS-04": (
        "housing",
        {"gh": "registration", "xf": "permit", "xb": "filing", "rf": "filing", "da": "push", "ba": "filing"},
    ),
}


def read(path: Any) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def items() -> list[dict[str, Any]]:
    files = [*sorted((ENTERPRISE / "items").glob("*.yaml")), *sorted((ZONE / "items").glob("*.yaml"))]
    return [item for path in files for item in read(path)["items"]]


@pytest.fixture(scope="module")
def by_form() -> dict[str, dict[str, Any]]:
    return {item["form"]: item for item in items()}


@pytest.fixture
def limits(db: None) -> dict[str, Any]:
    """Clock rule → unit and length: those of the kernel and the packs' own."""
    found = {rule.code: (rule.unit, rule.length) for rule in rules_in_force()}
    own = [*read(ENTERPRISE / "clock_rules.yaml"), *read(ZONE / "clock_rules.yaml")]
    return found | {rule["code"]: (rule["unit"], rule["length"]) for rule in own}


@pytest.mark.requirement("FD-093", "N-098", part="the sixteen topics for legal persons, each with items")
def test_all_sixteen_topics_have_items_and_there_are_more_than_forty(by_form: dict[str, dict[str, Any]]) -> None:
    own = [item for path in (ENTERPRISE / "items").glob("*.yaml") for item in read(path)["items"]]
    first = {topic: [item["name"] for item in own if item["topics"][0] == topic] for topic in TOPICS}
    assert all(len(found) >= 2 for found in first.values()), first
    assert sum(map(len, first.values())) == len(own) >= 40
    readme = (ENTERPRISE / "README.md").read_text(encoding="utf-8")
    assert all(f"|{topic}|{len(found)}|" in readme for topic, found in first.items())


@pytest.mark.parametrize("form", LIMITS)
def test_an_item_has_the_kind_and_the_limit_of_its_law(form: str, by_form: dict[str, dict[str, Any]], limits: dict[str, Any]) -> None:
    nature, starts, limit = LIMITS[form]
    item = by_form[form]
    assert (item["nature"], item["clocks"]["runs_from"]) == (nature, starts)
    assert limits.get(item["clocks"].get("statutory", "")) == limit
    assert all(word in item for word in ("promised_text", "statutory_text", "correction_texts"))


def test_the_four_stages_of_a_building_project_have_their_lead_and_branches() -> None:
    joint = {item["code"]: item for item in items() if item["shape"] == "joint"}
    for code, (lead, branches) in STAGES.items():
        item = joint[code]
        assert item["organisation"] == lead and {one["code"]: one["nature"] for one in item["branches"]} == branches
        assert all(set(one["mapping"]) == {row["id"] for row in one["fields"]} for one in item["branches"])
        assert "project_code" in item["branches"][0]["mapping"]  # 没有项目代码不予受理


@pytest.mark.requirement("FD-096", part="the joint annual inspection in its present form: one report, read by several")
def test_the_annual_report_is_filled_in_once_and_read_by_several_as_a_report(by_form: dict[str, dict[str, Any]]) -> None:
    item = by_form["annual-joint"]
    assert item["nature"] == "report" and "statutory" not in item["clocks"]
    assert {one["nature"] for one in item["branches"]} <= {"report", "push"}
    assert {one["organisation"] for one in item["branches"]} == {"amr", "hrss", "medical-security", "stats", "commerce"}


def test_a_restaurant_is_opened_with_one_form(by_form: dict[str, dict[str, Any]]) -> None:
    branches = {one["code"]: one for one in by_form["restaurant"]["branches"]}
    assert {code: one["organisation"] for code, one in branches.items()} == {
        "yz": "amr", "sp": "amr", "xf": "fire", "zp": "urban", "hb": "eco", "yc": "tobacco",
    }  # fmt: skip
    assert branches["yz"]["nature"] == "push" and branches["sp"]["result"]["valid_years"] == 5


@pytest.mark.requirement("FD-097", "BO-019", part="the committee as one door; the departments decide by their own law")
def test_the_zones_committee_is_one_door(by_form: dict[str, dict[str, Any]]) -> None:
    for form in ("zone-access", "bonded-project", "outbound-filing", "art-import"):
        assert by_form[form]["organisation"] == by_form[form]["intake_organisation"] == "ftz"
    assert len({one["organisation"] for one in by_form["zone-access"]["branches"]}) == 6
    assert by_form["outbound-filing"]["entrusted_by"] and by_form["outbound-filing"]["body_kind"] == "3"
    assert not list(ZONE.glob("**/*.py"))


def test_no_two_items_say_the_same() -> None:
    def threes(item: dict[str, Any]) -> set[str]:
        said = [item["name"], item["summary"], item["conditions"], *item["legal_basis"], *item["keywords"]]
        said += [one["name"] + one["guidance"] for one in item["materials"]] + [one["text"] for one in item["faq"]]
        text = "".join("".join(said).split())
        return {text[at : at + 3] for at in range(len(text) - 2)}

    told = [(item["name"], threes(item)) for item in items()]
    for (one, a), (other, b) in combinations(told, 2):
        assert len(a & b) < 0.8 * min(len(a), len(b)), (one, other)
