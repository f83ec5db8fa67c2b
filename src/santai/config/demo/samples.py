"""Believable applications for the items of the sample packs: what somebody would have filled in on a given day."""

import copy
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from santai.kernel.forms.service import dated

Data = dict[str, Any]
Person = Mapping[str, Any]  # fields of the population register's answer

ROADS = ("锦绣路", "望江路", "世纪大道", "云桥路", "新港大道", "梅园路", "松涛路", "樱花路", "海棠路", "龙阳路")
EMPLOYERS = ("东江恒信电子有限公司", "东江远航物流有限公司", "东江宏图建材有限公司", "滨江美味餐饮管理有限公司", "东江博文教育咨询有限公司")
HOSPITALS = ("东江市第一人民医院", "滨江新区中心医院", "东江市中医医院", "东江大学附属医院")
SKILLS = ("电工", "会计", "汽车驾驶", "美容美发", "计算机操作", "")
FIRST, SECOND = "澄恒嘉启明瑞盛云拓新远卓锦泽", "禾达川业和德辰康森阳宁洲源合"
TRADES = ("贸易", "软件", "餐饮管理", "物流", "文化传播", "建筑装饰", "环保科技", "电子")


def address(rng: random.Random) -> str:
    return f"东江市滨江新区{rng.choice(ROADS)} {rng.randint(2, 980)} 弄 {rng.randint(1, 60)} 号 {rng.randint(1, 18)}0{rng.randint(1, 4)} 室"


def _ago(on: date, rng: random.Random, least: int, most: int) -> str:
    return (on - timedelta(days=rng.randint(least, most))).isoformat()


def _unemployment(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    reason = rng.choice(["contract", "contract", "dismissed", "resigned", "graduate", "closed"])
    return {
        "address": address(rng),
        "unemployed_on": _ago(on, rng, 3, 50),
        "reason": reason,
        **({"former_employer": rng.choice(EMPLOYERS)} if reason in ("contract", "dismissed", "resigned") else {}),
        "education": rng.choice(["20", "30", "30", "40", "60", "70"]),
        "skills": rng.choice(SKILLS),
        "help": rng.choice([["job"], ["job", "training"], ["training"], ["startup"]]),
        "insured": False,
        "pledge": True,
    }


def _residence(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    ground = rng.choice(["work", "work", "home", "study"])
    extra = {
        "work": {"employer": rng.choice(EMPLOYERS)},
        "home": {"landlord": others[0]["name"], "lease_to": (on + timedelta(days=400)).isoformat()},
        "study": {"school": "东江大学"},
    }[ground]
    return {
        "household": "东江市江北区",
        "address": address(rng),
        "registered_on": _ago(on, rng, 190, 900),
        "ground": ground,
        **extra,
        "receive": "window",
        "pledge": True,
    }


def _chronic(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    return {
        "scheme": rng.choice(["worker", "resident"]),
        "address": address(rng),
        "diseases": [
            {
                "disease": rng.choice(["M03900", "M01600", "M07800"]),
                "diagnosed_on": _ago(on, rng, 300, 2500),
                "hospital": rng.choice(HOSPITALS),
                "report_on": _ago(on, rng, 5, 150),
            }
        ],
        "clinic": "滨江新区中心医院",
        "pledge": True,
    }


def _allowance(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    return {
        "address": address(rng),
        "members": [
            {"relation": "self", "name": person["name"], "id_number": person["code"], "health": "weak", "income": 900, "consents": True},
            {"relation": "spouse", "name": others[0]["name"], "id_number": others[0]["code"], "health": "disabled", "income": 0,
             "consents": True},
        ],
        "cause": ["illness"],
        "description": "长期患病，主要劳动力不能工作，医疗支出较大。",
        "houses": 1,
        "cars": 0,
        "bank_account": "6210018899" + str(rng.randint(10**8, 10**9 - 1)),
        "relative_of_official": False,
        "pledge": True,
    }  # fmt: skip


def _property(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    seller = others[0]
    number = rng.randint(10000, 99999)
    return {
        "certificate_no": f"东（2021）滨江不动产权第 00{number} 号",
        "unit_no": f"189901001001GB{number:05d}F000{number % 1000:03d}00",
        "location": address(rng),
        "use": "home",
        "area": rng.randint(52, 140),
        "cause": "sale",
        "contract_no": f"BJ{on.year}{number}",
        "price": rng.randint(180, 720),
        "tax_no": f"{on.year}1899{number}",
        "mortgaged": False,
        "holding": "sole",
        "parties": [
            _party("seller", seller),
            _party("buyer", person),
        ],
        "all_present": True,
        "pledge": True,
    }


def _party(side: str, person: Person) -> Data:
    return {"side": side, "name": person["name"], "id_kind": "resident-id", "id_number": person["code"], "mobile": person["phone"]}


def _dispatch(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    return {
        "registered_capital": 500,
        "legal_representative": {"name": "方凯", "id_kind": "resident-id", "id_number": "189901198211151115", "mobile": "19981000015"},
        "paid_in_on": _ago(on, rng, 200, 900),
        "premises": address(rng),
        "tenure": "own",
        "area": 260,
        "facilities": "办公桌椅、服务器、人力资源管理系统",
        "staff": [{"name": one["name"], "id_number": one["code"], "post": "派遣专员"} for one in others[:2]],
        "rules": ["contract", "pay", "insurance", "hours", "discipline"],
        "dispatched": rng.randint(30, 300),
        "pledge": True,
    }


def _enterprise(person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    """The demonstration firm's form, filled by other people for a smaller firm; which departments join varies."""
    sample = _sample("enterprise-start/sample.yaml")
    data: Data = copy.deepcopy(dated(sample["data"], on))
    partner, third = others[0], others[1]
    founder = {"name": person["name"], "id_kind": "resident-id", "id_number": person["code"], "mobile": person["phone"]}
    other = {"name": partner["name"], "id_kind": "resident-id", "id_number": partner["code"], "mobile": partner["phone"]}
    last = {"name": third["name"], "id_kind": "resident-id", "id_number": third["code"], "mobile": third["phone"]}
    trade = rng.choice(TRADES)
    word = rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(FIRST)
    due = (on + timedelta(days=1400)).isoformat()
    data.update(
        company_name=f"东江{word}{trade}有限公司",
        registered_capital=600,
        founder=dict(founder),
        shareholders=[
            {"kind": "person", **founder, "nationality": "CHN", "amount": 400, "method": "cash", "due_on": due},
            {"kind": "person", **other, "nationality": "CHN", "amount": 200, "method": "cash", "due_on": due},
        ],
        legal_representative={**founder, "position": "director_manager"},
        directors=[
            {**founder, "role": "chairman", "appointed": "elected"},
            {**founder, "role": "manager", "appointed": "hired"},
            {**other, "role": "director", "appointed": "elected"},
            {**last, "role": "director", "appointed": "elected"},
            {**last, "role": "supervisor", "appointed": "elected"},
        ],
        finance_officer=dict(last),
        liaison=dict(other),
        has_foreign=False,
        has_state_capital=False,
        has_building_project=rng.random() < 0.35,
    )
    data["directors"] = data["directors"][:3] + [{**last, "role": "supervisor", "appointed": "elected"}]
    for account in data["sw"]["accounts"]:
        account["holder"] = data["company_name"]
    data["gs"]["beneficial_owners"] = [{**founder, "control": "share"}]
    data["gs"]["beneficial_owners"][0].pop("mobile")
    for section in ("cz", "wz"):
        data.pop(section, None)
    if not data["has_building_project"]:
        data.pop("hb", None)
    data["domicile"]["road"] = f"{rng.choice(ROADS)} {rng.randint(2, 980)} 号"
    data["delivery"] = {**data.get("delivery", {}), "receiver": person["name"], "mobile": person["phone"]}
    return data


def enterprise_sample(on: date) -> Data:
    """The demonstration firm that needs all seven departments, as filled in on a day; empty without its pack."""
    try:
        found: Data = dated(_sample("enterprise-start/sample.yaml")["data"], on)
    except OSError:
        return {}
    return found


@lru_cache(maxsize=4)
def _sample(name: str) -> Data:
    from django.conf import settings

    found: Data = yaml.safe_load((Path(settings.PACKS_DIR) / name).read_text(encoding="utf-8"))
    return found


SAMPLES: dict[str, Callable[[Person, list[Person], random.Random, date], Data]] = {
    "unemployment-registration": _unemployment,
    "residence-permit": _residence,
    "chronic-disease": _chronic,
    "subsistence-allowance": _allowance,
    "property-transfer": _property,
    "labour-dispatch": _dispatch,
    "enterprise-start": _enterprise,
}


def filled_in(form: str, *, person: Person, others: list[Person], rng: random.Random, on: date) -> Data:
    """What ``person`` fills in on the day ``on``; KeyError for a form no sample is known for."""
    return SAMPLES[form](person, others, rng, on)
