"""The space and the ratings as people see them: accessible, quiet, unbroken, on desk and phone, in Chinese and English."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from santai.front.ratings import service as ratings
from santai.kernel.clocks.service import now, today
from santai.kernel.identity.service import actor_for_account
from tests.support.browser import PHONE, shot, sign_in, sound
from tests.support.own_things import FIRM, LONG, Things

PAGES = ("home", "cases", "drafts", "documents", "licences", "messages", "authorisations", "data")


def fill(things: Things) -> dict[str, Any]:
    """Everything at once, with the longest names."""
    correction = things.correction(days_ago=6)
    done = things.case(state="completed", days_ago=12)
    things.case(item_name="建筑物、构筑物附属设施以及市政基础设施工程（含人民防空工程）竣工验收备案", organisation_name=LONG, days_ago=2,
                parts={"gs": {"clocks": [], "outcome": "granted"}, "sw": {"clocks": []}, "cz": {"clocks": []}})  # fmt: skip
    things.case(state="completed", outcome="refused", rated=True, days_ago=30)
    things.case(clocks=[{"kind": "promised", "state": "stopped", "due_at": now().isoformat(), "unit": "working_day"}], due_at=None)
    things.draft("agent", sign=("founder",))
    draft = things.draft(sign=("agent", "legal-rep"))
    things.paper(done)
    things.paper(correction, title="一次性补正告知书", opened_at=now())
    licence = things.licence(done, valid_to=(today() + timedelta(days=900)).isoformat())
    things.licence(done, title="环境影响评价文件批准书", revoked_at=now(), revoked_why="持证人申请注销")
    message = things.message(case_no=done.case_no)
    things.message(title="请补正：企业设立一表制，" + LONG)
    return {"case": done, "draft": draft, "licence": licence, "message": message}


@pytest.mark.django_db(transaction=True)
def test_space_is_accessible_quiet_and_unbroken(visitor: Any, things: Things) -> None:
    made = fill(things)
    addresses = {name: reverse(f"front_space:{name}") for name in PAGES} | {
        "licence": reverse("front_space:licence", args=[made["licence"].identifier]),
        "message": reverse("front_space:message", args=[made["message"]]),
        "none-found": reverse("front_space:cases") + "?q=没有&state=done",
        "rate": reverse("front_ratings:rate", args=[made["case"].case_no]),
        "ratings-empty": reverse("front_ratings:home"),
    }
    for device, options in (("desk", {}), ("phone", {"viewport": PHONE}), ("dark", {"color_scheme": "dark"})):
        page = visitor(**options)
        page.goto(reverse("front_portal:about"))
        sign_in(page, "founder", acting={})
        for name, address in addresses.items():
            page.goto(address)
            sound(page)
            if device != "dark":
                shot(page, f"{name}-{device}")
        page.close()


@pytest.mark.django_db(transaction=True)
def test_firms_pages_and_the_grant_are_accessible_with_their_errors(visitor: Any, things: Things) -> None:
    things.case("legal-rep", of=FIRM)
    for device, options in (("desk", {}), ("phone", {"viewport": PHONE})):
        page = visitor(**options)
        page.goto(reverse("front_portal:about"))
        sign_in(page, "legal-rep", acting={"for": str(things.authority("legal-rep").pk)})
        for name in ("home", "authorisations"):
            page.goto(reverse(f"front_space:{name}"))
            sound(page)
            shot(page, f"firm-{name}-{device}")
        page.get_by_role("link", name="授权给经办人").click()
        page.get_by_role("button", name="确认授权").click()
        page.get_by_role("link", name="请填写被授权人的姓名").click()
        assert page.evaluate("document.activeElement.name") == "name"
        page.complaints[:] = [one for one in page.complaints if "422" not in one]
        sound(page)
        shot(page, f"firm-grant-{device}")
        page.close()


@pytest.mark.django_db(transaction=True)
def test_a_phone_rates_with_a_thumb_and_is_refused_the_second_time(visitor: Any, things: Things) -> None:
    case = things.case(state="completed")
    page = visitor(viewport=PHONE)
    other = visitor()
    for one in (page, other):
        one.goto(reverse("front_portal:about"))
        sign_in(one, "founder", acting={})
        one.goto(reverse("front_ratings:rate", args=[case.case_no]))
    page.get_by_role("radio", name="不满意", exact=True).check()
    assert page.get_by_text("哪里没有做好？").is_visible() and page.get_by_text("哪里做得好？").is_hidden()
    page.get_by_role("checkbox", name="多次跑腿").check()
    page.get_by_label("还想说些什么？").fill("跑了三趟")
    sound(page)
    shot(page, "rate-chosen-phone")
    page.get_by_role("button", name="提交评价").click()
    page.get_by_role("heading", name="谢谢您的评价").wait_for()
    sound(page)
    shot(page, "thanks-phone")
    other.get_by_role("radio", name="非常满意", exact=True).check()
    other.get_by_label("还想说些什么？").fill("很好")
    shot(other, "rate-chosen-desk")
    other.get_by_role("button", name="提交评价").click()
    assert other.get_by_label("还想说些什么？").input_value() == "很好"
    other.get_by_role("alert").get_by_role("link", name="已经评价过").click()
    shot(other, "rate-refused-desk")
    assert ratings.Rating.objects.get().level == 4


@pytest.mark.django_db(transaction=True)
def test_the_public_summary_is_accessible(visitor: Any, things: Things) -> None:
    for number, level in enumerate((1, 1, 1, 2, 3, 5, 4)):
        ratings.rate(
            occasion=ratings.Occasion(kind="visit", number=str(number), item_name="企业设立一表制", organisation=f"o{number % 3}",
                                      organisation_name=("市场监督管理局", LONG, "公安分局")[number % 3]),
            level=level, text="材料少，一天就办好了，窗口讲得清楚。" if level < 3 else "要求的材料指南上没有写。",
            actor=actor_for_account(things.account("founder")), at=now(),
        )  # fmt: skip
    for device, options in (("desk", {}), ("phone", {"viewport": PHONE}), ("english", {"locale": "en-GB"})):
        page = visitor(**options)
        for where in ("", "?organisation=o1&period=30"):
            page.goto(reverse("front_ratings:home") + where)
            sound(page)
            shot(page, f"ratings-{device}{'-one' if where else ''}")
        page.close()


class Foreign(HTMLParser):
    """Collects Chinese text inside <main> that no element around it says is Chinese."""

    VOID = frozenset({"input", "br", "img", "meta", "link", "use", "path", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            said = dict(attrs).get("lang")
            self.stack.append((tag, said.startswith("zh") if said else bool(self.stack and self.stack[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag == "main" for tag, _ in self.stack) and not self.stack[-1][1] and re.search(r"[一-鿿]", data):
            self.found.append(data.strip())


def chinese_left(html: str) -> list[str]:
    parser = Foreign()
    parser.feed(html)
    return parser.found


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["founder", "legal-rep", "resident"])
def test_every_page_is_whole_in_english(things: Things, login: str) -> None:
    made = fill(things)
    client = Client(headers={"accept-language": "en"})
    things.enter(client, login, as_firm=login == "legal-rep")
    addresses = [reverse(f"front_space:{name}") for name in PAGES] + [reverse("front_ratings:home")]
    if login == "founder":
        addresses += [
            reverse("front_space:licence", args=[made["licence"].identifier]),
            reverse("front_space:message", args=[made["message"]]),
            reverse("front_ratings:rate", args=[made["case"].case_no]),
            reverse("front_space:drafts") + f"?discarded={made['draft'].id}",
        ]
        client.post(reverse("front_space:discard", args=[made["draft"].id]))
    if login == "legal-rep":
        addresses.append(reverse("front_space:grant"))
    found = {address: chinese_left(client.get(address).content.decode()) for address in addresses}
    assert {address: lines for address, lines in found.items() if lines} == {}
    if login == "founder":
        url = reverse("front_ratings:rate", args=[made["case"].case_no])
        assert chinese_left(client.post(url, {}).content.decode()) == []
        done = client.post(url, {"level": "5", "tags": ["late"], "text": "A long wait"}, follow=True)
        assert chinese_left(done.content.decode()) == []
        assert chinese_left(client.post(url, {"level": "5"}).content.decode()) == []
    if login == "legal-rep":
        assert "Choose at least one service" in client.post(reverse("front_space:grant"), {"scope": "some"}).content.decode()
        assert chinese_left(client.post(reverse("front_space:grant"), {"scope": "some"}).content.decode()) == []
