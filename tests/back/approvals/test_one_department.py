"""A single department's case, from the application to the licence, with everything that can happen on the way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from santai.back.approvals import service as approvals
from santai.back.approvals.errors import (
    AlreadyAsked,
    ApproverMissing,
    DefectsMissing,
    ReasonMissing,
    SecondCorrectionNotice,
    Stopped,
    UnlawfulCause,
    WrongStep,
)
from santai.back.cases.service import CaseNotFound, access_case, access_sub_case, events_of
from santai.back.desk.service import case_file
from santai.exchange.licences.service import verify
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now, today, working_days_between
from santai.kernel.flow.service import replay
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

UNEMPLOYED = {
    "address": "望江街道锦绣路 1 号",
    "unemployed_on": "@-30d",
    "reason": "contract",
    "former_employer": "东江某公司",
    "education": "20",
    "help": ["job"],
    "insured": False,
    "pledge": True,
}
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
CHRONIC = {
    "scheme": "worker",
    "address": "望江街道锦绣路 9 号",
    "diseases": [{"disease": "M01600", "diagnosed_on": "@-400d", "hospital": "区中心医院", "report_on": "@-20d"}],
    "clinic": "望江街道社区卫生服务中心",
    "pledge": True,
}
DISPATCH = {
    "registered_capital": 200,
    "legal_representative": {"name": "方凯", "id_kind": "resident-id", "id_number": "189901198211151115", "mobile": "19981000015"},
    "premises": "望江街道锦绣路 188 号 9 层",
    "tenure": "own",
    "area": 120,
    "facilities": "办公设施齐全，有派遣管理信息系统。",
    "staff": [{"name": "方凯", "id_number": "189901198211151115", "post": "总经理"}],
    "rules": ["contract", "pay", "insurance", "hours", "discipline"],
    "dispatched": 60,
    "pledge": True,
}
HR_FIRM = "91189901MA8100029W"


def file_residence() -> str:
    who = walk.citizen("resident2")
    return walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))


def file_dispatch() -> str:
    who = walk.company("hr-manager", HR_FIRM)
    return walk.submit(who, walk.start(who, walk.item_code("劳务派遣经营许可"), dated(DISPATCH, today())))


def accepted_dispatch() -> str:
    case_no = file_dispatch()
    walk.check(case_no, walk.official("hrss-examiner"))
    return case_no


def kinds_of_documents(case_no: str) -> list[str]:
    return [document.kind for document in approvals.documents_of(case_no)]


@pytest.mark.requirement("FD-002", part="one point of filing, whichever department is competent")
def test_an_item_settled_on_the_spot_gives_its_certificate_at_once() -> None:
    who = walk.citizen("resident")
    case_no = walk.submit(who, walk.start(who, walk.item_code("失业登记"), dated(UNEMPLOYED, today())))
    clerk = walk.official("wangjiang-centre-intake")
    approvals.settle_on_the_spot(
        sub_case_no=f"{case_no}-main", task=walk.task(case_no, "instant"), outcome="granted", actor=clerk, at=now()
    )
    drain()
    view = hall.case_by_number(case_no)
    assert (view.state, view.outcome, view.needs_me) == ("completed", "granted", False)
    assert [paper.title for paper in hall.papers_of(case_no)] == ["收件凭证", "准予决定书"]
    (licence,) = hall.licences_of_case(case_no)
    assert licence.title == "失业登记凭证"
    assert replay(f"subcase:{case_no}-main").differences == ()


@pytest.mark.requirement("BO-001", part="what the front desk takes is processed on one platform and the result goes back")
@pytest.mark.requirement("FD-036", part="a licence item is processed online from filing to the sealed licence")
def test_a_permit_walks_through_correction_examination_and_decision_to_a_licence_anyone_can_verify() -> None:
    case_no = file_residence()
    examiner = walk.official("police-examiner")
    walk.check(case_no, examiner, defects=[{"text": "租赁合同缺少出租人签名页。", "material": "dwelling"}])
    walk.deliver()
    correction = hall.correction_of(case_no)
    assert [defect["text"] for defect in correction.defects] == ["租赁合同缺少出租人签名页。"]
    assert hall.case_by_number(case_no).needs_me
    who = walk.citizen("resident2")
    hall.add_correction_file(case_no=case_no, code="dwelling", files=[walk.paper("合同.pdf")], actor=who[1], at=now())
    hall.submit_correction(case_no=case_no, actor=who[1], at=now())
    walk.deliver()
    with pytest.raises(SecondCorrectionNotice):
        walk.check(case_no, examiner, defects=[{"text": "再补一次。"}])
    walk.check(case_no, examiner)
    assert walk.case(case_no).state == "accepted"
    walk.examine(case_no, examiner)
    walk.decide(case_no, walk.official("police-decider"))
    drain()
    assert kinds_of_documents(case_no) == ["receipt", "correction", "acceptance", "granted"]
    assert all(document.digest for document in approvals.documents_of(case_no))
    (licence,) = hall.licences_of_case(case_no)
    assert licence.title == "居住证"
    assert verify(licence.number, on=today())
    assert hall.case_by_number(case_no).state == "completed"
    assert replay(f"subcase:{case_no}-main").differences == ()


def test_a_refusal_needs_reasons_and_names_the_remedies() -> None:
    case_no = accepted_dispatch()
    walk.examine(case_no, walk.official("hrss-examiner"), suggestion="suggest_refuse", opinion="注册资本未实缴。")
    decider = walk.official("hrss-decider")
    with pytest.raises(ReasonMissing) as refused:
        walk.decide(case_no, decider, outcome="refused")
    assert refused.value.fields == {"reason": "请写明不予决定的理由和依据。"}
    walk.decide(case_no, decider, outcome="refused", reason="注册资本未实缴，不符合劳动合同法第五十七条。")
    case = walk.case(case_no)
    assert (case.state, case.outcome) == ("completed", "refused")
    document = approvals.documents_of(case_no)[-1]
    assert document.kind == "refused" and document.data["remedy"] == "滨江新区人民政府" and "第五十七条" in document.data["reason"]
    walk.deliver()
    assert hall.licences_of_case(case_no) == []
    assert hall.case_by_number(case_no).outcome == "refused"


def test_what_is_not_this_organs_matter_is_not_accepted_and_the_right_organ_is_named() -> None:
    case_no = file_dispatch()
    with pytest.raises(ReasonMissing):
        approvals.refuse_acceptance(sub_case_no=f"{case_no}-main", reason=" ", actor=walk.official("hrss-examiner"), at=now())
    approvals.refuse_acceptance(
        sub_case_no=f"{case_no}-main",
        reason="公司住所在江北区",
        right_organ="江北区人力资源和社会保障局",
        actor=walk.official("hrss-examiner"),
        at=now(),
    )
    case = walk.case(case_no)
    assert (case.state, case.outcome) == ("completed", "not_accepted")
    document = approvals.documents_of(case_no)[-1]
    assert (document.kind, document.data["right_organ"]) == ("not_accepted", "江北区人力资源和社会保障局")
    with pytest.raises(WrongStep):
        approvals.refuse_acceptance(sub_case_no=f"{case_no}-main", reason="再次", actor=walk.official("hrss-examiner"), at=now())


def test_five_days_of_silence_are_acceptance_from_the_day_of_receipt() -> None:
    case_no = file_dispatch()
    received = walk.case(case_no).received_at
    drain(received + timedelta(days=3), only=("kernel.clocks", "exchange.bus"))
    assert walk.case(case_no).state == "checking"
    drain(received + timedelta(days=30), only=("kernel.clocks", "exchange.bus"))
    case = walk.case(case_no)
    assert case.deemed_accepted and case.accepted_at == received and case.state == "accepted"
    document = approvals.documents_of(case_no)[-1]
    assert document.kind == "acceptance" and document.data["deemed"]
    clocks = {clock.kind: clock for clock in clocks_of(f"subcase:{case_no}-main")}
    assert clocks["statutory"].event_at == received
    walk.examine(case_no, walk.official("hrss-examiner"))
    assert hall.case_by_number(case_no).state == "accepted"


def test_a_clock_that_fires_never_waits_for_an_act_that_waits_for_the_clock() -> None:
    case_no = file_dispatch()
    with CaptureQueriesContext(connection) as asked:
        drain(walk.case(case_no).received_at + timedelta(days=30), only=("kernel.clocks",))
    locks = [one["sql"] for one in asked if 'FROM "back_cases_case"' in one["sql"] and "FOR UPDATE" in one["sql"]]
    assert locks and all("NOWAIT" in lock for lock in locks)
    assert walk.case(case_no).deemed_accepted


def test_an_item_for_the_spot_that_silence_accepted_stays_accepted_from_the_day_of_receipt() -> None:
    who = walk.citizen("resident")
    case_no = walk.submit(who, walk.start(who, walk.item_code("失业登记"), dated(UNEMPLOYED, today())))
    received = walk.case(case_no).received_at
    drain(received + timedelta(days=30), only=("kernel.clocks", "exchange.bus"))
    step = {"sub_case_no": f"{case_no}-main", "task": walk.task(case_no, "instant"), "actor": walk.official("wangjiang-centre-intake")}
    with pytest.raises(WrongStep):
        approvals.settle_on_the_spot(outcome="defects", defects=[{"text": "缺少照片。"}], at=now(), **step)
    assert approvals.correction_of(case_no) is None
    approvals.settle_on_the_spot(outcome="granted", at=now(), **step)
    case = walk.case(case_no)
    assert (case.accepted_at, case.deemed_accepted, case.outcome) == (received, True, "granted")


def test_a_limit_cannot_be_extended_after_the_decision() -> None:
    case_no = accepted_dispatch()
    approvals.ask_extension(sub_case_no=f"{case_no}-main", reason="情况复杂", days=3, actor=walk.official("hrss-examiner"), at=now())
    walk.examine(case_no, walk.official("hrss-examiner"))
    decider = walk.official("hrss-decider")
    walk.decide(case_no, decider)
    with pytest.raises(WrongStep):
        approvals.answer_extension(sub_case_no=f"{case_no}-main", approve=True, answer="同意", actor=decider, at=now())
    assert "extension" not in kinds_of_documents(case_no)


def test_a_leader_looks_on_and_does_not_write_to_the_applicant() -> None:
    case_no = accepted_dispatch()
    leader = walk.official("dsj-leader")
    assert access_case(case_no=case_no, actor=leader).case_no == case_no
    with pytest.raises(NotAllowed):
        approvals.write_to_applicant(case_no=case_no, text="请放心。", actor=leader, at=now())
    assert not approvals.thread_of(case_no)


def test_the_applicant_withdraws_and_the_case_ends() -> None:
    case_no = accepted_dispatch()
    who = walk.company("hr-manager", HR_FIRM)
    hall.ask_withdrawal(case_no=case_no, reason="暂不经营", actor=who[1], at=now())
    walk.deliver()
    case = walk.case(case_no)
    assert (case.state, case.outcome) == ("completed", "withdrawn")
    assert {clock.state for clock in clocks_of(f"subcase:{case_no}-main")} == {"void"}
    with pytest.raises(hall.NotOpen):
        hall.ask_withdrawal(case_no=case_no, reason="再撤", actor=who[1], at=now())


def test_only_a_listed_procedure_stops_the_clock_and_no_decision_is_made_meanwhile() -> None:
    who = walk.citizen("patient")
    case_no = walk.submit(who, walk.start(who, walk.item_code("门诊慢特病待遇认定"), dated(CHRONIC, today())))
    examiner = walk.official("medical-security-examiner")
    sub_case_no = f"{case_no}-main"
    common = {"sub_case_no": sub_case_no, "reason": "需由专家组评审", "expected_days": 10, "actor": examiner}
    common["approver"] = walk.official("medical-security-decider")
    with pytest.raises(WrongStep):  # not accepted yet
        approvals.start_special_procedure(cause="expert_review", at=now(), **common)
    walk.check(case_no, examiner)
    with pytest.raises(UnlawfulCause):
        approvals.start_special_procedure(cause="hearing", at=now(), **common)
    before = {clock.kind: clock.due_at for clock in clocks_of(f"subcase:{sub_case_no}")}
    approvals.start_special_procedure(cause="expert_review", at=now(), **common)
    with pytest.raises(Stopped):
        approvals.start_special_procedure(cause="expert_review", at=now(), **common)
    with pytest.raises(Stopped):
        walk.examine(case_no, examiner)
    with pytest.raises(ReasonMissing):
        approvals.end_special_procedure(sub_case_no=sub_case_no, result="", actor=examiner, at=now())
    later = now() + timedelta(days=14)
    approvals.end_special_procedure(sub_case_no=sub_case_no, result="专家组同意认定", actor=examiner, at=later)
    clocks = clocks_of(f"subcase:{sub_case_no}")
    assert all(clock.state == "running" for clock in clocks)
    stopped_days = working_days_between(now().date(), later.date())
    assert working_days_between(before["promised"].date(), clocks[0].due_at.date()) == stopped_days > 5
    assert [one.result for one in approvals.procedures_of([sub_case_no])] == ["专家组同意认定"]
    assert kinds_of_documents(case_no)[-1] == "special"
    walk.deliver()
    assert hall.case_by_number(case_no).due_at == clocks[0].due_at


def test_an_extension_is_asked_once_and_given_by_another_person_entitled_to_it() -> None:
    case_no = accepted_dispatch()
    sub_case_no = f"{case_no}-main"
    examiner, decider = walk.official("hrss-examiner"), walk.official("hrss-decider")
    before = {clock.kind: clock.due_at for clock in clocks_of(f"subcase:{sub_case_no}")}
    with pytest.raises(ReasonMissing):
        approvals.ask_extension(sub_case_no=sub_case_no, reason="", days=5, actor=examiner, at=now())
    approvals.ask_extension(sub_case_no=sub_case_no, reason="需要核实实缴情况", days=5, actor=examiner, at=now())
    with pytest.raises(AlreadyAsked):
        approvals.ask_extension(sub_case_no=sub_case_no, reason="再申请", days=5, actor=examiner, at=now())
    with pytest.raises(NotAllowed):
        approvals.answer_extension(sub_case_no=sub_case_no, approve=True, answer="", actor=examiner, at=now())
    approvals.answer_extension(sub_case_no=sub_case_no, approve=True, answer="同意", actor=decider, at=now())
    after = {clock.kind: clock for clock in clocks_of(f"subcase:{sub_case_no}")}
    assert {working_days_between(before[kind].date(), after[kind].due_at.date()) for kind in before} == {5}
    assert kinds_of_documents(case_no)[-1] == "extension"
    with pytest.raises(WrongStep):
        approvals.answer_extension(sub_case_no=sub_case_no, approve=True, answer="", actor=decider, at=now())


def test_nobody_approves_the_extension_he_asked_for() -> None:
    case_no = accepted_dispatch()
    both = walk.official("hrss-chief")  # 首席代表 with delegated decisions
    examiner = walk.official("hrss-examiner")
    approvals.ask_extension(sub_case_no=f"{case_no}-main", reason="情况复杂", days=3, actor=examiner, at=now())
    extension = approvals.extensions_of([f"{case_no}-main"])[0]
    extension.asked_account = both.account
    extension.save()
    with pytest.raises(ApproverMissing):
        approvals.answer_extension(sub_case_no=f"{case_no}-main", approve=True, answer="", actor=both, at=now())


def test_a_refused_extension_moves_no_clock_and_sends_no_paper() -> None:
    case_no = accepted_dispatch()
    before = [clock.due_at for clock in clocks_of(f"subcase:{case_no}-main")]
    approvals.ask_extension(sub_case_no=f"{case_no}-main", reason="人手不足", days=3, actor=walk.official("hrss-examiner"), at=now())
    approvals.answer_extension(
        sub_case_no=f"{case_no}-main", approve=False, answer="理由不充分", actor=walk.official("hrss-decider"), at=now()
    )
    assert [clock.due_at for clock in clocks_of(f"subcase:{case_no}-main")] == before
    assert "extension" not in kinds_of_documents(case_no)
    walk.deliver()
    assert not [line for line in hall.lines_of(case_no) if "延长" in line.text]


def test_a_decision_without_the_post_is_refused_and_nothing_has_happened() -> None:
    case_no = accepted_dispatch()
    walk.examine(case_no, walk.official("hrss-examiner"))
    before = len(events_of(case_no))
    for post in ("hrss-examiner-b", "hrss-inspector", "civil-decider", "asc-intake", "dsj-city-items"):
        with pytest.raises(NotAllowed):
            walk.decide(case_no, walk.official(post))
    assert walk.part(case_no).state == "deciding" and len(events_of(case_no)) == before


def test_another_department_sees_nothing_of_the_case() -> None:
    case_no = accepted_dispatch()
    assert access_case(case_no=case_no, actor=walk.official("hrss-examiner")).case_no == case_no
    for post in ("civil-examiner", "amr-decider", "police-examiner"):
        with pytest.raises(CaseNotFound) as forbidden:
            access_case(case_no=case_no, actor=walk.official(post))
        with pytest.raises(CaseNotFound) as absent:
            access_case(case_no="18990120200101000001", actor=walk.official(post))
        assert forbidden.value.message == absent.value.message
        with pytest.raises(CaseNotFound):
            access_sub_case(sub_case_no=f"{case_no}-main", actor=walk.official(post))


def test_a_correction_must_say_what_is_missing() -> None:
    case_no = file_dispatch()
    with pytest.raises(DefectsMissing):
        approvals.check_materials(
            sub_case_no=f"{case_no}-main",
            task=walk.task(case_no, "check"),
            complete=False,
            defects=[{"text": "  "}],
            actor=walk.official("hrss-examiner"),
            at=now(),
        )
    assert walk.case(case_no).checks_open == 1


def test_a_returned_case_goes_back_to_the_examiner() -> None:
    case_no = accepted_dispatch()
    walk.examine(case_no, walk.official("hrss-examiner"))
    walk.decide(case_no, walk.official("hrss-decider"), outcome="returned", reason="请补充核实实缴情况")
    assert walk.part(case_no).state == "examining"
    walk.deliver()
    assert "退回" not in "".join(line.text for line in hall.lines_of(case_no))  # inside the office only
    walk.examine(case_no, walk.official("hrss-examiner"))
    walk.decide(case_no, walk.official("hrss-decider"))
    drain()
    (licence,) = hall.licences_of_case(case_no)
    assert licence.title == "劳务派遣经营许可证" and licence.holder_code == HR_FIRM and licence.valid_to


@pytest.mark.parametrize(
    ("login", "name", "data", "examiner", "decider", "licence"),
    [
        (
            "buyer",
            "不动产转移登记",
            {
                "certificate_no": "东（2020）滨江新区不动产权第0001234号",
                "unit_no": "1899010010010GB00001F00010001",
                "location": "望江街道锦绣路 20 弄 3 号 501 室",
                "use": "home",
                "area": 89.5,
                "cause": "sale",
                "contract_no": "滨网签20260001",
                "price": 3200000,
                "tax_no": "189901260000001",
                "mortgaged": False,
                "holding": "sole",
                "parties": [
                    {"side": "seller", "name": "王秀兰", "id_kind": "resident-id", "id_number": "", "mobile": "19981000008"},
                    {"side": "buyer", "name": "黄雅文", "id_kind": "resident-id", "id_number": "", "mobile": "19981000012"},
                ],
                "all_present": True,
                "pledge": True,
            },
            "realestate-examiner",
            "realestate-decider",
            "不动产权证书",
        ),
        (
            "carer",
            "最低生活保障审核确认",
            {
                "address": "新港镇新港村 8 号",
                "members": [{"relation": "self", "name": "邓玉珍", "id_number": "", "health": "weak", "income": 800, "consents": True}],
                "cause": ["illness"],
                "description": "患病，无力承担医疗费用。",
                "houses": 1,
                "cars": 0,
                "bank_account": "6210018899010002607",
                "relative_of_official": False,
                "pledge": True,
            },
            "civil-examiner",
            "civil-decider",
            "最低生活保障证",
        ),
    ],
)
def test_a_registration_is_decided_by_a_second_officer(
    login: str, name: str, data: dict, examiner: str, decider: str, licence: str
) -> None:
    who = walk.citizen(login)
    for row in [*data.get("parties", []), *data.get("members", [])]:
        row["id_number"] = walk.citizen("elder")[2].code if row["name"] == "王秀兰" else who[2].code
    if "unit_no" in data:
        data["unit_no"] = data["unit_no"][:28]
    case_no = walk.submit(who, walk.start(who, walk.item_code(name), data))
    seen = case_file(case_no=case_no, actor=walk.official(examiner), at=now())
    assert [(fee.name, fee.amount) for fee in seen.fees] == ([("不动产登记费（住宅）", "80")] if "use" in data else [])
    walk.check(case_no, walk.official(examiner))
    walk.examine(case_no, walk.official(examiner))
    walk.decide(case_no, walk.official(decider))
    drain()
    assert [one.title for one in hall.licences_of_case(case_no)] == [licence]
    assert walk.case(case_no).outcome == "granted"
