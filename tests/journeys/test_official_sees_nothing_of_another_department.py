"""An official of one department follows the same joint case as the others, and sees of them only that they work on it."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import city, walk
from tests.support.browser import shot, sign_in, sound


@pytest.mark.django_db(transaction=True)
def test_official_sees_nothing_of_another_department(page: Page) -> None:
    city.install("enterprise-start", "resident-basics")
    case_no = walk.file_joint()
    secret = "股东林浩然的签字页不清晰，请重新上传。"
    walk.check(case_no, walk.official("amr-examiner"), "gs", defects=[{"text": secret}])
    walk.deliver()

    # statistics works on its own part: the case is there, with every department's state
    sign_in(page, "stat-examiner")
    page.goto("/back/desk/")
    expect(page.get_by_role("row", name="基本单位名录信息推送")).to_have_count(1)
    expect(page.get_by_text("公司设立登记")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"**/back/desk/cases/{case_no}/**")
    expect(page.get_by_role("table", name="各部门办理情况")).to_contain_text("公司设立登记")
    # of the others: not what they noted, not their fields, not their papers, not their acts
    expect(page.get_by_text(secret)).to_have_count(0)
    body = page.locator("#case").inner_text()
    assert "环境影响报告表" not in page.locator("section[aria-labelledby=materials]").inner_text()
    assert "本部门登记信息" in body and "与本部门有关的部分" in body
    assert "废气" not in page.locator("section[aria-labelledby=form]").inner_text()
    assert "决定" not in page.locator("#act").inner_text()
    sound(page)
    shot(page, "official-stats")

    # the lead sees the whole form and its own note
    sign_in(page, "amr-examiner")
    page.goto(f"/back/desk/cases/{case_no}/?part=gs")
    expect(page.get_by_text(secret).first).to_be_visible()

    # a department without a part, and a number that does not exist, get the same answer
    sign_in(page, "civil-examiner")
    answers = []
    for number in (case_no, "18990120200101999999"):
        answer = page.goto(f"/back/desk/cases/{number}/")
        assert answer is not None
        answers.append((answer.status, page.locator("main").inner_text().replace(number, "")))
    assert answers[0] == answers[1] and answers[0][0] == 404
    # and no act through the back door
    from django.test import Client

    from santai.kernel.identity.service import Account

    client = Client()
    client.force_login(Account.objects.get(login="civil-examiner"), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": "civil-examiner"}
    session.save()
    task = str(walk.task(case_no, "check", "tj"))
    tried = client.post(
        f"/back/desk/cases/{case_no}/act/", {"act": "complete", "sub_case_no": f"{case_no}-tj", "task": task, "opinion": "x"}
    )
    assert tried.status_code == 404 and walk.part(case_no, "tj").state == "checking"
