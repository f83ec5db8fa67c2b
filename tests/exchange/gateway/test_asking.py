"""A question needs a purpose and a grant, is recorded without its content, and comes back cut to what the grant opens."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from santai.exchange.contracts.service import CheckCompanyName, CompanyNameAnswer, FindPerson, RegisterAnswer
from santai.exchange.gateway import rules, service
from santai.exchange.gateway.actions import ask as acting
from santai.exchange.gateway.models import Ask, Grant
from santai.kernel.ledger.service import Actor, ActRefused, entries_on
from santai.kernel.packs.service import Pack, PackFile

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
FOUNDER = Actor(kind="person", account="p1", name="王明")
QUESTION = FindPerson(code_kind="resident-id", code="11010519491231002X", person_name="王明")
ANSWER = RegisterAnswer(found=True, fields={"name": "王明", "address": "滨江新区锦绣路 168 号", "secret": "x"}, origin="人口库")


@pytest.fixture(autouse=True)
def providers() -> Iterator[None]:
    before = dict(rules.PROVIDERS)
    service.provide(FindPerson, lambda query, asked: ANSWER)
    service.provide(CheckCompanyName, lambda query, asked: CompanyNameAnswer(full_name=query.trade_name, free=True))
    yield
    rules.PROVIDERS.clear()
    rules.PROVIDERS.update(before)


def allow(**changes: Any) -> None:
    Grant.objects.create(
        **{
            "code": "g1", "query": FindPerson.name, "askers": ["person"], "purposes": ["预填申请表"], "open_fields": ["name"],
            "masked_fields": ["address"], "basis": "测试",
        } | changes
    )  # fmt: skip


def ask(query: Any = QUESTION, purpose: str = "预填申请表", subject: str = "draft:1", actor: Actor = FOUNDER) -> Any:
    return service.ask(query, actor=actor, purpose=purpose, subject=subject, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(("purpose", "subject"), [("", "draft:1"), ("  ", "draft:1"), ("预填", ""), ("预填", "draft"), ("预填", "draft: ")])
def test_a_question_without_purpose_or_subject_is_refused(purpose: str, subject: str) -> None:
    allow()
    with pytest.raises(service.PurposeMissing):
        ask(purpose=purpose, subject=subject)


@pytest.mark.django_db
def test_personal_data_without_a_matching_grant_is_refused_and_the_attempt_recorded() -> None:
    with pytest.raises(service.NotGranted):
        ask()
    allow(purposes=["别的用途"])
    with pytest.raises(service.NotGranted):
        ask()
    assert set(Ask.objects.values_list("outcome", flat=True)) == {"exchange.gateway.not_granted"}


@pytest.mark.django_db
def test_an_answer_holds_only_what_the_grant_opens_and_the_rest_masked_or_left_out() -> None:
    allow()
    assert ask().fields == {"name": "王明", "address": "滨江" + "*" * (len("滨江新区锦绣路 168 号") - 4) + " 号"}


@pytest.mark.django_db
def test_every_question_is_in_the_ledger_with_a_digest_and_without_content() -> None:
    allow()
    ask()
    entry = entries_on("draft:1").get()
    assert (entry.act, entry.purpose, entry.account) == ("exchange.gateway.ask", "预填申请表", "p1")
    assert "11010519491231002X" not in json.dumps(entry.details) and len(entry.details["digest"]) == 64
    assert service.counts_by_purpose(since=AT)[0]["asked"] == 1


@pytest.mark.django_db
def test_a_question_that_is_not_personal_needs_no_grant_but_is_recorded() -> None:
    answer = ask(CheckCompanyName(district="", trade_name="云帆", industry="", form=""))
    assert answer.free
    assert Ask.objects.count() == 1


@pytest.mark.django_db
def test_one_asker_cannot_ask_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RATE_PER_MINUTE", 3)
    allow()
    for _ in range(3):
        ask()
    with pytest.raises(service.TooManyAsks):
        ask()
    ask(actor=Actor(kind="person", account="p2", name="李红"))


@pytest.mark.django_db
def test_a_query_nobody_answers_is_unavailable() -> None:
    allow()
    rules.PROVIDERS.clear()
    with pytest.raises(service.Unavailable):
        ask()


@pytest.mark.django_db
def test_across_zones_the_answer_is_the_same_and_refusals_keep_their_code(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    allow()

    def call(zone: str, path: str, body: bytes, *, timeout: float) -> bytes:
        settings.ZONE, settings.ROOMS = "exchange", [*settings.ROOMS, "exchange.registers"]
        try:
            return json.dumps(acting.answer_from("front", json.loads(body)), ensure_ascii=False).encode()
        except ActRefused as refused:
            return json.dumps({"refused": {"code": refused.code, "message": refused.message, "fields": {}}}).encode()
        finally:
            settings.ZONE, settings.ROOMS = "front", rooms

    rooms = [room for room in settings.ROOMS if room != "exchange.registers"]
    settings.ZONE, settings.ROOMS = "front", rooms
    monkeypatch.setattr(acting, "call_zone", call)
    assert isinstance(ask(), RegisterAnswer)
    assert "secret" not in ask().fields
    with pytest.raises(service.NotGranted):
        ask(purpose="好奇")


@pytest.mark.django_db
def test_an_unreachable_zone_says_what_to_do_instead(settings: Any) -> None:
    settings.ZONE, settings.ZONE_LINKS = "front", {"exchange": "http://127.0.0.1:9"}
    settings.ROOMS = [room for room in settings.ROOMS if room != "exchange.registers"]
    with pytest.raises(service.Unavailable) as refused:
        ask()
    assert "上传材料" in refused.value.message and not isinstance(refused.value, service.Deferred)
    assert Ask.objects.get().outcome == "unavailable" and service.waiting_asks() == 0, "prefilling has no use for a later answer"


@pytest.mark.django_db
def test_grants_of_a_pack_are_checked_with_their_places(tmp_path: Path) -> None:
    pack = Pack(name="p", title="p", version="1", path=tmp_path, digest="")
    data = {"grants": [{"code": "a", "query": "no.such", "askers": ["everyone"], "purposes": [], "basis": "x", "odd": 1}]}
    file = PackFile(path="grants.yaml", text="", data=data, kind="yaml", source=tmp_path)
    assert {problem.place for problem in service.check_grants(pack, [file])} == {
        "grants[0].odd", "grants[0].query", "grants[0].askers[0]", "grants[0].purposes",
    }  # fmt: skip
