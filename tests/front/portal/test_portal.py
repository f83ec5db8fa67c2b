"""The city's home page: in Chinese and English, on desk and phone, with and without what other rooms put on it."""

from typing import Any

import pytest
from django.test import Client

from santai.front.portal import service
from tests.support.browser import PHONE, sound

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ("", "about/", "help/", "accessibility/", "site-map/", "report-error/")


@pytest.fixture
def full_house(monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = [service.Tile(title="我要开公司", href="/", text="一张表", icon="company", audience="company", featured=True)]
    tiles += [service.Tile(title="住房和城乡建设委员会（人民防空办公室、地震工作办公室）", href="/", icon="home") for _ in range(9)]
    monkeypatch.setattr(service, "_tiles", [lambda: tiles])
    monkeypatch.setattr(service, "_figures", [lambda: [service.Figure(label="今天收到的申请", value=128, unit="件", source="办件库")]])


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_home_is_accessible_quiet_and_unbroken(visitor: Any, full_house: None, language: str) -> None:
    for options in ({}, {"viewport": PHONE}, {"color_scheme": "dark"}):
        page = visitor(locale=language, **options)
        page.goto("/")
        sound(page)


@pytest.mark.parametrize("place", PLACES)
def test_every_page_of_the_portal_is_whole_in_english(place: str) -> None:
    """Every Chinese character on an English page stands in an element that says it is Chinese."""
    import re

    html = Client(headers={"accept-language": "en"}).get(f"/front/portal/{place}").content.decode()
    body = re.sub(
        r"(?s)<head>.*?</head>|<!--.*?-->|<nav class=\"mainnav\".*?</nav>|<footer.*?</footer>|class=\"demobar\".*?</form>", "", html
    )
    body = re.sub(r"(?s)<(\w+)[^>]*\blang=\"zh-Hans\"[^>]*>.*?</\1>", "", body)
    body = re.sub(r"(?s)<main.*?Site map.*?</main>", "", body) if place == "site-map/" else body
    assert [line for line in body.splitlines() if re.search(r"[\u4e00-\u9fff]", line) and "placeholder" not in line] == []


def test_home_carries_the_three_site_tags() -> None:
    html = Client().get("/").content.decode()
    for name in ("SiteName", "SiteDomain", "SiteIDCode"):
        assert f'<meta name="{name}"' in html


def test_an_empty_house_shows_no_empty_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_tiles", [])
    monkeypatch.setattr(service, "_figures", [])
    html = Client(headers={"accept-language": "zh"}).get("/").content.decode()
    assert "按您要办的事找" not in html
    assert "要办什么事" in html
