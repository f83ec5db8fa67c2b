"""出件: collected once and signed for, again when lost, back when void, reminded when it waits; addresses, calls and post."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from santai.back.approvals.service import documents_of
from santai.back.delivery.service import Delivery, address_of
from santai.exchange.bus.models import Message
from santai.front.counter import service as counter
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import Actor, entries_on
from tests.support import walk, window

pytestmark = pytest.mark.usefixtures("city_db")
SELF: dict[str, Any] = {"name": "周文", "code": window.PERSON["code"]}


def completed() -> str:
    """A case taken in at the window and granted, its papers made."""
    intake = window.begin(window.step_up())
    window.look(intake)
    case_no = window.take_in(intake)
    walk.check(case_no, walk.official("police-examiner"))
    walk.examine(case_no, walk.official("police-examiner"))
    walk.decide(case_no, walk.official("police-decider"))
    drain()
    return case_no


def collect(case_no: str, *, actor: Actor | None = None, papers: list[str] | None = None, **changes: Any) -> counter.HandOut:
    whole = {**SELF, **{key: value for key, value in changes.items() if key in ("name", "code", "relation", "authority", "code_kind")}}
    other = {key: value for key, value in changes.items() if key not in whole}
    chosen = [one["number"] for one in counter.papers_waiting(case_no)] if papers is None else papers
    done = counter.hand_out(
        case_no=case_no, papers=chosen, collector=counter.Collector(**whole), actor=actor or walk.official("asc-issuing"), at=now(),
        **{"confirmed": True, **other},
    )  # fmt: skip
    walk.deliver()
    return done


def drawn() -> str:
    held = BytesIO()
    Image.new("RGB", (48, 16), "white").save(held, "PNG")
    return "data:image/png;base64," + b64encode(held.getvalue()).decode()


class TestAResult:
    def test_is_collected_once_and_proves_its_delivery(self) -> None:
        case_no = completed()
        assert [one.case_no for one in counter.waiting_results("asc")] == [case_no]
        done = collect(case_no, signature_image=drawn(), confirmed=False)
        assert done.signature == "drawn" and done.signature_file["media_type"] == "image/png"
        assert counter.waiting_results("asc") == []
        assert all(one.received_at for one in documents_of(case_no) if one.document_no in {paper["number"] for paper in done.papers})
        delivery = Delivery.objects.get(case_no=case_no)
        assert (delivery.state, delivery.mode) == ("delivered", "window") and delivery.proof_no
        said = [line.text for line in hall.lines_of(case_no)]
        assert any(done.number in text for text in said) and not any("周文" in text for text in said), "no name on the bus"

    def test_is_not_handed_out_twice_without_a_reason(self) -> None:
        case_no = completed()
        first = collect(case_no)
        with pytest.raises(counter.AlreadyDone):
            collect(case_no)
        again = collect(case_no, again_why="证件遗失，已声明作废")
        assert again.again_for == first.number

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"papers": []}, "papers"),
            ({"papers": ["别人的文号"]}, "papers"),
            ({"name": ""}, "collector_name"),
            ({"code": "1"}, "code"),
            ({"code": "189901198001010015"}, "relation"),
            ({"relation": "agent", "code": "189901198001010015"}, "authority"),
            ({"relation": "neighbour"}, "relation"),
            ({"relation": "legal", "code": "189901198001010015"}, "relation"),
            ({"confirmed": False}, "confirmed"),
            ({"confirmed": False, "signature_image": "data:image/png;base64,%%%"}, "confirmed"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, changes: dict[str, Any], field: str) -> None:
        case_no = completed()
        with pytest.raises(counter.Incomplete) as refused:
            collect(case_no, **changes)
        assert field in refused.value.fields

    def test_goes_to_a_representative_whose_paper_was_seen(self) -> None:
        done = collect(completed(), relation="agent", code="189901198001010015", name="刘一", authority="委托书（2026年11月20日）原件")
        assert done.collector_name == "刘一"

    def test_of_another_body_is_opened_only_for_a_person_who_stands_here(self) -> None:
        case_no = completed()
        for visit in counter.Visit.objects.filter(closed_at=None):
            counter.close_visit(number=visit.number, actor=window.clerk(), at=now())
        stranger = replace(walk.official("asc-issuing"), organisation_name="别的单位")
        counter.open_results(case_no=case_no, actor=stranger, at=now())
        assert not entries_on(f"case:{case_no}").filter(act="front.counter.open_results").exists(), "taken in here"
        counter.Intake.objects.filter(case_no=case_no).update(organisation="elsewhere")
        with pytest.raises(counter.Unknown):
            counter.open_results(case_no=case_no, actor=stranger, at=now())
        with pytest.raises(counter.Unknown):
            collect(case_no, actor=stranger, papers=[])
        window.step_up()
        counter.open_results(case_no=case_no, actor=stranger, at=now())
        assert entries_on(f"case:{case_no}").filter(act="front.counter.open_results").count() == 1

    def test_is_called_back_when_void_and_comes_back(self) -> None:
        done = collect(completed())
        issuing = walk.official("asc-issuing")
        with pytest.raises(counter.Incomplete):
            counter.recall(number=done.number, why="", actor=issuing, at=now())
        with pytest.raises(NotAllowed):
            counter.recall(number=done.number, why="证载姓名有误", actor=window.clerk(), at=now())
        counter.recall(number=done.number, why="证载姓名有误，更正后重发", actor=issuing, at=now())
        assert counter.take_returned(number=done.number, actor=issuing, at=now()).state == "returned"

    def test_of_no_case_or_of_an_open_one_is_not_there(self) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        for case_no in (window.take_in(intake), "18990120260101000001"):
            with pytest.raises(counter.Unknown):
                counter.collectable(case_no)

    def test_that_waits_is_reminded_of_three_times(self) -> None:
        case_no = completed()
        at = now()
        for days, due in ((1, 0), (3, 1), (5, 0), (10, 1), (30, 1), (90, 0)):
            when = at + timedelta(days=days, minutes=1)
            views = counter.reminders_due_now(when)
            assert len(views) == due, days
            assert all(counter.remind_collecting(view=view, at=when) for view in views)
        sent = Message.objects.filter(name="exchange.notices.notice_wanted", payload__template="result_waiting")
        assert sent.count() == 3 and sent[0].payload["case_no"] == case_no

    def test_that_was_collected_is_not_reminded_of(self) -> None:
        collect(completed())
        assert counter.reminders_due_now(now() + timedelta(days=40)) == []


class TestAServiceAddress:
    GOOD: dict[str, Any] = {
        "recipient": "周文", "phone": "", "address": "望江街道锦绣路 8 号 301 室", "postcode": "189900", "electronic": False,
        "electronic_to": "", "signed": True,
    }  # fmt: skip

    def test_reaches_the_office_and_the_newest_binds(self) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        case = walk.case(window.take_in(intake))
        assert address_of(case.applicant["code"]) is None
        counter.confirm_address(number=visit.number, actor=window.clerk(), at=now(), **self.GOOD)
        later = {**self.GOOD, "electronic": True, "electronic_to": "zhou@example.cn"}
        counter.confirm_address(number=visit.number, actor=window.clerk(), at=now() + timedelta(minutes=1), **later)
        walk.deliver()
        found = address_of(case.applicant["code"])
        assert found is not None and found.electronic and found.proof.startswith("送达地址确认书")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"recipient": ""}, "recipient"),
            ({"address": ""}, "address"),
            ({"postcode": "12"}, "postcode"),
            ({"phone": "12"}, "phone"),
            ({"electronic": True}, "electronic_to"),
            ({"signed": False}, "signed"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, changes: dict[str, Any], field: str) -> None:
        with pytest.raises(counter.Incomplete) as refused:
            counter.confirm_address(number=window.step_up().number, actor=window.clerk(), at=now(), **{**self.GOOD, **changes})
        assert field in refused.value.fields

    def test_keeps_the_signature_drawn_under_it(self) -> None:
        number = window.step_up().number
        with pytest.raises(counter.Incomplete):
            counter.confirm_address(number=number, actor=window.clerk(), at=now(), **{**self.GOOD, "signature_image": "x"})
        whole = {**self.GOOD, "signed": False, "signature_image": drawn()}
        found = counter.confirm_address(number=number, actor=window.clerk(), at=now(), **whole)
        assert found.signature == "drawn" and found.signature_file["media_type"] == "image/png"


class TestAMessageThatDidNotArrive:
    def test_falls_to_a_recorded_call_and_then_to_the_post(self) -> None:
        case_no = completed()
        common: dict[str, Any] = {"case_no": case_no, "actor": window.clerk(), "at": now(), "said": "告知结果可以领取"}
        with pytest.raises(counter.Incomplete) as refused:
            counter.note_try(channel="post", to="望江街道锦绣路 8 号", reached=False, proof="EMS123456", **common)
        assert "channel" in refused.value.fields, "the call comes first"
        with pytest.raises(counter.Incomplete) as refused:
            counter.note_try(channel="call", to="13800000000", reached=False, proof="", **common)
        assert "proof" in refused.value.fields
        counter.note_try(channel="call", to="13800000000", reached=False, proof="录音 20261127-031，无人接听", **common)
        counter.note_try(channel="post", to="望江街道锦绣路 8 号", reached=False, proof="EMS123456", **common)
        with pytest.raises(counter.Incomplete):
            counter.note_try(channel="post", to="望江街道锦绣路 8 号", reached=False, proof="EMS123457", **common)
