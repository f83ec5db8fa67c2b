"""From a word in the search box to a licence anybody can verify: the founder's whole story, with every person who takes part in it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from santai.back.cases.service import Case
from santai.front.hall.service import Application
from santai.kernel.clocks.service import now
from santai.kernel.jobs.service import drain
from tests.support import acts, walk
from tests.support.browser import shot, sign_in, sound
from tests.support.founder import FoundersStory


class OneCity:
    """The story's stage in this process: one database, the live server, messages delivered when the story says so."""

    def __init__(self, visitor: Callable[..., Page]) -> None:
        self.visitor = visitor

    def official(self) -> Page:
        return self.visitor()

    def enter(self, page: Page, login: str) -> None:
        if not page.url.startswith("http"):
            page.goto("/kernel/identity/sign-in/")
        sign_in(page, login)

    def arrive(self, *, made: bool = False) -> None:
        if made:
            drain()
        else:
            walk.deliver()

    def case(self, case_no: str) -> dict[str, Any]:
        return acts.watched(case_no=case_no, at=now())

    def cases_of(self, draft: str) -> list[str]:
        filed = Application.objects.filter(draft=draft).values_list("case_no", flat=True)
        return sorted(Case.objects.filter(case_no__in=filed).values_list("case_no", flat=True))

    def look(self, page: Page, name: str = "") -> None:
        sound(page)
        if name:
            shot(page, name)


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("FD-094", part="the founder's journey, from search to verified licence")
@pytest.mark.requirement("FD-002", part="one form filled once, seven departments in parallel, everything comes out together")
@pytest.mark.requirement("FD-010", part="progress, papers and licence for the applicant on one page")
def test_founder_starts_a_company(visitor: Callable[..., Page]) -> None:
    story = FoundersStory(OneCity(visitor))
    story.files()
    assert Case.objects.count() == Application.objects.count() == 1
    story.is_corrected_once()
    story.stops_and_is_extended()
    story.is_decided()
    story.is_verified_and_rated()
