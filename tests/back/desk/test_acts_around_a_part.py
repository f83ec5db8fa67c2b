"""The bar offers what the law of the kind gives at receipt, while it is examined, and after the decision; each act does what it says."""

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.desk.service import case_file
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now
from tests.back.approvals.test_one_department import file_dispatch, kinds_of_documents
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture
def case_no(city_db: None) -> str:
    return file_dispatch()


def offered(case_no: str, post: str) -> set[str]:
    return {act.key for act in case_file(case_no=case_no, actor=walk.official(post), at=now(), pictures=False).acts}


def act(client: Client, case_no: str, key: str, **fields: str) -> int:
    sent = {"act": key, "sub_case_no": f"{case_no}-main", "part": "main", **fields}
    return client.post(f"/back/desk/cases/{case_no}/act/", sent).status_code


def test_at_receipt_a_permit_is_told_not_needed_or_refused_on_a_ground_and_never_returned(case_no: str) -> None:
    assert {"not_needed", "refuse_acceptance"} <= offered(case_no, "hrss-examiner")
    assert not {"return_papers", "visit", "fix_on_spot", "terminate"} & offered(case_no, "hrss-examiner")
    examiner = sign_in("hrss-examiner")
    assert act(examiner, case_no, "refuse_acceptance", ground="incomplete", reason="材料不齐") == 422, "asked once first"
    assert act(examiner, case_no, "refuse_acceptance", ground="not_competent", reason="不属本机关") == 422, "the right organ is named"
    assert act(examiner, case_no, "return_papers", defect="缺主件") == 422
    assert act(examiner, case_no, "not_needed", reason="") == 422
    assert act(examiner, case_no, "not_needed", reason="只招用自己的员工") == 302
    assert walk.case(case_no).outcome == "not_needed" and kinds_of_documents(case_no)[-1] == "not_needed"
    walk.deliver()
    assert hall.case_by_number(case_no).state == "completed"


def test_while_it_is_examined_two_officers_visit_and_others_are_asked_and_heard(case_no: str) -> None:
    walk.check(case_no, walk.official("hrss-examiner"))
    assert {"visit", "ask_opinion", "party_note"} <= offered(case_no, "hrss-examiner")
    assert "terminate" in offered(case_no, "hrss-decider") and "terminate" not in offered(case_no, "hrss-examiner")
    examiner, one, other = sign_in("hrss-examiner"), walk.official("hrss-examiner").account, walk.official("hrss-inspector").account
    assert act(examiner, case_no, "visit", officer1=one, officer2=one, findings="一致") == 422
    assert act(examiner, case_no, "visit", officer1=one, officer2="", findings="一致") == 422
    assert act(examiner, case_no, "visit", officer1=one, officer2=other, findings="经营场所与申请一致。") == 302
    assert act(examiner, case_no, "party_note", name="相邻的公司", interest="共用场地") == 302
    assert {"party_tell"} <= offered(case_no, "hrss-examiner")
    assert act(examiner, case_no, "party_tell") == 302 and act(examiner, case_no, "party_hear", statement="没有意见。") == 302
    assert act(examiner, case_no, "ask_opinion", organisation="transport", question="场地是否占道？", silence="yes") == 422, "no day"
    assert (
        act(examiner, case_no, "ask_opinion", organisation="transport", question="场地是否占道？", due_on="2099-01-05", silence="no") == 302
    )
    page = examiner.get(f"/back/desk/cases/{case_no}/").content.decode()
    assert "经营场所与申请一致。" in page and "相邻的公司" in page and "滨江新区交通和水务局" in page
    asked = sign_in("transport-examiner")
    assert "场地是否占道？" in asked.get("/back/desk/opinions/").content.decode()
    (opinion,) = approvals.opinions_of([f"{case_no}-main"])
    assert asked.post("/back/desk/opinions/", {"opinion": opinion.id, "answer": "objected", "reason": ""}).status_code == 422
    assert asked.post("/back/desk/opinions/", {"opinion": opinion.id, "answer": "agreed"}).status_code == 302
    assert "没有等待答复的意见" in asked.get("/back/desk/opinions/").content.decode()
    assert sign_in("civil-examiner").post("/back/desk/opinions/", {"opinion": opinion.id, "answer": "agreed"}).status_code == 422


def test_after_the_decision_slips_are_corrected_and_an_annulled_one_is_taken_up_again(case_no: str) -> None:
    walk.check(case_no, walk.official("hrss-examiner"))
    walk.examine(case_no, walk.official("hrss-examiner"), suggestion="suggest_refuse", opinion="注册资本未实缴。")
    walk.decide(case_no, walk.official("hrss-decider"), outcome="refused", reason="注册资本未实缴。")
    decider = sign_in("hrss-decider")
    assert {"correct_slip", "annulled"} <= offered(case_no, "hrss-decider")
    refused = approvals.documents_of(case_no)[-1].document_no
    assert act(decider, case_no, "correct_slip", document=refused, before="六十日", after="三十日") == 422
    assert act(decider, case_no, "correct_slip", document=refused, before="注册资木", after="注册资本") == 302
    assert act(decider, case_no, "reopen") == 422, "nothing was annulled"
    told = {"source": "review", "document_no": "滨政复决〔2026〕1号", "outcome": "annulled_redo", "because": "facts", "within": ""}
    assert act(decider, case_no, "annulled", **told) == 302
    assert "reopen" in offered(case_no, "hrss-decider") and act(decider, case_no, "reopen") == 302
    assert walk.part(case_no).state == "examining" and walk.case(case_no).state == "accepted"
    walk.examine(case_no, walk.official("hrss-examiner"))
    walk.decide(case_no, walk.official("hrss-decider"))
    assert walk.case(case_no).outcome == "granted"
