"""Two officers open the same decision; the first wins, the other is told who and keeps what was written."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import city, walk
from tests.support.browser import shot, sign_in, sound


@pytest.mark.django_db(transaction=True)
def test_two_officials_decide_at_once(page: Page, visitor: Any) -> None:
    city.install("enterprise-start", "resident-basics")
    case_no = walk.file_joint()
    walk.check_all(case_no)
    walk.deliver()
    walk.examine(case_no, walk.official("amr-examiner"), "gs")

    slow: Page = visitor()
    for one, login in ((page, "amr-decider"), (slow, "amr-chief")):
        sign_in(one, login)
        one.goto(f"/back/desk/cases/{case_no}/?part=gs")
    slow.get_by_role("link", name="不予", exact=True).click()
    reason = "章程载明的出资期限超过法定期限。"
    slow.get_by_label("不予的理由和依据").fill(reason)

    page.get_by_role("link", name="准予", exact=True).click()
    page.get_by_role("button", name="准予", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="确认准予").click()
    expect(page.get_by_text("已作出准予决定。")).to_be_visible()
    assert walk.part(case_no, "gs").outcome == "granted"

    slow.get_by_role("button", name="不予", exact=True).click()
    dialog = slow.get_by_role("dialog")
    expect(dialog).to_contain_text("不能撤回")
    dialog.get_by_role("button", name="确认不予").click()
    told = slow.get_by_role("alert").first
    expect(told).to_be_visible()
    expect(slow.get_by_text(reason)).to_be_visible()
    shot(slow, "decided-by-another")
    assert walk.part(case_no, "gs").outcome == "granted"
    slow.complaints.clear()  # type: ignore[attr-defined]  # the refused answer is a 4xx on purpose
    sound(page)
