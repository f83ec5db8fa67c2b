"""What the hall puts on the city's home page."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from santai.front.hall import service
from santai.front.hall.rules.audience import for_companies
from santai.front.portal.service import Figure, Tile
from santai.kernel.clocks.service import now

MOST = 8
OFTEN = 4
ICONS = {
    "开办企业": "company",
    "企业开办": "company",
    "企业变更": "company",
    "投资建设": "company",
    "经营许可": "shop",
    "生产经营": "shop",
    "用工": "work",
    "年报年检": "book",
    "失业求职": "work",
    "就业创业": "work",
    "落户安居": "home",
    "购房": "home",
    "买房卖房": "home",
    "看病就医": "heart",
    "生育": "family",
    "困难救助": "heart",
    "结婚": "family",
    "上学": "book",
    "出行": "car",
    "开餐饮店": "shop",
    "养老退休": "elder",
    "证件办理": "card",
    "租房安家": "home",
    "子女上学": "book",
    "物业小区": "home",
    "农村建房": "home",
    "买车用车": "car",
    "旅游出行": "car",
    "身后事": "family",
    "残疾人服务": "heart",
    "遇到困难": "heart",
}


def tiles() -> list[Tile]:
    """A tile a life event, leading straight to the item where it has only one; the most used are named under the search box."""
    found: dict[str, list[service.ItemCopy]] = {}
    for copy in service.find_items().only("code", "name", "life_events", "holder_kinds", "summary"):
        for event in copy.life_events or copy.topics:
            found.setdefault(event, []).append(copy)
    hall = reverse("front_hall:home")
    made = [
        Tile(
            title=event,
            href=reverse("front_hall:guide", args=[copies[0].code]) if len(copies) == 1 else f"{hall}?{urlencode({'event': event})}",
            text="、".join(copy.name for copy in copies[:3]),
            icon=ICONS.get(event, "file"),
            audience="company" if _for_companies(event, copies) else "person",
            featured=number < OFTEN,
        )
        for number, (event, copies) in enumerate(found.items())
    ]
    return [one for kind in ("company", "person") for one in [tile for tile in made if tile.audience == kind][:MOST]]


def _for_companies(event: str, copies: list[service.ItemCopy]) -> bool:
    return for_companies(event) or all("organisation" in copy.holder_kinds for copy in copies)


def todays_figures() -> list[Figure]:
    today = service.figures(localdate(now()))
    source = _("办件记录，实时")
    return [
        Figure(label=_("今天收到的申请"), value=today["filed"], unit=_("件"), source=source),
        Figure(label=_("今天办结"), value=today["completed"], unit=_("件"), source=source),
        Figure(label=_("可以网上办的事项"), value=today["items"], unit=_("项"), href=reverse("front_hall:home")),
    ]
