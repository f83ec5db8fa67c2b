"""The queue shows what this post may do, and costs the same however long it is."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from santai.back.cases.service import Case, SubCase
from santai.back.desk.service import Wish, counts_of, page_of, wish_from
from santai.kernel.clocks.service import now
from santai.kernel.codes.service import new_id
from santai.kernel.flow.service import Task, process_of
from santai.kernel.identity.service import PostHolding
from santai.kernel.ledger.service import entries_on
from tests.support import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(city_db: None) -> str:
    return walk.file_joint()


def sign_in(post: str) -> Client:
    holding = PostHolding.objects.select_related("account").filter(post_id=post).order_by("seq").first()
    assert holding is not None
    client = Client()
    client.force_login(holding.account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": post}
    session.save()
    return client


def multiply(case_no: str, count: int) -> None:
    """More cases like this one, at the front of the same queue: rows only, as a queue reads them."""
    case, part = Case.objects.get(case_no=case_no), SubCase.objects.get(case_id=case_no, branch="gs")
    task = Task.objects.get(subject=f"subcase:{part.sub_case_no}", element="check")
    number = task.number
    for at in range(count):
        case.pk = f"2099{case_no[4:]}{at:04}"
        case.received_at += timedelta(seconds=1)
        case._state.adding = True
        case.save()
        part.pk, part.case = f"{case.pk}-gs", case
        part._state.adding = True
        part.save()
        task.pk, task.subject, task.number, task.engine_id = new_id(), f"subcase:{part.pk}", number + 100 + at, new_id()
        task._state.adding = True
        task.save()


def names(page: Any) -> list[str]:
    return [row.number for row in page.rows]


class TestTheQueue:
    def test_shows_each_department_its_own_part(self, joint: str) -> None:
        examiner, tax = walk.official("amr-examiner"), walk.official("tax-examiner")
        assert sorted(names(page_of(Wish(), examiner, now()))) == [f"{joint}-gs", f"{joint}-zj"]
        assert f"{joint}-sw" in names(page_of(Wish(), tax, now()))
        assert not [one for one in names(page_of(Wish(view="all"), tax, now())) if not one.endswith("-sw")]

    def test_shows_the_window_the_case_it_took_in(self, joint: str) -> None:
        page = page_of(Wish(view="all"), walk.official("asc-intake"), now())
        assert names(page) == [joint]

    def test_shows_nothing_to_a_post_without_a_part(self, joint: str) -> None:
        assert names(page_of(Wish(view="all"), walk.official("civil-examiner"), now())) == []

    def test_knows_whose_turn_it_is(self, joint: str) -> None:
        row = page_of(Wish(), walk.official("stats-examiner"), now()).rows[0]
        assert (row.turn, row.mine, bool(row.step)) == ("待领取", True, True)
        decider = page_of(Wish(view="all"), walk.official("amr-decider"), now())
        assert [row.mine for row in decider.rows if row.number.endswith("-gs")] == [False]

    def test_filters_by_number_name_step_and_deadline(self, joint: str) -> None:
        examiner = walk.official("amr-examiner")

        def found(**given: str) -> list[str]:
            return names(page_of(wish_from(given), examiner, now()))

        assert found(q=joint) and not found(q="nobody")
        name = Case.objects.get(case_no=joint).applicant_name
        assert sorted(found(q=name[1:])) == [f"{joint}-gs", f"{joint}-zj"]
        assert found(step="check") and not found(step="decide")
        assert not found(view="overdue") and found(due="week")
        assert names(page_of(wish_from({"view": "overdue"}), examiner, now() + timedelta(days=40))) != []

    def test_finds_closed_cases_too_when_all_are_searched_and_no_other_bodys(self, joint: str) -> None:
        walk.check_all(joint)
        walk.finish(joint, "gs")
        client = sign_in("amr-examiner")
        spaced = f"{joint[:6]} {joint[6:14]} {joint[14:]}"
        assert names(page_of(wish_from({"view": "all", "q": spaced}), walk.official("amr-examiner"), now())) == [f"{joint}-zj"]
        everything = page_of(wish_from({"view": "every", "q": spaced}), walk.official("amr-examiner"), now())
        assert sorted(names(everything)) == [f"{joint}-gs", f"{joint}-zj"]
        page = client.get("/back/desk/", {"view": "today", "q": joint}).content.decode()
        assert "在全部办件中查找" in page and f"view=every&amp;q={joint}" in page
        assert names(page_of(wish_from({"view": "every", "q": joint}), walk.official("civil-examiner"), now())) == []

    def test_is_taken_out_as_a_table_with_the_same_rows_and_on_the_record(self, joint: str) -> None:
        multiply(joint, 7)
        Case.objects.filter(case_no=joint).update(applicant_name="=HYPERLINK(1)")
        examiner = walk.official("amr-examiner")
        reply = sign_in("amr-examiner").get("/back/desk/export/", {"view": "all", "sort": "received"})
        assert reply["Content-Type"].startswith("text/csv") and reply.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(StringIO(reply.content.decode("utf-8-sig"))))
        assert [row["办件编号"] for row in rows] == [
            row.case_no for row in page_of(Wish(view="all", sort="received"), examiner, now()).rows
        ]
        assert {row["申请人"] for row in rows if row["办件编号"] == joint} == {"'=HYPERLINK(1)"}, "no cell is a formula"
        entry = entries_on("queue").last()
        assert (entry.act, entry.details["rows"]) == ("back.desk.export", len(rows))
        assert sign_in("civil-examiner").get("/back/desk/export/", {"view": "every"}).content.decode("utf-8-sig").count("\n") == 1

    def test_counts_each_view(self, joint: str) -> None:
        counts = counts_of(walk.official("amr-examiner"), now())
        assert counts["mine"] == 2 and counts["all"] >= 1 and counts["overdue"] == 0

    def test_moves_through_its_pages_and_back(self, joint: str) -> None:
        multiply(joint, 12)
        examiner = walk.official("amr-examiner")
        for sort in ("due", "received", "newest", "changed"):
            first = page_of(Wish(sort=sort), examiner, now(), size=5)
            second = page_of(Wish(sort=sort, after=first.following), examiner, now(), size=5)
            third = page_of(Wish(sort=sort, after=second.following), examiner, now(), size=5)
            assert len({*names(first), *names(second), *names(third)}) == 14 and not third.following
            assert names(page_of(Wish(sort=sort, before=second.previous), examiner, now(), size=5)) == names(first)

    def test_asks_the_same_number_of_questions_with_30_and_with_300_rows(self, joint: str) -> None:
        client = sign_in("amr-examiner")
        asked: Callable[[], int] = lambda: _queries(client, "/back/desk/")  # noqa: E731
        multiply(joint, 30)
        few = asked()
        multiply(walk.file_joint(), 270)
        assert asked() == few


def _queries(client: Client, url: str) -> int:
    """The least of three readings: what the process reads anew once a second (the time, the site) is not the page's."""
    counted = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counted.append(len(captured))
    return min(counted)


def test_a_process_stands_behind_every_row(joint: str) -> None:
    assert process_of(f"subcase:{joint}-gs").status == "running"
