"""The checks between fields and between items, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from santai.exchange.contracts.service import FeeDefinition, ItemDefinition, LegalBasis, MaterialDefinition, ResultDefinition
from santai.exchange.items.rules.alike import alike, print_of
from santai.exchange.items.rules.claims import may_draft
from santai.exchange.items.rules.fields import cross_fields
from santai.exchange.items.rules.locate import located

ITEM = ItemDefinition(
    code="c1", basic_code="000114021000", version=1, name="劳务派遣经营许可", summary="经营劳务派遣业务的单位应当取得许可。"
)


def places(**said: Any) -> list[str]:
    return [place for place, _ in cross_fields(replace(ITEM, **said), date(2026, 3, 3))]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"promised_text": "即办"}, ["handling"]),
        ({"promised_text": "即办", "handling": "instant"}, []),
        ({"visits": 1}, ["visit_reason"]),
        ({"visits": 1, "visit_reason": "核对原件", "online_depth": "4"}, ["online_depth"]),
        ({"pay_online": True}, ["pay_online"]),
        ({"results": ResultDefinition(name="证")}, ["results.sample"]),
        ({"results": ResultDefinition(name="证", sample={"文号": "1"})}, []),
        ({"results": ResultDefinition(kind="licence", name="证", fields={"name": "applicant.name"})}, []),
        ({"corporate_topics": ("设立变更",)}, ["corporate_topics"]),
        ({"served": ("2",), "holder_kinds": ("organisation",), "person_topics": ("就业创业",)}, ["person_topics"]),
        ({"served": ("1", "2")}, ["served"]),
        ({"bases": (LegalBasis(title="《办法》", rank="normative"),)}, ["bases[0].rank"]),
        ({"bases": (LegalBasis(title="《办法》", rank="normative"), LegalBasis(title="《法》", rank="law"))}, []),
        ({"bases": (LegalBasis(title="《规定》", rank="provincial_rule", in_force_since="2025-03-03"),)}, ["bases[0].in_force_since"]),
        ({"bases": (LegalBasis(title="《规定》", rank="provincial_rule", in_force_since="2025-03-04"),)}, []),
        ({"bases": (LegalBasis(title="《规定》", rank="provincial_rule"),)}, ["bases[0].in_force_since"]),
        ({"fees": (FeeDefinition(code="f", name="费", amount="1", basis_rank="city_rule"),)}, ["fees[0].basis_rank"]),
        ({"act_type": "02"}, ["act_type"]),
        ({"before_after": {"before": {"cups": 1}, "after": {"trips": -1}, "now": {}}},
         ["before_after.before.cups", "before_after.after.trips", "before_after.now"]),
    ],
)  # fmt: skip
def test_fields_that_contradict_each_other_are_named(said: dict[str, Any], found: list[str]) -> None:
    assert places(**said) == found


def test_two_items_more_than_four_fifths_alike_are_found_and_the_same_item_of_two_offices_is_not() -> None:
    materials = tuple(
        MaterialDefinition(code=f"m{n}", name=name, source="upload")
        for n, name in enumerate(("经营场所使用证明", "管理制度文本", "办公设施清单"))
    )
    first = replace(ITEM, materials=materials, conditions="注册资本不少于二百万元，有固定经营场所和设施，有符合规定的管理制度。")
    copied = replace(first, code="c2", basic_code="000114022000", name="劳务派遣的经营许可")
    other_office = replace(first, code="c3")
    different = replace(ITEM, code="c4", basic_code="000709021000", name="居住证申领", summary="居住登记满半年的可以申领。")
    found = {
        (one.code, other.code): like for one, other, like in alike([print_of(item) for item in (first, copied, other_office, different)])
    }
    assert set(found) == {("c1", "c2"), ("c2", "c3")} and min(found.values()) > 0.8


@pytest.mark.parametrize(
    ("act_type", "level", "may"), [("01", "4", False), ("10", "5", False), ("20", "4", True), ("01", "3", True), ("11", "4", True)]
)
def test_powers_are_claimed_below_the_city(act_type: str, level: str, may: bool) -> None:
    assert may_draft(act_type, level) is may


def test_a_finding_belongs_to_the_field_people_see() -> None:
    for place, group, name in [
        ("clocks.promised", "limits", "promised_length"), ("materials[2].name", "materials", "materials.2.name"), ("fees", "fees", ""),
        ("before_after.before.trips", "figures", "before"), ("decisions.fees", "work", ""), ("bases[0].rank", "bases", "bases.0.rank"),
        ("results.sample", "result", "result_sample"), ("form_version", "work", "form"),
    ]:  # fmt: skip
        found = located(place, "x")
        assert (found.group, found.field) == (group, name), place
