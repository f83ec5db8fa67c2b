"""Changing one's password: with the present one, other sessions ended, and nothing else before a handed-out one is changed."""

import pytest
from django.test import Client
from django.urls import reverse

from santai.kernel.clocks.service import now
from santai.kernel.identity import service
from santai.kernel.ledger.service import entries_on, system_actor

pytestmark = pytest.mark.usefixtures("city")
PASSWORD, SIGN_IN = "/kernel/identity/password/", "/kernel/identity/sign-in/"
GOOD = "a-new-good-pass-7"


def account(login: str) -> service.Account:
    found = service.find_account(login)
    assert found is not None
    return found


def entered(login: str, password: str = "santai-demo") -> Client:
    visitor = Client()
    assert visitor.post(SIGN_IN, {"login": login, "password": password}).status_code == 302
    return visitor


def change(visitor: Client, current: str = "santai-demo", password: str = GOOD, repeat: str = "") -> tuple[int, str]:
    answer = visitor.post(PASSWORD, {"current": current, "password": password, "repeat": repeat or password})
    return answer.status_code, answer.content.decode()


def inside(visitor: Client) -> bool:
    return visitor.get("/kernel/access/mine/").status_code == 200


@pytest.mark.parametrize("login", ["founder", "agent", "amr-examiner"])
def test_everybody_who_signs_in_changes_their_own_and_other_sessions_end(login: str) -> None:
    here, elsewhere = entered(login), entered(login)
    assert inside(here) and inside(elsewhere)
    assert change(here)[0] == 302
    assert inside(here), "the session that changed it goes on"
    assert not inside(elsewhere)
    assert account(login).password.startswith(("md5$", "argon2")), "hashed"
    assert entries_on(f"account:{account(login).pk}").filter(act="kernel.identity.change_password").count() == 1
    assert Client().post(SIGN_IN, {"login": login, "password": "santai-demo"}).status_code == 422
    assert inside(entered(login, GOOD))


@pytest.mark.parametrize(
    ("current", "password", "repeat", "said"),
    [
        ("not-mine-at-all", GOOD, "", "现在的密码不正确"),
        ("santai-demo", "santai-demo", "", "与现在的密码相同"),
        ("santai-demo", "short-7", "", "8"),
        ("santai-demo", "password1", "", "常见"),
        ("santai-demo", GOOD, "another-good-pass", "两次输入的新密码不一样"),
        ("", GOOD, "", "现在的密码"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_changes_nothing(current: str, password: str, repeat: str, said: str) -> None:
    visitor = entered("founder")
    before = account("founder").password
    status, page = change(visitor, current, password, repeat)
    assert status == 422 and said in page and "先更正" in page
    assert account("founder").password == before and inside(visitor)
    assert GOOD not in page, "a password is never sent back"


def test_guessing_the_present_password_slows_down_like_signing_in() -> None:
    visitor = entered("founder")
    answers = [change(visitor, "wrong-guess")[0] for _ in range(6)]
    assert answers[:5] == [422] * 5 and answers[5] == 429
    assert change(visitor)[0] == 429, "even the right one has to wait"
    acts = entries_on(f"account:{account('founder').pk}").values_list("act", flat=True)
    assert list(acts).count("kernel.identity.change_password_failed") == 5


def test_a_password_handed_out_opens_no_page_but_the_one_that_changes_it() -> None:
    handed = service.reset_password(account=account("founder"), why="窗口核对身份证", actor=system_actor("test"), at=now())
    visitor = Client()
    answer = visitor.post(SIGN_IN, {"login": "founder", "password": handed, "next": "/kernel/access/mine/"})
    assert answer["Location"] == f"{PASSWORD}?next=%2Fkernel%2Faccess%2Fmine%2F"
    for path in ("/kernel/access/mine/", reverse("kernel_identity:switch"), "/front/space/"):
        assert visitor.get(path)["Location"].startswith(PASSWORD), path
    assert visitor.get("/").wsgi_request.actor is None, "on public pages a stranger"
    page = visitor.get(answer["Location"]).content.decode()
    assert "初始密码" in page and "退出登录" in page
    answer = visitor.post(PASSWORD, {"current": handed, "password": GOOD, "repeat": GOOD, "next": "/kernel/access/mine/"})
    assert answer["Location"] == "/kernel/access/mine/" and inside(visitor)
    assert account("founder").must_change_password is False


def test_strangers_are_asked_to_sign_in_first() -> None:
    assert Client().get(PASSWORD)["Location"].startswith(SIGN_IN)


def test_it_is_in_the_account_menu_and_in_my_space_and_in_english() -> None:
    visitor = entered("founder")
    assert f'href="{PASSWORD}"' in visitor.get("/").content.decode()
    assert f'href="{PASSWORD}?next=/front/space/data/"' in visitor.get("/front/space/data/").content.decode()
    page = visitor.get(PASSWORD, headers={"accept-language": "en"}).content.decode()
    assert "Change password" in page and "Present password" in page
    english = {"accept-language": "en"}
    wrong = {"current": "wrong-guess", "password": GOOD, "repeat": GOOD}
    answers = [visitor.post(PASSWORD, wrong, headers=english).content.decode() for _ in range(6)]
    assert "The present password is not right" in answers[0] and "Too many attempts. Try again in" in answers[5]
    refused = Client().post(SIGN_IN, {"login": "nobody-here", "password": "x"}, headers=english).content.decode()
    assert "The user name or the password is not right" in refused
