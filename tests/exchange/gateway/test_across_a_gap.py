"""A query declares how it behaves when the zone that answers it cannot be reached: from a copy, later, or not at all."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from santai.exchange.bus.service import LinkDown
from santai.exchange.contracts.service import (
    QUERIES,
    AssignCreditCode,
    FindPerson,
    RegisterAnswer,
    SearchAnswer,
    SearchBusinessScope,
)
from santai.exchange.gateway import rules, service
from santai.exchange.gateway.actions import ask as asking
from santai.exchange.gateway.actions import replicas as copying
from santai.exchange.gateway.models import Ask, Grant, WaitingAsk
from santai.kernel.ledger.service import Actor, ActRefused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
EXAMINER = Actor(kind="official", account="o1", name="李审", post="p", organisation="amr", organisation_name="区市场监管局")
PERSON = FindPerson(code_kind="resident-id", code="11010519491231002X", person_name="王明")
WORDINGS = [
    {"code": "A1", "text": "软件开发", "industry_code": "6513", "industry_name": "应用软件开发", "keywords": "程序"},
    {"code": "A2", "text": "软件销售", "industry_code": "5178", "industry_name": "软件销售", "keywords": ""},
    {"code": "B1", "text": "餐饮服务", "industry_code": "6210", "industry_name": "正餐服务", "keywords": "饭店"},
]


class Line:
    """The line between this zone and the exchange, which can be cut."""

    def __init__(self, settings: Any) -> None:
        self.settings, self.rooms, self.down, self.calls = settings, list(settings.ROOMS), False, 0

    def __call__(self, zone: str, path: str, body: bytes, *, timeout: float) -> bytes:
        self.calls += 1
        if self.down:
            raise LinkDown("cut")
        here = self.settings.ZONE, self.settings.ROOMS
        self.settings.ZONE, self.settings.ROOMS = "exchange", [*self.rooms, "exchange.registers"]
        try:
            if path.endswith("/replica/"):
                asked = json.loads(body)
                reply = service.offer_replica(asked["query"], version=asked["version"])
            else:
                reply = service.answer_from("back", json.loads(body))
        except ActRefused as refused:
            reply = {"refused": {"code": refused.code, "message": refused.message, "fields": refused.fields}}
        finally:
            self.settings.ZONE, self.settings.ROOMS = here
        return json.dumps(reply, ensure_ascii=False).encode()


@pytest.fixture
def line(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    before = dict(rules.PROVIDERS), dict(rules.ORIGINALS)
    cut = Line(settings)
    settings.ZONE, settings.ROOMS = "back", [room for room in settings.ROOMS if not room.startswith("exchange.registers")]
    for module in (asking, copying):
        monkeypatch.setattr(module, "call_zone", cut)
    service.provide(FindPerson, lambda query, asked: RegisterAnswer(found=True, fields={"name": "王明", "secret": "x"}, origin="人口库"))
    service.provide(SearchBusinessScope, lambda query, asked: SearchAnswer(entries=({"code": "here"},), origin="目录"))
    service.replicate(SearchBusinessScope, lambda: ("目录", WORDINGS))
    Grant.objects.create(
        code="g", query=FindPerson.name, askers=["official"], purposes=["审查核验"], open_fields=["name"], masked_fields=[], basis="测试"
    )
    yield cut
    for registry, saved in zip((rules.PROVIDERS, rules.ORIGINALS), before, strict=True):
        registry.clear()
        registry.update(saved)


def ask(query: Any, **changes: Any) -> Any:
    return service.ask(query, **{"actor": EXAMINER, "purpose": "审查核验", "subject": "case:1", "at": AT} | changes)


def test_every_query_says_how_it_behaves() -> None:
    ways = {name.rsplit(".", 1)[1]: kind.across_gap for name, kind in QUERIES.items()}
    assert {name for name, way in ways.items() if way == "replica"} == {"search_business_scope"}
    assert {name for name, way in ways.items() if way == "deferred"} == {"find_person", "find_legal_entity"}
    assert ways["assign_credit_code"] == ways["register_legal_entity"] == "unavailable", "a decision never runs ahead of the register"
    assert not [kind for kind in QUERIES.values() if kind.across_gap == "replica" and (kind.personal or not kind.replica_fields)]
    with pytest.raises(ValueError, match="declares no replica"):
        service.replicate(FindPerson, lambda: ("人口库", []))


def test_a_copy_answers_while_the_line_is_down_and_says_of_when_it_is(line: Line) -> None:
    assert ask(SearchBusinessScope(text="软件")).entries == ({"code": "here"},), "the register itself, while it can be reached"
    service.refresh_replicas(AT)
    line.down = True
    answer = ask(SearchBusinessScope(text="软件 开发", limit=5))
    assert isinstance(answer, SearchAnswer) and [one["code"] for one in answer.entries] == ["A1"]
    assert (answer.origin, answer.as_of) == ("目录", AT.isoformat())
    assert [one["code"] for one in ask(SearchBusinessScope(text="饭店")).entries] == ["B1"], "by keyword too"
    assert list(Ask.objects.filter(zone="back").values_list("outcome", flat=True).order_by("id"))[-2:] == ["replica", "replica"]
    assert service.replicas()[0]["count"] == 3


def test_without_a_copy_the_answer_is_unavailable(line: Line) -> None:
    line.down = True
    with pytest.raises(service.Unavailable):
        ask(SearchBusinessScope(text="软件"))
    service.refresh_replicas(AT)
    assert service.replicas() == [], "a line that is down leaves the copy as it was"


def test_a_copy_is_fetched_again_only_when_it_changed(line: Line) -> None:
    service.refresh_replicas(AT)
    first = service.replicas()[0]
    service.refresh_replicas(AT + timedelta(hours=1))
    assert service.replicas()[0] == {**first, "as_of": AT + timedelta(hours=1)}
    service.replicate(SearchBusinessScope, lambda: ("目录", WORDINGS[:1]))
    service.refresh_replicas(AT + timedelta(hours=2))
    assert service.replicas()[0]["count"] == 1


def test_a_question_that_may_wait_is_kept_once_and_answered_when_the_line_is_back(line: Line) -> None:
    line.down = True
    for _ in range(2):
        with pytest.raises(service.Deferred) as told:
            ask(PERSON, may_wait=True)
    assert "恢复后自动查询" in told.value.message
    assert service.waiting_asks() == 1 and service.ask_waiting(at=AT) == 0
    assert [one.answered_at for one in service.answers_for(subject="case:1", organisation="amr")] == [None]
    line.down = False
    assert service.ask_waiting(at=AT + timedelta(minutes=5)) == 1
    (later,) = service.answers_for(subject="case:1", organisation="amr")
    assert (later.query, later.outcome, later.answered_at) == (PERSON, "answered", AT + timedelta(minutes=5))
    assert later.answer.fields == {"name": "王明"}, "cut to what the grant opens, as if asked at once"
    assert service.answers_for(subject="case:1", organisation="tax") == [], "another body's question is not ours to read"
    assert service.ask_waiting(at=AT) == 0


def test_a_question_refused_later_is_told_and_one_nobody_needs_is_not_kept(line: Line) -> None:
    line.down = True
    with pytest.raises(service.Deferred):
        ask(PERSON, may_wait=True, purpose="好奇")
    with pytest.raises(service.Unavailable) as told:
        ask(PERSON)
    assert not isinstance(told.value, service.Deferred)
    with pytest.raises(service.Unavailable) as told:
        ask(AssignCreditCode(case_no="1", entity_name="甲", region="189901"), may_wait=True)
    assert not isinstance(told.value, service.Deferred), "what is declared unavailable never waits"
    line.down = False
    assert service.ask_waiting(at=AT) == 1
    (later,) = service.answers_for(subject="case:1", organisation="amr")
    assert (later.outcome, later.answer) == (service.NotGranted.code, None)


def test_what_was_answered_is_forgotten_after_a_month(line: Line) -> None:
    line.down = True
    with pytest.raises(service.Deferred):
        ask(PERSON, may_wait=True)
    line.down = False
    service.ask_waiting(at=AT)
    service.forget_answered(AT + timedelta(days=29))
    assert WaitingAsk.objects.count() == 1
    service.forget_answered(AT + timedelta(days=31))
    assert WaitingAsk.objects.count() == 0
