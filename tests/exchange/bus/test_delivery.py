"""How messages reach rooms: at once, once, in order, and without one bad message holding up the rest."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction

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
