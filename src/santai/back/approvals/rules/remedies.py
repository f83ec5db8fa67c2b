"""Which remedies stand against a decision, told by the organ that decided. Pure.

行政复议法 (2023) 20 (sixty days), 23 (review first), 24 (the people's government of the same level), 27 (customs, tax: the organ above),
28 (justice: either); 行政诉讼法 14, 15 (customs and governments: the intermediate court), 26 (who answers), 46 (six months);
税收征收管理法 88 (a tax decision: pay or give security, review, then the court).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

OrganKind = Literal[
    "district_department", "city_department", "city_branch", "government", "street_office", "town_government", "tax", "justice", "customs",
    "authorised", "unverified",
]  # fmt: skip
DecisionKind = Literal["refused", "not_accepted", "registration_refused", "tax", "penalty_on_spot", "penalty", "no_decision"]
FIRST = frozenset({"tax", "penalty_on_spot", "no_decision"})  # review must come before the court
UNVERIFIED = "待核实"


@dataclass(frozen=True, kw_only=True)
class OrganFacts:
    """Who decided. ``done_by``: a delegated body acted in its name; ``merged_into``: it exists no longer, that one goes on."""

    name: str
    kind: OrganKind
    district: str = ""
    city: str = ""
    superior: str = ""
    done_by: str = ""
    merged_into: str = ""


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """What the notice says. ``review``: the organs open to choice; ``court``: empty where review must come first."""

    respondent: str
    review: tuple[str, ...]
    review_days: int = 60
    review_first: bool = False
    pay_first: bool = False
    court: str = "基层人民法院"
    suit_months: int = 6
    sentences: tuple[str, ...] = field(default=())


def organ_kind(name: str, *, level: str, remedy: str) -> OrganKind:
    """The kind of organ by its name and level; unverified where the city has not settled who reviews it."""
    if UNVERIFIED in remedy:
        return "unverified"
    for ending, kind in (("街道办事处", "street_office"), ("镇人民政府", "town_government"), ("乡人民政府", "town_government")):
        if name.endswith(ending):
            return kind  # type: ignore[return-value]
    if name.endswith("人民政府"):
        return "government"
    if "税务局" in name:
        return "tax"
    if "海关" in name:
        return "customs"
    if name.endswith("分局"):
        return "city_branch"
    if "司法局" in name:
        return "justice"
    return "city_department" if level == "city" else "district_department"


def remedies_for(organ: OrganFacts, decision: DecisionKind) -> Remedies | None:
    """The remedies against ``decision`` of ``organ``; None where it is not known who reviews it: nobody prints a guess."""
    review = _review(organ)
    if not review:
        return None
    court = "中级人民法院" if organ.kind in ("government", "customs") else "基层人民法院"
    found = Remedies(
        respondent=organ.merged_into or organ.name, review=review, review_first=decision in FIRST, pay_first=decision == "tax", court=court
    )
    return Remedies(**{**vars(found), "sentences": _told(found, decision)})


def _review(organ: OrganFacts) -> tuple[str, ...]:
    district, city = f"{organ.district}人民政府", f"{organ.city}人民政府"
    match organ.kind:
        case "district_department" | "authorised" | "street_office" | "town_government":
            return (district,) if organ.district else ()
        case "city_department":
            return (city,)
        case "city_branch":
            return (city, district)
        case "government":
            return (city,) if organ.name != city else ()
        case "justice":
            return (district, f"{organ.city}司法局") if organ.district else (city,)
        case "tax" | "customs":
            above = organ.superior or (organ.name.replace(organ.district, organ.city) if organ.district in organ.name else "")
            return (above,) if above and above != organ.name else ()
    return ()


def _told(remedies: Remedies, decision: DecisionKind) -> tuple[str, ...]:
    either = "，也可以向".join(remedies.review)
    what = "本决定" if decision != "no_decision" else "行政机关未履行法定职责"
    since = "收到本决定书" if decision != "no_decision" else "知道"
    if remedies.pay_first:
        return (
            f"同税务机关在纳税上发生争议的，应当先缴纳或者解缴税款、滞纳金或者提供相应的担保，然后可以自缴清或者提供担保之日起"
            f"六十日内向{either}申请行政复议；对行政复议决定不服的，可以依法向人民法院提起行政诉讼。",
        )
    if remedies.review_first:
        return (
            f"如不服{what}，应当先自{since}之日起六十日内向{either}申请行政复议；"
            f"对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向人民法院提起行政诉讼。",
        )
    return (
        f"如不服{what}，可以自{since}之日起六十日内向{either}申请行政复议，"
        f"也可以自{since}之日起六个月内依法向{remedies.court}提起行政诉讼。",
    )


def names_other(said: str, remedies: Remedies) -> bool:
    """Does a text typed by hand name another review organ than the computed ones?"""
    return not any(organ in said for organ in remedies.review)


def joined(organs: Sequence[str]) -> str:
    return "，也可以向".join(organs)
