"""听证 (行政许可法 46–48): told, asked for, notified, held on the record; no decision round it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from santai.back.approvals import service as approvals
from santai.back.approvals.errors import (
    AnnouncementMissing,
    HearingNotHeld,
    HearingOverLimit,
    HearingPending,
    HearingRightNotTold,
    HearingTooLate,
    MustBePublic,
    NoticeTooShort,
    NotOnRecord,
    PresiderConflict,
    RecordUnsigned,
)
from santai.back.approvals.rules.hearing import Facts, may_preside, notice_problem, obstacle
from santai.back.desk.service import case_file
from santai.front.hall import service as hall
from santai.kernel.clocks.service import add_working_days, now
from santai.kernel.jobs.service import drain
from tests.back.approvals.test_one_department import accepted_dispatch
from tests.back.desk.test_the_queue import sign_in
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

LEGAL = "hrss-legal"


@pytest.fixture
def case_no(city_db: None) -> str:
    """A permit that touches a neighbour, examined and ready to be decided."""
    number = accepted_dispatch()
    approvals.want_hearing(
        sub_case_no=f"{number}-main", ground="interest", reason="相邻单位使用同一通道。", parties=["东江某公司"],
        actor=walk.official("hrss-examiner"), at=now(),
    )  # fmt: skip
    walk.examine(number, walk.official("hrss-examiner"))
    return number


def part(case_no: str) -> dict:
    return {"sub_case_no": f"{case_no}-main", "actor": walk.official("hrss-examiner")}


def presider(post: str = LEGAL) -> dict:
    actor = walk.official(post)
    return {"presider": actor.name, "presider_account": actor.account}


def in_days(days: int, hour: int = 9) -> datetime:
    """``days`` working days from today, at an hour of the morning."""
    return now().replace(hour=hour - 8, minute=0) + (add_working_days(localdate(now()), days) - localdate(now()))


def notified(case_no: str, days: int = 8) -> datetime:
    approvals.tell_hearing_right(**part(case_no), at=now())
    approvals.request_hearing(**part(case_no), by="东江某公司", at=now())
    held_on = in_days(days)
    approvals.notify_hearing(**part(case_no), held_on=held_on, place="行政服务中心 301 会议室", **presider(), at=now())
    return held_on


def hold(case_no: str, at: datetime, **changes: object) -> None:
    values = {**part(case_no), **presider(), "public": True, "record": "各方陈述、质证。", "record_state": "signed", **changes}
    approvals.hold_hearing(**values, at=at)


class TestADecision:
    def test_waits_until_the_right_is_told(self, case_no: str) -> None:
        with pytest.raises(HearingRightNotTold):
            walk.decide(case_no, walk.official("hrss-decider"))

    def test_waits_five_working_days_unless_everybody_waives(self, case_no: str) -> None:
        approvals.tell_hearing_right(**part(case_no), at=now())
        with pytest.raises(HearingPending):
            walk.decide(case_no, walk.official("hrss-decider"))
        approvals.waive_hearing(**part(case_no), by="申请人、东江某公司", at=now())
        walk.decide(case_no, walk.official("hrss-decider"))
        assert walk.part(case_no).outcome == "granted"

    def test_waits_for_the_hearing_once_somebody_asked(self, case_no: str) -> None:
        notified(case_no)
        with pytest.raises(HearingNotHeld):
            walk.decide(case_no, walk.official("hrss-decider"))

    def test_rests_on_the_record_and_names_it(self, case_no: str) -> None:
        held_on = notified(case_no)
        hold(case_no, held_on)
        task = walk.task(case_no, "decide")
        decide = {
            "sub_case_no": f"{case_no}-main",
            "task": task,
            "outcome": "granted",
            "reason": "",
            "actor": walk.official("hrss-decider"),
        }
        with pytest.raises(NotOnRecord):
            approvals.decide(**decide, at=now())
        approvals.decide(**decide, on_record=True, at=now())
        kinds = {document.kind: document for document in approvals.documents_of(case_no)}
        assert kinds["granted"].data["hearing_record"] == kinds["hearing_record"].document_no
        drain()
        approvals.make_document(document_id=kinds["hearing_record"].id, at=held_on)  # dated on the day of the hearing, still to come
        assert all(document.digest for document in approvals.documents_of(case_no))


class TestTheHearing:
    def test_is_asked_for_within_five_working_days(self, case_no: str) -> None:
        approvals.tell_hearing_right(**part(case_no), at=now())
        with pytest.raises(HearingTooLate):
            approvals.request_hearing(**part(case_no), by="申请人", at=in_days(6))
        approvals.request_hearing(**part(case_no), by="申请人", at=in_days(5, 23))

    def test_is_notified_seven_working_days_before_and_held_within_twenty(self, case_no: str) -> None:
        approvals.tell_hearing_right(**part(case_no), at=now())
        approvals.request_hearing(**part(case_no), by="东江某公司", at=now())
        for days, wrong in ((6, NoticeTooShort), (21, HearingOverLimit)):
            with pytest.raises(wrong) as refused:
                approvals.notify_hearing(**part(case_no), held_on=in_days(days), place="会议室", **presider(), at=now())
            assert "held_on" in refused.value.fields
        approvals.notify_hearing(**part(case_no), held_on=in_days(20), place="会议室", **presider(), at=now())

    def test_is_presided_over_by_somebody_else_in_public_and_signed(self, case_no: str) -> None:
        held_on = notified(case_no)
        for wrong, changes in (
            (PresiderConflict, presider("hrss-examiner")),
            (PresiderConflict, {"interested": True}),
            (MustBePublic, {"public": False}),
            (RecordUnsigned, {"record_state": ""}),
        ):
            with pytest.raises(wrong):
                hold(case_no, held_on, **changes)
        hold(case_no, held_on, public=False, closed_because="涉及商业秘密。")

    def test_a_rule_prescribes_is_announced_first(self) -> None:
        number = accepted_dispatch()
        approvals.want_hearing(**part(number), ground="prescribed", reason="某条例规定应当听证。", at=now())
        held_on = in_days(8)
        approvals.notify_hearing(**part(number), held_on=held_on, place="会议室", **presider(), at=now())
        with pytest.raises(AnnouncementMissing):
            hold(number, held_on)
        approvals.announce_hearing(**part(number), text="事项、时间、地点。", at=now())
        hold(number, held_on)

    def test_is_asked_for_by_the_applicant_on_the_page(self, case_no: str) -> None:
        approvals.tell_hearing_right(**part(case_no), at=now())
        walk.deliver()
        (view,) = hall.hearings_of(case_no)
        assert view.may_ask(localdate(now()))
        _, actor, _ = walk.company("hr-manager", "91189901MA8100029W")
        hall.ask_hearing(case_no=case_no, sub_case_no=f"{case_no}-main", actor=actor, at=now())
        walk.deliver()
        with pytest.raises(hall.HearingNotOpen):
            hall.ask_hearing(case_no=case_no, sub_case_no=f"{case_no}-main", actor=actor, at=now())
        (view,) = hall.hearings_of(case_no)
        assert view.state == "requested" and view.hold_by is not None


class TestTheDesk:
    def test_offers_each_step_in_its_time(self, case_no: str) -> None:
        examiner, url = sign_in("hrss-examiner"), f"/back/desk/cases/{case_no}/act/"
        sent = {"sub_case_no": f"{case_no}-main"}

        def acts() -> set[str]:
            file = case_file(case_no=case_no, actor=walk.official("hrss-examiner"), at=now())
            return {act.key for act in file.acts if act.key.startswith("hearing")}

        assert acts() == {"hearing_tell"}
        examiner.post(url, {**sent, "act": "hearing_tell"})
        assert acts() == {"hearing_request", "hearing_waive"}
        assert examiner.post(url, {**sent, "act": "hearing_request", "by": " "}).status_code == 422
        examiner.post(url, {**sent, "act": "hearing_request", "by": "东江某公司"})
        assert acts() == {"hearing_notify"}
        wrong = examiner.post(url, {**sent, "act": "hearing_notify", "held_on": "明天", "place": "会议室"})
        assert wrong.status_code == 422 and "请填写日期和时间" in wrong.content.decode() and "会议室" in wrong.content.decode()
        when = localdate(now()).isoformat()
        early = examiner.post(
            url, {**sent, "act": "hearing_notify", "held_on": f"{when}T09:00", "place": "会议室", "presider": walk.official(LEGAL).account}
        )
        assert early.status_code == 422 and "七个工作日" in early.content.decode()
        good = f"{in_days(8).date().isoformat()}T09:00"
        examiner.post(url, {**sent, "act": "hearing_notify", "held_on": good, "place": "会议室", "presider": walk.official(LEGAL).account})
        page = examiner.get(f"/back/desk/cases/{case_no}/").content.decode()
        assert "已通知听证" in page and acts() == {"hearing_notify"}


class TestTheRules:
    def test_say_what_stands_in_the_way(self) -> None:
        day = date(2026, 3, 12)
        asked = Facts(on_request=True, told=True, request_by=day)
        assert obstacle(Facts(on_request=True), today=day, on_record=False) == "right_not_told"
        assert obstacle(asked, today=day, on_record=False) == "pending"
        assert obstacle(asked, today=day + timedelta(days=1), on_record=False) == ""
        assert obstacle(Facts(on_request=False), today=day, on_record=False) == "not_held"
        assert obstacle(Facts(on_request=False, held=True), today=day, on_record=True) == ""

    def test_count_the_notice_and_choose_who_presides(self) -> None:
        day = date(2026, 3, 25)
        assert [notice_problem(notice_days=days, day=day, hold_by=None) for days in (6, 7)] == ["too_short", ""]
        assert notice_problem(notice_days=9, day=day, hold_by=day - timedelta(days=1)) == "over_limit"
        assert may_preside(account="a", handled_by={"b"}, interested=False)
        assert not may_preside(account="b", handled_by={"b"}, interested=False)
