"""双随机 from the lists to the draw, and a penalty from filing to the notice, as officers see them on a desk and on a phone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from santai.back.inspections import service
from santai.kernel.clocks.service import now, today
from tests.support import walk
from tests.support.browser import DESKTOP, PHONE, shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("procedures")
    actor = walk.official("amr-examiner")
    for number in range(3):
        service.add_inspector(
            name=f"检查员{number}", card_no=f"J-{number}", valid_to=today() + timedelta(days=900), interests=[], actor=actor, at=now()
        )
        service.add_object(code=f"E{number}", name=f"东江第{number}餐馆", address="东江路", actor=actor, at=now())


def seen(page: Page, name: str) -> None:
    """Looked at on both widths."""
    sound(page)
    shot(page, name)
    page.set_viewport_size(PHONE)
    sound(page)
    shot(page, f"{name}-phone")
    page.set_viewport_size(DESKTOP)


def test_a_restaurant_is_drawn_for_inspection_and_a_penalty_is_filed_and_told(city: None, page: Page) -> None:
    sign_in(page, "amr-examiner")
    page.goto("/back/inspections/lists/")
    seen(page, "inspection-lists")
    page.goto("/back/inspections/plans/")
    page.get_by_label("名称", exact=True).fill("餐饮单位抽查")
    page.get_by_label("抽查事项").fill("公示信息")
    page.get_by_label("抽查依据").fill("年度计划")
    page.get_by_label("抽取的对象数").fill("2")
    page.get_by_role("button", name="建立计划").click()
    page.get_by_label("种子", exact=True).fill("20260303-1")
    seen(page, "inspection-plan")
    page.get_by_role("button", name="抽取").first.click()
    page.get_by_role("button", name="抽取").last.click()
    page.get_by_text("名单指纹").wait_for()
    seen(page, "inspection-drawn")
    page.get_by_role("link", name="打印抽取结果").click()
    page.get_by_text("检查人员名单").wait_for()
    seen(page, "inspection-sheet")

    page.goto("/back/inspections/new/")
    page.get_by_label("法人或者其他组织").check()
    page.get_by_label("姓名或者名称").fill("东江第0餐馆")
    page.get_by_label("违法行为", exact=True).fill("未按规定公示信息")
    page.get_by_label("违法行为终了的日期").fill(date.isoformat(today()))
    page.get_by_label("发现日期").fill(date.isoformat(today()))
    page.get_by_label("线索来源").select_option("双随机抽查")
    page.get_by_label("初步掌握的事实").fill("没有公示。")
    page.get_by_label("依据的条款").fill("第十七条")
    seen(page, "penalty-file")
    page.get_by_role("button", name="立案").click()
    page.get_by_label("检查员0（J-0", exact=False).check()
    page.get_by_label("检查员1（J-1", exact=False).check()
    page.get_by_label("已主动出示执法证件").check()
    page.get_by_label("调查的经过和询问的内容").fill("询问负责人。")
    seen(page, "penalty-investigate")
    page.get_by_role("button", name="记录调查").click()
    page.get_by_role("heading", name="事先告知").wait_for()
    seen(page, "penalty-inform")
    page.goto("/back/inspections/")
    page.get_by_role("link", name="未按规定公示信息").wait_for()
    seen(page, "penalties")
