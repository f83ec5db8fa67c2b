"""Synthetic people, firms and addresses: the same seed gives the same ones. No real person has a number of division 1899xx."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅建国志文海波宁欣怡梓涵浩然子轩雨桐思远嘉佳琪诗晨曦一诺俊博睿泽宇"
    "晓彤慧玲春兰德胜永福庆祥云飞鹏程雪琴淑珍振东立新亚楠若兰"
)
RARE = ("䶮", "邶", "堃", "喆", "翀", "犇", "昇", "玥")


@dataclass(frozen=True)
class SyntheticPerson:
    code: str
    name: str
    sex: str
    birth: date
    division: str
    address: str
    phone: str


@dataclass(frozen=True)
class SyntheticFirm:
    credit_code: str
    name: str
    district: str
    trade_name: str
    industry: str
    form: str
    type: str
    capital: int  # 万元
    established_on: date
    address: str
    division: str
    scope: str
    industry_code: str
    legal_representative: SyntheticPerson


def addresses(spec: Mapping[str, Any]) -> list[dict[str, str]]:
    """Standard addresses: 12-digit division, road, number, building."""
    chance = random.Random(f"{spec['seed']}:addresses")
    made: list[dict[str, str]] = []
    divisions: Sequence[Mapping[str, Any]] = spec["divisions"]
    wanted = int(spec["addresses"])
    number = 0
    while len(made) < wanted:
        division = divisions[number % len(divisions)]
        road = division["roads"][number // len(divisions) % len(division["roads"])]
        house = 2 * (number // (len(divisions) * len(division["roads"])) + 1) + chance.randrange(0, 2)
        number += 1
        lane = f"{chance.randrange(10, 400)} 弄 {house} 号" if chance.random() < 0.5 else f"{house * 8} 号"
        room = f"{chance.randrange(1, 12)} 幢 {chance.randrange(1, 19)}{chance.randrange(1, 9):02d} 室" if chance.random() < 0.75 else ""
        line = f"{road} {lane}"
        made.append(
            {
                "code": f"{division['code']}{number:07d}",
                "division": division["code"],
                "division_name": division["name"],
                "road": line,
                "room": room,
                "full": f"{division['prefix']}{line}{' ' + room if room else ''}",
            }
        )
    return made


def people(spec: Mapping[str, Any], homes: Sequence[Mapping[str, str]], check: Callable[[str], str]) -> Iterator[SyntheticPerson]:
    chance = random.Random(f"{spec['seed']}:people")
    regions: Sequence[str] = spec["regions"]
    newest = date.fromisoformat(str(spec["as_of"]))
    used: dict[str, int] = {}
    for number in range(int(spec["persons"])):
        region = regions[0] if chance.random() < 0.7 else chance.choice(list(regions))
        birth = newest - timedelta(days=int(abs(chance.triangular(0, 92, 38)) * 365.25))
        female = chance.random() < 0.5
        slot = f"{region}{birth:%Y%m%d}"
        # Sequences from 400 up belong to the generator; the hand-made people of the packs use lower ones.
        sequence = 400 + 2 * used.get(slot, 0) + (0 if female else 1)
        used[slot] = used.get(slot, 0) + 1
        first17 = f"{slot}{sequence:03d}"
        given = "".join(chance.choice(GIVEN) for _ in range(1 if chance.random() < 0.18 else 2))
        if number % 500 == 7:
            given = chance.choice(RARE)
        home = homes[chance.randrange(len(homes))]
        yield SyntheticPerson(
            code=first17 + check(first17),
            name=chance.choice(SURNAMES) + given,
            sex="女" if female else "男",
            birth=birth,
            division=home["division"],
            address=home["full"],
            phone=f"199{82_000_000 + number:08d}",
        )


def firms(
    spec: Mapping[str, Any],
    homes: Sequence[Mapping[str, str]],
    adults: Sequence[SyntheticPerson],
    credit_code: Callable[[str, str, int], str],
) -> Iterator[SyntheticFirm]:
    chance = random.Random(f"{spec['seed']}:firms")
    lines: Sequence[Mapping[str, str]] = spec["industries"]
    names: set[str] = set()
    newest = date.fromisoformat(str(spec["as_of"]))
    number = 0
    syllables: str = spec["trade_syllables"]
    while number < int(spec["entities"]):
        line = chance.choice(list(lines))
        trade = "".join(chance.choice(syllables) for _ in range(2))
        district = chance.choice(list(spec["districts"]))
        form = "有限公司" if chance.random() < 0.9 else "股份有限公司"
        name = f"{district}{trade}{line['word']}{form}"
        if name in names or trade in spec.get("kept_free", ()):
            continue
        names.add(name)
        home = homes[chance.randrange(len(homes))]
        number += 1
        yield SyntheticFirm(
            credit_code=credit_code("91", str(spec["regions"][0]), number),
            name=name,
            district=district,
            trade_name=trade,
            industry=line["word"],
            form=form,
            type="有限责任公司（自然人投资或控股）" if form == "有限公司" else "股份有限公司（非上市）",
            capital=chance.choice((10, 30, 50, 100, 100, 200, 300, 500, 1000, 2000)),
            established_on=newest - timedelta(days=chance.randrange(30, 6200)),
            address=home["full"],
            division=home["division"],
            scope=line["scope"],
            industry_code=line["code"],
            legal_representative=adults[chance.randrange(len(adults))],
        )
