"""行政处罚: from the pages an officer, a reviewer and a head work with, through the refusals of the law, to payment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from santai.back.approvals.service import documents_of, make_document
from santai.back.inspections import service
from santai.back.permits.models import Publication
from santai.kernel.clocks.service import at_demo_moment
from santai.kernel.ledger.service import ActRefused
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

CITY = ZoneInfo("Asia/Shanghai")
PARTY = {"kind": "organisation", "code_kind": "credit-code", "code": "91189901MA81000100", "name": "东江云桥软件有限公司"}
CARDS = ["GD-101", "GD-102"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


@pytest.fixture
def officers(city_db: None) -> None:
    for number, card in enumerate(CARDS):
        service.add_inspector(
            name=f"执法员{number}",
            card_no=card,
            valid_to=date(2030, 1, 1),
            interests=[],
            actor=walk.official("amr-examiner"),
            at=at("2026-03-02 09:00"),
        )


def post(client: Client, address: str, act: str, when: str, **said: Any) -> Any:
    with at_demo_moment(at(when)):
        return client.post(address, {"act": act, **{f"{act}-{name}": value for name, value in said.items()}})


def filed(client: Client, when: str = "2026-03-03 09:00", **changes: Any) -> Any:
    said = {
        "kind": "organisation", "name": PARTY["name"], "code": PARTY["code"],
        "violation": "未按规定公示年度报告", "conduct_ended": "2026-02-27",
        "found_on": "2026-03-02", "source": "双随机抽查", "facts": "未公示。", "basis": "企业信息公示暂行条例第十七条",
    } | changes  # fmt: skip
    return post(client, reverse("back_inspections:file"), "file", when, **said)


TOLD = {"content": "罚款", "facts": "未公示", "reasons": "应当公示", "basis": "第十七条", "rights": "陈述、申辩", "amount": "5000"}


class TestTheOrdinaryProcedure:
    @pytest.mark.requirement("BO-013", part="行政处罚普通程序：立案到缴款，逐步按法定条件办理")
    def test_goes_from_filing_to_payment_on_the_pages(self, officers: None) -> None:
        examiner, decider = sign_in("amr-examiner"), sign_in("amr-decider")
        answer = filed(examiner)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        page = answer["Location"]
        case_no = page.rstrip("/").rpartition("/")[2]
        assert post(examiner, page, "investigate", "2026-03-04 09:00", officers=CARDS, shown="on", text="询问负责人。").status_code == 302
        assert post(examiner, page, "inform", "2026-03-05 09:00", **{**TOLD, "rights": ""}).status_code == 302
        with pytest.raises(ActRefused) as refused:
            service.decide_penalty(
                case_no=case_no,
                kinds=["fine"],
                amount=Decimal(1),
                reason="事实",
                actor=walk.official("amr-decider"),
                at=at("2026-03-05 10:00"),
            )
        assert refused.value.code == "back.inspections.party_not_told"
        assert post(examiner, page, "inform", "2026-03-05 11:00", **TOLD).status_code == 302
        assert post(examiner, page, "hear", "2026-03-06 09:00", statement="已补报。", answer="采纳，从轻。").status_code == 302
        heavier = post(decider, page, "decide", "2026-03-09 09:00", outcome="penalised", kinds=["fine"], amount="6000", reason="事实清楚。")
        assert (
            heavier.status_code == 422 and "不得因陈述、申辩而加重处罚" in heavier.content.decode() and "6000" in heavier.content.decode()
        )
        decided = post(decider, page, "decide", "2026-03-09 10:00", outcome="penalised", kinds=["fine"], amount="3000", reason="事实清楚。")
        assert decided.status_code == 302, decided.content.decode()[:3000]
        assert post(examiner, page, "serve", "2026-03-11 10:00", mode="direct", receiver="法定代表人").status_code == 302
        assert service.Penalty.objects.get(case_id=case_no).pay_by == date(2026, 3, 26)
        assert post(examiner, page, "execute", "2026-03-28 10:00", receipt_no="NO-1").status_code == 302
        penalty = service.Penalty.objects.select_related("case").get(case_id=case_no)
        assert penalty.paid_surcharge == Decimal("180.00") and not penalty.case.is_open  # two days late
        assert "已经结案" in examiner.get(page).content.decode()
        assert [one.kind for one in documents_of(case_no)] == [
            "penalty_interview",
            "penalty_notice",
            "penalty_statement",
            "penalty_decision",
        ]
        owed = Publication.objects.get(case_no=case_no)
        assert (owed.kind, owed.party_name, owed.fields["处罚内容"]) == ("penalty", PARTY["name"], "罚款人民币 3,000.00 元。")

    def test_every_paper_of_a_penalty_can_be_made_and_sealed(self, officers: None) -> None:
        examiner, head = walk.official("amr-examiner"), walk.official("amr-decider")
        number = _filed_at_the_door(hearing_kind="large_fine")
        common = {"case_no": number, "actor": examiner}
        service.hold_evidence(case_no=number, items="账簿", actor=head, at=at("2026-03-04 09:00"))
        service.investigate(officers=CARDS, shown=True, text="询问。", at=at("2026-03-04 10:00"), **common)
        service.inform_party(parts=TOLD, amount=Decimal(5000), at=at("2026-03-05 09:00"), **common)
        service.tell_hearing_right(at=at("2026-03-05 10:00"), **common)
        service.hear_statement(statement="请求听证", answer="将听证", at=at("2026-03-06 09:00"), **common)
        service.request_hearing(at=at("2026-03-06 10:00"), **common)
        service.notify_hearing(hearing_on=at("2026-03-20 09:00"), place="会议室", at=at("2026-03-09 09:00"), **common)
        service.hold_hearing(presider="法制科", record="双方陈述", signing="refused", at=at("2026-03-20 11:00"), **common)
        decide = {"case_no": number, "kinds": ["fine"], "amount": Decimal(5000), "reason": "事实", "actor": head}
        with pytest.raises(ActRefused) as refused:
            service.decide_penalty(at=at("2026-03-23 09:00"), **decide)
        assert refused.value.code == "back.inspections.legal_review_missing"  # a hearing was held
        service.review_penalty(case_no=number, passed=True, text="合法", actor=walk.official("amr-legal"), at=at("2026-03-23 10:00"))
        service.decide_penalty(at=at("2026-03-23 11:00"), present=True, **decide)
        for document in documents_of(number):
            make_document(document_id=document.id, at=at("2026-03-23 12:00"))
        assert [(one.kind, one.trouble) for one in documents_of(number) if not one.digest] == []
        assert len(documents_of(number)) == 8

    def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(self, officers: None) -> None:
        answer = filed(sign_in("amr-examiner"), conduct_ended="昨天", facts="未公示年报的事实")
        text = answer.content.decode()
        assert answer.status_code == 422 and "请选择日期" in text and "未公示年报的事实" in text
        assert "不能早于" not in text and service.Penalty.objects.count() == 0
        assert filed(sign_in("amr-examiner"), code="91189901MA81000101").status_code == 422  # does not check

    def test_what_is_imposed_gives_the_right_to_a_hearing_whatever_was_filed(self, officers: None) -> None:
        number = ready()
        decide = {"case_no": number, "reason": "事实", "actor": walk.official("amr-decider"), "at": at("2026-03-09 09:00")}
        for said in ({"kinds": ["revocation"]}, {"kinds": ["fine"], "amount": Decimal(100000)}):
            with pytest.raises(ActRefused) as refused:
                service.decide_penalty(**decide, **said)
            assert refused.value.code == "back.inspections.hearing_right_not_told"
        page, examiner = reverse("back_inspections:penalty", args=[number]), sign_in("amr-examiner")
        assert post(examiner, page, "hearing_right", "2026-03-09 10:00").status_code == 422
        assert post(examiner, page, "hearing_right", "2026-03-09 10:00", kind="revocation").status_code == 302

    def test_a_notice_without_a_fine_announces_none_and_a_new_one_is_reviewed_anew(self, officers: None) -> None:
        number = ready(amount=None)
        head = walk.official("amr-decider")
        with pytest.raises(ActRefused) as refused:
            service.decide_penalty(case_no=number, kinds=["fine"], amount=Decimal(1), reason="事实", actor=head, at=at("2026-03-09 09:00"))
        assert refused.value.code == "back.inspections.heavier_after_defence"
        service.review_penalty(case_no=number, passed=True, text="合法", actor=walk.official("amr-legal"), at=at("2026-03-09 10:00"))
        service.discuss_penalty(case_no=number, text="一致同意", actor=head, at=at("2026-03-09 10:00"))
        told = {"parts": TOLD, "amount": Decimal(5000), "actor": walk.official("amr-examiner"), "at": at("2026-03-09 11:00")}
        service.inform_party(case_no=number, **told)
        penalty = service.Penalty.objects.get(case_id=number)
        assert not penalty.review_passed and penalty.discussed_at is None

    def test_a_case_is_not_closed_over_evidence_that_waits(self, officers: None) -> None:
        number = ready()
        head = walk.official("amr-decider")
        hold = service.hold_evidence(case_no=number, items="账簿", actor=head, at=at("2026-03-09 09:00"))
        drop = {"case_no": number, "outcome": "dropped", "reason": "事实不成立", "actor": head, "at": at("2026-03-10 09:00")}
        with pytest.raises(ActRefused) as refused:
            service.decide_penalty(**drop)
        assert refused.value.code == "back.inspections.evidence_held"
        service.dispose_evidence(
            case_no=number, hold=hold.id, disposal="退还", actor=walk.official("amr-examiner"), at=at("2026-03-10 08:00")
        )
        assert not service.decide_penalty(**drop).case.is_open

    def test_belongs_to_the_department_alone(self, officers: None) -> None:
        page = reverse("back_inspections:penalty", args=[_filed_at_the_door()])
        assert sign_in("hrss-examiner").get(page).status_code == 404
        assert sign_in("amr-decider").get(page).status_code == 200


def ready(amount: Decimal | None = Decimal(5000)) -> str:
    """Filed, investigated, told and heard: only the decision is wanting."""
    number = _filed_at_the_door()
    common = {"case_no": number, "actor": walk.official("amr-examiner")}
    service.investigate(officers=CARDS, shown=True, text="询问。", at=at("2026-03-04 09:00"), **common)
    service.inform_party(parts=TOLD, amount=amount, at=at("2026-03-05 09:00"), **common)
    service.hear_statement(statement="已改正", answer="已复核", at=at("2026-03-06 09:00"), **common)
    return number


def _filed_at_the_door(**more: Any) -> str:
    return service.file_penalty(
        party=PARTY,
        violation="未按规定公示年度报告",
        facts="未公示",
        basis="第十七条",
        actor=walk.official("amr-examiner"),
        at=at("2026-03-03 09:00"),
        **more,
    ).case_id


def test_on_the_spot_is_decided_handed_over_filed_and_paid_on_the_pages(officers: None) -> None:
    examiner = sign_in("amr-examiner")
    said = {
        "kind": "person", "name": "周某", "violation": "占道经营", "conduct_ended": "2026-03-03",
        "facts": "占道摆摊", "basis": "条例第十条",
        "officers": CARDS, "shown": "on", "kinds": ["fine"], "amount": "201",
    }  # fmt: skip
    page = reverse("back_inspections:on_spot")
    assert "二百元以下" in post(examiner, page, "spot", "2026-03-03 10:00", **said).content.decode()
    answer = post(examiner, page, "spot", "2026-03-03 10:00", **{**said, "amount": "200"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    case_page = answer["Location"]
    assert post(examiner, case_page, "record", "2026-03-04 10:00").status_code == 302
    assert post(examiner, case_page, "execute", "2026-03-05 10:00", receipt_no="NO-2").status_code == 302
    assert "占道经营" in examiner.get(reverse("back_inspections:penalties"), {"show": "closed", "q": "占道"}).content.decode()


def test_what_is_too_long_or_in_no_list_is_told_and_the_entry_stays() -> None:
    examiner = sign_in("amr-examiner")
    for wrong, said in (
        ({"violation": "违" * 300}, "内容太长"),
        ({"source": "来\0源"}, ""),
        ({"hearing_kind": "none-such"}, "请从列表中选择"),
    ):
        page = filed(examiner, **wrong)
        assert page.status_code == 422 and said in page.content.decode() and "未公示。" in page.content.decode()
