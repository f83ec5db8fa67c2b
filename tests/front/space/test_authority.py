"""Authority given, used and taken back in the space (行政许可法 29; standards.md §3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from santai.kernel.clocks.service import today
from santai.kernel.identity.service import Authorisation, AuthorisationRevoked, AuthorisationTooNarrow, may_act_for
from santai.kernel.ledger.service import entries_on
from tests.support.own_things import FIRM, ITEM, Things

pytestmark = pytest.mark.django_db
GRANT = "front_space:grant"


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "zh"})


def typed(things: Things, **other: Any) -> dict[str, Any]:
    resident = things.account("resident")
    values = {
        "name": resident.name, "code_kind": "resident-id", "code": resident.code, "scope": "some", "items": [ITEM],
        "valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=90)).isoformat(), "evidence": "授权委托书（2026）第 5 号",
    }  # fmt: skip
    return {**values, **other}


def test_the_legal_representative_gives_authority_within_items_and_days(client: Client, things: Things) -> None:
    things.enter(client, "legal-rep", as_firm=True)
    page = client.post(reverse(GRANT), typed(things), follow=True).content.decode()
    resident = things.account("resident")
    assert "授权已生效" in page and "刘梦瑶" in page and "授权委托书（2026）第 5 号" in page and "企业设立一表制" in page
    given = may_act_for(account=resident, company_code=FIRM.code, item_code=ITEM, on=today())
    assert [entry.act for entry in entries_on(f"authorisation:{given.pk}")] == ["kernel.identity.grant_authorisation"]
    with pytest.raises(AuthorisationTooNarrow):
        may_act_for(account=resident, company_code=FIRM.code, item_code="labour-dispatch", on=today())
    other = Client(headers={"accept-language": "zh"})
    things.enter(other, "resident")
    assert FIRM.name in other.get(reverse("front_space:home")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": ""}, "name", "请填写被授权人的姓名"),
        ({"code": "189901199305010984"}, "code", ""),
        ({"name": "刘梦"}, "code", "没有找到姓名和证件号码都相符的账号"),
        ({"valid_to": "2020-01-01"}, "valid_to", "结束日期不能早于开始日期"),
        ({"valid_to": ""}, "valid_to", "授权必须有期限"),
        ({"valid_to": "2099-01-01"}, "valid_to", "最长五年"),
        ({"valid_from": "2020-01-01"}, "valid_from", "开始日期不能早于今天"),
        ({"valid_from": "2026-02-30"}, "valid_from", "请选择从哪一天起"),
        ({"evidence": " "}, "evidence", "请填写授权依据"),
        ({"items": []}, "items", "请至少选一个事项"),
        ({"items": ["no-such-item"]}, "items", "已经不再提供"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_entry_kept(
    client: Client, things: Things, wrong: dict[str, Any], field: str, words: str
) -> None:
    things.enter(client, "legal-rep", as_firm=True)
    before = Authorisation.objects.count()
    answer = client.post(reverse(GRANT), typed(things, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422 and Authorisation.objects.count() == before
    assert words in page and f'id="f-{field}-error"' in page and f'href="#f-{field}"' in page
    assert wrong.get("evidence", "授权委托书（2026）第 5 号") in page


def test_an_agent_gives_no_authority_and_sees_no_colleagues(client: Client, things: Things) -> None:
    things.enter(client, "agent", as_firm=True)
    page = client.get(reverse("front_space:authorisations")).content.decode()
    assert "只有法定代表人可以授权他人" in page and "云桥第 1 号" not in page and reverse(GRANT) not in page
    answer = client.post(reverse(GRANT), typed(things))
    assert answer.status_code == 422 and "只有法定代表人可以授权他人代办" in answer.content.decode()
    assert client.get(reverse(GRANT), follow=True).status_code == 200
    things.enter(client, "agent")
    assert client.post(reverse(GRANT), typed(things)).status_code == 302


def test_what_is_taken_back_ends_at_once(client: Client, things: Things) -> None:
    agents = things.authority("agent")
    theirs = Client(headers={"accept-language": "zh"})
    things.enter(theirs, "agent", as_firm=True)
    assert "您正在代这家单位办事" in theirs.get(reverse("front_space:home")).content.decode()
    things.enter(client, "legal-rep", as_firm=True)
    page = client.post(reverse("front_space:revoke", args=[agents.pk]), follow=True).content.decode()
    assert "授权已撤回" in page and "已撤回" in page
    assert "您正在以个人身份办事" in theirs.get(reverse("front_space:home")).content.decode()
    with pytest.raises(AuthorisationRevoked):
        may_act_for(account=agents.grantee_id, company_code=FIRM.code, on=today())


def test_an_agent_may_give_up_and_strangers_may_not_revoke(client: Client, things: Things) -> None:
    agents = things.authority("agent")
    things.enter(client, "resident")
    page = client.post(reverse("front_space:revoke", args=[agents.pk]), follow=True).content.decode()
    assert "您没有这家单位的授权" in page
    agents.refresh_from_db()
    assert agents.revoked_at is None
    things.enter(client, "agent")
    page = client.get(reverse("front_space:authorisations")).content.decode()
    assert "东江汇才人力资源有限公司" in page and "放弃授权" in page
    client.post(reverse("front_space:revoke", args=[agents.pk]))
    agents.refresh_from_db()
    assert agents.revoked_at is not None


def test_expired_authority_is_shown_with_its_state(client: Client, things: Things) -> None:
    things.enter(client, "agent-expired")
    page = client.get(reverse("front_space:authorisations")).content.decode()
    assert "已过期" in page and FIRM.name in page
