"""The system administrator opens accounts, gives and ends posts, resets, stops and restores; nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from santai.kernel.clocks.service import now, today
from santai.kernel.identity import service
from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.orgs.service import Post

pytestmark = pytest.mark.usefixtures("city")
ACCOUNTS, NEW = "/kernel/identity/accounts/", "/kernel/identity/accounts/new/"
ENTRY = {
    "organisation": "amr", "name": "韩新任", "code_kind": "resident-id", "code": "11010519491231002X", "phone": "13800138000",
    "login": "han-xinren", "post": "amr-decider", "valid_from": "", "valid_to": "",
}  # fmt: skip


def account(login: str) -> service.Account:
    found = service.find_account(login)
    assert found is not None, login
    return found


def keeper() -> Client:
    return as_("sysadmin")


def as_(login: str) -> Client:
    visitor = Client()
    assert visitor.post("/kernel/identity/demo/become/", {"login": login}).status_code == 302
    return visitor


def entry(**changes: str) -> dict[str, str]:
    return ENTRY | {"valid_from": today().isoformat()} | changes


def acts(login: str) -> list[str]:
    return [one.act.rsplit(".", 1)[1] for one in entries_on(f"account:{account(login).pk}")]


def page_of(login: str, act: str = "") -> str:
    return f"{ACCOUNTS}{account(login).pk}/{act}"


def shown_password(answer: Any) -> str:
    return str(answer.content.decode().split('notice__number">')[1].split("<")[0])


@pytest.mark.parametrize("login", ["", "founder", "amr-examiner", "operator", "security", "auditor", "leader"])
def test_is_closed_to_everybody_else(login: str) -> None:
    visitor = Client()
    if login and service.find_account(login):
        visitor = as_(login)
    paths = (ACCOUNTS, NEW, page_of("amr-examiner"))
    answers = [visitor.get(path) for path in paths]
    acts_ = ("give-post/", "end-post/", "reset/", "disable/", "enable/")
    answers += [visitor.post(NEW, entry()), *(visitor.post(page_of("amr-examiner", act), {"why": "x"}) for act in acts_)]
    assert {answer.status_code for answer in answers} <= {302, 403}
    assert all(answer["Location"].startswith("/kernel/identity/sign-in/") for answer in answers if answer.status_code == 302)
    assert account("amr-examiner").is_active and service.find_account("han-xinren") is None


def test_the_verbs_refuse_by_themselves_too() -> None:
    target, now_ = account("amr-examiner"), now()
    for actor in (service.actor_for_account(account("founder")), service.actor_for_account(account("amr-decider"), "amr-decider")):
        calls: list[Callable[[], object]] = [
            lambda actor=actor: service.reset_password(account=target, why="x", actor=actor, at=now_),
            lambda actor=actor: service.disable_account(account=target, why="x", actor=actor, at=now_),
            lambda actor=actor: service.give_post(account=target, post="amr-chief", valid_from=today(), actor=actor, at=now_),
            lambda actor=actor: service.end_post(account=target, holding="", at_once=True, why="x", actor=actor, at=now_),
            lambda actor=actor: service.list_accounts(service.AccountWish(), actor=actor, on=today()),
            lambda actor=actor: service.access_account(account=target.pk, actor=actor),
        ]
        for call in calls:
            with pytest.raises(service.NotKeeper):
                call()


def roles(visitor: Client) -> set[str]:
    return {role.slug for role in visitor.get("/kernel/access/mine/").context["roles"]}


def found(visitor: Client, **asked: str) -> list[str]:
    return [row.login for row in visitor.get(ACCOUNTS, asked).context["page"].rows]


class TestTheList:
    def test_finds_officials_by_part_of_a_name_body_and_state(self) -> None:
        visitor = keeper()
        assert "amr-examiner" in found(visitor, q="amr-exam") and "tax-examiner" not in found(visitor, q="amr-exam")
        assert "tax-examiner" in found(visitor, organisation="tax") and "amr-examiner" not in found(visitor, organisation="tax")
        service.disable_account(account=account("tax-examiner"), why="x", actor=system_actor("test"), at=now())
        assert found(visitor, state="disabled") == ["tax-examiner"]
        assert "tax-examiner" not in found(visitor, state="posted", organisation="tax")

    def test_lists_no_resident_but_finds_one_by_the_whole_number(self) -> None:
        visitor, resident = keeper(), account("founder")
        assert "没有符合条件" in visitor.get(ACCOUNTS, {"q": resident.name}).content.decode()
        assert "没有符合条件" in visitor.get(ACCOUNTS, {"q": resident.code[:10]}).content.decode()
        for words in (resident.code, resident.code.lower(), resident.phone, "founder"):
            page = visitor.get(ACCOUNTS, {"q": words}).content.decode()
            assert str(resident.pk) in page, words
        table = visitor.get(ACCOUNTS, {"q": "founder"}).content.decode()
        assert resident.code not in table, "numbers are masked"

    def test_pages_through_everybody_once_with_the_same_number_of_queries(self) -> None:
        visitor, seen, address = keeper(), [], ACCOUNTS
        counts = set()
        while address:
            with CaptureQueriesContext(connection) as queries:
                answer = visitor.get(address)
            counts.add(len(queries))
            seen += [row.login for row in answer.context["page"].rows]
            address = ACCOUNTS + answer.context["following"] if answer.context["following"] else ""
        officials = set(service.PostHolding.objects.values_list("account__login", flat=True))
        assert seen == sorted(seen) and len(seen) == len(set(seen)) and set(seen) == officials and len(seen) > 100
        assert max(counts) <= 16
        back = visitor.get(ACCOUNTS + answer.context["previous"])
        rows = [row.login for row in back.context["page"].rows]
        assert rows == seen[seen.index(rows[0]) : seen.index(rows[0]) + len(rows)] and len(rows) == 50
        assert back.context["previous"] and back.context["following"]


class TestOpening:
    def test_gives_an_official_an_account_with_a_post_whose_first_password_must_be_changed(self) -> None:
        visitor = keeper()
        assert "amr-decider" in visitor.get(NEW, {"organisation": "amr"}).content.decode()
        answer = visitor.post(NEW, entry())
        assert answer.status_code == 200
        password = shown_password(answer)
        assert password not in visitor.get(page_of("han-xinren")).content.decode(), "shown once"
        new = Client()
        assert (
            new.post("/kernel/identity/sign-in/", {"login": "han-xinren", "password": password})["Location"] == "/kernel/identity/password/"
        )
        new.post("/kernel/identity/password/", {"current": password, "password": "my-own-pass-77", "repeat": "my-own-pass-77"})
        assert roles(new) == {"decider"}
        assert acts("han-xinren")[:2] == ["open_account", "give_post"]
        past = visitor.get(page_of("han-xinren")).content.decode()
        assert "开立账号" in past and "本人修改密码" in past

    def test_says_everything_that_is_wrong_at_the_field_and_keeps_the_entry(self) -> None:
        answer = keeper().post(NEW, entry(code="110105194912310021", phone="123", login="", post="", name="韩"))
        page = answer.content.decode()
        assert answer.status_code == 422 and service.find_account("han-xinren") is None
        for text in ("最后一位校验码不对", "手机号码应为 11 位数字", "请填写登录名", "请选择岗位", "110105194912310021"):
            assert text in page, text

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"login": "Amr-Examiner"}, "已有人使用"),
            ({"post": "no-such-post"}, "没有这个岗位"),
            ({"valid_from": "2020-01-01"}, "不能早于今天"),
            ({"valid_from": "2026-13-01"}, "有效日期"),
            ({"valid_to": "2020-01-01"}, "早于开始日期"),
        ],
    )
    def test_refuses_with_nothing_half_done(self, changes: dict[str, str], said: str) -> None:
        answer = keeper().post(NEW, entry(**changes))
        assert answer.status_code == 422 and said in answer.content.decode()
        assert service.find_account("han-xinren") is None

    def test_points_to_the_account_a_person_already_has(self) -> None:
        resident = account("founder")
        answer = keeper().post(NEW, entry(code=resident.code))
        assert answer.status_code == 422 and "直接授予岗位" in answer.content.decode()


class TestPosts:
    def test_are_given_and_work_at_the_next_request_and_are_gone_when_ended(self) -> None:
        visitor, official = keeper(), as_("amr-examiner")
        answer = visitor.post(page_of("amr-examiner", "give-post/"), entry(post="amr-chief"))
        assert answer.status_code == 302
        assert official.post("/kernel/identity/switch/", {"key": "post:amr-chief"}).status_code == 302
        assert "chief" in roles(official)
        held = account("amr-examiner").holdings.get(post_id="amr-chief")
        refused = visitor.post(page_of("amr-examiner", "end-post/"), {"holding": held.pk, "why": "", "at_once": "on"})
        assert refused.status_code == 422 and "请写明原因" in refused.content.decode()
        visitor.post(page_of("amr-examiner", "end-post/"), {"holding": held.pk, "why": "授错", "at_once": "on"})
        assert "chief" not in roles(official)
        assert acts("amr-examiner")[-3:] == ["give_post", "switch_capacity", "end_post"]
        again = visitor.post(page_of("amr-examiner", "end-post/"), {"holding": held.pk, "why": "再次"})
        assert again.status_code == 422 and "已经结束" in again.content.decode()
        assert visitor.post(page_of("amr-examiner", "give-post/"), entry(post="amr-chief")).status_code == 302, (
            "and given anew the same day"
        )

    def test_ended_without_haste_last_through_today(self) -> None:
        held = account("amr-examiner").holdings.get(post_id="amr-examiner")
        keeper().post(page_of("amr-examiner", "end-post/"), {"holding": held.pk, "why": "退休"})
        holdings = service.holdings_of(account("amr-examiner"), today())
        assert holdings.filter(post_id="amr-examiner").exists()
        assert not service.holdings_of(account("amr-examiner"), today() + timedelta(days=1)).filter(post_id="amr-examiner").exists()

    def test_are_not_given_twice_nor_when_three_administrators_would_meet_in_one(self) -> None:
        visitor = keeper()
        twice = visitor.post(page_of("amr-examiner", "give-post/"), entry(post="amr-examiner"))
        assert twice.status_code == 422 and "已经担任" in twice.content.decode()
        security = Post.objects.filter(roles__contains=["security_admin"]).first()
        audit = service.PostHolding.objects.filter(post__roles__contains=["audit_admin"]).select_related("account").first()
        assert security is not None and audit is not None
        both = visitor.post(page_of(audit.account.login, "give-post/"), entry(post=security.code))
        assert both.status_code == 422 and "不能由一人兼任" in both.content.decode()


class TestStopping:
    def test_ends_the_sessions_of_the_account_and_lets_in_again_after_restoring(self) -> None:
        visitor, official = keeper(), as_("amr-examiner")
        without = visitor.post(page_of("amr-examiner", "disable/"), {"why": " "})
        assert without.status_code == 422 and "请写明原因" in without.content.decode()
        assert visitor.post(page_of("amr-examiner", "disable/"), {"why": "停职"}).status_code == 302
        assert official.get("/kernel/access/mine/").status_code == 302
        enter = {"login": "amr-examiner", "password": "santai-demo"}
        assert Client().post("/kernel/identity/sign-in/", enter).status_code == 422
        visitor.post(page_of("amr-examiner", "enable/"), {"why": "复职"})
        assert Client().post("/kernel/identity/sign-in/", enter).status_code == 302
        assert [act for act in acts("amr-examiner") if act.endswith("able_account")] == ["disable_account", "enable_account"]

    def test_a_reset_hands_out_a_password_once_and_ends_the_old_one(self) -> None:
        visitor, official = keeper(), as_("amr-examiner")
        answer = visitor.post(page_of("amr-examiner", "reset/"), {"why": "本人持证到窗口"})
        password = shown_password(answer)
        assert official.get("/kernel/access/mine/").status_code == 302
        sign_in = Client().post("/kernel/identity/sign-in/", {"login": "amr-examiner", "password": password})
        assert sign_in["Location"] == "/kernel/identity/password/"
        assert "reset_password" in acts("amr-examiner")
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from kernel_ledger_entry where row_to_json(kernel_ledger_entry)::text like %s", [f"%{password}%"]
            )
            assert cursor.fetchone()[0] == 0

    def test_nobody_keeps_their_own_account(self) -> None:
        visitor = keeper()
        assert "由另一位系统管理员维护" in visitor.get(page_of("sysadmin")).content.decode()
        for act, sent in (("disable/", {"why": "x"}), ("reset/", {"why": "x"}), ("give-post/", entry(post="amr-chief"))):
            answer = visitor.post(page_of("sysadmin", act), sent)
            assert answer.status_code == 422 and "不能维护自己" in answer.content.decode()
        assert account("sysadmin").is_active

    def test_an_unknown_account_is_not_found(self) -> None:
        assert keeper().get(f"{ACCOUNTS}00000000-0000-7000-8000-000000000000/").status_code == 404
        assert keeper().post(f"{ACCOUNTS}00000000-0000-7000-8000-000000000000/disable/", {"why": "x"}).status_code == 404
