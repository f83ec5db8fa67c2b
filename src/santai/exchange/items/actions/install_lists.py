"""基本目录 and 权责清单 from packs (parts ``basic_catalogue`` and ``powers``)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.contracts.service import LegalBasis
from santai.exchange.items.errors import AccountabilityMissing, DutiesMissing
from santai.exchange.items.models import BasicItem, Power
from santai.exchange.items.rules import shape
from santai.exchange.items.rules.sheet import ACT_TYPES, LEVELS, NATURES
from santai.kernel.codes.service import InvalidIdentifier, read_item_code
from santai.kernel.ledger.service import Actor, record
from santai.kernel.orgs.service import Organisation
from santai.kernel.packs.service import Pack, PackFile, Problem

BASIC = {"code", "name", "act_type", "nature", "guided_by", "levels", "bases", "served"}
POWER = {"code", "version", "name", "act_type", "organisation", "bases", "duties", "accountability"}


def rows_of(file: PackFile, name: str) -> list[tuple[str, Any]]:
    """(place, row) of a file that is a list, or has a list ``name``."""
    data = file.data.get(name) if isinstance(file.data, dict) else file.data
    prefix = name if isinstance(file.data, dict) else ""
    return [(f"{prefix}[{number}]", row) for number, row in enumerate(data)] if isinstance(data, list) else [("", None)]


def check_basic(pack: Pack, files: list[PackFile]) -> list[Problem]:
    return [problem for file in files for place, row in rows_of(file, "basic_catalogue") for problem in _check(file, place, row, BASIC)]


def check_powers(pack: Pack, files: list[PackFile]) -> list[Problem]:
    known = set(Organisation.objects.values_list("code", flat=True))
    declared: set[str] = set()  # credit codes of bodies that come with a required pack, whose division may not be installed yet
    for file in pack.visible_files("organisations"):
        rows = [row for row in file.data if isinstance(row, dict)] if isinstance(file.data, list) else []
        known |= {str(row.get("code", "")) for row in rows}
        declared |= {str(row.get("credit_code", "")) for row in rows}
    problems = []
    for file in files:
        for place, row in rows_of(file, "powers"):
            wrong = list(_check(file, place, row, POWER, declared))
            problems += wrong
            if wrong:
                continue
            if row.get("organisation") not in known:
                problems.append(file.problem(f"{place}.organisation", f"没有机构“{row.get('organisation', '')}”。"))
            if not row.get("duties"):
                problems.append(file.problem(f"{place}.duties", DutiesMissing.message))
            if not row.get("accountability"):
                problems.append(file.problem(f"{place}.accountability", AccountabilityMissing.message))
    return problems


def _check(file: PackFile, place: str, row: Any, known: set[str], declared: Collection[str] = ()) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield file.problem(place, "应当是“键: 值”的列表。")
        return
    yield from (file.problem(f"{place}.{key}", f"未知的键。可用的键：{'、'.join(sorted(known))}。") for key in row if key not in known)
    yield from (file.problem(f"{place}.{key}", "必须填写。") for key in ("code", "name", "act_type") if not row.get(key))
    given = str(row.get("code", ""))
    try:
        # of a body whose division is not there yet the basic code alone is read: the last twelve of the first thirty-one
        code = read_item_code(given[19:31] if given[:18] in declared and len(given) in (31, 33) else given)
    except InvalidIdentifier as wrong:
        yield file.problem(f"{place}.code", wrong.message)
    else:
        if known is BASIC and len(code.value) != 12:
            yield file.problem(f"{place}.code", "基本编码应为 12 位。")
        if code.act_type != row.get("act_type"):
            yield file.problem(f"{place}.act_type", f"事项类型应与编码一致（{code.act_type}）。")
    if row.get("act_type") not in ACT_TYPES:
        yield file.problem(f"{place}.act_type", f"只能是 {'、'.join(ACT_TYPES)} 之一。")
    if known is BASIC and row.get("nature", "permit") not in NATURES:
        yield file.problem(f"{place}.nature", f"只能是 {'、'.join(NATURES)} 之一。")
    yield from (file.problem(f"{place}.levels", f"没有行使层级“{one}”。") for one in row.get("levels", []) if one not in LEVELS)
    yield from (file.problem(where, text) for where, text in shape.findings(tuple[LegalBasis, ...], row.get("bases", []), f"{place}.bases"))


@transaction.atomic
def install_basic(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """Each row becomes the row in force under its code; returns how many are new or changed."""
    changed = 0
    for file in files:
        for _, row in rows_of(file, "basic_catalogue"):
            values = {key: row[key] for key in BASIC - {"code"} if key in row} | {"pack": pack.name, "in_force": True}
            old = BasicItem.objects.filter(code=row["code"]).first()
            if old is not None and all(getattr(old, key) == value for key, value in values.items()):
                continue
            BasicItem.objects.update_or_create(code=row["code"], defaults=values)
            changed += 1
    if changed:
        record(actor=actor, act="exchange.items.install_basic", on="items:basic", at=at, details={"pack": pack.name, "rows": changed})
    return changed


def install_powers(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    return sum(
        publish_power(**{**row, "version": row.get("version", 1)}, actor=actor, at=at, pack=pack.name)
        for file in files
        for _, row in rows_of(file, "powers")
    )


@transaction.atomic
def publish_power(
    *, code: str, name: str, act_type: str, organisation: str, duties: list[str], accountability: list[str], actor: Actor, at: datetime,
    bases: list[dict[str, Any]] | None = None, version: int = 1, pack: str = "",
) -> bool:  # fmt: skip
    """Put a version of a row of 权责清单 in force; False when it is there already. DutiesMissing, AccountabilityMissing.

    Any of the ten kinds of power; what is on application also stands among the items (权责清单, standards.md §1).
    """
    if not [one for one in duties if one.strip()]:
        raise DutiesMissing(fields={"duties": DutiesMissing.message})
    if not [one for one in accountability if one.strip()]:
        raise AccountabilityMissing(fields={"accountability": AccountabilityMissing.message})
    if Power.objects.filter(code=code, version__gte=version).exists():
        return False
    Power.objects.filter(code=code, in_force=True).update(in_force=False)
    office = Organisation.objects.filter(code=organisation).values_list("name", flat=True).first() or organisation
    Power.objects.create(
        code=code, version=version, name=name, act_type=act_type, organisation=organisation, organisation_name=office, bases=bases or [],
        duties=list(duties), accountability=list(accountability), published_at=at, published_by=actor.name, pack=pack,
    )  # fmt: skip
    record(actor=actor, act="exchange.items.publish_power", on=f"power:{code}", at=at, details={"version": version})
    return True
