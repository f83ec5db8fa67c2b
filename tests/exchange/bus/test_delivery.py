"""How messages reach rooms: at once, once, in order, and without one bad message holding up the rest."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from santai.exchange.bus import rules
from santai.exchange.bus.models import Delivery, Message
from santai.exchange.bus.service import NotYet, deliver_pending, publish, subscribe
from santai.exchange.contracts.service import Message as Contract
from santai.kernel.ledger.service import entries_on, record, system_actor

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
ACTOR = system_actor("test")
LATER = AT + timedelta(days=3650)


@dataclass(frozen=True, kw_only=True)
class Happened(Contract):
    name: ClassVar[str] = "test.room.happened"
    audience: ClassVar[tuple[str, ...]] = ("exchange.bus",)
    text: str


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """A room that listens; what it says is kept in the ledger so that effects are in the database."""
    texts: list[str] = []

    def handler(message: Happened, envelope: object) -> None:
        if message.text.startswith("poison"):
            record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
            raise ValueError("cannot digest this, 11010519491231002X")
        if message.text.startswith("early") and "reference" not in texts:
            raise NotYet("reference")
        record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
        texts.append(message.text)

    subscribe(Happened, room="exchange.bus", handler=handler)
    yield texts
    rules.HANDLERS.pop(("exchange.bus", Happened.name))
    rules.CLASSES.pop(Happened.name)


def say(*texts: str, key: str = "case:1") -> None:
    with transaction.atomic():
        for text in texts:
            publish(Happened(text=text), actor=ACTOR, order_key=key, at=AT)


def states() -> list[str]:
    return list(Delivery.objects.order_by("seq").values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_message_is_delivered_right_after_the_commit(heard: list[str]) -> None:
    with transaction.atomic():
        publish(Happened(text="one"), actor=ACTOR, order_key="case:1", at=AT)
        assert heard == []
    assert heard == ["one"]
    assert states() == ["done"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_publishes_nothing(heard: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(Happened(text="one"), actor=ACTOR, order_key="case:1", at=AT)
        raise ZeroDivisionError
    assert heard == []
    assert deliver_pending() == 0
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_test_in_one_transaction_delivers_by_hand(heard: list[str]) -> None:
    say("one", "two")
    assert heard == []
    assert deliver_pending() == 2
    assert heard == ["one", "two"]


@pytest.mark.django_db(transaction=True)
def test_messages_of_one_key_arrive_in_order_and_a_failing_one_holds_up_only_its_key(heard: list[str]) -> None:
    say("a1", "poison a2", "a3", key="case:a")
    say("b1", "b2", key="case:b")
    assert heard == ["a1", "a1", "b1", "b2"], "all at once was tried first, and undone"
    assert [entries_on(f"test:{text}").count() for text in ("a1", "b1", "b2")] == [1, 1, 1]
    assert states() == ["done", "pending", "pending", "done", "done"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_handler_takes_back_only_its_own_effects(heard: list[str]) -> None:
    say("good", key="case:a")
    say("poison", key="case:b")
    assert entries_on("test:good").count() == 1
    assert entries_on("test:poison").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_poisoned_message_is_set_aside_after_five_tries_and_the_queue_proceeds(heard: list[str]) -> None:
    for number in range(20):
        say("poison" if number % 10 == 5 else f"good {number}", key=f"case:{number}")
    for _ in range(6):
        deliver_pending(now=LATER)
    assert len(heard) == 18
    letters = Delivery.objects.filter(state="dead")
    assert [letter.attempts for letter in letters] == [5, 5]
    assert all("ValueError" in letter.error and "19491231" not in letter.error for letter in letters)


@pytest.mark.django_db(transaction=True)
def test_a_message_whose_reference_has_not_arrived_waits_without_counting(heard: list[str]) -> None:
    say("early bird", key="case:a")
    for _ in range(8):
        deliver_pending(now=LATER)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    assert delivery.waits >= 8
    say("reference", key="case:b")
    deliver_pending(now=LATER)
    assert heard == ["reference", "early bird"]


@pytest.mark.django_db(transaction=True)
def test_what_a_handler_publishes_is_delivered_before_the_act_returns() -> None:
    heard: list[str] = []

    def handler(message: Happened, envelope: object) -> None:
        heard.append(message.text)
        if len(heard) < 5:
            publish(Happened(text=f"{message.text}+"), actor=ACTOR, order_key="case:1", at=AT)

    subscribe(Happened, room="exchange.bus", handler=handler)
    try:
        say("x")
    finally:
        rules.HANDLERS.pop(("exchange.bus", Happened.name))
    assert heard == ["x", "x+", "x++", "x+++", "x++++"]


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_swallows_a_database_error_has_not_succeeded() -> None:
    def handler(message: Happened, envelope: object) -> None:
        record(actor=ACTOR, act="test.effect", on="test:swallow", at=AT)
        try:
            with transaction.atomic(savepoint=False), connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        except Exception:
            return

    subscribe(Happened, room="exchange.bus", handler=handler)
    try:
        say("x")
    finally:
        rules.HANDLERS.pop(("exchange.bus", Happened.name))
    assert states() == ["pending"]
    assert entries_on("test:swallow").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_kill_between_effect_and_mark_takes_the_effect_back_and_it_happens_once(
    heard: list[str], monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    from santai.exchange.bus.actions import deliver

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    settings.BUS_INLINE = False  # type: ignore[attr-defined]
    say("once")
    with monkeypatch.context() as patch:
        patch.setattr(deliver, "_close", die)
        with pytest.raises(Killed):
            deliver_pending()
    assert entries_on("test:once").count() == 0
    assert deliver_pending() == 1
    assert entries_on("test:once").count() == 1
    assert deliver_pending() == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_protection_the_same_kill_applies_it_twice(heard: list[str], monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The control: the test above can fail."""
    from django.db.models import QuerySet

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    settings.BUS_INLINE = False  # type: ignore[attr-defined]
    settings.FAULTS_ALLOWED = True  # type: ignore[attr-defined]
    monkeypatch.setenv("SANTAI_FAULTS_UNPROTECTED", "1")
    say("once")
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "update", die)
        with pytest.raises(Killed):
            deliver_pending()
    deliver_pending()
    assert entries_on("test:once").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_protection_cannot_be_switched_off_where_faults_are_not_allowed(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    from santai.exchange.bus.actions.deliver import unprotected

    settings.FAULTS_ALLOWED = False  # type: ignore[attr-defined]
    monkeypatch.setenv("SANTAI_FAULTS_UNPROTECTED", "1")
    assert not unprotected()


@pytest.mark.django_db(transaction=True)
def test_four_workers_apply_everything_once_and_in_order(settings: object) -> None:
    settings.BUS_INLINE = False  # type: ignore[attr-defined]
    order: dict[str, list[int]] = {}
    lock = threading.Lock()

    def handler(message: Happened, envelope: object) -> None:
        key, number = message.text.split("/")
        record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
        with lock:
            order.setdefault(key, []).append(int(number))

    subscribe(Happened, room="exchange.bus", handler=handler)
    for number in range(15):
        with transaction.atomic():
            for key in range(12):
                publish(Happened(text=f"{key}/{number}"), actor=ACTOR, order_key=f"case:{key}", at=AT)

    def work() -> None:
        try:
            deliver_pending()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        deliver_pending()
    finally:
        rules.HANDLERS.pop(("exchange.bus", Happened.name))
    assert all(numbers == list(range(15)) for numbers in order.values())
    assert len(order) == 12
    assert states() == ["done"] * 180


@pytest.mark.django_db
def test_publishing_outside_a_transaction_is_refused() -> None:
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError):
            publish(Happened(text="x"), actor=ACTOR, order_key="", at=AT)
    finally:
        connection.in_atomic_block = before


@pytest.fixture
def writer() -> Iterator[None]:
    """A room whose rows are written with those of the other deliveries; one text makes a row the database does not take."""

    def handler(message: Happened, envelope: object) -> None:
        record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
        if message.text == "unwritable":
            record(actor=ACTOR, act="test.effect" * 40, on="test:too long", at=AT)

    subscribe(Happened, room="exchange.bus", handler=handler)
    yield
    rules.HANDLERS.pop(("exchange.bus", Happened.name))
    rules.CLASSES.pop(Happened.name)


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_late_fails_its_own_delivery_only(writer: None) -> None:
    for number, text in enumerate(("one", "unwritable", "two")):
        say(text, key=f"case:{number}")
    deliver_pending(now=AT)
    assert states() == ["done", "pending", "done"]
    assert [len(entries_on(f"test:{text}")) for text in ("one", "unwritable", "two")] == [1, 0, 1]
    assert Delivery.objects.get(state="pending").attempts == 1


@pytest.mark.django_db
def test_many_deliveries_write_their_rows_together(writer: None) -> None:
    for number in range(10):
        say(f"text {number}", key=f"case:{number}")
    with CaptureQueriesContext(connection) as queries:
        deliver_pending()
    assert sum("insert into kernel_ledger_entry" in query["sql"] for query in queries.captured_queries) == 1
    assert states() == ["done"] * 10


@pytest.mark.django_db(transaction=True)
def test_threads_that_wait_are_delivered_for_by_one(heard: list[str]) -> None:
    ready = threading.Barrier(6)

    def act(number: int) -> None:
        try:
            ready.wait()
            say(f"thread {number}", key=f"case:{number}")
            assert f"thread {number}" in heard, "what a request caused is there before its answer"
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == [f"thread {number}" for number in range(6)]
    assert states() == ["done"] * 6


@pytest.fixture
def lists() -> Iterator[list[list[str]]]:
    """A room that hears several messages of one key at once; each list it was given is kept, tried in vain or not."""
    given: list[list[str]] = []

    def one(message: Happened, envelope: object) -> None:
        many([(message, envelope)])

    def many(messages: list[tuple[Happened, object]]) -> None:
        given.append([message.text for message, _ in messages])
        for message, _ in messages:
            record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
            if message.text == "poison":
                raise ValueError("cannot digest this")

    subscribe(Happened, room="exchange.bus", handler=one, many=many)
    yield given
    for kept in (rules.HANDLERS, rules.MANY):
        kept.pop(("exchange.bus", Happened.name))  # type: ignore[attr-defined]
    rules.CLASSES.pop(Happened.name)


@pytest.mark.django_db
def test_messages_of_one_key_that_wait_together_are_heard_as_a_list_in_their_order(lists: list[list[str]]) -> None:
    say("one", "two", "three", key="case:1")
    say("other", key="case:2")
    say("four", key="case:1")
    assert deliver_pending() == 5
    assert lists == [["one", "two", "three", "four"], ["other"]]
    assert states() == ["done"] * 5
    assert [entries_on(f"test:{text}").count() for text in ("one", "two", "three", "four", "other")] == [1] * 5


@pytest.mark.django_db
def test_one_bad_message_of_a_list_is_set_aside_alone_and_what_stands_before_it_is_heard_once(lists: list[list[str]]) -> None:
    say("first", "second", "poison", "behind")
    deliver_pending()
    assert lists == [["first", "second", "poison", "behind"], ["first"], ["second"], ["poison"]]
    assert states() == ["done", "done", "pending", "pending"]
    assert [entries_on(f"test:{text}").count() for text in ("first", "second", "poison", "behind")] == [1, 1, 0, 0]
    for _ in range(rules.MAX_ATTEMPTS):
        deliver_pending(now=LATER)
    assert states() == ["done", "done", "dead", "pending"]
    assert entries_on("test:poison").count() == 0
