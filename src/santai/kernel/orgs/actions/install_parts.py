"""The parts ``regions``, ``organisations`` and ``posts`` of a pack: checked line by line, then written in a few statements."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from santai.kernel.codes.service import InvalidIdentifier, check_identifier
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs import rules
from santai.kernel.orgs.models import KINDS, Organisation, Post, Region
from santai.kernel.packs.service import Pack, PackFile, Problem

ROLE_SOURCES: list[Any] = []  # kernel/access registers what roles there are


def check_regions(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    levels = {row["code"]: row.get("level", "") for _, _, row in _rows(pack.visible_files("regions"))}
    seen: set[str] = set()
    for file, number, row in _rows(files):
        code, parent = row.get("code", ""), row.get("parent", "")
        if text := rules.region_problem(code, row.get("level", ""), parent):
            problems.append(file.problem(number, text))
        if code in seen:
            problems.append(file.problem(number, f"区划代码“{code}”出现了两次。"))
        seen.add(code)
        if parent and parent not in levels and not Region.objects.filter(code=parent).exists():
            problems.append(file.problem(number, f"上级区划“{parent}”不存在。"))
        if not row.get("name"):
            problems.append(file.problem(number, "缺少 name。"))
        problems.extend(_date_problems(file, number, row))
    return problems


def install_regions(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    rows = [row for _, _, row in _rows(files)]
    parents = {code: parent or "" for code, parent in Region.objects.values_list("code", "parent_id")}
    parents |= {row["code"]: row.get("parent", "") for row in rows}
    regions = [
        Region(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent_id=row.get("parent") or None,
            path=rules.path_of(row["code"], parents),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_date(row.get("valid_to", "")),
            note=row.get("note", ""),
        )
        for row in sorted(rows, key=lambda row: rules.LEVEL_ORDER.index(row["level"]))
    ]
    _upsert(Region, regions, ["name", "level", "parent", "path", "valid_from", "valid_to", "note"])
    return len(regions)


def check_organisations(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    divisions = {row["code"] for _, _, row in _rows(pack.visible_files("regions"))} | set(Region.objects.values_list("code", flat=True))
    known = {row["code"] for _, _, row in _rows(pack.visible_files("organisations"))} | set(
        Organisation.objects.values_list("code", flat=True)
    )
    six = frozenset(code for code in divisions if len(code) == 6)
    seen: set[str] = set()
    numbers: set[str] = set()
    for file, number, row in _rows(files):
        code = row.get("code", "")
        for key in ("code", "name", "level", "region", "kind", "valid_from"):
            if not row.get(key):
                problems.append(file.problem(number, f"缺少 {key}。"))
        if code in seen:
            problems.append(file.problem(number, f"单位代码“{code}”出现了两次。"))
        seen.add(code)
        if row.get("level") not in rules.LEVEL_ORDER:
            problems.append(file.problem(number, f"层级“{row.get('level')}”应为 city、district、town 或 village。"))
        if row.get("kind") not in dict(KINDS):
            problems.append(file.problem(number, f"类别“{row.get('kind')}”应为 {'、'.join(dict(KINDS))} 之一。"))
        if row.get("region") not in divisions:
            problems.append(file.problem(number, f"区划“{row.get('region')}”不存在。"))
        for key in ("parent", "merged_into"):
            if row.get(key) and row[key] not in known:
                problems.append(file.problem(number, f"{key} 所指单位“{row[key]}”不存在。"))
        if credit := row.get("credit_code", ""):
            try:
                normal = check_identifier("credit-code", credit, also_known=six)
            except InvalidIdentifier as wrong:
                problems.append(file.problem(number, f"credit_code：{wrong.message}"))
            else:
                if normal in numbers:
                    problems.append(file.problem(number, f"统一社会信用代码“{normal}”出现了两次。"))
                numbers.add(normal)
        if row.get("merged_into") and not row.get("valid_to"):
            problems.append(file.problem(number, "并入其他单位的须填写 valid_to。"))
        problems.extend(_date_problems(file, number, row))
    return problems


def install_organisations(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    rows = [row for _, _, row in _rows(files)]
    organisations = [
        Organisation(
            code=row["code"],
            credit_code=row.get("credit_code", ""),
            name=row["name"],
            short_name=row.get("short_name", ""),
            level=row["level"],
            region_id=row["region"],
            kind=row["kind"],
            remedy=row.get("remedy", ""),
            vertical=row.get("vertical", "") in ("1", "true", "yes"),
            phone=row.get("phone", ""),
            address=row.get("address", ""),
            seq=int(row.get("seq") or 0),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_date(row.get("valid_to", "")),
            parent_id=row.get("parent") or None,
            merged_into_id=row.get("merged_into") or None,
        )
        for row in rows
    ]
    # Foreign keys are checked at the end of the transaction, so the order of rows does not matter.
    fields = [field.attname.removesuffix("_id") for field in Organisation._meta.concrete_fields if not field.primary_key]
    _upsert(Organisation, organisations, fields)
    return len(organisations)


def check_posts(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems = []
    known = {row["code"] for _, _, row in _rows(pack.visible_files("organisations"))} | set(
        Organisation.objects.values_list("code", flat=True)
    )
    divisions = {row["code"] for _, _, row in _rows(pack.visible_files("regions"))} | set(Region.objects.values_list("code", flat=True))
    roles = {role for source in ROLE_SOURCES for role in source()}
    seen: set[str] = set()
    for file, number, row in _rows(files):
        code = row.get("code", "")
        if not code or not row.get("title"):
            problems.append(file.problem(number, "缺少 code 或 title。"))
        if code in seen:
            problems.append(file.problem(number, f"岗位代码“{code}”出现了两次。"))
        seen.add(code)
        if row.get("organisation") not in known:
            problems.append(file.problem(number, f"单位“{row.get('organisation')}”不存在。"))
        if row.get("region") and row["region"] not in divisions:
            problems.append(file.problem(number, f"区划“{row['region']}”不存在。"))
        unknown = [role for role in row.get("roles", "").split() if roles and role not in roles]
        if unknown:
            problems.append(file.problem(number, f"未知的角色：{'、'.join(unknown)}。"))
    return problems


def install_posts(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    posts = [
        Post(
            code=row["code"],
            organisation_id=row["organisation"],
            title=row["title"],
            roles=row.get("roles", "").split(),
            region_id=row.get("region") or None,
            seq=number,
            valid_to=_date(row.get("valid_to", "")),
        )
        for number, (_, _, row) in enumerate(_rows(files), 1)
    ]
    _upsert(Post, posts, ["organisation", "title", "roles", "region", "seq", "valid_to"])
    return len(posts)


def _rows(files: list[PackFile]) -> Iterator[tuple[PackFile, int, dict[str, str]]]:
    for file in files:
        for number, row in enumerate(file.data or []):
            yield file, number, row


def _upsert(model: Any, rows: list[Any], fields: list[str]) -> None:
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=1000)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _date_problems(file: PackFile, number: int, row: dict[str, str]) -> list[Problem]:
    problems = []
    values = []
    for key in ("valid_from", "valid_to"):
        try:
            values.append(_date(row.get(key, "")))
        except ValueError:
            problems.append(file.problem(number, f"{key}“{row[key]}”不是有效日期（YYYY-MM-DD）。"))
            values.append(None)
    if not row.get("valid_from"):
        problems.append(file.problem(number, "缺少 valid_from。"))
    if values[0] and values[1] and values[1] < values[0]:
        problems.append(file.problem(number, "valid_to 早于 valid_from。"))
    return problems
