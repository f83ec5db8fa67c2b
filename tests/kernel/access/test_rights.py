"""Rights come from the post in use, reach no further than its role, and are compiled into the query."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from santai.kernel.access.service import ROLES, NotAllowed, conflict, may, require, role_required, roles_of, scope
from santai.kernel.identity.service import PostHolding, actor_for_account, end_post, find_account
from santai.kernel.ledger.service import Actor, system_actor
from santai.kernel.orgs.service import Organisation, Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
AT = datetime(2026, 2, 9, 1, tzinfo=UTC)


def acting(login: str, post: str) -> Actor:
    account = find_account(login)
    assert account is not None
    return actor_for_account(account, post)


class TestMay:
    def test_grants_what_the_post_grants_in_its_own_body_only(self) -> None:
        examiner = acting("amr-examiner", "amr-examiner")
        assert may(examiner, "examiner") and may(examiner, "examiner", organisation="amr")
        assert not may(examiner, "examiner", organisation="tax")
        assert not may(examiner, "decider") and not may(examiner, "supervisor")

    def test_denies_strangers_residents_and_the_platform_by_default(self) -> None:
        founder = find_account("founder")
        assert founder is not None
        for actor in (None, actor_for_account(founder), system_actor("clocks")):
            assert not any(may(actor, role) for role in ROLES)

    def test_denies_a_post_the_account_does_not_hold(self) -> None:
        founder = find_account("founder")
        assert founder is not None
        forged = Actor(kind="official", account=str(founder.pk), name="x", post="amr-decider", organisation="amr")
        assert not may(forged, "decider")
        assert not may(Actor(kind="official", account="not-an-id", name="x", post="amr-decider"), "decider")

    def test_a_supervisor_reaches_every_body_of_the_region_and_none_outside(self) -> None:
        supervisor = acting("asc-supervisor", "asc-supervisor")
        assert may(supervisor, "supervisor", organisation="eco") and may(supervisor, "supervisor", organisation="jinxiu")
        assert not may(supervisor, "supervisor", organisation="tax-city")

    def test_only_the_post_in_use_counts(self) -> None:
        assert roles_of(acting("fin-examiner", "finance-examiner")) == {"examiner"}
        assert roles_of(acting("fin-examiner", "asc-intake-4")) == {"intake"}

    def test_a_delegated_chief_decides_and_another_does_not(self) -> None:
        assert may(acting("amr-chief", "amr-chief"), "decider")
        assert not may(acting("commerce-chief", "commerce-chief"), "decider")

    def test_an_ended_post_is_gone_at_once(self) -> None:
        examiner = acting("tax-examiner", "tax-examiner")
        account = find_account("tax-examiner")
        assert account is not None and may(examiner, "examiner")
        held = account.holdings.get(post_id="tax-examiner")
        end_post(account=account, holding=str(held.pk), at_once=True, why="调离", actor=system_actor("test"), at=AT)
        assert not may(examiner, "examiner", on=date(2026, 2, 9))
        with pytest.raises(NotAllowed):
            require(examiner, "examiner", on=date(2026, 2, 9))

    def test_posts_of_merged_bodies_give_no_rights_today(self) -> None:
        assert not may(acting("amr-examiner", "aic-examiner"), "examiner")

    def test_a_misspelt_role_is_the_programmers_mistake(self) -> None:
        with pytest.raises(KeyError):
            may(None, "examinor")


class TestScope:
    """Posts stand in for cases: a table with an organisation."""

    def seen(self, actor: Actor | None, *roles: str) -> set[str]:
        return set(Post.objects.filter(scope(actor, *roles)).values_list("organisation_id", flat=True))

    def test_an_official_sees_nothing_of_another_department(self) -> None:
        assert self.seen(acting("amr-examiner", "amr-examiner"), "examiner") == {"amr"}
        assert self.seen(acting("eco-decider", "eco-decider"), "decider") == {"eco"}

    def test_nothing_is_seen_without_the_role_or_a_post(self) -> None:
        assert self.seen(acting("amr-examiner", "amr-examiner"), "decider") == set()
        assert self.seen(None, "examiner") == set()
        assert self.seen(acting("sysadmin", "dsj-sysadmin"), "system_admin") == set()

    def test_a_leader_sees_the_region(self) -> None:
        seen = self.seen(acting("leader", "gov-office-leader"), "leader")
        assert {"amr", "wangjiang", "jinxiu"} <= seen and "dsj-city" not in seen

    def test_is_one_predicate_in_one_query(self) -> None:
        predicate = scope(acting("leader", "gov-office-leader"), "leader", organisation_field="code", region_field="region")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(Organisation.objects.filter(predicate))
        assert len(queries) == 1


def test_no_person_of_the_city_combines_two_administrators() -> None:
    roles: dict[object, set[str]] = {}
    for holding in PostHolding.objects.select_related("post"):
        roles.setdefault(holding.account_id, set()).update(holding.post.roles)
    assert not [found for found in roles.values() if conflict(found)]
    assert conflict({"system_admin", "audit_admin"})


class TestRoleRequired:
    def test_lets_the_role_in_and_tells_others_what_is_missing(self) -> None:
        view = role_required("supervisor")(lambda request: HttpResponse("in"))
        request = RequestFactory().get("/x/")
        request.actor = acting("supervisor", find_account("supervisor").holdings.first().post_id)  # type: ignore
        assert view(request).content == b"in"

    def test_a_misspelt_role_fails_when_the_page_is_written(self) -> None:
        with pytest.raises(KeyError):
            role_required("superviser")

    def test_my_rights_page_shows_the_role_and_its_reach(self) -> None:
        visitor = Client()
        visitor.post("/kernel/identity/demo/become/", {"login": "supervisor"})
        page = visitor.get("/kernel/access/mine/").content.decode()
        assert "效能监督" in page and "本区域内各单位" in page
