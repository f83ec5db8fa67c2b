"""The living page and the frame, in a real browser."""

from typing import Any

import pytest
from django.test import Client

from tests.support.browser import PHONE, axe, no_console_errors, overflow, sound

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/design/", "/design/workbench/", "/design/sheet/", "/nowhere/")


@pytest.mark.parametrize("address", PAGES)
def test_page_is_accessible_quiet_and_unbroken_on_desk_and_phone(visitor: Any, address: str) -> None:
    for options in ({}, {"viewport": PHONE}, {"color_scheme": "dark"}):
        page = visitor(**options)
        page.goto(address)
        page.complaints[:] = [said for said in page.complaints if "404" not in said or address != "/nowhere/"]
        sound(page)


def test_elder_mode_and_theme_are_remembered(page: Any) -> None:
    page.goto("/design/")
    page.locator("[data-elder-switch]").click()
    page.locator("[data-theme-switch]").first.click()
    page.reload()
    assert page.locator("html").get_attribute("data-elder") == "on"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    assert axe(page) == [] and overflow(page) == []


def test_display_and_language_work_without_scripts(visitor: Any) -> None:
    page = visitor(java_script_enabled=False)
    page.goto("/design/")
    page.get_by_role("button", name="长者版").click()
    assert page.locator("html").get_attribute("data-elder") == "on"
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("button", name="Larger text").is_visible()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(page: Any) -> None:
    page.goto("/design/")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.get_by_role("link", name="认缴出资额要大于 0").click()
    assert page.evaluate("document.activeElement.id") == "f-sample_money"


def test_the_workbench_answers_the_keyboard(page: Any) -> None:
    page.goto("/design/workbench/")
    page.keyboard.press("j")
    assert page.locator(".queue__item.is-selected").inner_text().startswith("周明")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.closest('.actionbar') !== null")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.get_by_text("不予许可").first.click()
    assert page.get_by_role("dialog").get_by_text("不能收回").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "取消"
    assert axe(page) == []


def test_a_table_sorts_by_its_head(page: Any) -> None:
    page.goto("/design/")
    head = page.get_by_role("button", name="剩余工作日")
    head.click()
    head.click()
    assert "周明" in page.locator("table[data-sort] tbody tr").first.inner_text()
    no_console_errors(page)


def test_display_goes_back_only_to_our_own_pages() -> None:
    answer = Client().post("/kernel/web/display/", {"elder": "on", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert answer.cookies["santai_elder"].value == "on"


def test_pages_for_what_went_wrong_need_no_database() -> None:
    from django.template.loader import render_to_string

    assert "您已经保存的草稿" in render_to_string("500.html")
    assert "返回首页" in render_to_string("400.html")
