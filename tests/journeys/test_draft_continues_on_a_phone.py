"""A draft begun at a desk goes on at a phone; two devices never overwrite each other unseen; what was typed stays on the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import shot, sign_in, sound
from tests.support.city import install

UNEMPLOYMENT = "12189901MB6218027M5000714001000"


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics")


def test_typing_is_saved_and_goes_on_at_the_phone(city: None, page: Page, phone: Page) -> None:
    sign_in(page, "resident")
    page.goto(f"/front/hall/items/{UNEMPLOYMENT}/start/")
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("现居住地址").fill("望江路 18 弄 3 号")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 204):
        page.get_by_label("职业技能").fill("电工")
    address = page.url

    sign_in(phone, "resident")
    phone.goto(address)
    expect(phone.get_by_label("现居住地址")).to_have_value("望江路 18 弄 3 号")
    sound(phone)
    shot(phone, "phone-section")
    phone.get_by_label("现居住地址").fill("望江路 20 号")
    phone.get_by_role("button", name="保存，以后再填").click()
    phone.wait_for_url("**/drafts/*/")
    sound(phone)
    shot(phone, "phone-tasks")

    page.get_by_label("职业技能").fill("电工、焊工")
    expect(page.locator("[data-saved]")).to_contain_text("另一台设备")
    page.get_by_role("button", name="保存并继续").click()
    assert page.get_by_text("另一台设备保存过更新的内容").is_visible()
    assert page.get_by_label("职业技能").input_value() == "电工、焊工", "what was typed stays"
    page.get_by_role("link", name="载入最新内容").click()
    expect(page.get_by_label("现居住地址")).to_have_value("望江路 20 号")


def test_bad_input_is_told_at_the_field_and_every_entry_stays(city: None, phone: Page) -> None:
    sign_in(phone, "resident")
    phone.goto(f"/front/hall/items/{UNEMPLOYMENT}/start/")
    phone.get_by_role("button", name="开始填写").click()
    phone.get_by_label("现居住地址").fill("望江路 18 弄 3 号")
    phone.get_by_label("失业日期").fill("2999-01-01")
    phone.get_by_role("button", name="保存并继续").click()
    summary = phone.get_by_role("alert")
    summary.get_by_role("link", name="失业日期不能晚于今天").click()
    assert phone.evaluate("document.activeElement.name") == "unemployed_on"
    assert phone.get_by_label("失业日期").input_value() == "2999-01-01"
    assert phone.get_by_label("现居住地址").input_value() == "望江路 18 弄 3 号"
    assert phone.locator("#f-unemployed_on-error").is_visible()
    shot(phone, "phone-errors")
    phone.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 422 an error of its own
    sound(phone)
