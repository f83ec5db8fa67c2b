"""Signing in slowly, acting for others within scope and dates, and what a request knows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from santai.kernel.identity import service
from santai.kernel.identity.rules import FREE_FAILURES, LONGEST, wait_after
from santai.kernel.ledger.service import entries_on, system_actor
from santai.kernel.packs.service import check_pack, install_pack

AT = datetime(2026, 2, 9, 1, tzinfo=UTC)
TODAY = date(2026, 2, 9)
SOFTWARE = "91189901MA81000100"


def account(login: str) -> service.Account:
    found = service.find_account(login)
    assert found is not None
    return found


class TestWaiting:
    def test_grows_and_never_becomes_forever(self) -> None:
        assert wait_after("login", FREE_FAILURES["login"] - 1) == timedelta(0)
        waits = [wait_after("login", failures) for failures in range(5, 500)]
        assert waits == sorted(waits) and waits[0] == timedelta(seconds=1) and waits[-1] == LONGEST


@pytest.mark.usefixtures("city")
class TestSignIn:
    def fail(self, login: str, times: int, source: str = "10.0.0.1", at: datetime = AT) -> None:
        for number in range(times):
            with pytest.raises(service.SignInRefused):
                service.sign_in(login=login, password="wrong", source=source, at=at + timedelta(minutes=6 * number))

    def test_waits_for_known_and_unknown_logins_alike_and_lets_in_afterwards(self) -> None:
        last = AT
        for login in ("founder", "nobody-at-all"):
            for _ in range(5):
                with pytest.raises(service.SignInRefused):
                    service.sign_in(login=login, password="wrong", source=f"10.0.0.{login}", at=AT)
            with pytest.raises(service.TooManyAttempts) as refused:
                service.sign_in(login=login, password="santai-demo", source="10.9.9.9", at=AT)
            assert refused.value.facts["seconds"] == 1
            last = AT + timedelta(seconds=2)
        assert service.sign_in(login="founder", password="santai-demo", source="10.9.9.9", at=last).login == "founder"

    def test_slows_a_source_that_tries_many_logins(self) -> None:
        for number in range(20):
            with pytest.raises(service.SignInRefused):
                service.sign_in(login=f"guess{number}", password="wrong", source="10.0.0.66", at=AT)
        with pytest.raises(service.TooManyAttempts):
            service.sign_in(login="founder", password="santai-demo", source="10.0.0.66", at=AT)
        assert service.sign_in(login="founder", password="santai-demo", source="10.0.0.1", at=AT)

    def test_a_success_forgets_the_failures_of_that_login(self) -> None:
        self.fail("founder", 4, at=AT - timedelta(minutes=30))
        service.sign_in(login="founder", password="santai-demo", source="x", at=AT)
        self.fail("founder", 4, at=AT + timedelta(minutes=1))
        assert service.sign_in(login="founder", password="santai-demo", source="x", at=AT + timedelta(minutes=25))

    def test_a_disabled_account_gets_the_same_answer(self) -> None:
        service.Account.objects.filter(login="founder").update(is_active=False)
        with pytest.raises(service.SignInRefused) as refused:
            service.sign_in(login="founder", password="santai-demo", source="x", at=AT)
        assert refused.value.message == service.SignInRefused.message

    def test_failures_are_on_record_without_what_was_typed(self) -> None:
        self.fail("my-secret-password", 1)
        self.fail("founder", 1)
        entries = entries_on(f"account:{account('founder').pk}")
        assert [entry.act for entry in entries] == ["kernel.identity.sign_in_failed"]
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from kernel_ledger_entry where row_to_json(kernel_ledger_entry)::text like '%%my-secret%%'")
            assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_counted() -> None:
    def guess(_: int) -> str:
        try:
            service.sign_in(login="nobody", password="wrong", source="10.0.0.5", at=AT)
        except service.TooManyAttempts:
            return "wait"
        except service.SignInRefused:
            return "wrong"
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(40)))
    assert "in" not in answers and answers.count("wrong") <= 5 + 6 and "wait" in answers


@pytest.mark.usefixtures("city")
class TestActingForAFirm:
    def test_holds_within_its_dates(self) -> None:
        assert service.may_act_for(account=account("agent"), company_code=SOFTWARE, item_code="anything", on=TODAY).capacity == "agent"
        assert [party.code for party in service.companies_of(account("agent"), TODAY)][0].startswith("91189901")
        assert service.companies_of(account("agent-expired"), TODAY) == []

    @pytest.mark.parametrize(
        ("login", "on", "error"),
        [
            ("agent-expired", TODAY, service.AuthorisationExpired),
            ("agent", date(2024, 12, 31), service.AuthorisationNotYet),
            ("agent", date(2031, 1, 1), service.AuthorisationExpired),
            ("founder", TODAY, service.AuthorisationMissing),
        ],
    )
    def test_is_refused_with_the_nearest_reason(self, login: str, on: date, error: type[Exception]) -> None:
        with pytest.raises(error):
            service.may_act_for(account=account(login), company_code=SOFTWARE, item_code="", on=on)

    def test_lasts_through_its_last_day(self) -> None:
        assert service.may_act_for(account=account("agent-expired"), company_code=SOFTWARE, item_code="", on=date(2024, 12, 31))

    def test_stops_at_the_next_act_once_revoked_by_the_legal_representative(self) -> None:
        boss = service.actor_for_account(account("legal-rep"))
        given = service.may_act_for(account=account("agent"), company_code=SOFTWARE, item_code="", on=TODAY)
        service.revoke_authorisation(authorisation=given.pk, why="离职", actor=boss, at=AT)
        with pytest.raises(service.AuthorisationRevoked):
            service.may_act_for(account=account("agent"), company_code=SOFTWARE, item_code="", on=TODAY)

    def test_is_given_by_the_legal_representative_alone_and_only_for_the_items_named(self) -> None:
        grant: Callable[..., service.Authorisation] = lambda actor: service.grant_authorisation(  # noqa: E731
            grantor_code=SOFTWARE, grantor_name="东江云桥软件有限公司", grantee=account("resident"), items=("item-a",),
            valid_from=TODAY, valid_to=None, evidence="委托书", actor=actor, at=AT,
        )  # fmt: skip
        with pytest.raises(service.AuthorisationTooNarrow):
            grant(service.actor_for_account(account("agent")))
        with pytest.raises(service.AuthorisationMissing):
            grant(service.actor_for_account(account("founder")))
        grant(service.actor_for_account(account("legal-rep")))
        assert service.may_act_for(account=account("resident"), company_code=SOFTWARE, item_code="item-a", on=TODAY)
        with pytest.raises(service.AuthorisationTooNarrow):
            service.may_act_for(account=account("resident"), company_code=SOFTWARE, item_code="item-b", on=TODAY)


@pytest.mark.usefixtures("city")
class TestActors:
    def test_name_the_post_and_body_in_use(self) -> None:
        actor = service.actor_for_account(account("fin-examiner"), "asc-intake-4")
        assert (actor.kind, actor.organisation, actor.organisation_name) == ("official", "asc", "区行政服务中心")
        with pytest.raises(service.PostNotHeld):
            service.actor_for_account(account("fin-examiner"), "amr-decider")

    def test_show_that_a_b_role_stands_in(self) -> None:
        assert service.actor_for_account(account("amr-examiner-b"), "amr-examiner").post_title.endswith("（代理）")

    def test_candidates_for_a_role_include_the_one_who_stands_in(self) -> None:
        holders = service.holders_of_role("decider", organisation="eco", on=TODAY)
        assert {holding.account.login for holding in holders} == {"eco-decider", "eco-chief"}

    def test_are_found_with_one_query_beyond_session_and_account(self) -> None:
        visitor = Client()
        visitor.post("/kernel/identity/demo/become/", {"login": "amr-examiner"})
        visitor.get("/kernel/access/mine/")  # who runs the site is asked once a minute
        with CaptureQueriesContext(connection) as queries, override_settings(DEMO=False):
            visitor.get("/kernel/access/mine/")
        assert len(queries) <= 4, [query["sql"] for query in queries]


@pytest.mark.django_db
class TestPersonasPart:
    def test_leaves_no_default_account_in_a_production_city(self, city_pack) -> None:  # type: ignore[no-untyped-def]
        with override_settings(DEMO=False):
            install_pack(city_pack, actor=system_actor("test"), at=AT)
        assert not service.Account.objects.exists()

    def test_is_repeatable_and_keeps_sessions_open(self, city_pack) -> None:  # type: ignore[no-untyped-def]
        install_pack(city_pack, actor=system_actor("test"), at=AT)
        before = set(service.Account.objects.values_list("login", "password"))
        install_pack(city_pack, actor=system_actor("test"), at=AT, again=True)
        assert set(service.Account.objects.values_list("login", "password")) == before
        assert len(before) >= 200 + 16 and service.Authorisation.objects.count() == 7
        assert {row.login for row in service.demo_personas()} >= {"founder", "clerk", "agent-expired", "supervisor", "sysadmin"}

    def test_lists_every_error_with_its_place_and_installs_nothing(self, city_pack) -> None:  # type: ignore[no-untyped-def]
        path = city_pack / "officials.csv"
        text = path.read_text(encoding="utf-8").splitlines()
        cells = text[1].split(",")
        cells[2] = cells[2][:17] + ("0" if cells[2][17] != "0" else "1")
        text[1] = ",".join(cells)
        text.append("ghost,无名,,,no-such-post,2026-02-30,,0,nobody")
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        problems = [str(problem) for problem in check_pack(city_pack)]
        assert len(problems) == 4
        assert "officials.csv · 第 2 行" in problems[0] and "校验码" in problems[0]
        assert any("no-such-post" in problem for problem in problems) and any("2026-02-30" in problem for problem in problems)
