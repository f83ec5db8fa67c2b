"""The founder's whole story in a browser, from a word in the search box to a licence anybody can verify, with every person who takes part.

The same story is played on two stages: one city (tests/journeys/) and three zones on three databases (tests/system/). A ``Stage`` opens
browsers, signs people in, lets messages arrive, and says what the tables hold.
"""

import re
from typing import Any, Protocol

from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, axe, no_console_errors, overflow, shot

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" \
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000107 00000 n \n" \
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n174\n%%EOF\n"  # fmt: skip
# who examines and decides at each branch, by the name they sign in with
EXAMINERS = {
    "gs": "amr-examiner",
    "sw": "tax-examiner",
    "cz": "fin-examiner",
    "zj": "quality-examiner",
    "tj": "stat-examiner",
    "wz": "commerce-examiner",
    "hb": "eco-examiner",
}
DECIDERS = {"gs": "amr-decider", "sw": "tax-decider", "cz": "fin-decider", "hb": "eco-decider"}
DEFECTS = {
    "gs": ("租赁合同缺出租方盖章页，请补充。", "material:lease"),
    "hb": ("废水排放量与用水量不匹配，请核对。", "field:hb.water_out"),
}

ASKED = "请问大概哪天能拿到执照？"


class Stage(Protocol):
    """Where the story is played."""

    def visitor(self, **options: Any) -> Page:
        """One more person before the public pages, with cookies of their own."""

    def official(self) -> Page:
        """One more person before the pages of the departments."""

    def enter(self, page: Page, login: str) -> None:
        """``login`` is signed in from now on."""

    def arrive(self, *, made: bool = False) -> None:
        """Let everything under way arrive; with ``made`` documents and licences are drawn and sealed too."""

    def case(self, case_no: str) -> dict[str, Any]:
        """state, outcome, deemed_accepted, clocks (branch → [state, due] pairs) and supervision cards of a case, at the back."""

    def cases_of(self, draft: str) -> list[str]:
        """The case numbers that came of a draft, as the back has them."""

    def look(self, page: Page, name: str = "") -> None:
        """What a page owes its reader: no complaint of the console, nothing broken; a picture under ``name`` when pictures are wanted."""


class FoundersStory:
    """Chapters in their order: files, is_corrected_once, stops_and_is_extended, is_decided, is_verified_and_rated."""

    def __init__(self, stage: Stage, *, trade_name: str = "澄明") -> None:
        self.stage = stage
        self.trade_name = trade_name
        self.name = f"东江{trade_name}精密部件有限公司"
        self.page = stage.visitor()
        self.desk = stage.official()
        self.draft = self.case_no = ""

    def files(self) -> None:
        """Finds the item, keeps a name, fills in the form, everybody signs, submits by a double click."""
        self.stage.enter(self.page, "founder")
        self._finds_and_begins()
        self._keeps_the_name()
        self._fills_the_form()
        self._everybody_signs()
        self._submits_once()

    def is_corrected_once(self) -> None:
        """The window takes it in, seven departments check, two find something, one united notice, one answer; accepted."""
        self._window_takes_it_in()
        self._seven_departments_check()
        self._window_unites_the_notice()
        self._founder_corrects_once()
        self._departments_check_again()

    def stops_and_is_extended(self) -> None:
        """Experts stop one department's clock, another's is extended by approval, and two examine meanwhile."""
        self._environment_asks_experts()
        self._registration_is_extended()
        self._examines("sw")
        self._examines("gs")

    def meets_the_exchange_away(self) -> None:
        """The exchange is stopped: registration cannot be decided and says so; the founder sees the case and writes all the same."""
        self._at(DECIDERS["gs"], "gs")
        self._opens("准予")
        form = self.desk.locator(".actform")
        form.get_by_role("button", name="准予", exact=True).click()
        self.desk.get_by_role("dialog").get_by_role("button", name="确认准予").click()
        expect(self.desk.get_by_text("数据交换平台暂时不能应答，请稍后重试").first).to_be_visible()
        assert self.stage.case(self.case_no)["parts"]["gs"] == ["deciding", ""]
        self.desk.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 422 an error of its own
        self.page.goto(f"/front/hall/cases/{self.case_no}/")
        self.page.get_by_label("您要说的话").fill(ASKED)
        self.page.get_by_role("button", name="发送", exact=True).click()
        expect(self.page.locator("#thread")).to_contain_text(ASKED)
        expect(self.page.get_by_text("专家评审")).to_have_count(0)  # that the clock stands still is not known here yet

    def goes_on_when_it_is_back(self) -> None:
        """What was done in the meantime is known on both sides, without anybody doing it again."""
        self.page.reload()
        for said in ("专家评审", "延长"):
            expect(self.page.get_by_text(said).first).to_be_visible()
        self._at(EXAMINERS["gs"], "gs")
        expect(self.desk.get_by_text(ASKED).first).to_be_visible()

    def is_decided(self) -> None:
        """Each department ends its part, registration first, environment last; everything is handed out together."""
        self._departments_finish()
        self._everything_comes_out_together()

    def is_verified_and_rated(self) -> str:
        """The founder sees the result, a stranger verifies the licence at its address (returned), the founder rates once."""
        address = self._founder_sees_the_result()
        self._anybody_verifies(address)
        self._founder_rates_once()
        no_console_errors(self.desk)
        return address

    def _clock_states(self, branch: str) -> list[str]:
        return [state for state, _ in self.stage.case(self.case_no)["clocks"][branch]]

    def _due(self, branch: str) -> str:
        """When the last clock of a department ends, in a form that sorts."""
        return str(max(due for _, due in self.stage.case(self.case_no)["clocks"][branch]))

    # -- the founder ---------------------------------------------------------------------------------------------------------------------

    def _finds_and_begins(self) -> None:
        self.page.goto("/")
        self.stage.look(self.page)
        self.page.get_by_role("searchbox").first.fill("开公司")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**q=**")
        self.stage.look(self.page, "01-found")
        self.page.get_by_role("link", name="企业设立“一表制”").first.click()
        expect(self.page.get_by_role("heading", name="哪些部门同时办")).to_be_visible()
        self.stage.look(self.page, "02-guide")
        self.page.get_by_role("link", name="开始办理").first.click()
        for question in ("有外国投资者吗？", "有国有资本吗？", "有建设项目吗？"):
            group = self.page.get_by_role("group", name=question)
            if not group.count():
                self.page.get_by_role("button", name="继续").click()
            group.get_by_role("radio", name="是", exact=True).check()
        self.stage.look(self.page)
        self.page.get_by_role("button", name="继续").click()
        expect(self.page.get_by_role("heading", name="您要准备的")).to_be_visible()
        expect(self.page.get_by_text("建设项目环境影响报告表审批").first).to_be_visible()
        self.stage.look(self.page, "03-prepared")
        self.page.get_by_role("link", name="开始填写").click()
        self.page.get_by_role("button", name="开始填写").click()
        self.page.wait_for_url("**/drafts/**")
        self.stage.look(self.page, "04-draft")
        self.draft = re.search(r"/drafts/([0-9a-f-]{36})/", self.page.url).group(1)  # type: ignore[union-attr]

    def _keeps_the_name(self) -> None:
        self.page.get_by_role("link", name="查名称、保留名称").click()
        self.page.get_by_label("字号").fill(self.trade_name)
        self.page.get_by_label("行业或者经营特点").fill("精密部件")
        self.page.get_by_role("button", name="查一查").click()
        expect(self.page.get_by_text("这个名称可以用。")).to_be_visible()
        self.stage.look(self.page, "05-name")
        self.page.get_by_role("button", name="保留这个名称，填入申请表").click()
        expect(self.page.get_by_text(f"名称“{self.name}”已为您保留，并填入申请表。")).to_be_visible()

    def _fills_the_form(self) -> None:
        self.page.get_by_role("button", name="填入演示数据").click()
        self.page.wait_for_url(f"**/drafts/{self.draft}/")
        # what the population register knows is shown, with where it is from, and cannot be typed over
        self.page.get_by_role("link", name="股东与出资").click()
        expect(self.page.locator("output#f-founder-name")).to_have_text("陈静怡")
        expect(self.page.locator("[name='founder.name']")).to_have_count(0)
        expect(self.page.locator("main")).to_contain_text("来自 人口库")
        self.stage.look(self.page, "06-shareholders")
        # a wrong check digit is told at the field, with the entry kept
        number = self.page.locator("[name='shareholders.1.signer_id_number']")
        number.fill("189902197906080854")
        self.page.get_by_role("button", name="保存并继续").click()
        expect(self.page.locator("[id='f-shareholders-1-signer_id_number-error']")).to_contain_text("校验")
        expect(number).to_have_value("189902197906080854")
        shot(self.page, "07-wrong-digit")
        number.fill("189902197906080853")
        self.page.get_by_role("button", name="保存并继续").click()
        self.page.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 422 an error of its own
        self.page.goto(f"/front/hall/drafts/{self.draft}/")
        # typed by hand: two fields, and the paper that matters
        self.page.get_by_role("link", name="名称与类型").click()
        expect(self.page.get_by_label("企业名称")).to_have_value(self.name)
        self.page.goto(f"/front/hall/drafts/{self.draft}/")
        self.page.get_by_role("link", name="送达、经办与承诺").click()
        self.page.locator("[name='delivery.receiver']").fill("苏明哲")
        self.page.locator("[name='delivery.mobile']").fill("19981000004")
        self.page.get_by_role("button", name="保存并继续").click()
        self.page.goto(f"/front/hall/drafts/{self.draft}/")
        self.page.get_by_role("link", name="租赁合同").click()
        self.page.get_by_role("button", name=re.compile("移除|删除")).first.click()
        self.page.locator("input[type=file]").set_input_files({"name": "租赁合同.pdf", "mimeType": "application/pdf", "buffer": PDF})
        self.page.get_by_role("button", name="保存文件").click()
        expect(self.page.get_by_text("已上传。")).to_be_visible()
        expect(self.page.get_by_role("link", name="租赁合同.pdf")).to_be_visible()
        self.stage.look(self.page, "08-material")

    def _everybody_signs(self) -> None:
        self.page.goto(f"/front/hall/drafts/{self.draft}/check/")
        expect(self.page.get_by_role("button", name="提交申请")).to_have_count(0)
        self.page.goto(f"/front/hall/drafts/{self.draft}/")
        self.page.get_by_role("link", name="邀请签名").click()
        self.page.get_by_role("button", name="发出邀请").click()
        self.page.get_by_role("link", name="去签名").click()
        self._signs(self.page)
        others = {"林浩然": "shareholder2", "沈国强": "shareholder3", "苏明哲": "director2", "叶慧琳": "supervisor2"}
        for name, login in others.items():
            # filing shows who is missing
            self.page.goto(f"/front/hall/drafts/{self.draft}/signatures/")
            expect(self.page.get_by_role("listitem").filter(has_text=name)).to_contain_text("待签名")
            signer = self.stage.visitor(viewport=PHONE) if login == "shareholder2" else self.stage.visitor()
            self.stage.enter(signer, login)
            signer.goto("/front/space/")
            signer.get_by_role("link", name=re.compile("签名")).first.click()
            expect(signer.get_by_role("heading", name="请您看过后签名")).to_be_visible()
            if login == "shareholder2":
                self.stage.look(signer, "09-sign-on-a-phone")
            self._signs(signer)
            no_console_errors(signer)
            signer.context.close()
        self.page.goto(f"/front/hall/drafts/{self.draft}/signatures/")
        expect(self.page.get_by_text("全部签好了，可以核对并提交。")).to_be_visible()
        self.stage.look(self.page, "10-signed")

    def _signs(self, signer: Page) -> None:
        signer.get_by_label("我已看过全部内容").check()
        signer.get_by_role("button", name="签名", exact=True).click()
        expect(signer.get_by_text("您已经签名。谢谢！")).to_be_visible()

    def _submits_once(self) -> None:
        self.page.get_by_role("link", name="去核对").click()
        expect(self.page.get_by_role("heading", name="核对后提交")).to_be_visible()
        expect(self.page.get_by_text(self.name).first).to_be_visible()
        self.stage.look(self.page, "11-check")
        self.page.get_by_role("button", name="提交申请").dblclick()
        self.page.wait_for_url("**/filed/**")
        self.stage.arrive()
        self.case_no = self.page.locator(".notice__number").inner_text().replace(" ", "")
        assert self.stage.cases_of(self.draft) == [self.case_no], "a double click is one case"
        self.page.reload()
        self.stage.look(self.page, "12-filed")

    # -- the officials -------------------------------------------------------------------------------------------------------------------

    def _at(self, login: str, branch: str = "") -> None:
        """An official opens the case."""
        self.stage.enter(self.desk, login)
        self.desk.goto(f"/back/desk/cases/{self.case_no}/" + (f"?part={branch}" if branch else ""))

    def _does(self, label: str, said: str, *, sure: bool = False) -> None:
        """Press the act's button (and the one that asks once more), and read what was done."""
        form = self.desk.locator(".actform")
        form.get_by_role("button", name=label, exact=True).click()
        if sure:
            dialog = self.desk.get_by_role("dialog")
            dialog.get_by_role("button", name=f"确认{label}").click()
        expect(self.desk.get_by_text(said).first).to_be_visible()
        self.stage.arrive()

    def _opens(self, label: str) -> None:
        self.desk.locator("#act").get_by_role("link", name=label, exact=True).click()
        expect(self.desk.locator(".actform")).to_be_visible()

    def _window_takes_it_in(self) -> None:
        self.stage.enter(self.desk, "clerk")
        self.desk.goto("/back/desk/")
        self.stage.look(self.desk, "20-window-queue")
        self.desk.get_by_role("link", name=re.compile("陈静怡|企业设立")).first.click()
        self.desk.wait_for_url("**/back/desk/cases/**")
        self.stage.look(self.desk, "21-window-case")
        self.desk.get_by_role("button", name="确认收件").click()
        expect(self.desk.get_by_text("已确认收件。")).to_be_visible()
        self.stage.arrive()

    def _seven_departments_check(self) -> None:
        for branch, post in EXAMINERS.items():
            self._at(post, branch)
            if branch in ("gs", "hb"):
                self._opens("要求补正")
                text, place = DEFECTS[branch]
                self.desk.get_by_label("需要补正的内容 1").fill(text)
                self.desk.locator("#f-place-0").select_option(place)
                if branch == "gs":
                    self.stage.look(self.desk, "22-defects")
                self._does("要求补正", "已记录需要补正的内容。", sure=True)
            else:
                self._opens("材料齐全")
                self._does("材料齐全", "已核对：材料齐全。")

    def _window_unites_the_notice(self) -> None:
        self._at("clerk")
        self._opens("合并并发出补正通知")
        for text, _place in DEFECTS.values():
            expect(self.desk.locator(".actform")).to_contain_text(text)
        self.stage.look(self.desk, "23-unify")
        self._does("合并并发出补正通知", "补正通知书已发出", sure=True)
        self.stage.arrive(made=True)

    def _departments_check_again(self) -> None:
        # only those who found something look again; nobody may ask a second time
        for branch in DEFECTS:
            self._at(EXAMINERS[branch], branch)
            expect(self.desk.get_by_text("补正后有改动的地方已标出").first).to_be_visible()
            expect(self.desk.locator("#act").get_by_role("link", name="要求补正")).to_have_count(0)
            self._opens("材料齐全")
            self._does("材料齐全", "已核对：材料齐全。")
        case = self.stage.case(self.case_no)
        assert case["state"] == "accepted" and not case["deemed_accepted"]

    def _environment_asks_experts(self) -> None:
        self._at("eco-examiner", "hb")
        self._opens("启动特别程序")
        self.desk.get_by_label("事由").select_option("expert_review")
        self.desk.get_by_label("原因和依据").fill("超声波清洗工艺的废水处理方案须请专家评审。")
        self.desk.get_by_label("预计需要").fill("10")
        self.desk.get_by_label("批准人").select_option(index=1)
        self.stage.look(self.desk, "24-expert-review")
        self._does("启动特别程序", "特别程序已启动，办理时限停止计算。", sure=True)
        assert "stopped" in self._clock_states("hb"), "the department's clock stands still"
        self.stage.look(self.desk, "25-stopped")

    def _registration_is_extended(self) -> None:
        self._at("amr-examiner", "gs")
        before = self._due("gs")
        self._opens("申请延长")
        self.desk.get_by_label("延长的理由").fill("外方股东主体资格须向驻外机构核实。")
        self.desk.get_by_label("延长", exact=True).fill("3")
        self._does("申请延长", "延长申请已提交，等待负责人答复。")
        # who asks does not approve
        expect(self.desk.locator("#act").get_by_role("link", name="答复延长申请")).to_have_count(0)
        self.stage.enter(self.desk, "amr-decider")
        self.desk.goto("/back/desk/")
        self.desk.get_by_role("row", name="答复延长申请").get_by_role("link").first.click()
        self._opens("答复延长申请")
        self.desk.get_by_role("radio", name="批准延长", exact=True).check()
        self.desk.get_by_label("说明").fill("同意。")
        self.stage.look(self.desk, "26-extension")
        self._does("答复延长申请", "已批准延长。", sure=True)
        assert self._due("gs") > before

    def _examines(self, branch: str) -> None:
        self._at(EXAMINERS[branch], branch)
        self._opens("提出审查意见")
        self.desk.get_by_role("radio", name="建议准予").check()
        self.desk.get_by_label("意见", exact=False).last.fill("材料齐全，符合条件。")
        self._does("提出审查意见", "审查意见已提交，等待决定。")

    def _decides(self, branch: str) -> None:
        self._at(DECIDERS[branch], branch)
        self._opens("准予")
        self._does("准予", "已作出准予决定。", sure=True)

    def _departments_finish(self) -> None:
        # tax waits for the code that registration gives
        self._decides("gs")
        self.stage.arrive(made=True)
        self._at(EXAMINERS["tj"], "tj")
        expect(self.desk.locator("#case")).to_contain_text(re.compile(r"91189901MA[0-9A-Z]{8}"))
        for branch in ("tj", "zj", "wz"):
            self._at(EXAMINERS[branch], branch)
            link = self.desk.locator("#act").get_by_role("link").first
            label = link.inner_text().strip()
            link.click()
            # the click returns before the form is there: counting what it holds would look at the page that is leaving
            expect(self.desk.locator(".actform")).to_be_visible()
            self._does(label, "本部门已办结。", sure=True)
        self._decides("sw")
        self._examines("cz")
        self._decides("cz")
        self._at("eco-examiner", "hb")
        self._opens("结束特别程序")
        self.desk.get_by_label("结果").fill("专家评审通过，方案可行。")
        self._does("结束特别程序", "特别程序已结束，办理时限继续计算。")
        self._examines("hb")
        self._decides("hb")
        self.stage.arrive(made=True)

    def _everything_comes_out_together(self) -> None:
        self._at("issuing")
        self.stage.look(self.desk, "27-issue")
        self._opens("统一出件")
        self._does("统一出件", "结果已统一送达，办件办结。", sure=True)
        self.stage.arrive(made=True)
        case = self.stage.case(self.case_no)
        assert (case["state"], case["outcome"]) == ("completed", "granted")
        assert case["cards"] == [], "everything was lawful and in time"
        self.stage.look(self.desk, "28-completed")

    # -- the end -------------------------------------------------------------------------------------------------------------------------

    def _founder_corrects_once(self) -> None:
        self.page.goto(f"/front/hall/cases/{self.case_no}/")
        expect(self.page.get_by_text("有 2 处需要您补正")).to_be_visible()
        self.stage.look(self.page, "13-correction-asked")
        self.page.get_by_role("link", name="去补正").click()
        self.stage.look(self.page, "14-correction")
        self.page.get_by_role("link", name=re.compile("去修改.*租赁合同")).click()
        self.page.locator("input[type=file]").set_input_files(
            {"name": "租赁合同（盖章）.pdf", "mimeType": "application/pdf", "buffer": PDF + b"%2\n"}
        )
        self.page.get_by_role("button", name="保存文件").click()
        expect(self.page.get_by_text("已上传。")).to_be_visible()
        self.page.goto(f"/front/hall/cases/{self.case_no}/correction/")
        self.page.get_by_role("link", name=re.compile("去修改.*废水")).click()
        expect(self.page.get_by_text(DEFECTS["hb"][0]).first).to_be_visible()
        self.page.locator("[name='hb.water_out']").fill("1050")
        self.stage.look(self.page)
        self.page.get_by_role("button", name="保存并继续").click()
        self.page.wait_for_url("**/correction/")
        expect(self.page.get_by_text("已补正")).to_have_count(2)
        self.stage.look(self.page, "15-corrected")
        self.page.get_by_role("button", name="提交补正").click()
        expect(self.page.get_by_text("补正已提交，各部门会接着办理。")).to_be_visible()
        self.stage.arrive()

    def _founder_sees_the_result(self) -> str:
        self.page.goto(f"/front/hall/cases/{self.case_no}/")
        expect(self.page.get_by_text("已办结").first).to_be_visible()
        expect(self.page.get_by_role("heading", name="营业执照")).to_be_visible()
        expect(self.page.get_by_role("heading", name="文书")).to_be_visible()
        for said in ("专家评审", "延长"):
            expect(self.page.get_by_text(said).first).to_be_visible()
        self.stage.look(self.page, "30-result")
        card = self.page.locator("article.licence").filter(has_text="营业执照")
        assert re.search(r"91189901MA[0-9A-Z]{8}", card.inner_text())
        expect(card.locator("svg").first).to_be_visible()
        href = card.get_by_role("link", name="核验页面").get_attribute("href")
        assert href
        self.page.goto(f"/front/hall/cases/{self.case_no}/content/")
        expect(self.page.locator("main")).to_contain_text(re.compile(r"91189901MA[0-9A-Z]{8}"))
        narrow = self.stage.visitor(viewport=PHONE)
        self.stage.enter(narrow, "founder")
        narrow.goto(f"/front/hall/cases/{self.case_no}/")
        assert overflow(narrow) == []
        assert axe(narrow) == []
        shot(narrow, "31-result-on-a-phone")
        self.page.goto("/front/space/licences/")
        expect(self.page.get_by_text("营业执照").first).to_be_visible()
        self.stage.look(self.page, "32-licences")
        return href

    def _anybody_verifies(self, address: str) -> None:
        stranger = self.stage.visitor()
        stranger.goto(address)
        expect(stranger.get_by_text("这张证照真实有效")).to_be_visible()
        expect(stranger.get_by_text(self.name).first).to_be_visible()
        self.stage.look(stranger, "33-verified")

    def _founder_rates_once(self) -> None:
        self.page.goto(f"/front/hall/cases/{self.case_no}/")
        self.page.get_by_role("link", name="给这次服务打分").click()
        form = self.page.url
        self.page.locator("label.faces__one").filter(has_text="非常满意").click()
        self.page.get_by_label("还想说些什么？").fill("只填一张表，七个部门都办好了。")
        self.stage.look(self.page, "34-rate")
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        self.page.get_by_role("button", name="提交评价").click()
        self.page.wait_for_url("**/thanks/**")
        self.stage.look(self.page, "35-thanks")
        # a second one: the form is not offered, and sent all the same it is refused
        self.page.goto(form)
        expect(self.page.get_by_role("button", name="提交评价")).to_have_count(0)
        again: Any = self.page.request.post(form, form={"csrfmiddlewaretoken": token, "level": "5"}, headers={"Referer": form})
        assert again.status == 409
        no_console_errors(self.page)
