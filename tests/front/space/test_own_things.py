"""What a person or firm finds in the space, and what stays with others."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from santai.front.hall.service import CaseView, NotFound, access_case_view
from santai.front.space import service
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import Account, Authorisation, chosen
from santai.kernel.ledger.service import entries_on
from tests.support.own_things import FIRM, Things

pytestmark = pytest.mark.django_db
PAGES = ("home", "cases", "drafts", "documents", "licences", "messages", "authorisations", "data")


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "zh"})


def read(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"front_space:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def who(things: Things, login: str, *, as_firm: bool = False) -> dict[str, Any]:
    actor, party = chosen(things.account(login), {"for": str(things.authority(login).pk)} if as_firm else {}, today())
    return {"actor": actor, "party": party}


def test_strangers_are_asked_to_sign_in(client: Client, things: Things) -> None:
    for name in PAGES:
        answer = client.get(reverse(f"front_space:{name}"))
        assert answer.status_code == 302 and "sign-in" in answer["Location"]


def test_what_waits_comes_first_and_leads_to_the_act(client: Client, things: Things) -> None:
    correction = things.correction()
    finished = things.case(state="completed")
    things.draft("agent", sign=("founder",))
    things.paper(finished)
    page = read(things.enter(client, "founder"), "home")
    assert reverse("front_hall:correction", args=[correction.case_no]) in page
    assert reverse("front_ratings:rate", args=[finished.case_no]) in page
    assert "查看并签名" in page and "受理通知书" in page and "现在没有等您办的事" not in page


def test_an_empty_space_says_how_to_start(client: Client, things: Things) -> None:
    things.enter(client, "resident")
    assert "您还没有办过事" in read(client, "home") and reverse("front_hall:home") in read(client, "home")
    for name, words in (("cases", "还没有办件"), ("drafts", "没有草稿"), ("documents", "还没有文书"), ("messages", "还没有消息")):
        assert words in read(client, name)


def test_nobody_sees_what_belongs_to_others(client: Client, things: Things) -> None:
    mine, firms = things.case("founder"), things.case("legal-rep", of=FIRM)
    paper, licence, message = things.paper(mine), things.licence(mine), things.message("founder")
    things.enter(client, "resident")
    assert mine.case_no not in read(client, "cases").replace(" ", "")
    assert client.get(reverse("front_space:licence", args=[licence.identifier])).status_code == 404
    assert client.get(reverse("front_space:message", args=[message])).status_code == 404
    assert client.post(reverse("front_space:open_document", args=[paper.document_no])).status_code == 404
    paper.refresh_from_db()
    assert paper.opened_at is None
    things.enter(client, "legal-rep")
    assert firms.case_no not in {view.case_no for view in service.visible_cases(**who(things, "legal-rep"), on=today())}
    assert firms.case_no in {view.case_no for view in service.visible_cases(**who(things, "legal-rep", as_firm=True), on=today())}


def test_accounts_without_a_number_do_not_meet(things: Things) -> None:
    for login in ("one", "other"):
        Account.objects.create_user(login, name=login)
    case = things.case("one")
    assert service.visible_cases(**who(things, "one"), on=today()).get() == case
    assert not service.visible_cases(**who(things, "other"), on=today()).exists()
    with pytest.raises(NotFound):
        access_case_view(case_no=case.case_no, **who(things, "other"))
    with pytest.raises(service.MessageNotFound):
        service.read_message(message_id=UUID(things.message("one")), **who(things, "other"), at=now())


def test_an_agent_of_some_items_sees_the_firms_cases_of_these_items(things: Things) -> None:
    things.case("legal-rep", of=FIRM)
    other = things.case("legal-rep", of=FIRM, item_code="labour-dispatch")
    own = things.case("agent", of=FIRM)
    Authorisation.objects.filter(pk=things.authority("agent").pk).update(items=["labour-dispatch"])
    seen = {view.case_no for view in service.visible_cases(**who(things, "agent", as_firm=True), on=today())}
    assert seen == {other.case_no, own.case_no}


def test_no_address_leads_an_agent_to_a_case_beyond_the_authority(client: Client, things: Things) -> None:
    beyond = things.case("legal-rep", of=FIRM)
    own = things.case("agent", of=FIRM)
    Authorisation.objects.filter(pk=things.authority("agent").pk).update(items=["labour-dispatch"])
    things.enter(client, "agent", as_firm=True)
    for name in ("case", "content", "withdraw", "correction"):
        assert client.get(reverse(f"front_hall:{name}", args=[beyond.case_no])).status_code == 404, name
    assert access_case_view(case_no=own.case_no, **who(things, "agent", as_firm=True)) == own


def test_who_filed_for_a_firm_sees_its_case_only_while_acting_for_it(things: Things) -> None:
    filed = things.case("agent", of=FIRM)
    assert access_case_view(case_no=filed.case_no, **who(things, "agent", as_firm=True)) == filed
    Authorisation.objects.filter(pk=things.authority("agent").pk).update(revoked_at=now())
    with pytest.raises(NotFound):
        access_case_view(case_no=filed.case_no, **who(things, "agent"))


def test_every_page_says_as_whom_one_acts_and_offers_the_others(client: Client, things: Things) -> None:
    things.enter(client, "agent")
    for name in PAGES:
        page = read(client, name)
        assert "您正在以个人身份办事" in page and FIRM.name in page and f"for:{things.authority('agent').pk}" in page
    things.enter(client, "agent", as_firm=True)
    for name in PAGES:
        assert "您正在代这家单位办事" in read(client, name)
    things.enter(client, "agent-expired")
    assert f"for:{things.authority('agent-expired').pk}" not in read(client, "home")


def test_lists_are_read_by_their_keys_forwards_and_back(things: Things) -> None:
    for _ in range(45):
        things.case()
    seen, cursor, pages = [], "", []
    while True:
        page = service.cases(**who(things, "founder"), on=today(), cursor=cursor)
        pages.append(page)
        seen += [row["case_no"] for row in page.rows]
        if not page.following:
            break
        cursor = page.following
    assert len(seen) == len(set(seen)) == 45 and [len(page.rows) for page in pages] == [20, 20, 5]
    assert not pages[0].previous
    back = service.cases(**who(things, "founder"), on=today(), cursor=pages[2].previous)
    assert [row["case_no"] for row in back.rows] == [row["case_no"] for row in pages[1].rows]
    first = service.cases(**who(things, "founder"), on=today(), cursor=back.previous)
    assert [row["case_no"] for row in first.rows] == seen[:20] and not first.previous
    for nonsense in ("x", "after~~", "after~2026-13-45~1", "before~x~y"):
        assert len(service.cases(**who(things, "founder"), on=today(), cursor=nonsense).rows) == 20


def test_cases_are_found_by_state_name_and_number(client: Client, things: Things) -> None:
    waiting, done = things.correction(), things.case(state="completed", item_name="居住证申领")
    found = lambda **query: {row["case_no"] for row in service.cases(**who(things, "founder"), on=today(), **query).rows}  # noqa: E731
    assert found(state="mine") == {waiting.case_no} and found(state="done") == {done.case_no}
    assert found(text="居住证") == {done.case_no} and found(text=f" {waiting.case_no[:6]} {waiting.case_no[6:]}") == {waiting.case_no}
    things.enter(client, "founder")
    assert "没有符合条件的办件" in read(client, "cases", q="没有这种事")


def test_remaining_time_stands_beside_each_open_case(client: Client, things: Things) -> None:
    things.case()
    page = read(things.enter(client, "founder"), "cases")
    assert "还剩" in page and "个工作日" in page and "最迟" in page


@pytest.mark.parametrize("name", PAGES)
def test_queries_do_not_grow_with_the_number_of_cases(client: Client, things: Things, name: str) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            things.paper(things.correction())
            things.licence(things.case(state="completed"))
            things.draft(sign=("agent",))
            things.message()

    def queries() -> int:
        """The least of three readings: what the process re-reads once a second (calendar, site) does not count."""
        counted = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as caught:
                read(client, name)
            counted.append(len(caught))
        return min(counted)

    fill(5)
    things.enter(client, "founder")
    few = queries()
    fill(195 if name in ("home", "cases") else 60)
    assert queries() == few
    assert few <= 30


def test_a_discarded_draft_comes_back_by_one_click(client: Client, things: Things) -> None:
    draft = things.draft(sign=("agent", "legal-rep"))
    things.enter(client, "founder")
    assert "邀请了 2 人签名，还差 2 人" in read(client, "drafts")
    answer = client.post(reverse("front_space:discard", args=[draft.id]), follow=True)
    page = answer.content.decode()
    assert "已删除草稿" in page and reverse("front_space:restore", args=[draft.id]) in page and "没有草稿" in page
    page = client.post(reverse("front_space:restore", args=[draft.id]), follow=True).content.decode()
    assert "草稿已恢复" in page and "接着填" in page
    things.enter(client, "agent")
    assert "可能已被删除，或者不属于您" in client.post(reverse("front_space:discard", args=[draft.id]), follow=True).content.decode()


def test_a_licence_is_shown_with_the_code_anyone_can_check(client: Client, things: Things) -> None:
    case = things.case(state="completed")
    licence = things.licence(case, valid_to=(today() + timedelta(days=400)).isoformat())
    gone = things.licence(case, revoked_at=now(), revoked_why="登记事项变更")
    things.enter(client, "founder")
    page = read(client, "licence", licence.identifier)
    assert "<svg" in page and licence.verify_path in page and licence.number in page.replace(" ", "") and "有效" in page
    assert "证照文件正在送达" in page  # the sample's file is not in the store
    assert client.get(reverse("front_space:licence_file", args=[licence.identifier])).status_code == 404
    assert "已撤销" in read(client, "licence", gone.identifier)
    assert "登记事项变更" in read(client, "licence", gone.identifier)


class TestMessages:
    def test_arrive_once_and_are_read_once(self, client: Client, things: Things) -> None:
        notice = things.message()
        things.message(notice_id=notice)
        things.enter(client, "founder")
        assert "未读" in read(client, "messages")
        assert "最迟 2026年12月3日 办结" in read(client, "message", notice)
        assert "只看" not in read(client, "messages")
        first = service.InboxMessage.objects.get(pk=notice)
        assert first.read_by == "陈静怡" and [entry.act for entry in entries_on(f"notice:{notice}")] == ["front.space.read_message"]
        read(client, "message", notice)
        assert service.InboxMessage.objects.get(pk=notice).read_at == first.read_at

    def test_can_be_kept_unread_or_all_read(self, client: Client, things: Things) -> None:
        notice, _ = things.message(), things.message()
        things.enter(client, "founder")
        read(client, "message", notice)
        client.post(reverse("front_space:keep_unread", args=[notice]))
        assert "只看 2 条未读" in read(client, "messages")
        page = client.post(reverse("front_space:read_all"), follow=True).content.decode()
        assert "2 条消息已标为已读" in page and "只看" not in page
        assert "没有未读消息" in read(client, "messages", unread="1")

    def test_of_a_firm_are_shared_by_those_who_act_for_it(self, client: Client, things: Things) -> None:
        things.message(of=FIRM)
        things.enter(client, "agent")
        assert "还没有消息" in read(client, "messages")
        things.enter(client, "agent", as_firm=True)
        assert "已受理：企业设立一表制" in read(client, "messages")


def test_case_of_old_items_do_not_break_the_list(client: Client, things: Things) -> None:
    things.case(item_code="gone", clocks=[], due_at=None, parts={"gs": {"clocks": []}, "sw": {"outcome": "granted"}})
    page = read(things.enter(client, "founder"), "cases")
    assert "2 个部门，1 个已办好" in page and CaseView.objects.count() == 1
