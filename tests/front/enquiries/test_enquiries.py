"""Services that are no case: worked out by a decision table, looked up through the gateway, listed and counted apart."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from santai.back.cases.models import Case
from santai.front.enquiries import service
from santai.front.enquiries.rules import problems
from santai.front.hall.service import find_items
from santai.kernel.clocks.service import today
from santai.kernel.ledger.service import system_actor
from tests.support import city

AT = datetime(2026, 3, 3, 1, tzinfo=UTC)
SOUND: dict[str, Any] = {
    "key": "k", "title": "算一算", "summary": "算", "kind": "calculation", "organisation_name": "局",
    "inputs": [{"name": "years", "label": "几年", "kind": "number", "most": 60}], "via": {"table": "t", "shows": {"days": "天数"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({}, []), ({"kind": "gift"}, ["kind"]), ({"colour": "red"}, ["colour"]), ({"via": {"table": "none", "shows": {"a": "b"}}},
        ["via.table"]),
        ({"via": {"table": "t"}}, ["via.shows"]), ({"via": {"page": "https://elsewhere"}}, ["via.page"]), ({"via": {}}, ["via", "via"]),
        ({"via": {"query": "exchange.registers.find_person", "ask": {}, "shows": {"a": "b"}}}, ["via.query"]),  # personal
        ({"via": {"query": "exchange.registers.search_address", "ask": {"text": "ghost", "x": "years"}, "shows": {"a": "b"}}},
        ["via.ask.x", "via.ask.text"]),
        ({"inputs": [{"name": "a"}, {"name": "b", "label": "b", "kind": "choice"}]}, ["inputs[0]", "inputs[1].options"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_declaration_is_named(said: dict[str, Any], place: list[str]) -> None:
    assert sorted(where for where, _ in problems(SOUND | said, {"t"})) == sorted(place)


@pytest.mark.requirement("FD-031", part="enquiry services without a case, listed and counted apart")
def test_services_are_worked_out_or_looked_up_and_counted_apart_from_items_and_cases(db: None, client: Client) -> None:
    city.install("convenience")
    assert find_items().count() == 0  # none of them is an item
    page = client.get("/front/enquiries/").content.decode()
    assert "失业保险金能领多久" in page and "计算" in page and "3 项服务，近 30 天 0 次" in page
    assert "失业保险金" not in client.get("/front/enquiries/?kind=query").content.decode()

    address = "/front/enquiries/unemployment-benefit-months/"
    assert 'id="answer"' not in client.get(address).content.decode()
    for years, said in (("0.5", "不符合领取条件"), ("1", "12 个月"), ("5", "18 个月"), ("9.9", "18 个月"), ("10", "24 个月")):
        assert said in client.get(address, {"years": years, "ask": "1"}).content.decode()
    for wrong in ("", "很多", "-1", "61", "nan"):
        answer = client.get(address, {"years": wrong, "ask": "1"})
        assert answer.status_code == 422 and "请填写" in answer.content.decode()
    answer = client.get("/front/enquiries/property-registration-fee/", {"use": "barn", "kind": "charged", "ask": "1"})
    assert answer.status_code == 422 and "请从列出的选项中选择" in answer.content.decode()

    page = client.get("/front/enquiries/business-scope-wording/", {"text": "餐饮", "ask": "1"}).content.decode()
    assert "规范表述" in page and "餐饮" in page
    assert "没有查到" in client.get("/front/enquiries/standard-address/", {"text": "月球路", "ask": "1"}).content.decode()
    assert client.get("/front/enquiries/none/").status_code == 404
    assert service.figures(since=today()) == {
        "query": {"services": 2, "used": 2}, "calculation": {"services": 3, "used": 5}, "booking": {"services": 0, "used": 0},
    }  # fmt: skip
    assert Case.objects.count() == 0
    english = client.get(address, headers={"Accept-Language": "en"})
    assert english.status_code == 200


def test_a_pack_takes_away_what_it_no_longer_names(db: None) -> None:
    from pathlib import Path

    from santai.kernel.packs.service import Pack, PackFile

    def pack(*rows: dict[str, Any]) -> tuple[Pack, list[PackFile]]:
        file = PackFile(path="e.yaml", text="", data=list(rows), kind="yaml", source=Path("e.yaml"))
        return Pack(name="p", title="p", version="1", path=Path("p"), digest="", parts={"enquiries": [file]}), [file]

    both, files = pack(SOUND, SOUND | {"key": "other"})
    assert service.install_enquiries(both, files, actor=system_actor("t"), at=AT) == 2
    assert [one.text for one in service.check_enquiries(*pack(SOUND, SOUND)) if "重复" in one.text]
    one, files = pack(SOUND)
    assert service.install_enquiries(one, files, actor=system_actor("t"), at=AT) == 0
    assert [row.key for row in service.find_enquiries()] == ["k"]
