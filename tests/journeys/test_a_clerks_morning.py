"""A clerk's morning: somebody without a telephone is served, corrected on the spot, given a receipt, later the result, and rates it."""

import pytest
from playwright.sync_api import Page

from santai.front.counter.service import receipt_of
from santai.kernel.jobs.service import drain
from tests.support import walk
from tests.support.browser import axe, overflow, shot, sign_in, sound
from tests.support.city import install

CODE, NAME = "189901197605140617", "周文"


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics", "enterprise-start")


@pytest.mark.requirement("FD-091", part="a resident without account or telephone is served at the window: same item, form and case")
def test_a_person_without_a_phone_is_served_from_receipt_to_rating(city: None, page: Page, phone: Page) -> None:
    sign_in(page, "clerk", post="asc-intake")
    page.goto("/front/counter/")
    sound(page)
    shot(page, "counter-home")
    _somebody_steps_up(page)
    _the_form_is_filled(page)
    case_no = _papers_are_looked_at_and_taken_in(page)
    _the_department_decides(case_no)
    _the_result_is_handed_out(page, case_no)
    _the_visit_is_rated(page)
    _progress_without_a_telephone(phone, case_no)


def _somebody_steps_up(page: Page) -> None:
    page.keyboard.type("18990119760514061")  # the first field has the focus; one digit is missing
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-code-error")
    assert axe(page) == [] and overflow(page) == []
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the refused form (422)
    page.get_by_label("证件号码", exact=True).fill(CODE)
    page.get_by_label("姓名", exact=True).fill(NAME)
    page.get_by_label("读卡核验").check()
    page.get_by_label("同意由窗口工作人员代为录入").check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/**")
    sound(page)
    page.keyboard.type("居住证")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    shot(page, "counter-visit")
    page.get_by_role("link", name="居住证申领").click()
    page.wait_for_url("**/start/**")
    sound(page)
    page.get_by_label("合法稳定住所").check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/intakes/**")


def _the_form_is_filled(page: Page) -> None:
    sound(page)
    page.get_by_label("户籍所在地").fill("云山县")
    page.get_by_label("居住地址").fill("望江街道锦绣路 8 号 301 室")
    page.get_by_label("居住登记日期").fill("2026-01-05")
    page.get_by_label("产权人或出租人").fill("李明")
    page.get_by_label("租期至").fill("2027-12-31")
    page.get_by_label("派出所领取").check()
    page.get_by_label("本人承诺所填内容和提交的材料真实有效").check()


def _papers_are_looked_at_and_taken_in(page: Page) -> str:
    """The photograph is good; the lease lacks a page: told, put right on the spot, taken in — by keys alone."""
    page.locator("#f-original-photo").focus()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    assert page.locator("#f-copies-photo").input_value() == "1", "a good paper on the table is one copy"
    page.locator("#f-original-dwelling").focus()
    page.keyboard.press("3")
    page.keyboard.type("租赁合同缺少出租人签名页")
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=已保存")
    sound(page)
    shot(page, "counter-intake")
    page.locator("#f-original-dwelling").focus()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipts/**")
    assert "当场更正" in page.content() and "查询码" in page.content()
    drain(only=("front.counter.receipts",))
    page.reload()
    sound(page)
    shot(page, "counter-receipt")
    sealed = page.get_by_role("link", name="盖章的 PDF").get_attribute("href")
    answer = page.request.get(str(sealed))
    assert answer.ok and answer.body()[:5] == b"%PDF-"
    walk.deliver()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _the_department_decides(case_no: str) -> None:
    walk.check(case_no, walk.official("police-examiner"))
    walk.examine(case_no, walk.official("police-examiner"))
    walk.decide(case_no, walk.official("police-decider"))
    drain()


def _the_result_is_handed_out(page: Page, case_no: str) -> None:
    page.goto("/front/counter/handouts/")
    sound(page)
    page.get_by_role("link", name=NAME).click()
    sound(page)
    page.get_by_role("button", name="登记领取，打印回证").click()
    page.wait_for_selector("#f-code-error")
    assert page.locator("#f-confirmed-error").is_visible() and axe(page) == []
    page.complaints.clear()  # type: ignore[attr-defined]
    page.get_by_label("领取人证件号码").fill(CODE)
    page.get_by_label("领取人姓名").fill(NAME)
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 110, steps=6)
    page.mouse.move(box["x"] + 260, box["y"] + 30, steps=6)
    page.mouse.up()
    shot(page, "counter-handout")
    page.get_by_role("button", name="登记领取，打印回证").click()
    page.wait_for_url("**/collected/**")
    assert page.get_by_alt_text("领取人的手写签名").is_visible()
    sound(page)
    shot(page, "counter-handed-out")


def _the_visit_is_rated(page: Page) -> None:
    page.goto("/front/counter/")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="请办事人评价").click()
    sound(page)
    page.get_by_label("非常满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    page.wait_for_url("**/thanks/")
    sound(page)


def _progress_without_a_telephone(phone: Page, case_no: str) -> None:
    receipt = receipt_of(case_no)
    assert receipt is not None
    phone.goto(f"/front/hall/track/?case_no={case_no}&code={receipt.data['query_code']}")
    sound(phone)
    phone.get_by_role("button", name="查进度").click()
    phone.wait_for_url(f"**/track/{case_no}/")
    assert phone.get_by_text("居住证申领").first.is_visible()
    sound(phone)


def test_every_page_of_the_window_reads_on_a_telephone(city: None, phone: Page) -> None:
    sign_in(phone, "clerk", post="asc-intake")
    for path in ("", "handouts/", "returns/", "outages/", "troubles/", "calendar/", "hours/"):
        phone.goto(f"/front/counter/{path}")
        sound(phone)
        shot(phone, f"counter-390-{path.strip('/') or 'home'}")
    sign_in(phone, "assistant", post="asc-assistant")
    phone.goto("/front/counter/clients/")
    sound(phone)
    sign_in(phone, "hrss-decider", post="hrss-decider")
    for path in ("mandates/", "absence/"):
        phone.goto(f"/back/desk/{path}")
        sound(phone)
        shot(phone, f"desk-390-{path.strip('/')}")
