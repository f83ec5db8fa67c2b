"""An office registers a project, its firm reports the quarter and finds its account manager, who takes a problem to a department."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from santai.back.workorders import service as workorders
from santai.kernel.clocks.service import now, today
from tests.back.projects.test_a_project_is_followed import CODE, ENTRY, FIRM, filed, registered
from tests.back.workorders.test_a_firm_has_an_account_manager import firm_name, holder
from tests.support import walk
from tests.support.browser import PHONE, shot, sign_in, sound
from tests.support.city import install


@pytest.fixture
def city(transactional_db: None) -> None:
    install("enterprise-services")


def acting_for_firm() -> dict[str, str]:
    """The way a session says that shareholder3 acts for the firm."""
    account, actor, _ = walk.company("shareholder3", FIRM)
    from santai.front.space.service import capacities

    return {"for": next(way.key for way in capacities(account, today()) if way.title == firm_name()).removeprefix("for:")}


def test_a_project_is_watched_and_its_firm_looked_after(city: None, visitor: Any) -> None:
    filed("project-approval")
    filed("eia-form")
    desk = visitor()
    sign_in(desk, "reform-examiner")
    desk.goto("/back/projects/?show=unknown")
    sound(desk)
    shot(desk, "unknown")
    desk.get_by_role("table").get_by_role("link", name="登记").click()
    desk.get_by_role("button", name="登记", exact=True).click()
    desk.get_by_text("请先更正").wait_for()
    desk.complaints.clear()  # the browser notes the 422
    sound(desk)
    shot(desk, "register-wrong")
    registered(replace(ENTRY, decided_on=""), when=f"{today() - timedelta(days=200)} 10:00")
    for name, address in (("projects", "/back/projects/?show=overdue"), ("project", f"/back/projects/{CODE}/")):
        for size, options in (("desk", {}), ("phone", {"viewport": PHONE})):
            page = visitor(**options)
            page.goto("/")
            sign_in(page, "reform-examiner")
            page.goto(address)
            sound(page)
            shot(page, f"{name}-{size}")
            page.close()
    desk.goto(f"/back/projects/{CODE}/")
    desk.get_by_role("button", name="催报").click()
    desk.get_by_text("已催报，项目单位").wait_for()

    entry = {"firm_code": FIRM, "firm_name": firm_name(), "holder": holder("reform-examiner"), "phone": "0189-62244438"}
    head = walk.official("reform-decider")
    manager = workorders.name_manager(**entry, since=today().isoformat(), until="", actor=head, at=now())
    walk.deliver()
    firm = visitor(viewport=PHONE)
    firm.goto("/")
    sign_in(firm, "shareholder3", acting=acting_for_firm())
    firm.goto("/front/space/firm/")
    sound(firm)
    shot(firm, "firm-phone")
    assert "0189-62244438" in firm.content() and ENTRY.name in firm.content()
    firm.get_by_role("link", name="报送进度").click()
    firm.get_by_role("button", name="报送", exact=True).click()
    firm.get_by_text("请先更正").wait_for()
    firm.complaints.clear()
    sound(firm)
    shot(firm, "report-wrong-phone")
    firm.get_by_label("在建").check()
    firm.get_by_label("开工或竣工日期").fill((today() - timedelta(days=190)).isoformat())
    firm.get_by_label("累计完成投资").fill("1200")
    firm.get_by_label("工程进展").fill("桩基施工完成。")
    firm.get_by_role("button", name="报送", exact=True).click()
    firm.get_by_text("进度已报送").wait_for()

    desk.goto(f"/back/workorders/firms/{manager.id}/")
    sound(desk)
    shot(desk, "firm-desk")
    desk.get_by_label("承办部门").select_option("tax")
    desk.get_by_label("问题和诉求").fill("发票额度不够用。")
    desk.get_by_role("button", name="转交").click()
    desk.get_by_text("已转交部门").wait_for()
    sound(desk)
    shot(desk, "problem")
    head_page = visitor()
    head_page.goto("/")
    sign_in(head_page, "reform-decider")
    head_page.goto("/back/workorders/firms/")
    sound(head_page)
    shot(head_page, "naming")
