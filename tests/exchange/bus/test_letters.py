"""An operator sees what was set aside, without personal data, and lets it run again or gives it up; both are on the record."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from santai.exchange.bus import rules, service
from santai.exchange.bus.models import Delivery
from santai.kernel.ledger.service import Actor, entries_on, system_actor
from tests.exchange.bus.test_delivery import AT, LATER, Happened

OPERATOR = Actor(kind="official", account="op", name="运维", post="ops")


@pytest.fixture
def moods() -> Iterator[dict[str, bool]]:
    mood = {"bad": True, "heard": False}

    def handler(message: Happened, envelope: object) -> None:
        if mood["bad"] and message.text == "first":
            raise ValueError("no")
        mood["heard"] = True

    service.subscribe(Happened, room="exchange.bus", handler=handler)
    with transaction.atomic():
        for text in ("first", "second"):
            service.publish(Happened(text=text), actor=system_actor("test"), order_key="case:1", at=AT)
    for _ in range(6):
        service.deliver_pending(now=LATER)
    yield mood
    rules.HANDLERS.pop(("exchange.bus", Happened.name))


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_runs_again_succeeds_and_frees_what_waited_behind_it(moods: dict[str, bool]) -> None:
    letter = service.letters()[0]
    assert service.letter(letter.seq).behind == 1
    assert service.letter(letter.seq).summary == {"text": "（5 字，不显示）"}
    moods["bad"] = False
    service.run_again(seq=letter.seq, actor=OPERATOR, at=AT)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}
    assert [entry.act for entry in entries_on(f"message:{letter.message_id}")] == ["exchange.bus.run_again"]
    with pytest.raises(service.NotADeadLetter):
        service.run_again(seq=letter.seq, actor=OPERATOR, at=AT)


@pytest.mark.django_db(transaction=True)
def test_giving_up_needs_a_reason_and_lets_the_rest_go_on(moods: dict[str, bool]) -> None:
    letter = service.letters()[0]
    with pytest.raises(service.ReasonMissing):
        service.give_up(seq=letter.seq, reason=" ", actor=OPERATOR, at=AT)
    service.give_up(seq=letter.seq, reason="对方已不存在", actor=OPERATOR, at=AT)
    assert moods["heard"]
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["done", "given_up"]
    assert entries_on(f"message:{letter.message_id}").get().why == "对方已不存在"


@pytest.mark.django_db(transaction=True)
def test_a_queue_tells_its_counts(moods: dict[str, bool]) -> None:
    queue = service.queues()[0]
    assert (queue.destination, queue.pending, queue.dead) == ("exchange.bus", 1, 1)
    assert service.lag_seconds() >= 0
