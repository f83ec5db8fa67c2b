"""企业设立一表制 with the demonstration firm: seven departments, one form, one correction, one delivery."""

import itertools
from datetime import timedelta

import pytest

from santai.back.approvals import service as approvals
from santai.back.approvals.errors import NoCorrectionForThisKind, NotReadyToFinish, SecondCorrectionNotice
from santai.back.cases.service import CaseNotFound, SubCase, access_case, access_sub_case, current_content
from santai.exchange.contracts.service import CheckCompanyName, FindLegalEntity
from santai.exchange.gateway.service import ask
from santai.exchange.licences.service import verify
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now, today, working_days_between
from santai.kernel.flow.service import replay, tasks_of
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import ActRefused, entries_on
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

SEVEN = ("gs", "sw", "cz", "zj", "tj", "wz", "hb")
AFTER_GS = ("sw", "cz", "zj", "tj", "wz")


def accepted() -> str:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    return case_no


@pytest.mark.requirement("FD-094", part="one form feeds the seven departments")
@pytest.mark.requirement("FD-095", part="one door, one form, parallel approval, one stop")
@pytest.mark.requirement("BO-007", part="several departments approve one matter in parallel")
def test_the_founder_gets_everything_with_one_form_one_correction_one_stop_and_one_extension() -> None:
    who = walk.citizen("founder")
    draft = walk.start(who, walk.JOINT, walk.sample_firm())
    assert draft.prefilled["founder.name"] == {**draft.prefilled["founder.name"], "value": "陈静怡", "origin": "人口库", "locked": True}
    with pytest.raises(hall.SignaturesMissing) as missing:
        hall.submit_application(draft_id=draft.id, account=who[0], actor=who[1], at=now())
    assert "沈国强" in missing.value.message
    assert sorted(walk.sign_all(draft)) == sorted(walk.SIGNERS)
    case_no = walk.submit(who, draft)
    assert walk.submit(who, draft) == case_no  # a second click is the same application
    parts = list(SubCase.objects.filter(case_id=case_no).order_by("position"))
    assert [part.branch for part in parts] == list(SEVEN)
    assert {part.branch: part.nature for part in parts} == {
        "gs": "registration", "sw": "registration", "cz": "registration", "zj": "push", "tj": "push", "wz": "report", "hb": "permit",
    }  # fmt: skip

    # one correction, united over two departments
    walk.check_all(
        case_no,
        defects={
            "gs": [{"text": "股东名称与主体资格文件不一致，请核对。", "field": "shareholders.1.name"}],
            "hb": [{"text": "环境影响报告表缺少噪声预测，请补充。", "material": "eia_report"}],
        },
    )
    with pytest.raises(NotAllowed):
        approvals.unite_correction(
            case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("eco-examiner"), at=now()
        )
    notice = approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    assert {defect["branch"] for defect in notice.defects} == {"gs", "hb"}
    walk.deliver()
    correction = hall.correction_of(case_no)
    assert len(correction.defects) == 2 and hall.case_by_number(case_no).state == "correcting"
    data = correction.data
    data["shareholders"][1]["name"] = "莱茵河精密技术（德国）有限公司"
    hall.save_correction(case_no=case_no, data=data, revision=correction.revision, actor=who[1], at=now())
    hall.add_correction_file(case_no=case_no, code="eia_report", files=[walk.paper("报告表.pdf")], actor=who[1], at=now())
    hall.submit_correction(case_no=case_no, actor=who[1], at=now())
    walk.deliver()
    open_checks = [branch for branch in SEVEN if any(task.element == "check" for task in tasks_of(f"subcase:{case_no}-{branch}"))]
    assert open_checks == ["gs", "hb"]  # only those who asked look again
    with pytest.raises(SecondCorrectionNotice):
        walk.check(case_no, walk.official("eco-examiner"), "hb", defects=[{"text": "还缺一份。"}])
    walk.check(case_no, walk.official("amr-examiner"), "gs")
    walk.check(case_no, walk.official("eco-examiner"), "hb")
    case = walk.case(case_no)
    assert case.state == "accepted" and case.revision == 2

    # expert review stops the clocks of 环保 and of the whole; 工商 is given three days more
    own = {clock.rule: clock for clock in clocks_of(f"subcase:{case_no}-hb")}
    assert own["hp-report-30-days"].event_at == case.complete_at  # a special law counts from receipt
    approvals.start_special_procedure(
        sub_case_no=f"{case_no}-hb",
        cause="expert_review",
        reason="清洗线涉及含油废水",
        expected_days=10,
        approver=walk.official("eco-decider"),
        actor=walk.official("eco-examiner"),
        at=now(),
    )
    assert {clock.state for clock in clocks_of(f"subcase:{case_no}-hb")} == {"stopped"}
    assert {clock.state for clock in clocks_of(f"case:{case_no}") if clock.kind not in ("correction", "answer")} == {"stopped"}
    assert {clock.state for clock in clocks_of(f"subcase:{case_no}-gs")} == {"running"}
    before = {clock.rule: clock.due_at for clock in clocks_of(f"subcase:{case_no}-gs")}
    approvals.ask_extension(
        sub_case_no=f"{case_no}-gs", reason="外方股东主体资格情形复杂", days=3, actor=walk.official("amr-examiner"), at=now()
    )
    approvals.answer_extension(sub_case_no=f"{case_no}-gs", approve=True, answer="同意", actor=walk.official("amr-decider"), at=now())
    extended = {clock.rule: clock.due_at for clock in clocks_of(f"subcase:{case_no}-gs")}
    assert {working_days_between(before[rule].date(), extended[rule].date()) for rule in before} == {3}

    # nobody who needs the code finishes before registration; then the code is written back and locked
    with pytest.raises(NotReadyToFinish):
        walk.finish(case_no, "tj")
    walk.finish(case_no, "gs")
    case = walk.case(case_no)
    code = case.facts["credit_code"]
    content = current_content(case)
    assert content.content["credit_code"] == code and content.prefilled["credit_code"] == "登记机关赋码"
    statistics = {line["id"]: line for line in approvals.department_record(walk.part(case_no, "tj"), content.content)}
    assert statistics["credit_code"]["value"] == code and statistics["control"]["text"] == "私人控股"
    entity = ask(
        FindLegalEntity(credit_code=code), actor=walk.official("amr-examiner"), purpose="审查核验", subject=f"case:{case_no}", at=now()
    )
    assert entity.found and entity.fields["name"] == "东江澄源精密部件有限公司"

    approvals.end_special_procedure(
        sub_case_no=f"{case_no}-hb", result="专家组通过", actor=walk.official("eco-examiner"), at=now() + timedelta(seconds=1)
    )
    assert {clock.state for clock in clocks_of(f"case:{case_no}") if clock.kind not in ("correction", "answer")} == {"running"}
    for branch in ("hb", "wz", "tj", "cz", "zj", "sw"):
        walk.finish(case_no, branch)
    assert walk.case(case_no).state == "issuing"
    walk.issue(case_no)
    drain()

    view = hall.case_by_number(case_no)
    assert (view.state, view.outcome, view.due_at) == ("completed", "granted", None)
    assert set(view.parts) == set(SEVEN)
    assert {branch: part["outcome"] for branch, part in view.parts.items()} == {
        "gs": "granted", "sw": "granted", "cz": "granted", "zj": "acknowledged", "tj": "acknowledged", "wz": "recorded", "hb": "granted",
    }  # fmt: skip
    assert all(clock["state"] == "met" for part in view.parts.values() for clock in part["clocks"])
    licence = next(one for one in hall.licences_of_case(case_no) if one.title == "营业执照")
    assert licence.number == code and licence.holder_code == code and licence.holder_name == "东江澄源精密部件有限公司"
    assert verify(licence.number, on=today())
    assert replay(f"case:{case_no}").differences == ()
    for branch in SEVEN:
        assert replay(f"subcase:{case_no}-{branch}").differences == ()
    assert {"back.approvals.accepted", "back.approvals.decided", "back.approvals.completed"} <= {
        entry.act for entry in entries_on(f"case:{case_no}")
    }


def test_every_document_is_numbered_without_a_gap_rendered_and_served() -> None:
    first = accepted()
    second = walk.file_joint(
        company_name="东江明源精密部件有限公司",
        sw={"accounts": [{"bank": "东江银行", "holder": "东江明源精密部件有限公司", "number": "6210018899010002607"}]},
        cz={"fund_holder": "东江明源精密部件有限公司"},
    )
    walk.check_all(second)
    for case_no in (first, second):
        for branch in SEVEN:
            walk.finish(case_no, branch)
    drain()
    served = [document for case_no in (first, second) for document in approvals.documents_of(case_no)]
    assert all(document.digest and document.size for document in served)
    by_series: dict[tuple[str, str], list[int]] = {}
    for document in served:
        serial = int(document.document_no.rpartition("〕")[2].removesuffix("号"))
        by_series.setdefault((document.organisation, document.kind), []).append(serial)
    assert by_series[("amr", "granted")] == [1, 2]
    assert all(serials == list(range(1, len(serials) + 1)) for serials in by_series.values())
    assert {paper.document_no for paper in hall.papers_of(first)} == {
        document.document_no for document in served if document.case_no == first
    }


def test_the_acceptance_tells_the_last_day_not_the_first() -> None:
    case_no = accepted()
    document = next(one for one in approvals.documents_of(case_no) if one.kind == "acceptance")
    longest = max(clock.due_at for branch in SEVEN for clock in clocks_of(f"subcase:{case_no}-{branch}") if clock.kind == "promised")
    assert document.data["due_at"][:10] >= longest.date().isoformat()
    assert walk.case(case_no).due_at == min(clock.due_at for branch in SEVEN for clock in clocks_of(f"subcase:{case_no}-{branch}"))


ORDERS = [
    ("gs", *AFTER_GS, "hb"),
    ("hb", "gs", *reversed(AFTER_GS)),
    ("gs", "hb", "wz", "zj", "cz", "tj", "sw"),
    ("gs", "tj", "wz", "hb", "sw", "zj", "cz"),
]


@pytest.mark.requirement("BO-007", part="departments finish in any order their dependencies allow")
@pytest.mark.requirement("BO-002", part="several departments execute one matter together")
@pytest.mark.requirement("BO-003", part="a matter of seven departments handled on the platform from filing to the last department")
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_departments_finish_in_any_order_the_registration_allows(order: tuple[str, ...]) -> None:
    case_no = accepted()
    for done, branch in enumerate(order, 1):
        for early in AFTER_GS:  # what needs the code cannot end before it is there
            if "gs" not in order[: done - 1] and branch == "gs":
                with pytest.raises(NotReadyToFinish):
                    walk.finish(case_no, early)
        walk.finish(case_no, branch)
        assert walk.case(case_no).branches_open == len(SEVEN) - done
    assert walk.case(case_no).state == "issuing" and walk.case(case_no).outcome == "granted"


def test_the_answers_to_three_questions_decide_who_joins() -> None:
    alone = walk.sample_firm()["shareholders"][0] | {"amount": 2000}
    case_no = walk.file_joint(
        shareholders=[alone],
        directors=[row for row in walk.sample_firm()["directors"] if row["name"] == "陈静怡"],
        company_type="1151",
        has_foreign=False,
        has_state_capital=False,
        has_building_project=False,
    )
    assert set(SubCase.objects.filter(case_id=case_no).values_list("branch", flat=True)) == {"gs", "sw", "zj", "tj"}
    materials = {one["code"] for one in current_content(walk.case(case_no)).materials}
    assert not materials & {"foreign_standing", "contribution_approval", "eia_report"} and "articles" in materials


@pytest.mark.parametrize(("assessment", "branch", "rule"), [("book", "hbs", "hp-book-60-days"), ("register", "hbb", "qysl-hb-filing-1")])
def test_the_category_of_the_project_chooses_the_act_of_the_environment_bureau(
    assessment: str, branch: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = walk.citizen("founder")
    firm = walk.sample_firm()
    firm["hb"]["assessment"] = assessment
    draft = walk.start(who, walk.JOINT, firm)
    walk.sign_all(draft)
    case_no = walk.submit(who, draft)
    monkeypatch.setitem(walk.EXAMINERS, branch, "eco-examiner")
    joined = set(SubCase.objects.filter(case_id=case_no).values_list("branch", flat=True))
    assert branch in joined and not joined & ({"hb", "hbs", "hbb"} - {branch})
    walk.check_all(case_no)
    assert rule in {clock.rule for clock in clocks_of(f"subcase:{case_no}-{branch}")}


def test_information_that_is_pushed_is_verified_never_sent_back_for_correction() -> None:
    case_no = walk.file_joint()
    with pytest.raises(NoCorrectionForThisKind):
        walk.check(case_no, walk.official("stats-examiner"), "tj", defects=[{"text": "主要业务活动与行业代码不符。"}])


@pytest.mark.requirement("BO-007", part="each department sees its own part only")
def test_a_department_sees_its_part_and_not_the_others() -> None:
    case_no = accepted()
    finance = walk.official("finance-examiner")
    assert access_case(case_no=case_no, actor=finance).case_no == case_no  # it has a part in it
    assert access_sub_case(sub_case_no=f"{case_no}-cz", actor=finance).branch == "cz"
    for branch in set(SEVEN) - {"cz"}:
        with pytest.raises(CaseNotFound):
            access_sub_case(sub_case_no=f"{case_no}-{branch}", actor=finance)
    with pytest.raises(CaseNotFound):
        access_case(case_no=case_no, actor=walk.official("civil-examiner"))
    with pytest.raises(NotAllowed):
        walk.examine(case_no, finance, "gs")
    record = {line["id"] for line in approvals.department_record(walk.part(case_no, "zj"), current_content(walk.case(case_no)).content)}
    assert "quality_head" in record and not record & {"accounts_number", "shareholders_id_number", "fund_account"}


def test_a_late_refusal_of_a_severable_part_leaves_the_others_their_results() -> None:
    case_no = accepted()
    for branch in ("gs", *AFTER_GS):
        walk.finish(case_no, branch)
    walk.examine(case_no, walk.official("eco-examiner"), "hb", suggestion="suggest_refuse", opinion="选址不符合规划。")
    walk.decide(case_no, walk.official("eco-decider"), "hb", outcome="refused", reason="选址不符合生态环境分区管控要求。")
    case = walk.case(case_no)
    assert (case.state, case.outcome) == ("issuing", "partly")
    walk.issue(case_no)
    drain()
    view = hall.case_by_number(case_no)
    assert (view.state, view.outcome, view.parts["hb"]["outcome"]) == ("completed", "partly", "refused")
    assert "营业执照" in {one.title for one in hall.licences_of_case(case_no)}


def test_a_refused_registration_takes_down_what_needs_the_code_but_not_the_environment_permit() -> None:
    case_no = accepted()
    walk.examine(case_no, walk.official("amr-examiner"), "gs", suggestion="suggest_refuse", opinion="法律禁止。")
    walk.decide(case_no, walk.official("amr-decider"), "gs", outcome="refused", reason="经营项目属于法律禁止从事的项目。")
    outcomes = dict(SubCase.objects.filter(case_id=case_no).values_list("branch", "outcome"))
    assert {branch for branch, outcome in outcomes.items() if outcome == "terminated"} == set(AFTER_GS)
    assert outcomes["hb"] == "" and walk.case(case_no).branches_open == 1
    assert "credit_code" not in walk.case(case_no).facts
    walk.finish(case_no, "hb")
    assert walk.case(case_no).outcome == "partly"


def test_a_part_that_is_not_accepted_no_longer_holds_the_others_up() -> None:
    case_no = walk.file_joint()
    for branch in set(SEVEN) - {"gs", "sw"}:
        walk.check(case_no, walk.official(walk.EXAMINERS[branch]), branch)
    approvals.refuse_acceptance(
        sub_case_no=f"{case_no}-gs",
        reason="住所不在本区",
        right_organ="江北区市场监督管理局",
        actor=walk.official("amr-examiner"),
        at=now(),
    )
    outcomes = dict(SubCase.objects.filter(case_id=case_no).values_list("branch", "outcome"))
    assert {branch for branch, outcome in outcomes.items() if outcome == "terminated"} == set(AFTER_GS)
    assert walk.case(case_no).state == "accepted"  # 环保 stands for itself and was complete
    walk.finish(case_no, "hb")
    assert walk.case(case_no).state == "issuing"


def test_a_defective_part_that_is_not_accepted_after_the_notice_lets_the_rest_go_on() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"hb": [{"text": "公示期不足。"}]})
    approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    approvals.refuse_acceptance(sub_case_no=f"{case_no}-hb", reason="逾期未补正", actor=walk.official("eco-examiner"), at=now())
    assert walk.case(case_no).state == "accepted"
    for branch in ("gs", *AFTER_GS):
        walk.finish(case_no, branch)
    assert (walk.case(case_no).state, walk.case(case_no).outcome) == ("issuing", "partly")


def test_silence_of_one_department_is_acceptance_by_all() -> None:
    case_no = walk.file_joint()
    for branch in set(SEVEN) - {"wz"}:
        walk.check(case_no, walk.official(walk.EXAMINERS[branch]), branch)
    drain(walk.case(case_no).received_at + timedelta(days=30), only=("kernel.clocks", "exchange.bus"))
    case = walk.case(case_no)
    assert case.state == "accepted" and case.deemed_accepted and case.accepted_at == case.received_at
    for branch in SEVEN:
        walk.finish(case_no, branch)
    assert walk.case(case_no).outcome == "granted"


def test_a_notice_that_never_went_out_cannot_be_made_up_for_after_five_days() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"hb": [{"text": "缺噪声预测。"}]})
    drain(walk.case(case_no).received_at + timedelta(days=30), only=("kernel.clocks", "exchange.bus"))
    assert walk.case(case_no).deemed_accepted
    assert not [task for task in tasks_of(f"case:{case_no}") if task.element == "unify_correction"]
    for branch in SEVEN:
        walk.finish(case_no, branch)
    walk.issue(case_no)


def test_a_withdrawal_in_the_middle_keeps_what_was_decided_and_ends_the_rest() -> None:
    case_no = accepted()
    walk.finish(case_no, "gs")
    walk.finish(case_no, "sw")
    hall.ask_withdrawal(case_no=case_no, reason="股东另有安排", actor=walk.citizen("founder")[1], at=now())
    drain()
    outcomes = dict(SubCase.objects.filter(case_id=case_no).values_list("branch", "outcome"))
    assert outcomes == {"gs": "granted", "sw": "granted", **dict.fromkeys(("cz", "zj", "tj", "wz", "hb"), "withdrawn")}
    view = hall.case_by_number(case_no)
    assert view.state == "completed" and not tasks_of(f"case:{case_no}")
    assert all(not tasks_of(f"subcase:{case_no}-{branch}") for branch in SEVEN)
    assert "withdrawn" in [document.kind for document in approvals.documents_of(case_no)]
    assert {clock.state for branch in ("cz", "hb") for clock in clocks_of(f"subcase:{case_no}-{branch}")} == {"void"}
    assert len(hall.licences_of_case(case_no)) == 2


def test_the_hall_shows_what_each_department_still_has_time_for() -> None:
    case_no = accepted()
    walk.deliver()
    view = hall.case_by_number(case_no)
    assert {branch: {clock["kind"] for clock in part["clocks"]} for branch, part in view.parts.items()} == {
        "gs": {"promised", "statutory"},
        "sw": {"promised"},
        "cz": {"promised", "statutory"},
        "zj": {"promised"},
        "tj": {"promised"},
        "wz": {"promised"},
        "hb": {"promised", "statutory"},
    }
    assert {clock["kind"] for clock in view.clocks if clock["state"] == "running"} == {"promised", "statutory"}
    assert view.due_at == max(clock.due_at for clock in clocks_of(f"case:{case_no}") if clock.kind == "promised")
    lines = [line.text for line in hall.lines_of(case_no)]
    assert lines[0] == "您提交了申请。" and "申请已收到，共7个部门办理。" in lines and lines.index("申请已收到，共7个部门办理。") == 1


def test_the_mapping_gives_every_department_its_own_fields() -> None:
    item = hall.current_item(walk.JOINT)
    seen = {branch.code: set(branch.mapping.values()) for branch in item.branches}
    form_fields = {f"{code}.": [path for path in seen[code] if path.startswith(f"{code}.")] for code in SEVEN}
    assert all(len(paths) >= 11 for paths in form_fields.values())
    assert all("company_name" in paths and "legal_representative.name" in paths for paths in seen.values())
    for one, other in itertools.permutations(SEVEN, 2):
        assert not any(path.startswith(f"{other}.") for path in seen[one])


def test_nobody_without_the_post_creates_a_firm_by_trying_to_decide() -> None:
    case_no = accepted()
    walk.examine(case_no, walk.official("amr-examiner"), "gs")
    for post in ("amr-examiner-b", "tax-decider", "amr-quality-examiner"):
        with pytest.raises(NotAllowed):
            walk.decide(case_no, walk.official(post), "gs")
    found = ask(
        CheckCompanyName(district="东江", trade_name="澄源", industry="精密部件", form="有限公司"),
        actor=walk.official("amr-examiner"),
        purpose="审查核验",
        subject=f"case:{case_no}",
        at=now(),
    )
    assert found.free and "credit_code" not in walk.case(case_no).facts


def test_a_name_another_firm_took_meanwhile_leaves_the_decision_untaken() -> None:
    first, second = accepted(), accepted()
    walk.finish(first, "gs")
    walk.examine(second, walk.official("amr-examiner"), "gs")
    with pytest.raises(ActRefused) as refused:
        walk.decide(second, walk.official("amr-decider"), "gs")
    assert refused.value.code == "exchange.registers.name_registered"
    assert walk.part(second, "gs").state == "deciding" and walk.task(second, "decide", "gs")
