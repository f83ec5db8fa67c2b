"""Values other rooms hand to the design system."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Area = Literal["public", "workbench", "person", "footer"]


@dataclass(frozen=True, kw_only=True)
class Site:
    """Who runs this site: shown in header, footer and the three site tags every page carries."""

    name: str
    domain: str = ""
    id_code: str = ""  # 网站标识码
    organiser: str = ""  # 主办单位
    phone: str = ""
    hours: str = ""
    address: str = ""
    icp: str = ""
    police_record: str = ""
    search_url: str = "/front/hall/"
    workbench_url: str = "/kernel/web/workbench/"

    @property
    def reachable(self) -> bool:
        """Is there anything to say under 联系我们?"""
        return any((self.organiser, self.phone, self.hours, self.address))


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry of a menu. ``visible`` and ``count`` take the request; an entry without ``visible`` is for all."""

    area: Area
    title: Any  # text, or lazy text
    url: str  # a URL name (front_hall:home) or a path (/front/hall/)
    order: int = 50
    visible: Callable[[Any], bool] | None = None
    count: Callable[[Any], int] | None = None
