"""A department's editor changes the words of a document, looks at them in a real case, publishes, and the next document says so."""

import pytest
from playwright.sync_api import Page

from santai.back.approvals import service as approvals
from santai.kernel.clocks.service import today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.back.approvals.test_one_department import RESIDENCE
from tests.support import walk
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics")


def accepted() -> str:
    who = walk.citizen("resident2")
    case_no = walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))
    walk.check(case_no, walk.official("police-examiner"))
    return case_no


def words_of(case_no: str) -> str:
    document = next(one for one in approvals.documents_of(case_no) if one.kind == "acceptance")
    return "".join(approvals.page_of(document)["paragraphs"])


def test_a_letter_is_reworded_previewed_published_and_seen_in_the_next_document(city: None, page: Page) -> None:
    earlier = accepted()
    drain()
    sign_in(page, "police-decider")
    page.goto("/back/letters/")
    sound(page)
    shot(page, "letters")
    page.get_by_role("link", name="受理通知书").click()
    sound(page)
    shot(page, "letter")
    page.get_by_label("正文").fill("您好，{事项名}已于{受理日期}受理。")
    page.get_by_role("button", name="保存草稿并预览").click()
    page.get_by_text("没有“{事项名}”这个内容").first.wait_for()
    assert page.get_by_label("正文").input_value() == "您好，{事项名}已于{受理日期}受理。"
    page.complaints.clear()  # type: ignore[attr-defined]  # the refusal's 422
    page.get_by_label("正文").fill("您好，您申请的“{事项}”已于{受理日期}受理。\n{视为受理说明}")
    page.get_by_label("为什么改").fill("说得亲切些")
    page.get_by_role("button", name="保存草稿并预览").click()
    preview = page.locator("article.panel")
    assert "您好，您申请的“居住证申领”已于" in preview.inner_text()  # the case that was really accepted
    sound(page)
    shot(page, "letter-previewed")
    assert "您好" not in words_of(accepted())
    page.get_by_role("button", name="发布草稿").first.click()
    page.get_by_role("button", name="发布草稿").last.click()
    page.get_by_text("第 1 版已发布").first.wait_for()
    page.locator("ins").first.wait_for()
    sound(page)
    shot(page, "letter-published")
    later = accepted()
    assert words_of(later).startswith("您好，您申请的“居住证申领”已于") and "您好" not in words_of(earlier)
    drain()
    assert all(one.digest for one in approvals.documents_of(later))

    page.goto("/back/letters/phrases/")
    page.get_by_label("审查意见").check()
    page.get_by_label("内容", exact=True).fill("材料齐全，符合法定形式。")
    page.get_by_role("button", name="添加").click()
    page.get_by_text("已添加").first.wait_for()
    sound(page)
    shot(page, "phrases")
    sign_in(page, "police-examiner")
    page.goto(f"/back/desk/cases/{later}/?act=examine")
    page.get_by_text("常用语").click()
    page.get_by_label("材料齐全，符合法定形式。").check()
    page.get_by_label("建议准予").check()
    shot(page, "desk-phrases")
    page.get_by_role("button", name="提出审查意见").last.click()
    page.get_by_text("审查意见已提交").first.wait_for()
    page.get_by_text("材料齐全，符合法定形式。").first.wait_for()
