"""Between zones: signed, in order, applied once, files first, and a stopped line only makes the queue wait.

One database plays both sides: the sender's HTTP call is answered by the receiving zone's own view.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.test import Client

from santai.exchange.bus import adapters, rules, service
from santai.exchange.bus.actions import link
from santai.exchange.bus.models import Delivery, Link, Message
from santai.exchange.contracts.service import FileRef
from santai.exchange.contracts.service import Message as Contract
from santai.kernel.files import service as files
from santai.kernel.ledger.service import entries_on, record, system_actor
from tests.exchange.bus.test_delivery import AT

ACTOR = system_actor("test")


@dataclass(frozen=True, kw_only=True)
class Sent(Contract):
    name: ClassVar[str] = "test.front.sent"
    audience: ClassVar[tuple[str, ...]] = ("exchange.bus",)
    text: str
    file: FileRef | None = None


@pytest.fixture
def heard() -> Iterator[list[str]]:
    texts: list[str] = []

    def handler(message: Sent, envelope: service.Envelope) -> None:
        record(actor=ACTOR, act="test.effect", on=f"test:{message.text}", at=AT)
        texts.append(f"{envelope.origin}:{message.text}")

    service.subscribe(Sent, room="exchange.bus", handler=handler)
    yield texts
    rules.HANDLERS.pop(("exchange.bus", Sent.name))
    rules.CLASSES.pop(Sent.name)


class Line:
    """The wire between the zones: down, losing acknowledgements, or fine. The other side has another database in a real city."""

    def __init__(self, settings: Any) -> None:
        self.settings, self.down, self.loses_answers, self.batches = settings, False, False, 0

    def call(self, zone: str, path: str, body: bytes = b"", *, timeout: float = 20.0) -> bytes:
        if self.down:
            raise service.LinkDown("连接失败")
        self.batches += 1
        envelopes = json.loads(body)["messages"]
        here, self.settings.ZONE = self.settings.ZONE, zone
        _other_side(envelopes)
        try:
            results = link.receive(sender=here, envelopes=envelopes)
        finally:
            self.settings.ZONE = here
        if self.loses_answers:
            raise service.LinkDown("回答丢失")
        return json.dumps({"results": results}).encode()


def _other_side(envelopes: list[dict[str, Any]]) -> None:
    """In one database the receiver would find the sender's own row and think it a repetition: it lives under another id meanwhile."""
    for envelope in envelopes:
        envelope["id"] = envelope["id"][:-1] + ("0" if envelope["id"][-1] != "0" else "1")


@pytest.fixture
def line(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Line:
    settings.ZONE, settings.ZONE_LINKS = "front", {"exchange": "http://exchange"}
    wire = Line(settings)

    def call(zone: str, path: str, body: bytes = b"", *, timeout: float = 20.0) -> bytes:
        ids = [envelope["id"] for envelope in json.loads(body)["messages"]]
        answer = json.loads(wire.call(zone, path, body, timeout=timeout))
        return json.dumps({"results": dict(zip(ids, answer["results"].values(), strict=True))}).encode()

    monkeypatch.setattr(adapters, "call", call)
    return wire


def say(*texts: str, key: str = "case:1", file: FileRef | None = None) -> None:
    with transaction.atomic():
        for text in texts:
            service.publish(Sent(text=text, file=file), actor=ACTOR, order_key=key, at=AT)


def deliver_there(settings: Any) -> None:
    settings.ZONE = "exchange"
    service.deliver_pending()
    settings.ZONE = "front"


def due_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update exchange_bus_link set next_attempt_at = null")


@pytest.mark.django_db(transaction=True)
def test_messages_cross_in_order_and_count_as_sent_when_the_other_side_has_them(heard: list[str], line: Line, settings: Any) -> None:
    say("one", "two", "three")
    assert set(Delivery.objects.values_list("destination", flat=True)) == {"zone:exchange"}
    assert service.send_all() == 3
    deliver_there(settings)
    assert heard == ["front:one", "front:two", "front:three"]
    assert service.send_all() == 0


@pytest.mark.django_db(transaction=True)
def test_a_stopped_line_queues_and_resumes_in_order(heard: list[str], line: Line, settings: Any) -> None:
    line.down = True
    say("one")
    assert service.send_all() == 0
    say("two")
    assert Link.objects.get(zone="exchange").failures == 1
    assert service.send_all() == 0
    assert Link.objects.get(zone="exchange").failures == 1  # it waits before it tries again
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}
    line.down = False
    due_now()
    assert service.send_all() == 2
    deliver_there(settings)
    assert heard == ["front:one", "front:two"]
    assert Link.objects.get(zone="exchange").failures == 0


@pytest.mark.django_db(transaction=True)
def test_a_lost_acknowledgement_sends_twice_and_is_applied_once(heard: list[str], line: Line, settings: Any) -> None:
    line.loses_answers = True
    say("one")
    assert service.send_all() == 0
    line.loses_answers = False
    due_now()
    assert service.send_all() == 1
    assert line.batches == 2
    deliver_there(settings)
    deliver_there(settings)
    assert heard == ["front:one"]
    assert entries_on("test:one").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_the_other_side_cannot_read_holds_up_only_its_key(heard: list[str], line: Line, settings: Any, monkeypatch: Any) -> None:
    keep = link._keep

    def picky(envelope: dict[str, Any]) -> None:
        if envelope["payload"]["text"] == "bad":
            raise LookupError("unknown")
        keep(envelope)

    monkeypatch.setattr(link, "_keep", picky)
    say("bad", "after", key="case:a")
    say("other", key="case:b")
    assert service.send_all() == 1
    deliver_there(settings)
    assert heard == ["front:other"]
    assert sorted(Delivery.objects.filter(destination="zone:exchange").values_list("state", "attempts")) == [
        ("done", 0), ("pending", 0), ("pending", 1),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_file_is_fetched_before_its_message_is_acknowledged(line: Line, heard: list[str], settings: Any, monkeypatch: Any) -> None:
    settings.ZONE = "exchange"
    content = b"%PDF-1.4 licence" + os.urandom(8)
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    asked: list[str] = []

    def fetch(zone: str, path: str, body: bytes = b"", *, timeout: float = 20.0) -> bytes:
        asked.append(path)
        return content

    monkeypatch.setattr(adapters, "call", fetch)
    envelope = {
        "id": "01900000-0000-7000-8000-000000000001", "published_at": AT.isoformat(), "origin": "front", "name": Sent.name,
        "order_key": "", "lane": "front/x", "actor": {"kind": "system", "account": "t", "name": "t"}, "rooms": ["exchange.bus"],
        "payload": {"text": "with file", "file": {"digest": digest, "name": "a.pdf", "size": 16, "media_type": "application/pdf"}},
    }  # fmt: skip
    assert list(service.receive(sender="front", envelopes=[envelope]).values()) == [""]
    assert asked == [f"/exchange/bus/files/{digest}/"]
    assert files.read(digest) == content
    service.receive(sender="front", envelopes=[envelope])
    assert len(asked) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_neighbour_gets_only_files_that_are_on_their_way_to_it(line: Line, heard: list[str]) -> None:
    import hashlib

    content = b"%PDF-1.4 secret"
    digest = hashlib.sha256(content).hexdigest()
    files.keep(digest, content)
    assert service.file_for(zone="exchange", digest=digest) is None
    say("x", file=FileRef(digest=digest, name="a.pdf", size=15, media_type="application/pdf"))
    assert service.file_for(zone="exchange", digest=digest) == content
    assert service.file_for(zone="back", digest=digest) is None


@pytest.mark.django_db
def test_the_hub_passes_on_and_never_sends_back(heard: list[str], settings: Any) -> None:
    settings.ZONE, settings.ZONE_LINKS = "exchange", {"front": "http://front", "back": "http://back"}
    envelope = {
        "id": "01900000-0000-7000-8000-000000000002", "published_at": AT.isoformat(), "origin": "back",
        "name": "back.approvals.case_progressed",
        "order_key": "case:1", "lane": "back/case:1", "actor": {"kind": "system", "account": "t", "name": "t"}, "rooms": ["front.hall"],
        "payload": {},
    }  # fmt: skip
    service.receive(sender="back", envelopes=[envelope])
    assert list(Delivery.objects.values_list("destination", "lane")) == [("zone:front", "back/case:1")]


@pytest.mark.django_db
def test_only_a_signed_request_with_the_right_time_is_taken(client: Client, settings: Any) -> None:
    settings.ZONE_LINK_KEY = "k"
    path, body = "/exchange/bus/link/", b'{"messages": []}'

    def post(stamp: str, signature: str) -> int:
        headers = {"X-Santai-Zone": "front", "X-Santai-Time": stamp, "X-Santai-Signature": signature}
        return int(client.post(path, body, content_type="application/json", headers=headers).status_code)

    import time

    now, old = str(int(time.time())), str(int(time.time()) - 3600)
    sign = lambda stamp: rules.signature("k", "request", "front", settings.ZONE, stamp, path, body)  # noqa: E731
    assert post(now, sign(now)) == 200
    assert post(now, sign(now)[:-1] + "x") == 403
    assert post(old, sign(old)) == 403
    assert client.get(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_call_over_real_http_is_signed_both_ways(live_server: Any, settings: Any, heard: list[str]) -> None:
    settings.ZONE_LINK_KEY, settings.ZONE = "k", "exchange"
    settings.ZONE_LINKS = {"exchange": live_server.url}
    envelope = {
        "id": "01900000-0000-7000-8000-000000000003", "published_at": AT.isoformat(), "origin": "front", "name": Sent.name,
        "order_key": "", "lane": "front/y", "actor": {"kind": "system", "account": "t", "name": "t"}, "rooms": ["exchange.bus"],
        "payload": {"text": "over the wire"},
    }  # fmt: skip
    answer = adapters.call("exchange", "/exchange/bus/link/", adapters.dumps({"messages": [envelope]}))
    assert json.loads(answer)["results"] == {envelope["id"]: ""}
    adapters.call("exchange", "/exchange/bus/link/", adapters.dumps({"messages": [envelope]}))
    service.deliver_pending()
    assert heard == ["front:over the wire"]
    settings.ZONE_LINKS = {"exchange": "http://127.0.0.1:9"}
    with pytest.raises(service.LinkDown):
        adapters.call("exchange", "/exchange/bus/link/", b"")


@pytest.mark.django_db(transaction=True)
def test_a_watermark_does_not_overtake_what_it_vouches_for(settings: Any) -> None:
    settings.ZONE = "back"
    from santai.exchange.contracts.service import Watermark

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into exchange_bus_delivery (message_id, published_at, name, origin, destination, lane, state, attempts, waits, "
            "next_attempt_at, error) values (gen_random_uuid(), %s, 'x', 'front', 'oversight.supervision', 'front/c', 'pending', 1, 0, "
            "now() + interval '1 hour', '')",
            [AT],
        )
        cursor.execute(
            "insert into exchange_bus_message values ('01900000-0000-7000-8000-000000000009', %s, 'front', %s, '', %s, %s)",
            [AT, Watermark.name, json.dumps({"kind": "system", "account": "t", "name": "t"}),
             json.dumps({"source": "front", "recorded_until": "2026-03-01T00:00:00+00:00"})],
        )  # fmt: skip
        cursor.execute(
            "insert into exchange_bus_delivery (message_id, published_at, name, origin, destination, lane, state, attempts, waits, "
            "next_attempt_at, error) values ('01900000-0000-7000-8000-000000000009', %s, %s, 'front', 'oversight.supervision', 'front/w', "
            "'pending', 0, 0, now(), '')",
            [AT, Watermark.name],
        )
    assert service.deliver_pending() == 0
    assert service.recorded_until("front").year == 1970
    Delivery.objects.filter(name="x").update(state="done")
    assert service.deliver_pending() == 1
    assert service.recorded_until("front").isoformat() == "2026-03-01T00:00:00+00:00"


@pytest.mark.django_db
def test_one_machine_knows_its_own_record_at_once() -> None:
    assert service.sources() == ("all",)
    assert (AT - service.recorded_until(now=AT)).total_seconds() < 60
