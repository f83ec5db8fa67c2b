"""What the item manager reads of a published version: its decision tables in words, charges beside them."""

import pytest
from django.test import Client

from santai.exchange.items.service import items_in_force
from santai.kernel.identity.service import find_account
from tests.support import city


@pytest.mark.django_db
def test_a_versions_tables_are_shown_in_words_to_those_who_look_after_items() -> None:
    city.install("resident-basics", "enterprise-start")
    client = Client()
    row = items_in_force().get(name="不动产转移登记")
    address = f"/exchange/items/{row.code}/v{row.version}/"
    assert client.get(address).status_code in (302, 403)
    client.force_login(find_account("item-manager"), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": "dsj-items"}
    session.save()
    page = client.get(address).content.decode()
    assert "不动产转移登记：收多少登记费（property-transfer-fees，命中策略 UNIQUE）" in page
    assert "<td>非住宅</td><td>不动产登记费（非住宅） 550 元</td><td>非住宅类</td>" in page
    assert "<td>买卖或者赠与</td><td>完税证明</td>" in page and "&lt;decision" not in page  # in words, not in XML
    joint = client.get("/exchange/items/YJS-QYSL-01/v1/").content.decode()
    assert '<th scope="col">有外国投资者</th>' in joint
    assert "<td>不限</td><td>不限</td><td>是</td><td>不是环境影响报告书、环境影响登记表</td>" in joint
