"""Lists that grow: found by words, narrowed, put in order, taken out as a table."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from santai.front.hall.service import CaseView
from santai.kernel.clocks.service import now
from tests.front.space.test_own_things import client, read
from tests.support.own_things import Things

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_documents_are_found_by_title_number_organ_and_item(client: Client, things: Things) -> None:
    case = things.case()
    opened = things.paper(case, opened_at=now(), title="准予许可决定书", organisation_name="税务局")
    things.paper(case)
    things.enter(client, "founder")
    for words in ("决定书", opened.document_no, "税务局"):
        shown = read(client, "documents", q=words)
        assert "准予许可决定书" in shown and shown.count("mine__title") == 1, words
    assert read(client, "documents", q=case.item_name).count("mine__title") == 2
    assert "准予许可决定书" not in read(client, "documents", unread="1")
    assert "没有符合条件的文书" in read(client, "documents", q="nothing like it")


def test_messages_and_licences_are_found_by_words(client: Client, things: Things) -> None:
    things.message("founder", title="补正通知", text="请补充租赁合同")
    things.message("founder", title="办结通知", text="可以领取结果")
    things.licence(things.case(state="completed"))
    things.licence(things.case(state="completed"), title="食品经营许可证", valid_to="2020-01-01")
    things.enter(client, "founder")
    shown = read(client, "messages", q="租赁")
    assert "补正通知" in shown and "办结通知" not in shown
    assert "没有符合条件的消息" in read(client, "messages", q="nothing like it")
    assert read(client, "licences").count("lic__one") > read(client, "licences", valid="1").count("lic__one")
    assert "食品经营许可证" in read(client, "licences", q="食品") and "食品经营许可证" not in read(client, "licences", valid="1")
    assert "没有符合条件的证照" in read(client, "licences", q="nothing like it")


def test_cases_come_in_the_order_asked_for(client: Client, things: Things) -> None:
    older, newer = things.case(), things.case()
    CaseView.objects.filter(case_no=older.case_no).update(received_at=now() - timedelta(days=9), changed_at=now(), item_name="先交的")
    CaseView.objects.filter(case_no=newer.case_no).update(changed_at=now() - timedelta(days=3), item_name="后交的")
    things.enter(client, "founder")
    first, moved = read(client, "cases"), read(client, "cases", order="changed")
    assert first.index("后交的") < first.index("先交的") and moved.index("先交的") < moved.index("后交的")


def test_the_list_of_cases_leaves_as_a_table_of_what_was_chosen(client: Client, things: Things) -> None:
    done = things.case(state="completed", item_name="=HYPERLINK(1)")
    things.case()
    things.enter(client, "founder")
    answer = client.get(reverse("front_space:cases_table"), {"state": "done"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"].startswith("text/csv") and len(rows) == 2 and rows[0][0] == "办件编号"
    assert rows[1][0].strip() == done.case_no and rows[1][1] == "'=HYPERLINK(1)", "nothing a spreadsheet would run"
    things.enter(client, "resident")
    assert len(client.get(reverse("front_space:cases_table")).content.decode().splitlines()) == 1, "other people's are not in it"
