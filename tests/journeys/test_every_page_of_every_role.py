"""Every page of every role: it answers, it is sound for assistive software, the console is silent, nothing breaks out of a phone, a tablet
or large type, and the dark can be read."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.browser import sign_in
from tests.support.crawl import Crawl, report
from tests.support.lived_city import _django_db_helper, lived_city

__all__ = ["_django_db_helper", "lived_city"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# what the visitor's crawl reads for everybody
COMMON = frozenset({"home", "front_portal", "front_ratings:home", "kernel_orgs", "demo", "design", "design_workbench", "design_sheet"})
HALL = frozenset({"front_hall:home", "front_hall:guide", "front_hall:guide_print", "front_hall:questions", "front_hall:track"})
VERIFY = frozenset({"verify", "verify_token", "kernel_identity:sign_in", "kernel_identity:register"})
SAMPLES = frozenset({"design", "design_workbench", "design_sheet", "demo"})  # for developers and for the demonstration
OFFICIALS = COMMON | HALL | VERIFY | {"kernel_clocks", "front_space"}  # an official's own space: the leader's crawl

PEOPLE: dict[str, tuple[str, frozenset[str], tuple[str, ...]]] = {
    "resident": ("resident", COMMON | VERIFY, ("/front/space/", "/front/hall/")),
    "founder": ("founder", COMMON | HALL | VERIFY, ("/front/space/", "/front/space/cases/", "/front/space/drafts/")),
    "clerk": ("clerk", OFFICIALS - {"kernel_clocks"}, ("/back/desk/", "/kernel/clocks/")),
    "examiner": ("amr-examiner", OFFICIALS, ("/back/desk/",)),
    "examiner-of-a-line-system": ("tax-examiner", OFFICIALS, ("/back/desk/",)),
    "decider": ("police-decider", OFFICIALS, ("/back/desk/",)),
    "supervisor": ("supervisor", OFFICIALS, ("/oversight/supervision/",)),
    "leader": ("leader", OFFICIALS - {"front_space"}, ("/oversight/cockpit/",)),
    "item-manager": ("item-manager", OFFICIALS, ("/exchange/items/", "/kernel/flow/")),
    "steward": ("steward", OFFICIALS, ("/exchange/gateway/",)),
    "operator": ("operator", OFFICIALS, ("/exchange/bus/", "/exchange/notices/", "/kernel/packs/")),
    "sysadmin": ("sysadmin", OFFICIALS, ("/kernel/packs/", "/kernel/flow/", "/kernel/access/mine/")),
}  # fmt: skip


def _judge(crawl: Crawl, who: str) -> None:
    report(crawl, who, os.environ.get("SANTAI_SHOTS"))
    assert not crawl.found, "\n".join([f"{len(crawl.seen)} pages read", *crawl.found])
    assert len(crawl.seen) > 3, f"only {crawl.seen}: signed in as nobody?"


def test_what_a_visitor_can_reach_is_sound(page: Page) -> None:
    _judge(Crawl(page).follow("/", "/kernel/identity/sign-in/", "/demo/", "/design/"), "visitor")


def test_crawl_finds_what_is_wrong_with_a_page(page: Page) -> None:
    """The control: a page with one of each mistake."""
    wrong = """<!doctype html><title></title><style>
        @media (prefers-color-scheme: dark) { body { background: #fff; color: #999 } } [data-elder] p { width: 800px }</style>
        <body style="width: 900px"><p>大</p><img src="/static/none.png"><a href="/front/nowhere/">去</a>
        <a href="#gone">到</a><a href="/front/portal/help/">帮助</a><script>console.error("oh")</script>
        <div style="width: 900px">宽</div>"""
    page.route("**/front/portal/about/", lambda route: route.fulfill(body=wrong, content_type="text/html"))
    found = "\n".join(Crawl(page, most=1).follow("/front/portal/about/", "/front/nowhere/").found)
    assert [
        word
        for word in (
            "main headings",
            "title “”",
            "lang “”",
            "#gone",
            "axe: critical: image-alt",
            "wider than a phone",
            "wider than a tablet",
            "in the dark: axe: serious: color-contrast",
            "in large type wider than a phone",
            "console: error: oh",
        )
        if word not in found
    ] == []
    assert "/front/nowhere/: no such page" in "\n".join(Crawl(page).follow("/front/nowhere/").found)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_this_role_can_reach_is_sound(page: Page, who: str) -> None:
    login, skip, starts = PEOPLE[who]
    sign_in(page, login)
    _judge(Crawl(page, skip=skip).follow(*starts), who)


def test_what_somebody_acting_for_a_company_can_reach_is_sound(page: Page) -> None:
    from santai.kernel.identity.service import Authorisation

    authority: Any = Authorisation.objects.get(grantee__login="hr-manager", grantor_code="91189901MA8100029W")
    sign_in(page, "hr-manager", acting={"for": str(authority.pk)})
    _judge(Crawl(page, skip=COMMON | HALL | VERIFY).follow("/front/space/", "/front/hall/"), "company")


@pytest.mark.parametrize("who", ["", "founder"])
def test_public_pages_are_in_english_and_mark_what_is_not(visitor: Callable[..., Page], who: str) -> None:
    page = visitor(locale="en-US")
    if who:
        sign_in(page, who)
    starts = ("/front/space/", "/front/space/cases/", "/front/space/drafts/") if who else ("/", "/kernel/identity/sign-in/")
    skip = SAMPLES | (COMMON | VERIFY if who else frozenset())
    _judge(Crawl(page, skip=skip, english=True).follow(*starts), f"english-{who or 'visitor'}")
