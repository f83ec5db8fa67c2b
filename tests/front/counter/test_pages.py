"""The window's pages without a browser: entries are kept, errors stand at their fields, papers can be printed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from santai.front.counter import service as counter
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now, today
from santai.kernel.forms.service import dated
from tests.support import walk, window

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db
PERSON = {**window.PERSON, "identified_by": "card", "represents": "", "consent": "on"}


def text_of(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


def typed(intake: counter.Intake, **other: str) -> dict[str, Any]:
    """What the page of an intake would send: the residence form filled in, every paper good."""
    draft = window.draft_of(intake)
    data = {**dated(window.RESIDENCE, today()), "pledge": "true"}
    sent: dict[str, Any] = {name: str(value) for name, value in data.items()}
    sent |= {"_section": [one.id for one in hall.form_of_draft(draft).sections], "revision": str(draft.revision), "page": "p"}
    for code in ("photo", "dwelling"):
        sent |= {f"copies.{code}": "1", f"original.{code}": "on", f"verdict.{code}": "qualified", f"remark.{code}": ""}
    return {**sent, **other}


class TestTheFirstPage:
    def test_keeps_every_entry_and_says_at_the_field_what_is_wrong(self, enter: Enter) -> None:
        sent = {**PERSON, "code": "123", "person_name": "周文", "consent": ""}
        answer = enter("clerk").post("/front/counter/", sent)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="123"' in html and 'value="周文"' in html
        assert 'href="#f-code"' in html and 'href="#f-consent"' in html

    def test_leads_to_the_visit(self, enter: Enter) -> None:
        client = enter("clerk")
        answer = client.post("/front/counter/", PERSON, follow=True)
        assert "办什么" in text_of(answer.content) and "周文" in text_of(client.get("/front/counter/").content)

    @pytest.mark.parametrize(("login", "status"), [("", 302), ("resident", 403), ("amr-examiner", 403), ("clerk", 200)])
    def test_is_for_staff_of_a_window(self, enter: Enter, login: str, status: int) -> None:
        client = enter(login) if login != "resident" else enter(login)
        assert client.get("/front/counter/").status_code == status

    def test_of_another_window_is_not_found(self, enter: Enter) -> None:
        number = window.step_up().number
        answer = enter("wangjiang-centre-intake").get(f"/front/counter/visits/{number}/")
        assert answer.status_code == 404 and "没有这次到窗记录" in text_of(answer.content)


class TestTheIntakePage:
    def test_takes_in_form_and_papers_with_one_press(self, enter: Enter) -> None:
        intake = window.begin(window.step_up(), data={})
        client = enter("clerk")
        url = f"/front/counter/intakes/{intake.id}/"
        assert "材料逐项审查" in text_of(client.get(url).content)
        answer = client.post(url, typed(intake, act="file"), follow=True)
        said = text_of(answer.content)
        assert answer.status_code == 200 and "收件凭证" in said and "查询码" in said and "住所证明" in said and "已核" in said
        assert text_of(client.get(url, follow=True).content).count("收件凭证")

    def test_keeps_what_was_typed_when_something_is_wrong(self, enter: Enter) -> None:
        intake = window.begin(window.step_up(), data={})
        sent = typed(intake, act="file", **{"copies.dwelling": "很多", "remark.photo": "蓝底相片", "address": "", "landlord": "李明"})
        answer = enter("clerk").post(f"/front/counter/intakes/{intake.id}/", sent)
        html = answer.content.decode()
        assert answer.status_code == 422 and "份数请填" in html and "蓝底相片" in html and 'value="李明"' in html

    def test_says_which_answers_and_papers_are_missing(self, enter: Enter) -> None:
        intake = window.begin(window.step_up(), data={})
        client, url = enter("clerk"), f"/front/counter/intakes/{intake.id}/"
        answer = client.post(url, typed(intake, act="file", **{"verdict.dwelling": "unqualified"}))
        assert answer.status_code == 422 and 'href="#f-remark-dwelling"' in answer.content.decode()
        answer = client.post(url, typed(intake, act="file", address="", revision=str(window.draft_of(intake).revision)))
        assert answer.status_code == 422 and 'href="#f-address"' in answer.content.decode()

    def test_saved_by_a_colleague_meanwhile_loses_nothing(self, enter: Enter) -> None:
        intake = window.begin(window.step_up())
        answer = enter("clerk").post(f"/front/counter/intakes/{intake.id}/", typed(intake, act="save", revision="1", address="新地址 7 号"))
        assert answer.status_code == 409 and "新地址 7 号" in answer.content.decode()

    def test_refuses_a_scan_that_is_none(self, enter: Enter) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        intake = window.begin(window.step_up())
        sent = typed(intake, act="file") | {"file.dwelling": SimpleUploadedFile("合同.pdf", b"not a pdf at all")}
        answer = enter("clerk").post(f"/front/counter/intakes/{intake.id}/", sent)
        assert answer.status_code == 422 and walk.case is not None and not window.draft_of(intake).case_no

    def test_gives_the_papers_back_only_with_the_list(self, enter: Enter) -> None:
        intake = window.begin(window.step_up())
        client, url = enter("clerk"), f"/front/counter/intakes/{intake.id}/"
        wanting = {"verdict.dwelling": "to_correct", "remark.dwelling": "缺签名页"}
        answer = client.post(url, typed(intake, act="back", **wanting))
        assert answer.status_code == 422 and "坚持提交的，请收件" in answer.content.decode()
        sent = typed(intake, act="back", back_reason="回家取", agreed="on", revision=str(window.draft_of(intake).revision), **wanting)
        answer = client.post(url, sent, follow=True)
        said = text_of(answer.content)
        assert "一次性告知单" in said and "缺签名页" in said
        assert "缺签名页" in text_of(enter("supervisor").get("/front/counter/returns/").content)


class TestOutages:
    def test_are_declared_and_answered_on_one_page(self, enter: Enter) -> None:
        client = enter("clerk")
        answer = client.post("/front/counter/outages/", {"began": "昨天", "ended": "2026-01-01T10:00", "reason": ""})
        assert answer.status_code == 422 and "昨天" in answer.content.decode()
        client.post("/front/counter/outages/", {"began": "2026-11-02T09:00", "ended": "2026-11-02T10:00", "reason": "机房停电"})
        number = counter.Outage.objects.get().number
        chief = enter("asc-chief")
        assert chief.post(f"/front/counter/outages/{number}/", {"answer": "refuse", "why": ""}).status_code == 422
        assert "已批准" in text_of(chief.post(f"/front/counter/outages/{number}/", {"answer": "approve"}, follow=True).content)


class TestTheReceiptOfAPersonWithoutAPhone:
    def test_leads_to_the_progress(self, enter: Enter) -> None:
        intake = window.begin(window.step_up())
        window.look(intake)
        case_no = window.take_in(intake)
        code = hall.application_of(case_no).query_code
        stranger = enter()
        page = stranger.get("/front/hall/track/", {"case_no": case_no, "code": code})
        assert code in page.content.decode()
        wrong = stranger.post("/front/hall/track/", {"case_no": case_no, "act": "check", "printed": "on", "code": "AAAAAAAA"})
        assert wrong.status_code == 422
        answer = stranger.post("/front/hall/track/", {"case_no": case_no, "act": "check", "printed": "on", "code": code}, follow=True)
        assert "居住证申领" in text_of(answer.content)


class TestTheVisit:
    def test_is_rated_once_from_a_page_without_an_account(self, enter: Enter) -> None:
        visit = window.step_up()
        intake = window.begin(visit)
        window.look(intake)
        window.take_in(intake)
        url = f"/front/ratings/visit/{counter.rating_token(visit)}/"
        stranger = enter()
        assert "居住证申领" in text_of(stranger.get(url).content)
        assert stranger.post(url, {"level": ""}).status_code == 422
        assert "谢谢" in text_of(stranger.post(url, {"level": "1", "tags": "fast"}, follow=True).content)
        assert stranger.post(url, {"level": "5"}).status_code == 409
        assert "满意程度" not in text_of(stranger.get(url, follow=True).content), "the window knows the address too"
        counter.Visit.objects.filter(number=visit.number).update(opened_at=now() - timedelta(days=31))
        assert stranger.get(url).status_code == 404, "it lapses"
        assert stranger.get("/front/ratings/visit/guess/").status_code == 404
