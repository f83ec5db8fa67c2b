"""Rows held back until the end of a block are written once, together, and exactly when their part of the transaction is kept."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from santai.kernel.ledger.models import Entry
from santai.kernel.ledger.service import (
    append,
    as_one_act,
    change,
    entries_on,
    flush,
    holding_back,
    one_of_many,
    record,
    system_actor,
    together,
    write_later,
)

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
ACTOR = system_actor("test")
pytestmark = pytest.mark.django_db


def note(what: str) -> None:
    record(actor=ACTOR, act="test.act", on=f"test:{what}", at=AT)


def kept(what: str) -> int:
    return len(entries_on(f"test:{what}"))


def inserts(queries: CaptureQueriesContext) -> int:
    return sum("insert into kernel_ledger_entry" in query["sql"] for query in queries.captured_queries)


def test_many_entries_are_one_insert() -> None:
    with CaptureQueriesContext(connection) as queries, transaction.atomic(), together():
        for number in range(5):
            note(f"many-{number}")
    assert inserts(queries) == 1
    assert [kept(f"many-{number}") for number in range(5)] == [1] * 5


def test_outside_of_a_block_everything_is_written_at_once() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert not holding_back()
        note("alone")
        assert inserts(queries) == 1


def test_whoever_reads_the_table_reads_what_was_held_back() -> None:
    with transaction.atomic(), together():
        note("read")
        assert kept("read") == 1


def test_a_block_that_fails_leaves_nothing_behind() -> None:
    with transaction.atomic(), together():
        note("before")
        with pytest.raises(ZeroDivisionError), transaction.atomic(), together():
            note("inside")
            raise ZeroDivisionError
    assert (kept("before"), kept("inside")) == (1, 0)


def test_inside_a_savepoint_of_its_own_nothing_is_held_back() -> None:
    with transaction.atomic(), together():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert not holding_back()
            note("rolled back alone")
            raise ZeroDivisionError
        note("kept")
    assert (kept("rolled back alone"), kept("kept")) == (0, 1)


def test_a_verb_without_a_savepoint_holds_back() -> None:
    with transaction.atomic(), together(), transaction.atomic(savepoint=False):
        assert holding_back()


def test_a_row_handed_in_twice_is_written_once_as_it_is_by_then() -> None:
    with transaction.atomic(), together():
        row = Entry(id="01a201cd-a9af-7654-95c2-e84220f0885d", at=AT, act="test.act", on="test:twice", account="", name="")
        append(row)
        row.why = "later"
        append(row)
    assert [entry.why for entry in entries_on("test:twice")] == ["later"]


def test_flush_writes_now_and_only_once() -> None:
    written: list[list[str]] = []
    with transaction.atomic(), together():
        write_later(written.append, "one", table="test_table")
        flush()
        assert written == [["one"]]
        write_later(written.append, "two", table="test_table")
    assert written == [["one"], ["two"]]


def test_equal_wishes_are_all_counted() -> None:
    written: list[list[str]] = []
    with transaction.atomic(), together():
        for _ in range(3):
            write_later(written.append, "item", table="test_table")
    assert written == [["item"] * 3]


def test_a_savepoint_has_what_came_before_it_written_first() -> None:
    with transaction.atomic(), together():
        note("before the savepoint")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert kept("before the savepoint") == 1
            raise ZeroDivisionError
    assert kept("before the savepoint") == 1


def test_one_of_many_leaves_the_rows_of_the_others_held_back() -> None:
    with CaptureQueriesContext(connection) as queries, transaction.atomic(), together():
        note("first of many")
        with one_of_many():
            note("second of many")
        with pytest.raises(ZeroDivisionError), one_of_many():
            note("third of many")
            raise ZeroDivisionError
        assert inserts(queries) == 0
    assert inserts(queries) == 1
    assert [kept(f"{nth} of many") for nth in ("first", "second", "third")] == [1, 1, 0]


@as_one_act
def inner(what: str, *, refused: bool = False) -> None:
    note(what)
    if refused:
        raise ZeroDivisionError


@as_one_act
def outer(*, second_refused: bool = False) -> None:
    note("outer act")
    inner("inner act one")
    inner("inner act two", refused=second_refused)


def test_an_act_writes_its_rows_and_those_of_the_verbs_it_calls_with_one_insert() -> None:
    with CaptureQueriesContext(connection) as queries:
        outer()
    assert inserts(queries) == 1
    assert [kept(what) for what in ("outer act", "inner act one", "inner act two")] == [1, 1, 1]


def test_a_refused_act_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        outer(second_refused=True)
    assert [kept(what) for what in ("outer act", "inner act one", "inner act two")] == [0, 0, 0]


def test_an_act_inside_a_savepoint_is_undone_with_it_and_leaves_the_rest() -> None:
    with transaction.atomic(), together():
        note("the rest")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            inner("undone with the savepoint")
            raise ZeroDivisionError
        with transaction.atomic():
            inner("kept with the savepoint")
    assert [kept(what) for what in ("the rest", "undone with the savepoint", "kept with the savepoint")] == [1, 0, 1]


def test_nobody_goes_on_by_accident_after_the_refusal_of_a_verb_it_called() -> None:
    with pytest.raises(TransactionManagementError), transaction.atomic(), together():
        with pytest.raises(ZeroDivisionError):
            inner("refused inside", refused=True)
        kept("anything")


def test_changes_of_several_rows_are_one_update_with_their_last_values_and_a_new_row_is_inserted() -> None:
    rows = [Session.objects.create(session_key=f"change-{nth}", session_data="old", expire_date=AT) for nth in range(3)]
    new = Session(session_key="change-new", session_data="first", expire_date=AT)
    with CaptureQueriesContext(connection) as queries, transaction.atomic(), together():
        for row in (*rows, new, rows[0]):
            change(row)
        for row in (*rows, new):
            row.session_data = "last"
    assert sum(query["sql"].startswith('update "django_session"') for query in queries.captured_queries) == 1
    assert list(Session.objects.filter(session_key__startswith="change-").values_list("session_data", flat=True)) == ["last"] * 4


def test_a_change_outside_of_a_block_is_written_at_once() -> None:
    row = Session.objects.create(session_key="change-alone", session_data="old", expire_date=AT)
    row.session_data = "new"
    change(row)
    assert Session.objects.get(session_key="change-alone").session_data == "new"
