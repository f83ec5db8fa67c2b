"""A fee, in a browser: charged by the department, paid at the demonstration provider, receipted, paid back; and the books of the day."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from santai.config.demo.pay.provider import offer
from santai.kernel.clocks.service import today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.support import walk
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install
from tests.support.transfer import TRANSFER


@pytest.fixture
def city(transactional_db: None, live_server: Any, settings: Any) -> None:
    install("resident-basics")
    Path(settings.VAR, "demo-pay.json").unlink(missing_ok=True)
    settings.PUBLIC_ADDRESS = live_server.url
    settings.PAYMENTS = offer()


@pytest.mark.requirement("FD-032", part="the applicant is charged, pays online, gets the receipt and the money back")
def test_a_fee_is_charged_paid_receipted_and_paid_back(city: None, page: Page, visitor: Any) -> None:
    who = walk.citizen("buyer")
    case_no = walk.submit(who, walk.start(who, walk.item_code("不动产转移登记"), dated(TRANSFER, today()), {"cause": "sale"}))

    office = visitor()
    sign_in(office, "realestate-examiner")
    office.goto(f"/back/desk/cases/{case_no}/")
    office.get_by_role("link", name="收费、减免和退费").click()
    sound(office)
    shot(office, "fees-of-a-case")
    amount = office.locator("input[name=amount]").first
    amount.fill("81")
    office.get_by_role("button", name="开具缴款通知").first.click()
    office.get_by_text("公布的标准是 80 元，不能超过。").first.wait_for()
    assert office.locator("input[name=amount]").first.input_value() == "81"
    sound_but_for_the_refusal(office)
    office.locator("input[name=amount]").first.fill("80")
    office.get_by_role("button", name="开具缴款通知").first.click()
    office.get_by_text("缴款通知书已开具").first.wait_for()
    drain()

    sign_in(page, "buyer")
    page.goto("/front/space/")
    page.get_by_role("heading", name="不动产登记费（住宅）").wait_for()
    sound(page)
    shot(page, "space-with-a-fee")
    page.get_by_role("link", name="去缴费").first.click()
    sound(page)
    shot(page, "payment-open")
    page.get_by_role("button", name="去缴费").click()
    page.get_by_text("这里不动真钱").first.wait_for()
    sound(page)
    shot(page, "demo-cashier")
    page.get_by_role("button", name="确认付款（演示）").click()
    page.wait_for_url("**/front/payments/**")
    page.get_by_text("缴费成功，已经到账。").first.wait_for()
    sound(page)
    shot(page, "payment-paid")
    drain()

    head = visitor()
    sign_in(head, "realestate-decider")
    head.goto(f"/back/fees/cases/{case_no}/")
    head.get_by_role("link", name="退费").last.click()
    head.get_by_label("退费金额").fill("90")
    head.get_by_label("退费的理由").fill("同一权利人，按规定免收")
    head.get_by_role("button", name="确认退费").click()
    head.get_by_text("请填写不超过 80.00 元的金额。").first.wait_for()
    assert head.get_by_label("退费的理由").input_value() == "同一权利人，按规定免收"
    head.get_by_label("退费金额").fill("80")
    head.get_by_role("button", name="确认退费").click()
    head.get_by_text("退费通知书已开具").first.wait_for()
    shot(head, "fees-refunded")
    drain()

    page.goto("/front/payments/")
    page.get_by_text("已退费").first.wait_for()
    sound(page)
    shot(page, "payments")
    page.goto("/front/space/documents/")
    for title in ("缴款通知书", "缴款凭证", "退费通知书"):
        page.get_by_text(title, exact=True).first.wait_for()

    finance = visitor()
    sign_in(finance, "fin-cashier")
    finance.goto("/exchange/payments/")
    shot(finance, "finance-orders")
    finance.get_by_role("cell", name="黄雅文").wait_for()
    sound(finance)
    finance.goto("/exchange/payments/days/")
    finance.get_by_label("对账日期").fill(today().isoformat())
    finance.get_by_role("button", name="取对账单").click()
    finance.get_by_text("只能核对今天以前的日期").first.wait_for()
    shot(finance, "finance-days")


def sound_but_for_the_refusal(page: Page) -> None:
    """A refused form answers 422, which the console notes."""
    page.complaints[:] = [one for one in page.complaints if "422" not in one]  # type: ignore[attr-defined]
    sound(page)
