"""Acting for a company with an authority that ended: refused in plain words before anything is begun; a valid one goes on."""

import pytest
from playwright.sync_api import Page

from santai.front.hall.service import Draft
from tests.support import walk
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("resident-basics")


def test_an_expired_authorisation_is_refused_with_the_reason(city: None, page: Page) -> None:
    code = walk.item_code("劳务派遣经营许可")
    sign_in(page, "agent-expired")
    page.goto(f"/front/hall/items/{code}/")
    page.get_by_role("link", name="开始办理").click()
    assert page.get_by_text("授权已于 2024-12-31 到期").is_visible(), "said before it is tried"
    page.get_by_role("radio", name="东江云桥软件有限公司").check()
    page.get_by_role("button", name="开始填写").click()
    assert "到期" in page.get_by_role("alert").inner_text() or "过期" in page.get_by_role("alert").inner_text()
    shot(page, "expired")
    assert not Draft.objects.exists()
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser calls the answer 409 an error of its own
    sound(page)


def test_a_valid_authorisation_begins_in_the_name_of_the_company(city: None, page: Page) -> None:
    code = walk.item_code("劳务派遣经营许可")
    sign_in(page, "agent")
    page.goto(f"/front/hall/items/{code}/start/")
    page.get_by_role("radio", name="东江汇才人力资源有限公司").check()
    page.get_by_role("button", name="开始填写").click()
    draft = Draft.objects.get()
    assert draft.applicant_code == "91189901MA8100029W" and draft.authorisation
    page.goto(f"/front/hall/drafts/{draft.id}/")
    assert page.get_by_text("东江汇才人力资源有限公司").first.is_visible()
    sound(page)
    shot(page, "company-draft")
