"""A limit passes unseen; the card shows itself; the supervisor follows it to its cause, the department answers, the answer is judged."""

import pytest
from playwright.sync_api import Page

from santai.back.approvals.service import answer_card, open_cards
from santai.kernel.clocks.service import now, reset_demo_time, shift_demo_time, today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from santai.kernel.web.service import grouped
from tests.support import walk
from tests.support.browser import axe, no_console_errors, overflow, shot, sign_in
from tests.support.city import install

RESIDENCE = {
    "household": "云山县",
    "address": "望江街道锦绣路 8 号 301 室",
    "registered_on": "@-300d",
    "ground": "home",
    "landlord": "李明",
    "lease_to": "@+300d",
    "receive": "window",
    "pledge": True,
}


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics", "enterprise-start")


def file_residence() -> str:
    who = walk.citizen("resident2")
    return walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))


@pytest.mark.journey
@pytest.mark.requirement("OV-001", part="a supervisor follows a red card from the wall to its cause and judges the answer")
@pytest.mark.requirement("OV-002", part="prompt, warning, yellow and red come by themselves from the facts")
def test_supervisor_follows_a_red_card_to_its_cause(city: None, page: Page, visitor: object) -> None:
    enter(page, "supervisor")
    page.goto("/oversight/supervision/")
    page.get_by_text("没有待处理的牌").wait_for()
    sound(page)
    shot(page, "wall-empty")
    try:
        case_no = file_residence()
        examiner = walk.official("police-examiner")
        walk.check(case_no, examiner)
        walk.examine(case_no, examiner)
        drain()
        for days in (4, 8, 20):  # unseen: over the promise, then the yellow card unanswered, then over the statute
            shift_demo_time(days)
            drain()
        file_residence()  # and one that runs
        drain()

        page.goto("/oversight/supervision/")
        sound(page)
        shot(page, "wall")
        page.locator("a.card--red").first.click()
        page.get_by_role("heading", name="原因").wait_for()
        body = page.locator("main").inner_text()
        assert "待决定" in body and grouped(case_no) in body and "个工作日" in body
        assert page.get_by_role("link", name=grouped(case_no)).is_visible()
        sound(page)
        shot(page, "card")
        red = page.url

        page.get_by_role("link", name=grouped(case_no)).click()
        page.get_by_role("heading", name="时限").wait_for()
        sound(page)
        shot(page, "case")

        decider = walk.official("police-decider")
        cards = open_cards("police")
        number = red.rstrip("/").rsplit("/", 1)[-1]
        assert number in {card.card_no for card in cards}
        answer_card(card_no=number, text="决定岗位人员外出培训，未按规定安排 B 角，今日作出决定。", actor=decider, at=now())
        drain()
        page.goto(red)
        page.get_by_role("button", name="退回重答").click()
        page.get_by_role("link", name="请写明退回的理由，让部门知道缺什么。").wait_for()
        sound_but_422(page)
        shot(page, "card-error")
        page.get_by_label("意见或要求").fill("请写明整改措施和完成日期。")
        page.get_by_role("button", name="退回重答").click()
        page.get_by_text("已退回，部门会在工作台看到您的要求。").wait_for()
        drain()
        answer_card(card_no=number, text="已安排 B 角，3 月底前完成全员轮训。", actor=decider, at=now())
        drain()
        page.goto(red)
        page.get_by_role("button", name="认可答复").click()
        page.get_by_text("已认可答复，这张牌已了结。").wait_for()
        sound(page)
        shot(page, "card-accepted")
        drain()
        assert number not in {card.card_no for card in open_cards("police")}

        for name in ("cards/", "cases/", "cases/?show=overdue", "cases/?show=filed", "rules/", "departments/police/"):
            page.goto(f"/oversight/supervision/{name}")
            sound(page)
            shot(page, f"sup-{name.replace('/', '-').replace('?', '')}")
        leader = visitor()  # type: ignore[operator]
        enter(leader, "leader")
        leader.goto("/oversight/cockpit/")
        sound(leader)
        shot(leader, "cockpit")
        leader.get_by_role("link", name="已超期未办结").click()
        assert leader.get_by_role("link", name=grouped(case_no)).is_visible()
        narrow = visitor(viewport={"width": 390, "height": 844})  # type: ignore[operator]
        enter(narrow, "leader")
        for name in ("cockpit/", "supervision/", f"supervision/cards/{number}/", f"supervision/cases/{case_no}/", "supervision/cases/"):
            narrow.goto(f"/oversight/{name}")
            sound(narrow)
            shot(narrow, f"390-{name.replace('/', '-')}")
    finally:
        reset_demo_time()


def enter(page: Page, login: str) -> None:
    """Sign in; what the browser said of the address used for the cookie is not the page's."""
    page.goto("/kernel/identity/sign-in/")
    sign_in(page, login)
    page.complaints.clear()  # type: ignore[attr-defined]


def sound(page: Page) -> None:
    """Acceptance 7 for the page as it stands; the findings are in the failure."""
    found, wide = axe(page), overflow(page)
    assert not found, f"{page.url}: {found}"
    assert not wide, f"{page.url}: {wide}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    no_console_errors(page)


def sound_but_422(page: Page) -> None:
    """The console names the refused form's status; nothing else may be there."""
    page.complaints[:] = [line for line in page.complaints if "422" not in line]  # type: ignore[attr-defined]
    sound(page)
