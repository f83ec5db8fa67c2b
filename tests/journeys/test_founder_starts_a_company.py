"""From a word in the search box to a licence anybody can verify: the founder's whole story, with every person who takes part in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from santai.back.approvals.service import cards_of
from santai.back.cases.service import Case
from santai.front.hall.service import Draft
from santai.kernel.clocks.service import clocks_of
from santai.kernel.jobs.service import drain
from tests.support import walk
from tests.support.browser import PHONE, axe, no_console_errors, overflow, shot, sign_in, sound

NAME = "东江澄明精密部件有限公司"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" \
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000107 00000 n \n" \
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n174\n%%EOF\n"  # fmt: skip


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("FD-094", part="the founder's journey, from search to verified licence")
@pytest.mark.requirement("FD-002", part="one form filled once, seven departments in parallel, everything comes out together")
@pytest.mark.requirement("FD-010", part="progress, papers and licence for the applicant on one page")
def test_founder_starts_a_company(page: Page, visitor: Callable[..., Page]) -> None:
    desk = visitor()
    _enter(page, "founder")
    draft = _finds_and_begins(page)
    _keeps_the_name(page, draft)
    _fills_the_form(page, draft)
    _everybody_signs(page, draft, visitor)
    case_no = _submits_once(page, draft)
    _window_takes_it_in(desk, case_no)
    _seven_departments_check(desk, case_no)
    _window_unites_the_notice(desk, case_no)
    _founder_corrects_once(page, case_no)
    _departments_check_again(desk, case_no)
    _environment_asks_experts(desk, case_no)
    _registration_is_extended(desk, case_no)
    _departments_finish(desk, case_no)
    _everything_comes_out_together(desk, case_no)
    licence = _founder_sees_the_result(page, case_no, visitor)
    _anybody_verifies(visitor(), licence)
    _founder_rates_once(page, case_no)
    no_console_errors(desk)


# -- the founder ---------------------------------------------------------------------------------------------------------------------


def _finds_and_begins(page: Page) -> str:
    page.goto("/")
    sound(page)
    page.get_by_role("searchbox").first.fill("开公司")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    sound(page)
    shot(page, "01-found")
    page.get_by_role("link", name="企业设立“一表制”").first.click()
    expect(page.get_by_role("heading", name="哪些部门同时办")).to_be_visible()
    sound(page)
    shot(page, "02-guide")
    page.get_by_role("link", name="开始办理").first.click()
    for question in ("有外国投资者吗？", "有国有资本吗？", "有建设项目吗？"):
        group = page.get_by_role("group", name=question)
        if not group.count():
            page.get_by_role("button", name="继续").click()
        group.get_by_role("radio", name="是", exact=True).check()
    sound(page)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", name="您要准备的")).to_be_visible()
    expect(page.get_by_text("建设项目环境影响报告表审批").first).to_be_visible()
    sound(page)
    shot(page, "03-prepared")
    page.get_by_role("link", name="开始填写").click()
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/drafts/**")
    sound(page)
    shot(page, "04-draft")
    return str(Draft.objects.get().id)


def _keeps_the_name(page: Page, draft: str) -> None:
    page.get_by_role("link", name="查名称、保留名称").click()
    page.get_by_label("字号").fill("澄明")
    page.get_by_label("行业或者经营特点").fill("精密部件")
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_text("这个名称可以用。")).to_be_visible()
    sound(page)
    shot(page, "05-name")
    page.get_by_role("button", name="保留这个名称，填入申请表").click()
    expect(page.get_by_text(f"名称“{NAME}”已为您保留，并填入申请表。")).to_be_visible()


def _fills_the_form(page: Page, draft: str) -> None:
    page.get_by_role("button", name="填入演示数据").click()
    page.wait_for_url(f"**/drafts/{draft}/")
    # what the population register knows is shown, with where it is from, and cannot be typed over
    page.get_by_role("link", name="股东与出资").click()
    expect(page.locator("output#f-founder-name")).to_have_text("陈静怡")
    expect(page.locator("[name='founder.name']")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("来自 人口库")
    sound(page)
    shot(page, "06-shareholders")
    # a wrong check digit is told at the field, with the entry kept
    number = page.locator("[name='shareholders.1.signer_id_number']")
    number.fill("189902197906080854")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator("[id='f-shareholders-1-signer_id_number-error']")).to_contain_text("校验")
    expect(number).to_have_value("189902197906080854")
    shot(page, "07-wrong-digit")
    number.fill("189902197906080853")
    page.get_by_role("button", name="保存并继续").click()
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 422 an error of its own
    page.goto(f"/front/hall/drafts/{draft}/")
    # typed by hand: two fields, and the paper that matters
    page.get_by_role("link", name="名称与类型").click()
    expect(page.get_by_label("企业名称")).to_have_value(NAME)
    page.goto(f"/front/hall/drafts/{draft}/")
    page.get_by_role("link", name="送达、经办与承诺").click()
    page.locator("[name='delivery.receiver']").fill("苏明哲")
    page.locator("[name='delivery.mobile']").fill("19981000004")
    page.get_by_role("button", name="保存并继续").click()
    page.goto(f"/front/hall/drafts/{draft}/")
    page.get_by_role("link", name="租赁合同").click()
    page.get_by_role("button", name=re.compile("移除|删除")).first.click()
    page.locator("input[type=file]").set_input_files({"name": "租赁合同.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="保存文件").click()
    expect(page.get_by_text("已上传。")).to_be_visible()
    expect(page.get_by_role("link", name="租赁合同.pdf")).to_be_visible()
    sound(page)
    shot(page, "08-material")


def _everybody_signs(page: Page, draft: str, visitor: Callable[..., Page]) -> None:
    page.goto(f"/front/hall/drafts/{draft}/check/")
    expect(page.get_by_role("button", name="提交申请")).to_have_count(0)
    page.goto(f"/front/hall/drafts/{draft}/")
    page.get_by_role("link", name="邀请签名").click()
    page.get_by_role("button", name="发出邀请").click()
    page.get_by_role("link", name="去签名").click()
    _signs(page)
    others = {"林浩然": "shareholder2", "沈国强": "shareholder3", "苏明哲": "director2", "叶慧琳": "supervisor2"}
    for name, login in others.items():
        # filing shows who is missing
        page.goto(f"/front/hall/drafts/{draft}/signatures/")
        expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text("待签名")
        signer = visitor(viewport=PHONE) if login == "shareholder2" else visitor()
        _enter(signer, login)
        signer.goto("/front/space/")
        signer.get_by_role("link", name=re.compile("签名")).first.click()
        expect(signer.get_by_role("heading", name="请您看过后签名")).to_be_visible()
        if login == "shareholder2":
            sound(signer)
            shot(signer, "09-sign-on-a-phone")
        _signs(signer)
        no_console_errors(signer)
        signer.context.close()
    page.goto(f"/front/hall/drafts/{draft}/signatures/")
    expect(page.get_by_text("全部签好了，可以核对并提交。")).to_be_visible()
    sound(page)
    shot(page, "10-signed")


def _signs(signer: Page) -> None:
    signer.get_by_label("我已看过全部内容").check()
    signer.get_by_role("button", name="签名", exact=True).click()
    expect(signer.get_by_text("您已经签名。谢谢！")).to_be_visible()


def _submits_once(page: Page, draft: str) -> str:
    page.get_by_role("link", name="去核对").click()
    expect(page.get_by_role("heading", name="核对后提交")).to_be_visible()
    expect(page.get_by_text(NAME).first).to_be_visible()
    sound(page)
    shot(page, "11-check")
    page.get_by_role("button", name="提交申请").dblclick()
    page.wait_for_url("**/filed/**")
    walk.deliver()
    case_no = page.locator(".notice__number").inner_text().replace(" ", "")
    assert [one.case_no for one in Case.objects.all()] == [case_no], "a double click is one case"
    page.reload()
    sound(page)
    shot(page, "12-filed")
    return case_no


# -- the officials -------------------------------------------------------------------------------------------------------------------


def _enter(page: Page, login: str) -> None:
    if not page.url.startswith("http"):
        page.goto("/kernel/identity/sign-in/")
    sign_in(page, login)


def _at(desk: Page, post: str, case_no: str, branch: str = "") -> None:
    """The holder of a post opens the case."""
    login = LOGINS.get(post, post)
    _enter(desk, login)
    desk.goto(f"/back/desk/cases/{case_no}/" + (f"?part={branch}" if branch else ""))


LOGINS = {
    "tax-examiner": "tax-examiner", "finance-examiner": "fin-examiner", "amr-quality-examiner": "quality-examiner",
    "stats-examiner": "stat-examiner", "finance-decider": "fin-decider",
}  # fmt: skip


def _does(desk: Page, label: str, said: str, *, sure: bool = False) -> None:
    """Press the act's button (and the one that asks once more), and read what was done."""
    form = desk.locator(".actform")
    form.get_by_role("button", name=label, exact=True).click()
    if sure:
        dialog = desk.get_by_role("dialog")
        dialog.get_by_role("button", name=f"确认{label}").click()
    expect(desk.get_by_text(said).first).to_be_visible()
    walk.deliver()


def _opens(desk: Page, label: str) -> None:
    desk.locator("#act").get_by_role("link", name=label, exact=True).click()
    expect(desk.locator(".actform")).to_be_visible()


def _window_takes_it_in(desk: Page, case_no: str) -> None:
    _enter(desk, "clerk")
    desk.goto("/back/desk/")
    sound(desk)
    shot(desk, "20-window-queue")
    desk.get_by_role("link", name=re.compile("陈静怡|企业设立")).first.click()
    desk.wait_for_url("**/back/desk/cases/**")
    sound(desk)
    shot(desk, "21-window-case")
    desk.get_by_role("button", name="确认收件").click()
    expect(desk.get_by_text("已确认收件。")).to_be_visible()
    walk.deliver()


def _seven_departments_check(desk: Page, case_no: str) -> None:
    for branch, post in walk.EXAMINERS.items():
        _at(desk, post, case_no, branch)
        if branch in ("gs", "hb"):
            _opens(desk, "要求补正")
            text, place = DEFECTS[branch]
            desk.get_by_label("需要补正的内容 1").fill(text)
            desk.locator("#f-place-0").select_option(place)
            if branch == "gs":
                sound(desk)
                shot(desk, "22-defects")
            _does(desk, "要求补正", "已记录需要补正的内容。", sure=True)
        else:
            _opens(desk, "材料齐全")
            _does(desk, "材料齐全", "已核对：材料齐全。")


DEFECTS = {
    "gs": ("租赁合同缺出租方盖章页，请补充。", "material:lease"),
    "hb": ("废水排放量与用水量不匹配，请核对。", "field:hb.water_out"),
}


def _window_unites_the_notice(desk: Page, case_no: str) -> None:
    _at(desk, "clerk", case_no)
    _opens(desk, "合并并发出补正通知")
    for text, _place in DEFECTS.values():
        expect(desk.locator(".actform")).to_contain_text(text)
    sound(desk)
    shot(desk, "23-unify")
    _does(desk, "合并并发出补正通知", "补正通知书已发出", sure=True)
    drain()


def _departments_check_again(desk: Page, case_no: str) -> None:
    # only those who found something look again; nobody may ask a second time
    for branch in DEFECTS:
        _at(desk, walk.EXAMINERS[branch], case_no, branch)
        expect(desk.get_by_text("补正后有改动的地方已标出").first).to_be_visible()
        expect(desk.locator("#act").get_by_role("link", name="要求补正")).to_have_count(0)
        _opens(desk, "材料齐全")
        _does(desk, "材料齐全", "已核对：材料齐全。")
    case = walk.case(case_no)
    assert case.state == Case.State.ACCEPTED and not case.deemed_accepted


def _environment_asks_experts(desk: Page, case_no: str) -> None:
    _at(desk, "eco-examiner", case_no, "hb")
    _opens(desk, "启动特别程序")
    desk.get_by_label("事由").select_option("expert_review")
    desk.get_by_label("原因和依据").fill("超声波清洗工艺的废水处理方案须请专家评审。")
    desk.get_by_label("预计需要").fill("10")
    sound(desk)
    shot(desk, "24-expert-review")
    _does(desk, "启动特别程序", "特别程序已启动，办理时限停止计算。", sure=True)
    stopped = [clock for clock in clocks_of(f"subcase:{case_no}-hb") if clock.state == "stopped"]
    assert stopped, "the department's clock stands still"
    sound(desk)
    shot(desk, "25-stopped")


def _registration_is_extended(desk: Page, case_no: str) -> None:
    _at(desk, "amr-examiner", case_no, "gs")
    before = max(clock.due_at for clock in clocks_of(f"subcase:{case_no}-gs"))
    _opens(desk, "申请延长")
    desk.get_by_label("延长的理由").fill("外方股东主体资格须向驻外机构核实。")
    desk.get_by_label("延长", exact=True).fill("3")
    _does(desk, "申请延长", "延长申请已提交，等待负责人答复。")
    # who asks does not approve
    expect(desk.locator("#act").get_by_role("link", name="答复延长申请")).to_have_count(0)
    _enter(desk, "amr-decider")
    desk.goto("/back/desk/")
    desk.get_by_role("row", name="答复延长申请").get_by_role("link").first.click()
    _opens(desk, "答复延长申请")
    desk.get_by_role("radio", name="批准延长", exact=True).check()
    desk.get_by_label("说明").fill("同意。")
    sound(desk)
    shot(desk, "26-extension")
    _does(desk, "答复延长申请", "已批准延长。", sure=True)
    assert max(clock.due_at for clock in clocks_of(f"subcase:{case_no}-gs")) > before


def _examines(desk: Page, case_no: str, branch: str) -> None:
    _at(desk, walk.EXAMINERS[branch], case_no, branch)
    _opens(desk, "提出审查意见")
    desk.get_by_role("radio", name="建议准予").check()
    desk.get_by_label("意见", exact=False).last.fill("材料齐全，符合条件。")
    _does(desk, "提出审查意见", "审查意见已提交，等待决定。")


def _decides(desk: Page, case_no: str, branch: str) -> None:
    _at(desk, walk.DECIDERS[branch], case_no, branch)
    _opens(desk, "准予")
    _does(desk, "准予", "已作出准予决定。", sure=True)


def _departments_finish(desk: Page, case_no: str) -> None:
    # the experts sit while others work; tax waits for the code that registration gives
    _examines(desk, case_no, "sw")
    _examines(desk, case_no, "gs")
    _decides(desk, case_no, "gs")
    drain()
    _at(desk, "stats-examiner", case_no, "tj")
    expect(desk.locator("#case")).to_contain_text(re.compile(r"91189901MA[0-9A-Z]{8}"))
    for branch in ("tj", "zj", "wz"):
        _at(desk, walk.EXAMINERS[branch], case_no, branch)
        link = desk.locator("#act").get_by_role("link").first
        label = link.inner_text().strip()
        link.click()
        # the click returns before the form is there: counting what it holds would look at the page that is leaving
        expect(desk.locator(".actform")).to_be_visible()
        _does(desk, label, "本部门已办结。", sure=True)
    _decides(desk, case_no, "sw")
    _examines(desk, case_no, "cz")
    _decides(desk, case_no, "cz")
    _at(desk, "eco-examiner", case_no, "hb")
    _opens(desk, "结束特别程序")
    desk.get_by_label("结果").fill("专家评审通过，方案可行。")
    _does(desk, "结束特别程序", "特别程序已结束，办理时限继续计算。")
    _examines(desk, case_no, "hb")
    _decides(desk, case_no, "hb")
    drain()


def _everything_comes_out_together(desk: Page, case_no: str) -> None:
    _at(desk, "issuing", case_no)
    sound(desk)
    shot(desk, "27-issue")
    _opens(desk, "统一出件")
    _does(desk, "统一出件", "结果已统一送达，办件办结。", sure=True)
    drain()
    case = walk.case(case_no)
    assert case.state == Case.State.COMPLETED and case.outcome == "granted"
    assert cards_of(case_no) == [], "everything was lawful and in time"
    sound(desk)
    shot(desk, "28-completed")


# -- the end -------------------------------------------------------------------------------------------------------------------------


def _founder_corrects_once(page: Page, case_no: str) -> None:
    page.goto(f"/front/hall/cases/{case_no}/")
    expect(page.get_by_text("有 2 处需要您补正")).to_be_visible()
    sound(page)
    shot(page, "13-correction-asked")
    page.get_by_role("link", name="去补正").click()
    sound(page)
    shot(page, "14-correction")
    page.get_by_role("link", name=re.compile("去修改.*租赁合同")).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "租赁合同（盖章）.pdf", "mimeType": "application/pdf", "buffer": PDF + b"%2\n"}
    )
    page.get_by_role("button", name="保存文件").click()
    expect(page.get_by_text("已上传。")).to_be_visible()
    page.goto(f"/front/hall/cases/{case_no}/correction/")
    page.get_by_role("link", name=re.compile("去修改.*废水")).click()
    expect(page.get_by_text(DEFECTS["hb"][0]).first).to_be_visible()
    page.locator("[name='hb.water_out']").fill("1050")
    sound(page)
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/correction/")
    expect(page.get_by_text("已补正")).to_have_count(2)
    sound(page)
    shot(page, "15-corrected")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_text("补正已提交，各部门会接着办理。")).to_be_visible()
    walk.deliver()


def _founder_sees_the_result(page: Page, case_no: str, visitor: Callable[..., Page]) -> str:
    page.goto(f"/front/hall/cases/{case_no}/")
    expect(page.get_by_text("已办结").first).to_be_visible()
    expect(page.get_by_role("heading", name="营业执照")).to_be_visible()
    expect(page.get_by_role("heading", name="文书")).to_be_visible()
    for said in ("专家评审", "延长"):
        expect(page.get_by_text(said).first).to_be_visible()
    sound(page)
    shot(page, "30-result")
    card = page.locator("article.licence").filter(has_text="营业执照")
    assert re.search(r"91189901MA[0-9A-Z]{8}", card.inner_text())
    expect(card.locator("svg").first).to_be_visible()
    href = card.get_by_role("link", name="核验页面").get_attribute("href")
    assert href
    page.goto(f"/front/hall/cases/{case_no}/content/")
    expect(page.locator("main")).to_contain_text(re.compile(r"91189901MA[0-9A-Z]{8}"))
    narrow = visitor(viewport=PHONE)
    _enter(narrow, "founder")
    narrow.goto(f"/front/hall/cases/{case_no}/")
    assert overflow(narrow) == []
    assert axe(narrow) == []
    shot(narrow, "31-result-on-a-phone")
    page.goto("/front/space/licences/")
    expect(page.get_by_text("营业执照").first).to_be_visible()
    sound(page)
    shot(page, "32-licences")
    return href


def _anybody_verifies(stranger: Page, address: str) -> None:
    stranger.goto(address)
    expect(stranger.get_by_text("这张证照真实有效")).to_be_visible()
    expect(stranger.get_by_text(NAME).first).to_be_visible()
    sound(stranger)
    shot(stranger, "33-verified")


def _founder_rates_once(page: Page, case_no: str) -> None:
    page.goto(f"/front/hall/cases/{case_no}/")
    page.get_by_role("link", name="给这次服务打分").click()
    form = page.url
    page.locator("label.faces__one").filter(has_text="非常满意").click()
    page.get_by_label("还想说些什么？").fill("只填一张表，七个部门都办好了。")
    sound(page)
    shot(page, "34-rate")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    page.get_by_role("button", name="提交评价").click()
    page.wait_for_url("**/thanks/**")
    sound(page)
    shot(page, "35-thanks")
    # a second one: the form is not offered, and sent all the same it is refused
    page.goto(form)
    expect(page.get_by_role("button", name="提交评价")).to_have_count(0)
    again: Any = page.request.post(form, form={"csrfmiddlewaretoken": token, "level": "5"}, headers={"Referer": form})
    assert again.status == 409
    no_console_errors(page)
