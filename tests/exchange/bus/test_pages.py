"""The pages of bus, gateway, items and packs open for their role, empty and filled."""

import inspect
from typing import Any

import pytest
from django.test import RequestFactory

from santai.exchange.bus import service
from tests.exchange.bus.test_delivery import AT
from tests.exchange.bus.test_letters import OPERATOR, moods  # noqa: F401


def opened(view: Any, path: str, **parts: Any) -> str:
    """The page behind the door of its role (the door itself is access's own test)."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get(path)
    request.user, request.actor, request.party = AnonymousUser(), OPERATOR, None  # type: ignore[attr-defined]
    request.session, request._messages = {}, []  # type: ignore[attr-defined,assignment]
    response = inspect.unwrap(view)(request, **parts)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.django_db(transaction=True)
def test_the_operator_sees_a_letter_without_its_content(moods: dict[str, bool]) -> None:  # noqa: F811
    from santai.exchange.bus import views

    assert "投递失败的消息" in opened(views.overview, "/exchange/bus/")
    page = opened(views.letter, "/exchange/bus/letters/1/", seq=service.letters()[0].seq)
    assert "重新投递" in page and "first" not in page


@pytest.mark.django_db
def test_the_other_pages_open_empty() -> None:
    from santai.exchange.bus import views as bus

    assert "没有投递失败的消息" in opened(bus.overview, "/exchange/bus/")


@pytest.mark.django_db
def test_the_pages_of_gateway_and_packs_open_empty_and_filled() -> None:
    from santai.exchange.gateway import views as gateway
    from santai.exchange.gateway.models import Grant
    from santai.kernel.packs import views as packs
    from santai.kernel.packs.models import InstalledPack

    assert "还没有查询" in opened(gateway.overview, "/exchange/gateway/")
    Grant.objects.create(code="g1", query="q", askers=["person"], purposes=["预填"], basis="测试依据")
    assert "测试依据" in opened(gateway.overview, "/exchange/gateway/")
    assert "还没有安装应用包" in opened(packs._overview, "/kernel/packs/")
    InstalledPack.objects.create(
        name="p", title="示例包", version="1", digest="x", counts={"items": 3}, installed_at=AT, installed_by="系统"
    )
    assert "items 3" in opened(packs._overview, "/kernel/packs/")


@pytest.mark.django_db
def test_the_pages_of_items_show_versions_definition_and_differences() -> None:
    from santai.exchange.contracts.service import ItemDefinition, MaterialDefinition
    from santai.exchange.items import service as items
    from santai.exchange.items import views

    for version in (1, 2):
        material = MaterialDefinition(code="m", name=f"材料{version}", source="upload")
        definition = ItemDefinition(code="YJS-1", basic_code="310100100000", version=version, name="一件事", materials=(material,))
        items.publish_item(definition=definition, actor=OPERATOR, at=AT)
    assert "一件事" in opened(views.overview, "/exchange/items/")
    page = opened(views.item, "/exchange/items/YJS-1/", code="YJS-1")
    assert "第 1 版" in page and "比较两个版本" in page and "撤下这个事项" not in page  # it is another office's
    assert "材料2" in opened(views.version, "/exchange/items/YJS-1/v2/", code="YJS-1", version=2)
    assert "materials.m.name" in opened(views.compare, "/exchange/items/YJS-1/compare/", code="YJS-1")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/exchange/bus/", "/exchange/gateway/", "/exchange/items/", "/kernel/packs/"])
def test_a_stranger_is_sent_to_sign_in(client: Any, path: str) -> None:
    assert client.get(path).status_code == 302
