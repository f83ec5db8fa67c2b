"""The parts a pack may have. Each room registers its own (house.md rule 2: the loader never imports above itself)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from santai.kernel.packs.messages import Pack, PackFile, Problem

Check = Callable[[Pack, list[PackFile]], list[Problem]]
Install = Callable[..., int]  # (pack, files, *, actor, at) -> how many things were written

MANIFEST_KEYS = frozenset({"name", "title", "title_en", "description", "version", "requires", "sample", "sources", "parts", "profiles"})

# Which room owns a part. A part whose room does not run in this zone is left to the zone where it does; any other name is a problem.
OWNERS: dict[str, str] = {
    "regions": "kernel.orgs",
    "organisations": "kernel.orgs",
    "posts": "kernel.orgs",
    "site": "kernel.web",
    "accounts": "kernel.identity",
    "officials": "kernel.identity",
    "people": "kernel.identity",
    "companies": "kernel.identity",
    "authorisations": "kernel.identity",
    "personas": "kernel.identity",
    "roles": "kernel.access",
    "calendar": "kernel.clocks",
    "clock_rules": "kernel.clocks",
    "processes": "kernel.flow",
    "decisions": "kernel.flow",
    "forms": "kernel.forms",
    "templates": "kernel.render",
    "grants": "exchange.gateway",
    "items": "exchange.items",
    "registers": "exchange.registers",
    "register_data": "exchange.registers",
    "persons": "exchange.registers",
    "legal_entities": "exchange.registers",
    "business_scope": "exchange.registers",
    "addresses": "exchange.registers",
    "licence_types": "exchange.licences",
    "notice_templates": "exchange.notices",
    "supervision_rules": "oversight.supervision",
    "mandates": "back.approvals",
}


@dataclass(frozen=True)
class Part:
    name: str
    order: int
    check: Check
    install: Install


PARTS: dict[str, Part] = {}


def register_part(name: str, *, order: int, check: Check, install: Install) -> None:
    """Make a part known, from a room's ``apps.ready()``.

    ``order`` places it among the others (lower first: regions 10, organisations 20, posts 30, people 40, calendar 50, clock_rules 60,
    forms 70, processes 80, decisions 85, registers 100, register_data 110, licence_types 120, grants 130, mandates 140, items 150,
    supervision_rules 160).
    ``check(pack, files)`` returns every problem and writes nothing; ``install(pack, files, *, actor, at)`` writes inside the loader's
    transaction, is safe to repeat, and returns how many things it wrote.
    """
    PARTS[name] = Part(name, order, check, install)


def manifest_problems(data: Any, rooms: Iterable[str]) -> list[Problem]:
    """What is wrong with the manifest itself, apart from its files."""
    file = "pack.yaml"
    if not isinstance(data, Mapping):
        return [Problem(file=file, place="", text="清单应当是“键: 值”的形式。")]
    problems = [
        Problem(file=file, place=str(key), text=f"未知的键。可用的键：{'、'.join(sorted(MANIFEST_KEYS))}。")
        for key in data
        if key not in MANIFEST_KEYS
    ]
    for key in ("name", "title", "version"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            problems.append(Problem(file=file, place=key, text="必须填写，且为文字（版本号请加引号）。"))
    if isinstance(data.get("name"), str) and not data["name"].replace("-", "").isalnum():
        problems.append(Problem(file=file, place="name", text="只能由字母、数字和连字符组成。"))
    requires = data.get("requires", [])
    if not isinstance(requires, list) or not all(isinstance(name, str) for name in requires):
        problems.append(Problem(file=file, place="requires", text="应当是包名的列表。"))
    if not isinstance(data.get("sample", False), bool):
        problems.append(Problem(file=file, place="sample", text="应当是 true 或 false。"))
    parts = data.get("parts")
    if not isinstance(parts, Mapping) or not parts:
        return [*problems, Problem(file=file, place="parts", text="必须列出至少一个部分及其文件。")]
    problems += _parts_problems(parts, "parts", set(rooms))
    profiles = data.get("profiles", {})
    if not isinstance(profiles, Mapping):
        return [*problems, Problem(file=file, place="profiles", text="应当是“名称: {title, parts}”的形式，第一个为默认。")]
    for name, profile in profiles.items():
        place = f"profiles.{name}"
        if not isinstance(profile, Mapping) or not isinstance(profile.get("title"), str) or not isinstance(profile.get("parts"), Mapping):
            problems.append(Problem(file=file, place=place, text="每种做法要有 title 和 parts。"))
            continue
        problems += [
            Problem(file=file, place=f"{place}.{key}", text="未知的键。可用的键：title、parts。")
            for key in profile
            if key not in ("title", "parts")
        ]
        problems += _parts_problems(profile["parts"], f"{place}.parts", set(rooms))
    return problems


def _parts_problems(parts: Mapping[Any, Any], place: str, rooms: set[str]) -> list[Problem]:
    problems = []
    for name, patterns in parts.items():
        where = f"{place}.{name}"
        if name not in PARTS and name not in OWNERS:
            known = "、".join(sorted({*PARTS, *OWNERS}))
            problems.append(Problem(file="pack.yaml", place=where, text=f"未知的部分。已知的部分：{known}。"))
        elif name not in PARTS and OWNERS[name] in rooms:
            problems.append(Problem(file="pack.yaml", place=where, text=f"本系统的 {OWNERS[name]} 还不能安装这一部分。"))
        if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
            problems.append(Problem(file="pack.yaml", place=where, text="应当是文件名的列表。"))
    return problems


def listed_files(data: Mapping[str, Any], profile: str) -> list[tuple[str, str, str]]:
    """(part, pattern, place) of everything the manifest names: for every profile alike, then for the chosen one."""
    chosen = (_mapping(_mapping(data, "profiles"), profile)).get("parts")
    return [
        (str(name), str(pattern), f"{place}.{name}[{index}]")
        for parts, place in ((data.get("parts"), "parts"), (chosen, f"profiles.{profile}.parts"))
        if isinstance(parts, Mapping)
        for name, patterns in parts.items()
        for index, pattern in enumerate(patterns if isinstance(patterns, list) else [])
    ]


def profiles_of(data: Any) -> dict[str, str]:
    """Profile → its title, the default first; empty for a pack that has only one way of doing things."""
    found = _mapping(data, "profiles") if isinstance(data, Mapping) else {}
    return {str(name): str(_mapping(found, name).get("title", "")) for name in found}


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def in_required_order(packs: Mapping[str, Iterable[str]]) -> list[str]:
    """Names so that each comes after what it requires (those present); a circle keeps the order of names."""
    done: list[str] = []
    open_: set[str] = set()

    def visit(name: str) -> None:
        if name in done or name in open_ or name not in packs:
            return
        open_.add(name)
        for other in sorted(packs[name]):
            visit(other)
        done.append(name)

    for name in sorted(packs):
        visit(name)
    return done
