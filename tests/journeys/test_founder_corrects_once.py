"""The founder answers the one correction notice: defects lead to their places, what changed is shown, it is sent once."""

import pytest
from playwright.sync_api import Page

from santai.back.approvals import service as approvals
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now
from tests.support import walk
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("enterprise-start")


def test_founder_corrects_a_field_and_submits_once(city: None, page: Page) -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"gs": [{"text": "股东名称与主体资格文件不一致，请核对。", "field": "shareholders.1.name"}]})
    approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    walk.deliver()
    sign_in(page, "founder")
    page.goto(f"/front/hall/cases/{case_no}/")
    sound(page)
    shot(page, "case-correcting")
    page.get_by_role("link", name="去补正").click()
    sound(page)
    page.get_by_role("link", name="去修改").click()
    assert page.locator("#f-shareholders-1-name-note").inner_text().endswith("请核对。"), "the defect stands at its field"
    page.locator("#f-shareholders-1-name").fill("莱茵河精密技术（德国）有限公司")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/correction/")
    sound(page)
    shot(page, "correction-done")
    assert page.get_by_text("原为：莱茵河精密技术有限公司").is_visible()
    page.get_by_role("button", name="提交补正").click()
    page.wait_for_url(f"**/cases/{case_no}/")
    notice = hall.correction_of(case_no)
    assert notice is not None and notice.answered_at
    assert page.get_by_text("补正已提交").first.is_visible()
    sound(page)
