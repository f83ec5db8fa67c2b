"""收件: who files for whom, every paper looked at, the receipt, the applicant's own view of it."""

from datetime import timedelta

import pytest

from santai.back.approvals.service import documents_of
from santai.back.cases.service import Case, current_content
from santai.front.counter import service as counter
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor, entries_on
from tests.support import walk, window

pytestmark = pytest.mark.usefixtures("city_db")
WANTING = counter.Review(copies=1, verdict="to_correct", remark="租赁合同缺少出租人签名页")


class TestAPersonStepsUp:
    def test_is_identified_agrees_and_gets_a_number(self) -> None:
        visit = window.step_up()
        assert visit.number.startswith("asc-") and visit.account is None and not visit.phone
        assert visit.consent and visit.clerk == window.clerk().name

    def test_is_one_visit_however_often_the_button_is_pressed(self) -> None:
        assert window.step_up().number == window.step_up().number

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"code": "189901197605140611"}, "code"),
            ({"code_kind": "nonsense"}, "code"),
            ({"person_name": ""}, "person_name"),
            ({"phone": "12"}, "phone"),
            ({"consent": False}, "consent"),
            ({"identified_by": "face"}, "identified_by"),
            ({"represents": "organisation", "party_code": "X"}, "party_code"),
            ({"represents": "organisation"}, "authority"),
            ({"represents": "person", "party_code": window.PERSON["code"], "party_name": "周文", "authority": "委托书"}, "party_code"),
        ],
    )
    def test_is_told_at_the_field_what_is_wrong(self, changes: dict[str, str], field: str) -> None:
        with pytest.raises(counter.VisitIncomplete) as refused:
            window.step_up(**changes)
        assert field in refused.value.fields

    def test_with_an_account_under_another_name_is_not_taken_for_its_owner(self) -> None:
        code = walk.citizen("resident2")[2].code
        with pytest.raises(counter.VisitIncomplete) as refused:
            window.step_up(code=code, person_name="周文")
        assert "person_name" in refused.value.fields

    def test_only_before_a_window(self) -> None:
        with pytest.raises(NotAllowed):
            window.step_up(walk.official("amr-examiner"))

    def test_is_seen_by_this_bodys_windows_only(self) -> None:
        number = window.step_up().number
        with pytest.raises(counter.VisitUnknown):
            counter.access_visit(number=number, actor=window.clerk("wangjiang-centre-intake"))
        assert counter.access_visit(number=number, actor=window.clerk("asc-intake-2")).number == number


class TestTheClerk:
    def test_files_the_same_item_form_and_case_and_stays_the_clerk(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        case = walk.case(case_no)
        assert case.channel == "counter" and case.applicant_name == "周文" and case.filed_by["name"] == "周文"
        assert case.facts["assistance"]["clerk"] == window.clerk().name
        signed = current_content(case).signatures[0]
        assert signed["signer"] == "周文" and signed["method"] == "window-confirmed"
        acts = {one.act: one for one in entries_on(f"case:{case_no}")}
        filed = acts["front.hall.submit_application"]
        assert (filed.name, filed.post, filed.represents) == (window.clerk().name, "asc-intake", "周文")

    def test_never_finds_the_case_among_their_own(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        account, actor, party = walk.citizen("clerk")
        assert not hall.cases_of(actor, party).filter(case_no=case_no).exists()
        assert not hall.drafts_of(window.clerk(), party).exists()
        assert account.name == window.clerk().name

    def test_goes_on_where_a_colleague_was_called_away(self) -> None:
        intake = window.begin(window.step_up())
        colleague = window.clerk("asc-intake-2")
        window.look(intake, actor=colleague)
        assert window.take_in(intake, actor=colleague)

    def test_takes_in_once_however_often_the_button_is_pressed(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        assert window.take_in(intake) == window.take_in(intake)

    def test_prefills_from_the_register_under_a_purpose_of_its_own(self) -> None:
        _account, _actor, party = walk.citizen("resident2")
        visit = window.step_up(person_name=party.name, code=party.code)
        assert visit.register_checked
        intake = counter.start_intake(
            number=visit.number, item_code=walk.item_code("居住证申领"), situation={}, actor=window.clerk(), at=now()
        )
        assert any(given["value"] == party.name for given in window.draft_of(intake).prefilled.values())

    def test_may_file_for_a_company_whose_paper_authority_was_seen(self) -> None:
        visit = window.step_up(
            represents="organisation",
            party_code="91189901MA8100029W",
            party_name="东江汇才人力资源有限公司",
            authority="授权委托书（2026年11月2日）原件",
        )
        intake = counter.start_intake(
            number=visit.number, item_code=walk.item_code("劳务派遣经营许可"), situation={}, actor=window.clerk(), at=now()
        )
        draft = window.draft_of(intake)
        assert draft.applicant["name"] == "东江汇才人力资源有限公司" and draft.authorisation == "window"

    def test_cannot_edit_a_draft_somebody_began_at_home(self) -> None:
        draft = walk.start(walk.citizen("resident2"), walk.item_code("居住证申领"), {})
        with pytest.raises(hall.NotFound):
            hall.access_draft(draft_id=draft.id, actor=window.clerk())


class TestEveryPaper:
    def test_needs_a_verdict_before_it_is_taken_in(self) -> None:
        intake = window.begin(window.step_up())
        with pytest.raises(counter.ReviewIncomplete) as refused:
            window.take_in(intake)
        assert set(refused.value.fields) == {f"verdict.{code}" for code in window.codes(intake)}

    def test_found_wanting_says_why(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=counter.Review(copies=1, verdict="unqualified"))
        with pytest.raises(counter.ReviewIncomplete) as refused:
            window.take_in(intake)
        assert set(refused.value.fields) == {"remark.dwelling"}

    def test_is_not_good_when_nothing_lies_on_the_table(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=counter.Review(verdict="qualified"))
        with pytest.raises(counter.ReviewIncomplete) as refused:
            window.take_in(intake)
        assert set(refused.value.fields) == {"copies.dwelling"}

    def test_put_right_on_the_spot_is_marked_so(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=WANTING)
        window.look(intake)
        given = window.draft_of(intake).materials["dwelling"]
        assert given["verdict"] == "qualified" and "当场更正" in given["remark"] and "签名页" in given["remark"]

    def test_wanting_does_not_stop_the_receipt(self) -> None:
        """What is handed in first is the receipt (行政许可法 32): the clock runs, and the department reads what the window found."""
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=counter.Review(verdict="to_correct", remark="没有带租赁合同"))
        case_no = window.take_in(intake)
        handed = {one["code"]: one for one in current_content(walk.case(case_no)).materials}
        assert handed["dwelling"]["verdict"] == "to_correct" and handed["dwelling"]["remark"] == "没有带租赁合同"
        assert handed["photo"]["copies"] == 1 and handed["photo"]["original_seen"]
        assert any(clock.kind == "correction" for clock in clocks_of(f"case:{case_no}"))

    def test_of_an_application_filed_alone_is_still_uploaded(self) -> None:
        """The window's words do not stand in for files when the person goes on at home."""
        who = walk.citizen("resident2")
        visit = window.step_up(person_name=who[2].name, code=who[2].code)
        intake = window.begin(visit)
        window.look(intake)
        with pytest.raises(hall.MaterialsMissing):
            hall.submit_application(draft_id=intake.draft, account=who[0], actor=who[1], at=now())


class TestTheReceipt:
    def test_is_numbered_lists_each_paper_and_is_sealed(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        receipt = counter.receipt_of(case_no)
        assert receipt is not None and "窗收〔" in receipt.receipt_no
        papers = {row["name"]: row for row in receipt.data["rows"]}
        assert papers["住所证明"]["how"] == "纸质 1 份" and papers["住所证明"]["original"] == "已核"
        assert papers["居民身份证"]["how"] == "由人口库核验，免提交"
        drain(only=("front.counter.receipts",))
        receipt.refresh_from_db()
        assert receipt.digest and not receipt.trouble
        assert hall.papers_of(case_no)[0].document_no == receipt.receipt_no
        assert [one.kind for one in documents_of(case_no)] == [], "the window's receipt is the receipt"

    def test_lets_a_person_without_a_phone_follow_the_case(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        code = hall.application_of(case_no).query_code
        hall.check_track_code(case_no=case_no, code=code.lower(), at=now())
        with pytest.raises(hall.WrongCode):
            hall.check_track_code(case_no=case_no, code="22222222", at=now())

    def test_numbers_have_no_gaps(self) -> None:
        numbers = []
        for name, code in (("周文", window.PERSON["code"]), ("刘一", "189901198001010015")):
            intake = window.begin(window.step_up(person_name=name, code=code))
            window.look(intake)
            receipt = counter.receipt_of(window.take_in(intake))
            assert receipt is not None
            numbers.append(int(receipt.receipt_no.split("〕")[1].removesuffix("号")))
        assert numbers[1] == numbers[0] + 1

    def test_is_the_applicants_when_they_open_an_account_later(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        party = counter.parties_of(intake.visit)[0]
        later = Actor(kind="person", account="later", name="周文", person_code=party.code)
        assert hall.cases_of(later, party).filter(case_no=case_no).exists()


class TestPapersTakenBack:
    def test_are_told_once_and_completely_by_the_applicants_choice(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=WANTING)
        back = counter.take_back(intake_id=intake.id, reason="回家取合同原件", agreed=True, actor=window.clerk(), at=now())
        assert [one["code"] for one in back.told] == ["dwelling"] and "窗告〔" in back.number

    @pytest.mark.parametrize(("reason", "agreed", "field"), [("回家取", False, "agreed"), ("", True, "back_reason")])
    def test_need_choice_and_reason(self, reason: str, agreed: bool, field: str) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=WANTING)
        with pytest.raises(counter.Incomplete) as refused:
            counter.take_back(intake_id=intake.id, reason=reason, agreed=agreed, actor=window.clerk(), at=now())
        assert field in refused.value.fields

    def test_are_never_sent_home_when_nothing_is_wanting(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        with pytest.raises(counter.NothingWanting):
            counter.take_back(intake_id=intake.id, reason="想想", agreed=True, actor=window.clerk(), at=now())

    def test_cannot_be_asked_for_more_the_next_time(self) -> None:
        """预审退回 does not evade the one notice: what the first list left out cannot be asked for any more."""
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake, dwelling=WANTING)
        counter.take_back(intake_id=intake.id, reason="回家取合同原件", agreed=True, actor=window.clerk(), at=now())
        window.look(intake, photo=counter.Review(copies=1, verdict="to_correct", remark="相片太旧"))
        with pytest.raises(counter.ReviewIncomplete) as refused:
            window.take_in(intake)
        assert set(refused.value.fields) == {"verdict.photo"}
        window.look(intake)
        assert window.take_in(intake)

    def test_are_told_on_one_notice_until_something_changes(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=WANTING)
        counter.take_back(intake_id=intake.id, reason="回家取合同原件", agreed=True, actor=window.clerk(), at=now())
        with pytest.raises(counter.AlreadyDone):
            counter.take_back(intake_id=intake.id, reason="回家取合同原件", agreed=True, actor=window.clerk(), at=now())
        assert counter.supervised_returns(window.clerk()).count() == 1

    def test_are_supervised(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake, dwelling=WANTING)
        counter.take_back(intake_id=intake.id, reason="回家取合同原件", agreed=True, actor=window.clerk(), at=now())
        assert counter.supervised_returns(walk.official("dsj-supervisor")).count() == 1
        assert counter.supervised_returns(walk.official("amr-examiner")).count() == 0


class TestALateEntry:
    def test_carries_the_true_time_of_receipt_its_reason_and_approver(self) -> None:
        at = now()
        outage = counter.declare_outage(
            began=(at - timedelta(hours=5)).isoformat(),
            ended=(at - timedelta(hours=1)).isoformat(),
            reason="机房停电",
            actor=window.clerk(),
            at=at,
        )
        intake = window.begin(window.step_up())
        window.look(intake)
        true = at - timedelta(hours=3)
        late = counter.Late(outage=outage.number, received_at=true.isoformat())
        with pytest.raises(counter.Incomplete) as refused:
            window.take_in(intake, late=late)
        assert "outage" in refused.value.fields, "nobody has approved it"
        counter.answer_outage(number=outage.number, approve=True, why="", actor=walk.official("asc-chief"), at=at)
        case_no = window.take_in(intake, late=late)
        case = Case.objects.get(case_no=case_no)
        assert abs(case.received_at - true) < timedelta(seconds=1)
        assert case.facts["assistance"]["late_reason"] == "机房停电" and "首席代表" in case.facts["assistance"]["approved_by"]
        assert "停机补录" in hall.lines_of(case_no)[0].text
        receipt = counter.receipt_of(case_no)
        assert receipt is not None and receipt.data["late_reason"] == "机房停电"

    def test_outside_the_outage_is_refused(self) -> None:
        at = now()
        outage = counter.declare_outage(
            began=(at - timedelta(hours=5)).isoformat(),
            ended=(at - timedelta(hours=1)).isoformat(),
            reason="机房停电",
            actor=window.clerk(),
            at=at,
        )
        counter.answer_outage(number=outage.number, approve=True, why="", actor=walk.official("asc-chief"), at=at)
        intake = window.begin(window.step_up())
        window.look(intake)
        for received in ((at - timedelta(minutes=5)).isoformat(), "昨天上午", ""):
            with pytest.raises(counter.Incomplete) as refused:
                window.take_in(intake, late=counter.Late(outage=outage.number, received_at=received))
            assert "received_at" in refused.value.fields

    def test_is_not_approved_by_who_declared_it(self) -> None:
        at = now()
        began, ended = (at - timedelta(hours=2)).isoformat(), (at - timedelta(hours=1)).isoformat()
        chief = walk.official("asc-chief")
        outage = counter.declare_outage(began=began, ended=ended, reason="机房停电", actor=chief, at=at)
        with pytest.raises(counter.SamePerson):
            counter.answer_outage(number=outage.number, approve=True, why="", actor=chief, at=at)
        with pytest.raises(NotAllowed):
            counter.answer_outage(number=outage.number, approve=True, why="", actor=window.clerk(), at=at)
