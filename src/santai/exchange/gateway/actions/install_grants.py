"""Grants from packs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.gateway import rules
from santai.exchange.gateway.models import Grant
from santai.kernel.jobs.service import forget_kept
from santai.kernel.ledger.service import Actor, record
from santai.kernel.packs.service import Pack, PackFile, Problem

KEYS = {"code", "query", "askers", "purposes", "open", "masked", "basis"}
KINDS = ("person", "official", "system", "*")
PREFIXES = ("subject:", "system:", "organisation:", "post:")


def check_grants(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the grants in these files."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for file in files:
        rows = file.data.get("grants") if isinstance(file.data, dict) else None
        if not isinstance(rows, list):
            problems.append(file.problem("grants", "应当有一个列表 grants。"))
            continue
        problems += [file.problem(str(key), "未知的键。") for key in file.data if key != "grants"]
        for index, row in enumerate(rows):
            problems += [file.problem(place, text) for place, text in _row_problems(row, f"grants[{index}]", seen)]
    return problems


def _row_problems(row: Any, place: str, seen: set[str]) -> list[tuple[str, str]]:
    if not isinstance(row, dict):
        return [(place, "应当是“键: 值”的形式。")]
    found = [(f"{place}.{key}", f"未知的键。可用的键：{'、'.join(sorted(KEYS))}。") for key in row if key not in KEYS]
    for key in ("code", "query", "basis"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            found.append((f"{place}.{key}", "必须填写。"))
    if row.get("code") in seen:
        found.append((f"{place}.code", f"授权编号“{row['code']}”重复。"))
    seen.add(str(row.get("code")))
    if isinstance(row.get("query"), str) and rules.class_of(row["query"]) is None:
        found.append((f"{place}.query", f"没有名为“{row['query']}”的查询。"))
    for key in ("askers", "purposes", "open", "masked"):
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            found.append((f"{place}.{key}", "应当是文字的列表。"))
        elif key in ("askers", "purposes") and not value:
            found.append((f"{place}.{key}", "至少要有一项。"))
        elif key == "askers":
            found += [
                (f"{place}.askers[{index}]", "应当是 person、official、system、*，或以 subject:、system:、organisation:、post: 开头。")
                for index, one in enumerate(value)
                if one not in KINDS and not one.startswith(PREFIXES)
            ]
    return found


def install_grants(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """The pack's grants replace those it brought before."""
    Grant.objects.filter(pack=pack.name).delete()
    count = 0
    for file in files:
        for row in file.data["grants"]:
            Grant.objects.update_or_create(
                code=row["code"],
                defaults={
                    "query": row["query"],
                    "askers": row["askers"],
                    "purposes": row["purposes"],
                    "open_fields": row.get("open", []),
                    "masked_fields": row.get("masked", []),
                    "basis": row["basis"],
                    "pack": pack.name,
                },
            )
            record(
                actor=actor,
                act="exchange.gateway.grant",
                on=f"grant:{row['code']}",
                at=at,
                why=row["basis"],
                details={"query": row["query"]},
            )
            count += 1
    forget_kept()
    transaction.on_commit(forget_kept)
    return count
