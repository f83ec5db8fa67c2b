"""Cases that do not end in a licence: refused with reasons and remedies, withdrawn while departments work; and acts without the post."""

import re

import pytest
from playwright.sync_api import Page, expect

from santai.back.approvals.service import documents_of
from santai.back.cases.service import Case, SubCase
from santai.kernel.clocks.service import clocks_of, today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.support import walk
from tests.support.browser import PHONE, shot, sign_in, sound

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

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
WHY = "居住登记至今不满半年，不符合《居住证暂行条例》第二条规定的条件。"


def _enter(page: Page, login: str) -> None:
    page.goto("/kernel/identity/sign-in/")
    sign_in(page, login)


def _does(desk: Page, label: str, said: str) -> None:
    desk.locator(".actform").get_by_role("button", name=label, exact=True).click()
    dialog = desk.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name=f"确认{label}").click()
    expect(desk.get_by_text(said).first).to_be_visible()
    walk.deliver()


@pytest.mark.requirement("BO-015", part="what the officials decide, here a refusal with its reasons, comes back to the applicant's page")
def test_a_permit_is_refused_with_reasons_and_remedies(page: Page, visitor: object) -> None:
    who = walk.citizen("resident2")
    case_no = walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))
    walk.check(case_no, walk.official("police-examiner"))
    walk.deliver()
    _enter(page, "police-examiner")
    page.goto(f"/back/desk/cases/{case_no}/")
    page.locator("#act").get_by_role("link", name="提出审查意见").click()
    page.get_by_role("radio", name="建议不予").check()
    page.locator(".actform").get_by_label("意见").last.fill("登记不满半年。")
    _does(page, "提出审查意见", "审查意见已提交，等待决定。")
    # another officer decides; without a reason it is no decision
    _enter(page, "police-decider")
    page.goto(f"/back/desk/cases/{case_no}/")
    page.locator("#act").get_by_role("link", name="不予", exact=True).click()
    expect(page.locator(".actform")).to_contain_text("申请行政复议")
    page.locator(".actform").get_by_role("button", name="不予", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="确认不予").click()
    expect(page.locator(".actform .field__error").first).to_be_visible()
    assert walk.part(case_no).outcome == ""
    shot(page, "refusal-without-reason")
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 422 an error of its own
    page.get_by_label("不予的理由和依据").fill(WHY)
    _does(page, "不予", "已作出不予决定。")
    sound(page)
    drain()
    assert walk.part(case_no).outcome == "refused" and walk.case(case_no).state == Case.State.COMPLETED
    # the applicant reads why and what can be done against it
    phone = visitor(viewport=PHONE)  # type: ignore[operator]
    _enter(phone, "resident2")
    phone.goto(f"/front/hall/cases/{case_no}/")
    expect(phone.get_by_text(WHY).first).to_be_visible()
    expect(phone.get_by_text("行政复议").first).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("签收并打开.*不予"))).to_have_count(1)
    sound(phone)
    shot(phone, "refused")
    with phone.expect_response(lambda answer: "application/pdf" in answer.headers.get("content-type", "")) as opened:
        phone.get_by_role("button", name=re.compile("签收并打开.*不予")).click()
    assert opened.value.ok
    assert [one.received_at is not None for one in documents_of(case_no) if "不予" in one.title] == [True], "opening it is receiving it"


@pytest.mark.requirement("FD-027", part="an application withdrawn online while departments work on it")
def test_founder_withdraws_in_the_middle_of_the_parallel_work(page: Page, visitor: object) -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    walk.deliver()
    walk.finish(case_no, "gs")
    walk.examine(case_no, walk.official("eco-examiner"), "hb")
    walk.deliver()
    _enter(page, "founder")
    page.goto(f"/front/hall/cases/{case_no}/")
    page.get_by_role("link", name="撤回申请").click()
    expect(page.get_by_role("heading", name="已经作出决定的，不受影响")).to_be_visible()
    expect(page.get_by_role("heading", name="将停止办理的")).to_be_visible()
    sound(page)
    shot(page, "withdraw")
    page.get_by_role("button", name="确认撤回").click()
    expect(page.get_by_role("alert").first).to_be_visible()  # a reason is wanted
    page.complaints.clear()  # type: ignore[attr-defined]
    page.get_by_label("撤回的原因").fill("选址有变，另行申请。")
    page.get_by_role("button", name="确认撤回").click()
    page.wait_for_url(f"**/cases/{case_no}/")
    walk.deliver()
    drain()
    page.reload()
    sound(page)
    shot(page, "withdrawn")
    parts = {part.branch: part for part in SubCase.objects.filter(case_id=case_no)}
    assert parts["gs"].outcome == "granted", "what is decided stands"
    assert all(not part.is_open for part in parts.values())
    assert {part.outcome for branch, part in parts.items() if branch != "gs"} == {"withdrawn"}
    running = [clock for branch in parts for clock in clocks_of(f"subcase:{case_no}-{branch}") if clock.state in ("running", "stopped")]
    assert running == [] and walk.case(case_no).state == Case.State.COMPLETED
    expect(page.get_by_role("link", name="撤回申请")).to_have_count(0)
    # the department that was about to decide finds nothing left to do
    desk = visitor()  # type: ignore[operator]
    _enter(desk, "eco-decider")
    desk.goto("/back/desk/")
    expect(desk.get_by_text(case_no)).to_have_count(0)
    desk.goto(f"/back/desk/cases/{case_no}/?part=hb")
    expect(desk.locator("#act")).to_contain_text("没有要办的操作")
    sound(desk)


def test_a_decision_without_the_post_is_not_offered_and_refused_when_sent(page: Page) -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    walk.deliver()
    walk.examine(case_no, walk.official("amr-examiner"), "gs")
    task = str(walk.task(case_no, "decide", "gs"))
    for login in ("amr-examiner", "amr-examiner-b"):
        _enter(page, login)
        page.goto(f"/back/desk/cases/{case_no}/?part=gs")
        expect(page.locator("#act").get_by_role("link", name="准予")).to_have_count(0)
        # the address of the act is known: opening it shows no form, sending it is refused on the page
        page.goto(f"/back/desk/cases/{case_no}/?part=gs&act=grant&task={task}")
        expect(page.locator(".actform")).to_have_count(0)
        page.evaluate(
            """([address, task, part]) => {
                const form = document.createElement('form'); form.method = 'post'; form.action = address;
                const give = (name, value) => {
                    const i = document.createElement('input'); i.name = name; i.value = value; form.append(i); };
                give('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
                give('act', 'grant'); give('task', task); give('sub_case_no', part); give('part', 'gs');
                document.body.append(form); form.submit(); }""",
            [f"/back/desk/cases/{case_no}/act/", task, f"{case_no}-gs"],
        )
        page.wait_for_url("**/act/")
        expect(page.get_by_role("alert").first).to_be_visible()
        assert walk.part(case_no, "gs").outcome == ""
        shot(page, f"without-the-post-{login}")
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the refusal an error of its own
    sound(page)
