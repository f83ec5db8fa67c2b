"""A resident's on-the-spot item: from the home page to the filed number in under ten clicks, the official's act, the result seen."""

from typing import Any

import pytest
from playwright.sync_api import Page

from santai.back.approvals.service import settle_on_the_spot
from santai.kernel.clocks.service import now
from tests.support import walk
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics", "enterprise-start")


class Clicker:
    """Counts what the hand does: every click, none for typing."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, role: str, name: str, **options: Any) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name, **options).first.click()  # type: ignore[arg-type]


@pytest.mark.requirement("FD-034", part="a resident files online and gets the result online")
def test_resident_files_in_under_ten_clicks_and_sees_the_result(city: None, page: Page) -> None:
    sign_in(page, "resident")
    page.goto("/")
    sound(page)
    click = Clicker(page)
    click("link", "失业求职")
    sound(page)
    shot(page, "guide")
    click("button", "开始办理")
    sound(page)
    shot(page, "section")
    assert page.get_by_text("第 2 节，共 2 节").is_visible(), "what the registers know is not asked"
    page.get_by_label("现居住地址").fill("东江市滨江新区望江路 18 弄 3 号 501 室")
    page.get_by_label("失业日期").fill("2026-10-31")
    page.get_by_label("失业原因").select_option("contract")
    page.get_by_label("原工作单位").fill("东江云桥软件有限公司")
    page.get_by_label("文化程度").select_option("20")
    click("checkbox", "职业介绍")
    click("radio", "否")
    click("checkbox", "本人承诺所填内容和提交的材料真实有效")
    click("button", "保存并继续")
    page.wait_for_url("**/check/")
    sound(page)
    shot(page, "check")
    click("button", "提交申请")
    page.wait_for_url("**/filed/**")
    assert click.count < 10, click.count
    sound(page)
    shot(page, "filed")
    case_no = page.locator(".notice__number").inner_text().replace(" ", "")
    assert case_no.isdigit() and len(case_no) >= 20

    _official_settles(case_no)
    page.goto(f"/front/hall/cases/{case_no}/")
    assert page.get_by_text("已办结").first.is_visible()
    sound(page)
    shot(page, "result")


def _official_settles(case_no: str) -> None:
    """The desk's act, through its door."""
    settle_on_the_spot(
        sub_case_no=f"{case_no}-main",
        task=walk.task(case_no, "instant"),
        outcome="granted",
        actor=walk.official("wangjiang-centre-intake"),
        at=now(),
    )
    walk.deliver()
