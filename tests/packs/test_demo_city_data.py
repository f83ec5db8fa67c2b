"""The demonstration city against its source: the 49 bodies with remedy and roles, its officials, and the situations the data must show."""

import csv
from collections import defaultdict

import pytest
import yaml

from santai.exchange.registers.models import EntityRecord, PersonRecord
from santai.kernel.codes.service import check_identifier
from tests.support import city

CITY = city.PACKS / "demo-city"
ROLES = {
    1: "intake", 2: "assistant", 3: "issuing", 4: "examiner", 5: "chief", 6: "decider", 7: "site_inspector", 8: "item_manager",
    9: "legal_reviewer", 10: "supervisor", 11: "data_steward", 12: "web_editor", 13: "web_reviewer", 14: "web_publisher", 15: "disclosure",
    16: "archivist", 17: "sealer", 18: "system_admin", 19: "security_admin", 20: "audit_admin", 21: "credit_publicity", 22: "leader",
}  # fmt: skip
STD = (4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 21)
DISTRICT, MUNICIPAL = "滨江新区人民政府", "东江市人民政府"
REMEDY = {
    "甲": (DISTRICT,), "乙": (MUNICIPAL, DISTRICT), "丙": ("国家税务总局东江市税务局",), "丁": (MUNICIPAL,), "?": ("待核实",), "–": (),
    "甲丁": (DISTRICT, MUNICIPAL), "甲司": (DISTRICT, "东江市司法局"),
}  # fmt: skip
STANDARD = (
    *("reform", "economy", "commerce", "education", "civil", "finance", "hrss", "medical-security", "health", "housing", "transport"),
    *("agriculture", "culture", "emergency", "urban", "amr", "stats"),
)
# code → level, remedy (content.md §5), roles it must have
BODIES: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "dsj-city": ("city", "丁", (8, 10, 11)),
    **dict.fromkeys(("amr-city", "eco-city", "land-city"), ("city", "丁", (4, 6))),
    "tax-city": ("city", "?", (4, 6)),
    "gov-office": ("district", "甲丁", (9, 14, 15, 17, 22)),
    "discipline": ("district", "–", ()),
    "dsj": ("district", "甲", (8, 10, 11, 18, 19, 20, 22)),
    "asc": ("district", "–", (1, 2, 3, 5, 10)),
    "bigdata": ("district", "–", (11, 18)),
    "media": ("district", "–", (12, 13)),
    **dict.fromkeys(STANDARD, ("district", "甲", STD)),
    "justice": ("district", "甲司", STD),
    "archive": ("district", "–", (16,)),
    "disabled": ("district", "–", (4,)),
    "cityops": ("district", "–", ()),
    "park": ("district", "?", (1, 2, 4, 5)),
    **dict.fromkeys(("police", "land", "eco"), ("district", "乙", STD)),
    "tax": ("district", "丙", (4, 5, 6, 15)),
    **dict.fromkeys(("fire", "tobacco"), ("district", "?", (4, 5, 6, 7))),
    "realestate": ("district", "?", (1, 3, 4, 6)),
    **dict.fromkeys(("wangjiang", "yunqiao", "xingang"), ("town", "甲", (4, 6, 11, 15, 17))),
    **dict.fromkeys(("wangjiang-centre", "yunqiao-centre", "xingang-centre"), ("town", "–", (1, 2, 3))),
    **dict.fromkeys(("jinxiu", "yunqi", "xingang-village"), ("village", "–", (2,))),
}
CODE_BEGINS = {"organ": "11", "institution": "12", "mass": "13"}


def rows(name: str) -> list[dict[str, str]]:
    with (CITY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
def test_the_49_bodies_stand_on_four_levels_with_their_remedy_and_their_roles() -> None:
    city.install("demo-city")  # the divisions in the codes
    bodies = {row["code"]: row for row in rows("organisations.csv") if not row["valid_to"]}
    assert set(bodies) == set(BODIES) and len(bodies) == 49
    roles = defaultdict(set)
    for post in rows("posts.csv"):
        roles[post["organisation"]] |= set(post["roles"].split())
    for code, (level, remedy, wanted) in BODIES.items():
        body = bodies[code]
        assert body["level"] == level, code
        assert all(organ in body["remedy"] for organ in REMEDY[remedy]) and bool(body["remedy"]) == bool(REMEDY[remedy]), code
        if remedy == "乙":
            assert body["remedy"].index(MUNICIPAL) < body["remedy"].index(DISTRICT)
        assert {ROLES[number] for number in wanted} <= roles[code], (code, {ROLES[number] for number in wanted} - roles[code])
        begins = "54" if "村村民" in body["name"] else "55" if level == "village" else CODE_BEGINS[body["kind"]]
        assert body["credit_code"].startswith(begins) and check_identifier("credit-code", body["credit_code"])
    decides = {code for code, has in roles.items() if "decider" in has}
    assert "asc" not in decides and not any(code.endswith("-centre") for code in decides)  # the centre decides nothing


def test_at_least_200_officials_hold_posts_that_exist() -> None:
    officials = rows("officials.csv")
    assert len({row["login"] for row in officials}) >= 200
    posts = {row["code"] for row in rows("posts.csv")}
    assert {row["post"] for row in officials} <= posts
    assert len({row["phone"] for row in officials}) == len({row["login"] for row in officials})


def test_the_data_show_what_a_city_really_has() -> None:
    organisation = {row["code"]: row["organisation"] for row in rows("posts.csv")}
    holdings = defaultdict(list)
    for row in rows("officials.csv"):
        holdings[row["login"]].append(row)

    def bodies(login: str) -> set[str]:
        return {organisation[row["post"]] for row in holdings[login] if not row["valid_to"]}

    assert bodies("fin-examiner") == {"finance", "asc"} and bodies("legal-reviewer") == {"justice", "gov-office"}  # posts in two bodies
    stands_in = [row for row in holdings["amr-examiner-b"] if row["acting"] == "1"]
    assert [row["post"] for row in stands_in] == ["amr-examiner"] and holdings["amr-examiner"][0]["acting"] == "0"  # A/B 角
    chiefs = {row["login"]: row["delegated_from"] for row in rows("officials.csv") if row["post"].endswith("-chief")}
    assert chiefs["amr-chief"] == "amr-decider" and chiefs["commerce-chief"] == ""  # 首席代表 with and without delegated decisions
    merged = {row["code"]: row for row in rows("organisations.csv") if row["merged_into"]}
    assert {code: row["merged_into"] for code, row in merged.items()} == {"aic": "amr", "qts": "amr"}
    assert any(row["post"] == "aic-examiner" and row["valid_to"] for row in holdings["amr-examiner"])  # who served the old body
    assert [row["code"] for row in rows("organisations.csv") if row["vertical"] == "1"] == ["tax-city", "tax"]
    item = yaml.safe_load((city.PACKS / "enterprise-start" / "items" / "enterprise-start.yaml").read_text(encoding="utf-8"))
    lines = {branch["organisation"]: branch.get("line_system", False) for branch in item["branches"]}
    assert lines["tax"] and not lines["finance"]  # worked in its own system, only reported back


@pytest.mark.django_db
def test_ten_thousand_persons_and_two_thousand_legal_entities_are_in_the_registers() -> None:
    city.install("demo-city")
    assert PersonRecord.objects.count() >= 10_000 and EntityRecord.objects.count() >= 2_000
    known = set(PersonRecord.objects.values_list("code", flat=True))
    people = yaml.safe_load((CITY / "personas.yaml").read_text(encoding="utf-8"))["people"]
    assert {one["resident_id"] for one in people} <= known
