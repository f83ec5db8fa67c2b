"""Identity's pages as people meet them."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from santai.kernel.identity.service import get_account
from santai.kernel.ledger.service import entries_on

SIGN_IN = "/kernel/identity/sign-in/"


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=False)


def enter(visitor: Client, login: str) -> None:
    assert visitor.post("/kernel/identity/demo/become/", {"login": login}).status_code == 302


@pytest.mark.usefixtures("city")
class TestSignInPage:
    def test_lists_personas_with_login_and_role_in_the_demonstration(self, visitor: Client) -> None:
        page = visitor.get(SIGN_IN).content.decode()
        assert "陈静怡" in page and "amr-examiner" in page and "santai-demo" in page

    def test_lists_nobody_outside_the_demonstration(self, visitor: Client) -> None:
        with override_settings(DEMO=False):
            page = visitor.get(SIGN_IN).content.decode()
        assert "amr-examiner" not in page and "santai-demo" not in page

    def test_lets_the_right_password_in_whatever_the_case_of_the_login_and_rotates_the_session(self, visitor: Client) -> None:
        visitor.get(SIGN_IN)
        session = visitor.session
        session["before"] = "1"
        session.save()
        old = session.session_key
        answer = visitor.post(SIGN_IN, {"login": "Founder", "password": "santai-demo", "next": "/kernel/orgs/"})
        assert answer.status_code == 302 and answer["Location"] == "/kernel/orgs/"
        assert visitor.session.session_key != old
        account = get_account(visitor.session["_auth_user_id"])
        assert [entry.act for entry in entries_on(f"account:{account.pk}")][-1] == "kernel.identity.sign_in"

    def test_answers_alike_for_known_and_unknown_people_and_never_sends_away_to_strangers(self, visitor: Client) -> None:
        known = visitor.post(SIGN_IN, {"login": "founder", "password": "wrong-password"})
        unknown = visitor.post(SIGN_IN, {"login": "nobody-here", "password": "wrong-password"})
        assert known.status_code == unknown.status_code == 422
        strip = lambda page: page.content.decode().replace("nobody-here", "founder")  # noqa: E731
        said = "登录名或密码不正确"
        assert said in strip(known) and said in strip(unknown)
        away = visitor.post(SIGN_IN, {"login": "founder", "password": "santai-demo", "next": "https://evil.example/"})
        assert away.status_code == 302 and "evil" not in away["Location"]

    def test_slows_down_after_failures(self, visitor: Client) -> None:
        for _ in range(6):
            visitor.post(SIGN_IN, {"login": "founder", "password": "wrong-password"})
        assert visitor.post(SIGN_IN, {"login": "founder", "password": "santai-demo"}).status_code == 429


@pytest.mark.usefixtures("city")
class TestSwitching:
    def test_shows_only_the_post_in_use_and_changes_it(self, visitor: Client) -> None:
        enter(visitor, "fin-examiner")
        page = visitor.get(reverse("kernel_identity:switch")).content.decode()
        assert "滨江新区财政局" in page and "滨江新区行政服务中心" in page
        assert "国资管理科科员" in visitor.get("/kernel/access/mine/").content.decode()
        assert (
            visitor.post(reverse("kernel_identity:switch"), {"key": "post:asc-intake-4", "next": "/kernel/access/mine/"}).status_code == 302
        )
        mine = visitor.get("/kernel/access/mine/").content.decode()
        assert "综窗收件" in mine and "国资管理科科员" not in mine

    def test_refuses_an_expired_authorisation_with_the_reason(self, visitor: Client) -> None:
        enter(visitor, "agent-expired")
        switch = reverse("kernel_identity:switch")
        page = visitor.get(switch).content.decode()
        key = next(part.split('"')[0] for part in page.split('value="') if part.startswith("for:"))
        answer = visitor.post(switch, {"key": key})
        assert answer.status_code == 409 and "已经过期" in answer.content.decode()

    def test_acts_for_the_firm_with_a_valid_one(self, visitor: Client) -> None:
        enter(visitor, "agent")
        switch = reverse("kernel_identity:switch")
        page = visitor.get(switch).content.decode()
        key = next(part.split('"')[0] for part in page.split('value="') if part.startswith("for:"))
        assert visitor.post(switch, {"key": key, "next": switch}).status_code == 302
        answer = visitor.get(switch)
        assert answer.wsgi_request.party.kind == "organisation" and answer.wsgi_request.actor.represents == answer.wsgi_request.party

    def test_refuses_another_persons_post_or_authority(self, visitor: Client) -> None:
        enter(visitor, "agent")
        for key in ("post:amr-decider", "for:00000000-0000-7000-8000-000000000000", "for:nonsense"):
            assert visitor.post(reverse("kernel_identity:switch"), {"key": key}).status_code == 409

    def test_becoming_a_persona_is_the_demonstrations_alone(self, visitor: Client) -> None:
        with override_settings(DEMO=False):
            assert visitor.post("/kernel/identity/demo/become/founder/").status_code == 404
        assert visitor.get("/kernel/identity/demo/become/founder/").status_code == 405
        assert visitor.post("/kernel/identity/demo/become/founder/").status_code == 302


@pytest.mark.usefixtures("city")
class TestRegistration:
    VALUES = {
        "name": "测试甲",
        "code_kind": "resident-id",
        "code": "11010519491231002X",
        "phone": "13800138000",
        "login": "",
        "password": "a-good-pass-7",
        "repeat": "a-good-pass-7",
    }

    def test_opens_an_account_and_signs_in(self, visitor: Client) -> None:
        answer = visitor.post(reverse("kernel_identity:register"), self.VALUES)
        assert answer.status_code == 302
        account = get_account(visitor.session["_auth_user_id"])
        assert (account.login, account.level) == ("13800138000", 2)

    def test_says_what_is_wrong_at_the_field_and_keeps_the_entry(self, visitor: Client) -> None:
        answer = visitor.post(reverse("kernel_identity:register"), self.VALUES | {"code": "110105194912310021", "phone": "123"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "最后一位校验码不对" in page and "手机号码应为 11 位数字" in page and "110105194912310021" in page

    def test_refuses_the_same_person_twice(self, visitor: Client) -> None:
        visitor.post(reverse("kernel_identity:register"), self.VALUES)
        again = Client().post(reverse("kernel_identity:register"), self.VALUES | {"login": "other-login"})
        assert again.status_code == 422 and "已经注册过账号" in again.content.decode()


@pytest.mark.usefixtures("city")
def test_signing_out_ends_the_session_and_pages_ask_to_sign_in(visitor: Client) -> None:
    enter(visitor, "founder")
    assert visitor.get("/kernel/access/mine/").status_code == 200
    assert visitor.post(reverse("kernel_identity:sign_out")).status_code == 302
    assert visitor.get("/kernel/access/mine/")["Location"].startswith(SIGN_IN)
