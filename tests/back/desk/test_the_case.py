"""One case as one post sees it: what it shows, which acts it offers, and what becomes of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from santai.back.approvals import service as approvals
from santai.back.cases.service import CaseContent, CaseNotFound, Opinion
from santai.back.desk.service import case_file, may_read_file
from santai.exchange.bus.service import LinkDown
from santai.exchange.contracts.service import ApplicantWrote, CardIssued
from santai.exchange.gateway.actions import ask as asking
from santai.kernel.clocks.service import clocks_of, now
from santai.kernel.flow.service import get_task
from santai.kernel.jobs.service import drain
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture
def joint(city_db: None) -> str:
    return walk.file_joint()


def offered(case_no: str, post: str, part: str = "") -> list[str]:
    return [act.key for act in case_file(case_no=case_no, actor=walk.official(post), at=now(), part=part, pictures=False).acts]


def act(client: Client, case_no: str, key: str, branch: str = "", element: str = "", **fields: object) -> object:
    sub_case = f"{case_no}-{branch}" if branch else ""
    task = str(walk.task(case_no, element, branch)) if element else ""
    return client.post(f"/back/desk/cases/{case_no}/act/", {"act": key, "sub_case_no": sub_case, "task": task, "part": branch, **fields})


class TestTheActs:
    def test_follow_the_step_and_the_post(self, joint: str) -> None:
        assert {"complete", "defects", "claim", "refuse_acceptance"} <= set(offered(joint, "amr-examiner", "gs"))
        assert "complete" not in offered(joint, "amr-decider", "gs")
        assert "defects" not in offered(joint, "stats-examiner")  # 信息推送 is only verified
        assert "receive" in offered(joint, "asc-intake")
        walk.check_all(joint)
        assert "examine" in offered(joint, "amr-examiner", "gs") and "extension_ask" in offered(joint, "amr-examiner", "gs")
        assert "special_start" in offered(joint, "eco-examiner")
        assert "special_start" not in offered(joint, "amr-examiner", "gs")  # the item lists no cause for it
        walk.examine(joint, walk.official("amr-examiner"), "gs")
        assert {"grant", "refuse", "return"} <= set(offered(joint, "amr-decider", "gs"))
        walk.examine(joint, walk.official("tax-examiner"), "sw")
        assert "grant" not in offered(joint, "tax-decider")  # waits for the registration
        assert "refuse" in offered(joint, "tax-decider")

    def test_delegate_and_stay_responsible(self, joint: str) -> None:
        client, colleague = sign_in("amr-examiner"), walk.official("amr-examiner-b")
        assert "delegate" not in offered(joint, "amr-examiner", "gs"), "only what one holds"
        act(client, joint, "claim", "gs", "check")
        assert act(client, joint, "delegate", "gs", "check", to=colleague.account, why="").status_code == 422  # type: ignore[attr-defined]
        act(client, joint, "delegate", "gs", "check", to=colleague.account, why="出差两天")
        task = get_task(walk.task(joint, "check", "gs"))
        assert (task.account, task.delegated_by) == (colleague.account, walk.official("amr-examiner").account)
        page = client.get(f"/back/desk/cases/{joint}/?part=gs").content.decode()
        assert f"已委托{colleague.name}办理，您仍然负责" in page
        assert "complete" in offered(joint, "amr-examiner", "gs") and "complete" in offered(joint, "amr-examiner-b", "gs")
        assert "delegate" not in offered(joint, "amr-examiner-b", "gs"), "a delegate does not delegate on"
        walk.check(joint, colleague, "gs")
        assert walk.part(joint, "gs").state == "checked"

    def test_an_extension_is_asked_for_within_what_the_law_allows(self, joint: str) -> None:
        walk.check_all(joint)
        client = sign_in("amr-examiner")
        refused = act(client, joint, "extension_ask", "gs", reason="情形复杂", days="4")
        assert refused.status_code == 422 and "最多可以延长 3 个工作日" in refused.content.decode()  # type: ignore[attr-defined]
        assert act(client, joint, "extension_ask", "gs", reason="情形复杂", days="3").status_code == 302  # type: ignore[attr-defined]

    def test_no_extension_is_offered_once_the_limit_has_passed(self, joint: str) -> None:
        walk.check_all(joint)
        assert "extension_ask" in offered(joint, "amr-examiner", "gs")
        drain(max(clock.due_at for clock in clocks_of(f"subcase:{joint}-gs")) + timedelta(seconds=1), only=("kernel.clocks",))
        assert "extension_ask" not in offered(joint, "amr-examiner", "gs")
        refused = act(sign_in("amr-examiner"), joint, "extension_ask", "gs", reason="情形复杂", days="3")
        assert refused.status_code == 422 and "期限已过" in refused.content.decode()  # type: ignore[attr-defined]

    def test_claim_pass_on_and_give_back(self, joint: str) -> None:
        client = sign_in("amr-examiner")
        act(client, joint, "claim", "gs", "check")
        task = get_task(walk.task(joint, "check", "gs"))
        assert task.account_name and "release" in offered(joint, "amr-examiner", "gs")
        assert "complete" not in offered(joint, "amr-examiner-b", "gs")
        colleague = walk.official("amr-examiner-b")
        refused = act(client, joint, "transfer", "gs", "check", to=colleague.account, why="")
        assert refused.status_code == 422 and "请写明转交原因" in refused.content.decode()
        act(client, joint, "transfer", "gs", "check", to=colleague.account, why="外出培训")
        assert get_task(task.id).account == colleague.account
        act(sign_in("amr-examiner-b"), joint, "release", "gs", "check")
        assert get_task(task.id).account == ""

    def test_refused_with_the_entry_kept_in_place(self, joint: str) -> None:
        answer = act(sign_in("amr-examiner"), joint, "defects", "gs", "check", defect=["", ""], place=["", ""])
        assert answer.status_code == 422 and "请至少写明一处" in answer.content.decode()
        walk.check_all(joint)
        answer = act(sign_in("amr-examiner"), joint, "examine", "gs", "examine", opinion="出资期限不符。")
        assert answer.status_code == 422
        assert "请选择审查结论" in answer.content.decode() and "出资期限不符。" in answer.content.decode()
        answer = act(sign_in("eco-examiner"), joint, "special_start", "hb", cause="expert_review", reason="需要评审", expected_days="十天")
        assert answer.status_code == 422 and "需要评审" in answer.content.decode()

    def test_tell_who_was_faster(self, joint: str) -> None:
        walk.check_all(joint)
        task = str(walk.task(joint, "examine", "gs"))
        walk.examine(joint, walk.official("amr-examiner-b"), "gs")
        fields = {"act": "examine", "sub_case_no": f"{joint}-gs", "task": task, "suggestion": "suggest_grant", "opinion": "我的意见"}
        answer = sign_in("amr-examiner").post(f"/back/desk/cases/{joint}/act/", fields)
        page = answer.content.decode()
        assert answer.status_code == 409 and walk.official("amr-examiner-b").name in page and "我的意见" in page
        assert Opinion.objects.filter(sub_case_id=f"{joint}-gs", step="审查").count() == 1

    def test_say_what_the_register_refuses_and_leave_the_decision_untaken(self, joint: str) -> None:
        """Another firm has been given the name meanwhile: a sentence in place, not an error page, and the task stays."""
        walk.check_all(joint)
        walk.finish(joint, "gs")
        second = walk.file_joint()
        walk.check_all(second)
        walk.examine(second, walk.official("amr-examiner"), "gs")
        answer = act(sign_in("amr-decider"), second, "grant", "gs", "decide", opinion="符合条件，准予登记。")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "这个企业名称已有企业登记在用，不能再登记，决定没有作出。" in page and "请退回审查并告知申请人更换名称" in page
        assert "符合条件，准予登记。" in page, "what was written stays"
        assert walk.part(second, "gs").state == "deciding" and walk.task(second, "decide", "gs")
        assert {"return", "refuse"} <= set(offered(second, "amr-decider", "gs")), "both ways out are open"

    def test_unite_the_corrections_at_the_window(self, joint: str) -> None:
        for branch, text in (("gs", "签字页不清晰。"), ("hb", "缺少监测数据。")):
            walk.check(joint, walk.official(walk.EXAMINERS[branch]), branch, defects=[{"text": text}])
        for branch in ("sw", "cz", "zj", "tj", "wz"):
            walk.check(joint, walk.official(walk.EXAMINERS[branch]), branch)
        client, note = sign_in("asc-intake"), approvals.defects_of(joint)[0]
        act(client, joint, "unify", "", "unify_correction", **{f"text-{note.id}": "请重新上传清晰的签字页。"})
        notice = approvals.correction_of(joint)
        assert notice is not None and {"请重新上传清晰的签字页。"} < {one["text"] for one in notice.defects}

    def test_are_not_open_to_another_department(self, joint: str) -> None:
        answer = act(sign_in("stats-examiner"), joint, "complete", "gs", "check")
        assert answer.status_code in (404, 422)
        assert walk.part(joint, "gs").state == "checking"
        assert act(sign_in("civil-examiner"), joint, "complete", "gs", "check").status_code == 404

    def test_claim_several_and_tell_each_effect(self, joint: str) -> None:
        tasks = [str(walk.task(joint, "check", branch)) for branch in ("gs", "zj")]
        foreign = str(walk.task(joint, "check", "hb"))
        page = sign_in("amr-examiner").post("/back/desk/claim/", {"task": [*tasks, foreign]}).content.decode()
        assert "领取了 2 件，1 件没有领取" in page
        assert get_task(foreign).account == ""


class TestTheCase:
    def test_shows_a_department_its_part_and_hides_the_others(self, joint: str) -> None:
        tax = case_file(case_no=joint, actor=walk.official("tax-examiner"), at=now())
        assert [one.branch for one in tax.own] == ["sw"] and len(tax.parts) == 7 and not tax.whole
        assert tax.record and tax.answers and tax.pictures
        lead = case_file(case_no=joint, actor=walk.official("amr-examiner"), at=now())
        assert lead.whole and len(lead.answers) > len(tax.answers)
        assert {one["handed"]["code"] for one in tax.materials} < {one["handed"]["code"] for one in lead.materials}
        walk.check(joint, walk.official("amr-examiner"), "gs", defects=[{"text": "签字页不清晰。"}])
        assert not case_file(case_no=joint, actor=walk.official("tax-examiner"), at=now()).opinions
        with pytest.raises(CaseNotFound):
            case_file(case_no=joint, actor=walk.official("civil-examiner"), at=now())

    def test_is_one_answer_for_absent_and_forbidden(self, joint: str) -> None:
        client = sign_in("civil-examiner")
        for page in ("", "print/"):
            assert client.get(f"/back/desk/cases/{joint}/{page}").status_code == 404
            assert client.get(f"/back/desk/cases/1899/{page}").status_code == 404
        assert client.post(f"/back/desk/cases/{joint}/facts/", {"code": "x"}).status_code == 404

    def test_asks_the_register_only_for_whom_it_names(self, joint: str) -> None:
        client, code = sign_in("amr-examiner"), walk.case(joint).applicant["code"]
        page = client.post(f"/back/desk/cases/{joint}/facts/", {"code": code}, headers={"HX-Request": "true"}).content.decode()
        assert "人口库" in page and code not in page
        page = client.post(f"/back/desk/cases/{joint}/facts/", {"code": "189901199305010983"}, headers={"HX-Request": "true"})
        assert "没有这个人" in page.content.decode()

    def test_answers_the_applicant_and_a_card(self, joint: str) -> None:
        written = ApplicantWrote(case_no=joint, message_id="0190a3b2-0000-7000-8000-000000000001", written_at=now().isoformat(), by="陈静怡", text="什么时候办好？", urges=True)  # noqa: E501  # fmt: skip
        approvals.take_line(message=written, actor=walk.citizen("founder")[1], at=now())
        approvals.take_card(
            message=CardIssued(
                card_no="C-1", level="yellow", case_no=joint, sub_case_no=f"{joint}-hb", organisation="eco", rule="r",
                text="承诺时限已过。", issued_at=now().isoformat(),
            )
        )  # fmt: skip
        client = sign_in("eco-examiner")
        page = client.get(f"/back/desk/cases/{joint}/").content.decode()
        assert "什么时候办好？" in page and "承诺时限已过。" in page
        assert "承诺时限已过。" not in sign_in("tax-examiner").get(f"/back/desk/cases/{joint}/").content.decode()
        act(client, joint, "reply", text="预计周五办结。")
        act(client, joint, "card", card_no="C-1", text="正在补充评审材料。")
        assert approvals.thread_of(joint)[-1].text == "预计周五办结。" and approvals.cards_of(joint)[0].answered_at

    def test_asks_the_same_number_of_questions_however_long_the_case(self, joint: str) -> None:
        client = sign_in("amr-decider")
        few = _queries(client, f"/back/desk/cases/{joint}/?part=gs")
        for number in range(30):
            approvals.write_to_applicant(case_no=joint, text=f"第 {number} 次说明。", actor=walk.official("amr-examiner"), at=now())
        assert _queries(client, f"/back/desk/cases/{joint}/?part=gs") <= few

    def test_gives_a_department_no_file_that_its_page_does_not_show(self, joint: str) -> None:
        content = CaseContent.objects.get(case=joint)
        for number, handed in enumerate(content.materials):
            for one in handed.get("files", []):
                one["digest"] = f"{number:064x}"  # the walk hands in one and the same page everywhere
        content.save()
        seen: dict[str, set[str]] = {}
        for post in ("amr-examiner", "tax-examiner"):
            file = case_file(case_no=joint, actor=walk.official(post), at=now(), pictures=False)
            seen[post] = {each["ref"].digest for one in file.materials for each in one["files"]}
        assert seen["amr-examiner"] - seen["tax-examiner"]
        for digest in seen["amr-examiner"]:
            assert may_read_file(walk.official("amr-examiner"), digest, joint)
            assert may_read_file(walk.official("tax-examiner"), digest, joint) is (digest in seen["tax-examiner"])
            assert not may_read_file(walk.official("civil-examiner"), digest, joint)

    def test_dates_the_end_of_a_stop_by_the_day_here(self, joint: str) -> None:
        walk.check_all(joint)
        early = (now() + timedelta(days=1)).replace(hour=7, minute=30)  # still the day before by UTC
        part, eco = f"{joint}-hb", walk.official("eco-examiner")
        common = {"sub_case_no": part, "cause": "expert_review", "reason": "需要评审", "expected_days": 3, "actor": eco}
        approvals.start_special_procedure(approver=walk.official("eco-decider"), at=now(), **common)
        approvals.end_special_procedure(sub_case_no=part, result="通过", actor=eco, at=early)
        file = case_file(case_no=joint, actor=eco, at=now(), pictures=False)
        assert f"已于 {early:%Y-%m-%d} 结束" in file.stops[0]["more"]

    def test_prints_its_file(self, joint: str) -> None:
        page = sign_in("tax-examiner").get(f"/back/desk/cases/{joint}/print/").content.decode()
        assert "案卷" in page and "本部门登记信息" in page


def _queries(client: Client, url: str) -> int:
    """The least of three readings: what the process reads anew once a second (the time, the site) is not the page's."""
    counted = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counted.append(len(captured))
    return min(counted)


def test_a_proof_asked_for_while_the_line_was_down_stands_on_the_page_once_it_is_back(
    joint: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def cut(*args: object, **kwargs: object) -> bytes:
        raise LinkDown("cut")

    monkeypatch.setattr(asking, "call_zone", cut)
    client = sign_in("amr-examiner")
    file = case_file(case_no=joint, actor=walk.official("amr-examiner"), at=now())
    claim = next(one for one in file.claims if one["kind"] == "person")
    zone, rooms = settings.ZONE, settings.ROOMS
    settings.ZONE, settings.ROOMS = "back", [room for room in rooms if room != "exchange.registers"]
    address = f"/back/desk/cases/{joint}/"
    assert "恢复后自动查询" in client.post(f"{address}facts/", {"code": claim["code"], "part": "gs"}).content.decode()
    assert "查询已经登记" in client.get(f"{address}?part=gs").content.decode()
    settings.ZONE, settings.ROOMS = zone, rooms
    drain(only=("exchange.gateway",))
    page = client.get(f"{address}?part=gs").content.decode()
    assert "查询已经登记" not in page and "人口库，" in page
