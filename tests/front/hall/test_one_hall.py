"""One hall for everything: every item on offer is explained alike and filed online, on any day of the year."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from santai.front.hall import service as hall
from santai.kernel.clocks.service import clocks_of, is_working_day
from tests.front.hall.test_pages import ANSWERS, UNEMPLOYMENT, text_of
from tests.support import walk

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db
FIRM, REPRESENTATIVE = "91189901MA8100029W", "hr-manager"
ELEMENTS = (
    "谁可以办", "条件", "办理机关", "要交什么材料", "多久办好", "承诺时限", "法定时限", "怎么办", "办完得到什么", "收费", "办理地点",
    "办理时间", "到现场次数", "咨询电话", "投诉电话", "依据", "不服决定怎么办", "事项编码", "打印办事指南", "开始办理",
)  # fmt: skip


def on_offer() -> list[Any]:
    return [hall.current_item(copy.code) for copy in hall.find_items()]


@pytest.mark.requirement("FD-027", part="every item on offer is explained by the same elements")
def test_every_item_has_every_element_of_a_guide(enter: Enter) -> None:
    for item in on_offer():
        shown = text_of(enter().get(f"/front/hall/items/{item.code}/").content)
        assert not [one for one in ELEMENTS if one not in shown], item.name
        assert ("哪些部门同时办" in shown) == (item.shape == "joint"), item.name


@pytest.mark.requirement("FD-010", part="every matter on offer is begun in the one online hall")
@pytest.mark.requirement("FD-027", part="single-department and joint items in one window, for persons and for firms")
def test_every_item_on_offer_is_begun_online(enter: Enter) -> None:
    shapes = set()
    for item in on_offer():
        person = "person" in item.holder_kinds
        visitor = enter("founder" if person else REPRESENTATIVE)
        answers = {one["id"]: _text(one["options"][0]["value"]) for one in item.questions}
        applicant = walk.citizen("founder")[2].code if person else FIRM
        begun = visitor.post(f"/front/hall/items/{item.code}/start/", {**answers, "for": applicant}, follow=True)
        assert begun.status_code == 200 and "/drafts/" in begun.redirect_chain[-1][0], (item.name, begun.redirect_chain)
        shapes.add(item.shape)
    assert shapes == {"single", "joint"}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.requirement("FD-002", part="open all year: filed on a public holiday, received at once, counted from the next working day")
def test_an_application_is_received_on_a_public_holiday(enter: Enter) -> None:
    account, actor, party = walk.citizen("resident")
    at = datetime(2026, 10, 1, 21, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert not is_working_day(at.date())
    application, new = hall.file_application(
        account=account, party=party, item_code=UNEMPLOYMENT, content=dict(ANSWERS), materials={}, key="holiday", actor=actor, at=at
    )
    walk.deliver()
    assert new and application.received_at == at
    clocks = clocks_of(f"case:{application.case_no}") + clocks_of(f"subcase:{application.case_no}-main")
    assert clocks and all(clock.event_at == at for clock in clocks)
    assert all(clock.due_at.date() > at.date() and is_working_day(clock.due_at.date()) for clock in clocks if clock.unit == "working_day")


@pytest.mark.requirement("FD-026", part="the one form is on the portal, one click from its home page")
def test_the_one_form_is_one_click_from_the_home_page(enter: Enter) -> None:
    html = enter().get("/").content.decode()
    assert re.search(rf'href="/front/hall/items/{walk.JOINT}/"', html)


@pytest.mark.requirement("FD-091", part="employment, health, household registration, housing and help in need for natural persons")
def test_natural_persons_find_their_domains(enter: Enter) -> None:
    html = text_of(enter().get("/front/hall/", {"for": "person"}).content)
    for name in ("失业登记", "门诊慢特病待遇认定", "居住证申领", "不动产转移登记", "最低生活保障审核确认"):
        assert name in html
