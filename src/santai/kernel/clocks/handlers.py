"""What a pack may bring: clock rules, and the schedule of a year (kernel/packs calls these)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from santai.kernel.clocks.service import Day, install_rules, load_year, rule_from_data, rule_problems
from santai.kernel.ledger.service import Actor, system_actor
from santai.kernel.packs.service import Pack, PackFile, Problem, register_part


def _entries(file: PackFile) -> list[Any]:
    data = file.data
    if isinstance(data, Mapping):
        data = data.get("clock_rules", [data])
    return list(data) if isinstance(data, list) else []


def check_rules(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for file in files:
        entries = _entries(file)
        if not entries:
            problems.append(file.problem("", "文件里没有时限规则：应是规则的列表。"))
        for number, entry in enumerate(entries):
            place = f"clock_rules[{number}]" if isinstance(file.data, Mapping) and "clock_rules" in file.data else f"[{number}]"
            problems += [file.problem(place, f"{text}。") for text in rule_problems(entry)]
            code = entry.get("code") if isinstance(entry, Mapping) else None
            if code and code in seen:
                problems.append(file.problem(place, f"规则代码 {code} 已在 {seen[code]} 中出现。"))
            elif code:
                seen[code] = file.path
    return problems


def put_rules(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    entries = [entry for file in files for entry in _entries(file)]
    rules = [rule_from_data({"source": f"{pack.name} {pack.version}", **entry}) for entry in entries]
    return install_rules(rules=rules, actor=actor, at=at)


def _years(file: PackFile) -> Iterator[tuple[str, Any]]:
    data = file.data
    if isinstance(data, Mapping):
        yield "", data
    elif isinstance(data, list):
        for number, entry in enumerate(data):
            yield f"[{number}]", entry


def _schedule(entry: Mapping[str, Any]) -> dict[date, Day]:
    return {date.fromisoformat(str(day["date"])): Day(day["kind"], day.get("name", "")) for day in entry["days"]}


def check_calendar(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    for file in files:
        for place, entry in _years(file):
            try:
                year, schedule = int(entry["year"]), _schedule(entry)
            except (KeyError, TypeError, ValueError):
                problems.append(file.problem(place, "应写 year、source 和 days（每天写 date、kind: holiday 或 makeup、name）。"))
                continue
            if not entry.get("source"):
                problems.append(file.problem(place, "缺少 source：放假安排的文件名称和文号。"))
            for day, what in schedule.items():
                if day.year != year:
                    problems.append(file.problem(place, f"{day} 不在 {year} 年。"))
                if what.kind not in ("holiday", "makeup") or (what.kind == "makeup" and day.weekday() < 5):
                    problems.append(file.problem(place, f"{day}：kind 只能是 holiday，或（周六、周日）makeup。"))
            if not any(what.kind == "holiday" for what in schedule.values()):
                problems.append(file.problem(place, f"{year} 年没有一个放假日。"))
    return problems


def put_calendar(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    written = 0
    for file in files:
        for _, entry in _years(file):
            change = load_year(
                year=int(entry["year"]),
                days=_schedule(entry),
                source=str(entry["source"]),
                reason=f"安装应用包 {pack.title} {pack.version}",
                actor=system_actor("kernel.packs"),
                at=at,
            )
            written += change.days
    return written


register_part("calendar", order=50, check=check_calendar, install=put_calendar)
register_part("clock_rules", order=60, check=check_rules, install=put_rules)
