"""企业设立一表制 as seven departments did it in 2007: the other profile of the pack, chosen, filed and decided to the last paper."""

from dataclasses import replace

import pytest

from santai.back.approvals.errors import NotReadyToFinish
from santai.back.cases.service import SubCase, current_content
from santai.exchange.items.service import publish_item
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import system_actor
from santai.kernel.packs.service import install_pack, installed_packs
from tests.support import walk
from tests.support.city import PACKS

pytestmark = pytest.mark.usefixtures("city_db")
OLD = "YJS-QYSL-2007"
DECIDERS = {
    "gs": "amr-decider", "zj": "amr-decider", "sw": "tax-decider", "tj": "stats-decider", "cz": "finance-decider", "wz": "commerce-decider",
    "hb": "eco-decider",
}  # fmt: skip


def choose(profile: str) -> bool:
    done = install_pack(PACKS / "enterprise-start", profile=profile, actor=system_actor("tests"), at=now())
    drain()
    return done.changed


def finish(case_no: str, branch: str) -> None:
    walk.examine(case_no, walk.official(walk.EXAMINERS[branch]), branch)
    walk.decide(case_no, walk.official(DECIDERS[branch]), branch)


@pytest.mark.requirement("N-062", part="the seven approvals of 2007, filed and decided in their old order")
def test_the_practice_of_2007_is_chosen_filed_and_decided_by_all_seven() -> None:
    assert installed_packs().get(name="enterprise-start").profile == "current"
    assert choose("legacy-2007") and not choose("legacy-2007")
    assert installed_packs().get(name="enterprise-start").profile == "legacy-2007"
    assert not choose("")  # an update keeps the profile in use
    assert {"YJS-QYSL-01", OLD} <= set(hall.find_items().values_list("code", flat=True))  # the item manager withdraws, nobody else

    who = walk.citizen("founder")
    draft = walk.start(who, OLD, walk.sample_firm())
    walk.sign_all(draft)
    case_no = walk.submit(who, draft)
    parts = list(SubCase.objects.filter(case_id=case_no).order_by("position"))
    assert [(part.branch, part.nature) for part in parts] == [
        ("gs", "registration"), ("zj", "registration"), ("sw", "registration"), ("tj", "registration"), ("cz", "registration"),
        ("wz", "permit"), ("hb", "permit"),
    ]  # fmt: skip
    walk.check_all(case_no)
    assert walk.case(case_no).state == "accepted"

    for branch in ("gs", "zj", "cz"):  # 外资 and 环保 come before 工商, 工商 before 质监 and 税务, 税务 before 财政
        walk.examine(case_no, walk.official(walk.EXAMINERS[branch]), branch)
        with pytest.raises(NotReadyToFinish):
            walk.decide(case_no, walk.official(DECIDERS[branch]), branch)
    for branch in ("wz", "hb"):
        finish(case_no, branch)
    for branch in ("gs", "zj"):
        walk.decide(case_no, walk.official(DECIDERS[branch]), branch)
    for branch in ("sw", "tj"):
        finish(case_no, branch)
    walk.decide(case_no, walk.official(DECIDERS["cz"]), "cz")
    assert current_content(walk.case(case_no)).content["credit_code"] == walk.case(case_no).facts["credit_code"]
    walk.issue(case_no)
    drain()
    view = hall.case_by_number(case_no)
    assert (view.state, view.outcome) == ("completed", "granted")
    assert {part["outcome"] for part in view.parts.values()} == {"granted"}
    assert [licence.title for licence in hall.licences_of_case(case_no)] == ["营业执照"]


def test_in_2007_a_firm_without_foreign_money_and_without_a_site_needed_five_departments() -> None:
    choose("legacy-2007")
    item = hall.current_item(OLD)
    joined = hall.outlook(item, {"has_foreign": False, "has_building_project": False})["departments"]
    assert [branch.name for branch in joined] == ["工商", "质监", "税务", "统计", "财政"]


def test_a_case_keeps_the_table_it_was_filed_under() -> None:
    """A new version routes otherwise; the one under which a draft was begun goes on deciding for it."""
    old = hall.current_item(walk.JOINT)
    text = (
        old.tables["qysl-routing"]
        .replace('["gs","sw","zj","tj"]', '["gs","sw","zj","tj","wz"]')
        .replace('<outputEntry><text>"wz"', "<outputEntry><text>null")
    )
    publish_item(definition=replace(old, version=71, tables=old.tables | {"qysl-routing": text}), actor=system_actor("tests"), at=now())
    who = walk.citizen("founder")
    draft = walk.start(who, walk.JOINT, walk.sample_firm())
    drain()
    new = hall.current_item(walk.JOINT)
    nobody = {"has_foreign": False, "has_state_capital": False, "has_building_project": False}
    assert draft.item_version == 1 and new.version == 71
    assert [one.code for one in hall.outlook(old, nobody)["departments"]] == ["gs", "sw", "zj", "tj"]
    assert [one.code for one in hall.outlook(new, nobody)["departments"]] == ["gs", "sw", "zj", "tj", "wz"]
