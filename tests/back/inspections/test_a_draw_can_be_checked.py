"""双随机: anybody computes a draw again, nobody draws twice, results are published."""

from datetime import date
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from santai.back.inspections import service
from santai.back.inspections.rules.draw import TooFew, draw
from santai.back.inspections.rules.public import seen_by_the_public
from santai.exchange.credit import service as credit
from santai.kernel.clocks.service import at_demo_moment
from tests.back.desk.test_the_queue import sign_in
from tests.back.inspections.test_a_penalty_keeps_the_law import at, post
from tests.support import walk


def test_the_order_of_objects_is_that_of_a_plain_hash() -> None:
    objects = [f"D{number}" for number in range(20)]
    found = draw(seed="7", objects=objects, take=3, inspectors=["a", "b", "c"], interests={})
    assert [one.object for one in found] == sorted(objects, key=lambda code: sha256(f"7|object|{code}".encode()).hexdigest())[:3]
    assert found == draw(seed="7", objects=objects[::-1], take=3, inspectors=["c", "b", "a"], interests={})


def test_a_draw_spreads_the_work_and_stays_away_from_interests() -> None:
    objects, cards = [f"D{number}" for number in range(9)], [f"c{number}" for number in range(6)]
    away = {"c0": frozenset(objects)}
    found = draw(seed="x", objects=objects, take=9, inspectors=cards, interests=away)
    sent = [card for one in found for card in one.inspectors]
    assert "c0" not in sent and max(sent.count(card) for card in cards[1:]) - min(sent.count(card) for card in cards[1:]) <= 1
    with pytest.raises(TooFew):
        draw(seed="x", objects=objects, take=1, inspectors=["c0", "c1"], interests=away)


@pytest.mark.parametrize("code", ["11010519491231002X", "11010119900307123x", "810000199408230021"])
def test_a_person_inspected_is_published_masked_and_without_a_number(code: str) -> None:
    assert seen_by_the_public(name="王小明", code=code) == ("王**", "")


@pytest.mark.parametrize("code", ["E1", "91350100M000100Y43", "D-2026-000000000001"])
def test_a_firm_inspected_is_published_as_it_is(code: str) -> None:
    assert seen_by_the_public(name="示例公司", code=code) == ("示例公司", code)


@pytest.mark.requirement("BO-014", part="行政检查：双随机抽取、检查记录、结果公示")
@pytest.mark.usefixtures("city_db")
def test_an_inspection_goes_from_the_lists_to_publication_on_the_pages() -> None:
    examiner, inspector = sign_in("amr-examiner"), sign_in("amr-inspector")
    lists = reverse("back_inspections:lists")
    for number in range(3):
        assert (
            post(
                examiner, lists, "inspector", "2026-03-02 09:00", name=f"检查员{number}", card_no=f"J{number}", valid_to="2030-01-01"
            ).status_code
            == 302
        )
        assert post(examiner, lists, "object", "2026-03-02 09:00", name=f"餐馆{number}", code=f"E{number}").status_code == 302
    twice = post(examiner, lists, "object", "2026-03-02 09:00", name="餐馆", code="E0")
    assert twice.status_code == 422 and "已经在名录中" in twice.content.decode()
    plans = reverse("back_inspections:plans")
    assert post(examiner, plans, "plan", "2026-03-02 10:00", title="餐饮抽查", subject="公示", basis="计划", take="很多").status_code == 422
    plan = post(examiner, plans, "plan", "2026-03-02 10:00", title="餐饮抽查", subject="公示", basis="计划", take="2")["Location"]
    assert "请填写抽取用的种子" in post(examiner, plan, "draw", "2026-03-03 09:00", seed="").content.decode()
    assert post(examiner, plan, "draw", "2026-03-03 09:00", seed="314159", seed_from="监督员").status_code == 302
    assert "不能重抽" in post(examiner, plan, "draw", "2026-03-03 09:05", seed="271828").content.decode()
    assert "结果相同" in examiner.get(plan, {"seed": "314159"}).content.decode()
    assert "算不出" in examiner.get(plan, {"seed": "271828"}).content.decode()
    assert "314159" in examiner.get(f"{plan}print/").content.decode()
    one = service.Inspection.objects.order_by("case_id").first()
    assert one is not None
    page = reverse("back_inspections:inspection", args=[one.case_id])
    cards = [each["card_no"] for each in one.officers]
    lonely = post(inspector, page, "inspect", "2026-03-10 09:00", officers=cards[:1], shown="on", result="clean", findings="好")
    assert lonely.status_code == 422 and "不得少于两人" in lonely.content.decode()
    seen = post(inspector, page, "inspect", "2026-03-10 09:00", officers=cards, shown="on", result="clean", findings="公示齐全")
    assert seen.status_code == 302, seen.content.decode()[:3000]
    assert post(examiner, page, "publish", "2026-03-12 09:00").status_code == 302
    with at_demo_moment(at("2026-03-12 10:00")):
        assert "检查结果已公示" in examiner.get(page).content.decode()
        walk.deliver()
    shown = credit.get_decision(f"inspection-{one.case_id}")
    assert (shown.kind, shown.party_name, shown.fields["检查结果"]) == ("inspection", one.object_name, "未发现问题")
    assert one.object_name in Client().get(reverse("exchange_credit:published"), {"kind": "inspection"}).content.decode()


@pytest.mark.usefixtures("city_db")
def test_a_card_out_of_force_is_not_drawn() -> None:
    actor = walk.official("amr-examiner")
    for number, until in enumerate((date(2030, 1, 1), date(2030, 1, 1), date(2026, 3, 2))):
        service.add_inspector(name="检查员", card_no=f"J{number}", valid_to=until, interests=[], actor=actor, at=at("2026-03-02 09:00"))
    service.add_object(code="E1", name="餐馆", actor=actor, at=at("2026-03-02 09:00"))
    plan = service.make_plan(title="抽查", subject="公示", basis="计划", take=1, actor=actor, at=at("2026-03-02 09:00"))
    made = service.draw_plan(plan=plan.id, seed="1", actor=actor, at=at("2026-03-03 09:00"))
    assert sorted(made.picked[0]["inspectors"]) == ["J0", "J1"]
