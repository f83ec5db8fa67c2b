"""Who takes part, what to hand in, what it costs: said before one begins, while one fills in, and before one files — by one table."""

import pytest
from django.urls import reverse

from santai.exchange.contracts.service import fees_due
from santai.front.hall import service
from tests.front.hall.test_pages import Enter
from tests.support import walk

JOINT = walk.JOINT
NAME = "不动产转移登记"


def text_of(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


@pytest.fixture
def transfer(enter: Enter) -> str:
    enter()
    return walk.item_code(NAME)


def test_the_guide_says_the_conditions_of_departments_materials_and_charges_in_words(enter: Enter, transfer: str) -> None:
    joint = text_of(enter().get(reverse("front_hall:guide", args=[JOINT])))
    for said in ("有外国投资者：是", "有国有资本：是", "有建设项目：是，环评名录类别：环境影响报告书", "场所权属：租赁"):
        assert said in joint
    page = text_of(enter().get(reverse("front_hall:guide", args=[transfer])))
    assert "转移原因：买卖或者赠与" in page
    assert "用途：非住宅" in page and "550 元／件" in page and "80 元／件" in page


def test_the_answers_to_the_guided_questions_say_who_takes_part_and_what_it_costs(enter: Enter, transfer: str) -> None:
    answers = {"has_foreign": "true", "has_state_capital": "false", "has_building_project": "false", "done": "1"}
    page = text_of(enter().get(reverse("front_hall:questions", args=[JOINT]), answers))
    assert "外商投资信息报告" in page and "国有资产产权登记" not in page and "境外投资者主体资格证明" in page and "环境影响报告" not in page
    page = text_of(enter().get(reverse("front_hall:questions", args=[transfer]), {"cause": "gift", "done": "1"}))
    assert "赠与合同或者析产协议" in page and "经网签备案的买卖合同" not in page
    assert "按您填写的内容确定。" in page and "住宅每件 80 元" in page  # the use is not asked before the form


def test_the_draft_and_the_check_page_follow_what_is_filled_in(enter: Enter, transfer: str) -> None:
    who = walk.citizen("buyer")
    client = enter("buyer")
    draft = walk.start(who, transfer, {"use": "other"}, {"cause": "sale"})
    for name in ("draft", "check"):
        page = text_of(client.get(reverse(f"front_hall:{name}", args=[draft.id])))
        assert "不动产登记费（非住宅） <b>550 元</b>" in page and "不动产登记费（住宅）" not in page
    service.save_draft(draft_id=draft.id, data=draft.data | {"use": "home"}, revision=draft.revision, actor=who[1], at=walk.now())
    assert "<b>80 元</b>" in text_of(client.get(reverse("front_hall:draft", args=[draft.id])))
    assert [fee.amount for fee in fees_due(service.current_item(transfer), {"use": "home"})] == ["80"]


def test_front_and_back_decide_alike(enter: Enter) -> None:
    """The departments the check page names are those the case is opened with."""
    enter()
    content = walk.sample_firm()
    named = [branch.code for branch in service.outlook(service.current_item(JOINT), content)["departments"]]
    case_no = walk.file_joint()
    assert [part.branch for part in walk.SubCase.objects.filter(case_id=case_no).order_by("position")] == named
    assert named == ["gs", "sw", "cz", "zj", "tj", "wz", "hb"]


def test_an_english_reader_finds_the_charges_explained(enter: Enter, transfer: str) -> None:
    page = text_of(enter("", accept_language="en").get(reverse("front_hall:guide", args=[transfer])))
    assert "When it is charged" in page and "用途：非住宅" in page
