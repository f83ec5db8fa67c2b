"""Finding an item: in one's own words, by narrowing down, and when nothing fits."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.front.hall.test_pages import text_of

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


def found(enter: Enter, **asked: str) -> str:
    """What stands between the head of the list and the foot of the page: the facets beside it say names too."""
    html = enter().get("/front/hall/", asked).content.decode()
    return re.sub(r"(?s)<aside.*?</aside>", "", html[html.index("<main") :])


@pytest.mark.requirement("FD-027", part="an item is found in a citizen's own words")
@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("我想开公司", "企业设立“一表制”"),
        ("失业了怎么办", "失业登记"),
        ("我要办居住证", "居住证申领"),
        ("低保怎么申请", "最低生活保障审核确认"),
        ("二手房过户要什么材料", "不动产转移登记"),
        ("jzz", "居住证申领"),
        ("yingyezhizhao", "企业设立“一表制”"),
        ("kai gongsi", "企业设立“一表制”"),
    ],
)
def test_a_wish_in_plain_words_or_pinyin_finds_its_item_first(enter: Enter, said: str, item: str) -> None:
    first = re.search(r"(?s)<h3 class=\"found__title\">.*?</h3>", found(enter, q=said))
    assert first and item in text_of(first[0].encode()), said


def test_what_only_comes_near_is_said_to_be_so(enter: Enter) -> None:
    assert "完全相符" in found(enter, q="想开公司的外国朋友") and "完全相符" not in found(enter, q="失业登记")


@pytest.mark.requirement("FD-027", part="items by life event, topic and department in one hall")
@pytest.mark.parametrize("facet", ["event", "topic", "org"])
def test_every_way_to_browse_leads_to_items(enter: Enter, facet: str) -> None:
    html = enter().get("/front/hall/").content.decode()
    ways = {way.replace("&amp;", "&") for way in re.findall(rf'href="(\?{facet}=[^"]+)"', html)}
    assert ways
    for way in ways:
        shown = enter().get(f"/front/hall/{way}").content.decode()
        assert 'class="found__item"' in shown and "没有找到合适的事项" not in shown, way


def test_a_facet_counts_what_it_would_leave_under_the_other_conditions(enter: Enter) -> None:
    html = enter().get("/front/hall/", {"for": "person", "event": "失业求职"}).content.decode()
    aside = html[html.index('<aside class="facets"') : html.index("</aside>")]
    for way, count in re.findall(r'(?s)<a href="([^"]+)"(?: aria-current="true")?>.*?num">(\d+)<', aside):
        shown = enter().get("/front/hall/" if way == "/front/hall/" else f"/front/hall/{way.replace('&amp;', '&')}").content.decode()
        if "aria-current" in aside.split(way)[1][:25]:
            continue  # takes the condition back
        assert f"共 {count} 项" in shown, way


def test_nothing_found_keeps_the_ways_to_browse(enter: Enter) -> None:
    html = enter().get("/front/hall/", {"q": "qqqq"}).content.decode()
    assert 'class="facet"' in html and "大家常办" in html
