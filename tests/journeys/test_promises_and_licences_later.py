"""What follows: a material handed in late, a commitment found false two cases later, a renewal by silence, a revocation."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from santai.back.permits import service as permits
from santai.exchange.licences.models import Licence
from santai.front.hall import service as hall
from santai.kernel.clocks.service import reset_demo_time, shift_demo_time, today
from santai.kernel.forms.service import dated
from santai.kernel.identity.service import Authorisation
from santai.kernel.jobs.service import drain
from tests.support import later, walk
from tests.support.browser import DESKTOP, PHONE, overflow, shot, sign_in, sound
from tests.support.city import install

pytestmark = pytest.mark.journey


@pytest.fixture
def city(transactional_db: None) -> Iterator[None]:
    install("resident-basics", "enterprise-start")
    yield
    reset_demo_time()


def as_firm(page: Page) -> None:
    grant = Authorisation.objects.get(grantor_code=later.HR_FIRM, grantee__login="hr-manager")
    sign_in(page, "hr-manager", acting={"for": str(grant.id)})


def told_422(page: Page) -> None:
    """The console says that the entry was refused (422), as it should be."""
    assert all("422" in one for one in page.complaints)  # type: ignore[attr-defined]
    page.complaints.clear()  # type: ignore[attr-defined]


def look(page: Page, name: str) -> None:
    """The page is sound on a desk and on a phone."""
    sound(page)
    shot(page, name)
    page.set_viewport_size(PHONE)
    assert overflow(page) == []
    shot(page, f"{name}-phone")
    page.set_viewport_size(DESKTOP)


@pytest.mark.requirement("FD-033", part="a missing material is promised, chased and handed in late")
def test_a_promised_material_is_handed_in_late_and_the_permit_given(city: None, page: Page, visitor: object) -> None:
    draft = later.draft()
    draft.materials = {code: given for code, given in draft.materials.items() if code != "rules"}
    draft.save(update_fields=["materials"])
    as_firm(page)
    page.goto(f"/front/hall/drafts/{draft.id}/materials/rules/")
    look(page, "later-promise")
    page.get_by_role("button", name="承诺稍后补交，继续").click()
    case_no = walk.submit(later.firm(), draft)

    desk = visitor()  # type: ignore[operator]
    sign_in(desk, "hrss-examiner")
    desk.goto(f"/back/permits/cases/{case_no}/")
    look(desk, "later-tolerance-desk")
    desk.get_by_role("button", name="容缺受理").click()
    assert desk.get_by_text("请逐项勾选已经告知的内容").first.is_visible()
    told_422(desk)
    for told in ("需要补交的材料", "补交的期限", "逾期视为撤回申请的后果"):
        desk.get_by_label(told).check()
    desk.get_by_role("button", name="容缺受理").click()
    desk.get_by_text("等待补交").first.wait_for()
    look(desk, "later-tolerance-accepted")
    examiner = walk.official("hrss-examiner")
    walk.examine(case_no, examiner)
    refused = walk.attempts([lambda: walk.decide(case_no, walk.official("hrss-decider"))])[0]
    assert "还没有补齐" in str(refused)
    shift_demo_time(5)
    drain()

    page.goto(f"/front/hall/cases/{case_no}/")
    look(page, "later-promised-case")
    page.get_by_role("link", name="劳务派遣管理制度").click()
    look(page, "later-promised-upload")
    page.set_input_files("input[type=file]", {"name": "制度.pdf", "mimeType": "application/pdf", "buffer": walk._page("pdf")})
    page.get_by_role("button", name="保存文件").click()
    page.get_by_text("已补交，经办部门会继续办理").wait_for()
    walk.deliver()
    walk.decide(case_no, walk.official("hrss-decider"))
    drain()
    page.goto(f"/front/hall/cases/{case_no}/")
    assert page.get_by_text("劳务派遣经营许可证").first.is_visible()
    look(page, "later-promise-kept")


@pytest.mark.requirement("FD-033", part="a false commitment bars the next one until credit is repaired")
def test_a_false_commitment_is_found_and_bars_two_cases_later(city: None, page: Page, visitor: object) -> None:
    draft = later.draft()
    as_firm(page)
    page.goto(f"/front/hall/drafts/{draft.id}/commitment/")
    look(page, "later-commitment")
    page.get_by_role("button", name="签署承诺").click()
    assert page.get_by_text("请先看完许可条件").first.is_visible()
    told_422(page)
    for told in ("我已看完许可条件", "我已看完标准和技术要求", "我已知道不实承诺的后果"):
        page.get_by_label(told).check()
    page.get_by_role("button", name="签署承诺").click()
    page.wait_for_url("**/check/")
    look(page, "later-commitment-check")
    draft.refresh_from_db()
    first = later.granted(draft)

    desk = visitor()  # type: ignore[operator]
    sign_in(desk, "hrss-examiner")
    desk.goto("/back/permits/")
    look(desk, "later-work")
    desk.get_by_role("link", name="东江汇才人力资源有限公司").first.click()
    desk.get_by_label("与承诺不符").check()
    desk.get_by_label("核查的事实").fill("经营场所的租赁合同已于申请前解除。")
    desk.get_by_label("属于虚假承诺").check()
    desk.get_by_role("button", name="登记核查结果").first.click()
    desk.get_by_role("button", name="登记核查结果").last.click()
    desk.get_by_text("虚假承诺，已记入信用记录").wait_for()
    desk.get_by_label("整改要求").fill("落实经营场所并提交证明。")
    desk.get_by_label("整改期限").fill((today() + timedelta(days=10)).isoformat())
    desk.get_by_role("button", name="发出责令整改通知书").click()
    desk.get_by_text("已发出责令整改通知书").wait_for()
    look(desk, "later-rectify")
    drain()

    second = later.granted()  # the ordinary way stays open
    assert second != first
    third = later.draft()
    page.goto(f"/front/hall/drafts/{third.id}/commitment/")
    for told in ("我已看完许可条件", "我已看完标准和技术要求", "我已知道不实承诺的后果"):
        page.get_by_label(told).check()
    page.get_by_role("button", name="签署承诺").click()
    assert page.get_by_text("信用修复以前不能选择告知承诺").first.is_visible()
    shot(page, "later-credit-bar")
    page.goto("/exchange/credit/mine/")
    assert page.get_by_text("起可以申请修复").is_visible()
    shot(page, "later-credit-mine")


@pytest.mark.requirement("FD-033", part="silence until expiry renews")
def test_silence_until_the_last_day_renews_the_licence(city: None, page: Page) -> None:
    held = later.licence_of(later.granted())
    later.expires(held.identifier, today() + timedelta(days=70))
    as_firm(page)
    page.goto(f"/front/space/licences/{held.identifier}/")
    look(page, "later-wallet")
    page.get_by_role("button", name="申请延续").click()
    page.wait_for_url("**/front/hall/drafts/**")
    look(page, "later-renewal-draft")
    renewal = hall.Draft.objects.get(business="renew")
    renewal.data = {**renewal.data, **dated(later.DISPATCH, today())}
    renewal.materials = walk.materials_for(renewal)
    renewal.save()
    case_no = walk.submit(later.firm(), renewal)
    walk.check(case_no, walk.official("hrss-examiner"))
    shift_demo_time(71)
    drain()
    page.goto(f"/front/hall/cases/{case_no}/")
    assert page.get_by_text("视为准予延续").first.is_visible()
    assert page.get_by_text("视为准予延续告知书").first.is_visible()
    shot(page, "later-renewed")
    newest = Licence.objects.get(previous__identifier=held.identifier)
    page.goto(f"/v/{newest.token}/")
    assert page.get_by_text("这张证照真实有效").is_visible()
    assert newest.version == 2 and newest.number == held.number


@pytest.mark.requirement("FD-033", part="a revoked licence and its verification page")
def test_a_revoked_licence_is_shown_revoked_to_everybody(city: None, page: Page, visitor: object) -> None:
    held = later.licence_of(later.granted())
    sign_in(page, "hrss-decider")
    page.goto(f"/back/permits/licences/{held.identifier}/?act=announce")
    look(page, "later-announce")
    page.get_by_label("拟撤销的法定事由").select_option("unqualified")
    page.get_by_label("事实和理由").fill("实缴资本不足人民币 200 万元。")
    page.get_by_role("button", name="发出拟撤销告知书").click()
    page.get_by_text("当事人可以陈述、申辩和要求听证").wait_for()
    page.goto(f"/back/permits/licences/{held.identifier}/?act=revoke")
    look(page, "later-revoke")
    page.get_by_label("法定事由").select_option("unqualified")
    page.get_by_label("查明的事实和理由").fill("实缴资本不足人民币 200 万元，不符合许可条件。")
    page.get_by_role("button", name="撤销许可").first.click()
    page.get_by_role("button", name="撤销许可").last.click()
    page.get_by_text("已撤销（").wait_for()
    look(page, "later-revoked-desk")
    drain()
    anyone = visitor()  # type: ignore[operator]
    anyone.goto(f"/v/{Licence.objects.get(identifier=held.identifier).token}/")
    assert anyone.get_by_text("这张证照现在无效").is_visible()
    assert anyone.get_by_text("已撤销").first.is_visible()
    look(anyone, "later-verify-revoked")

    office = visitor()  # type: ignore[operator]
    sign_in(office, "hrss-office-head")
    publication = permits.publications_of(held.case_no)[0]
    office.goto(f"/back/permits/publications/{publication.id}/")
    look(office, "later-publication")
    office.get_by_role("button", name="公示", exact=True).first.click()
    office.get_by_role("button", name="公示", exact=True).last.click()
    office.get_by_text("已公示").first.wait_for()
    walk.deliver()
    anyone.goto("/exchange/credit/?q=汇才")
    look(anyone, "later-published")
    anyone.get_by_role("link", name="东江汇才人力资源有限公司").click()
    look(anyone, "later-published-one")
    anyone.get_by_label("哪里有误").fill("许可内容写错了。")
    anyone.get_by_role("button", name="提出异议").click()
    assert anyone.get_by_text("请填写能联系到您的电话").first.is_visible()
    anyone.get_by_label("您的姓名").fill("王某")
    anyone.get_by_label("联系电话").fill("13800000000")
    anyone.get_by_role("button", name="提出异议").click()
    anyone.get_by_text("已收到您的意见").wait_for()
