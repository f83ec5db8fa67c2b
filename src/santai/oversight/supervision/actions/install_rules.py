"""Supervision rules: the built-in ones, and those of packs (part ``supervision_rules``)."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from santai.kernel.ledger.service import Actor, record
from santai.kernel.packs.service import Pack, PackFile, Problem
from santai.oversight.supervision.models import RuleRow
from santai.oversight.supervision.queries import forget_rules
from santai.oversight.supervision.rules import rule_problems

BUILT_IN = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"


@transaction.atomic
def install_rules(*, entries: list[dict[str, Any]], source: str, actor: Actor, at: datetime, replace: bool = True) -> int:
    """Write what is new or changed; returns how many. The built-in rules (``replace=False``) leave alone what a pack has set."""
    known = {row.code: row for row in RuleRow.objects.select_for_update()}
    written = 0
    for position, entry in enumerate(entries):
        row = known.get(entry["code"])
        if row is not None and (row.data == entry or (not replace and row.source != source)):
            continue
        RuleRow.objects.update_or_create(
            code=entry["code"],
            defaults={"data": entry, "source": source, "changed_at": at, "position": row.position if row else len(known) + position},
        )
        written += 1
    if written:
        record(
            actor=actor, act="oversight.supervision.install_rules", on="supervision_rules", at=at,
            details={"source": source, "written": written},
        )  # fmt: skip
    transaction.on_commit(forget_rules)
    forget_rules()
    return written


def install_built_in(*, actor: Actor, at: datetime) -> int:
    """The rules every city starts with."""
    entries = yaml.safe_load(BUILT_IN.read_text(encoding="utf-8"))
    return install_rules(entries=entries, source="built-in", actor=actor, at=at, replace=False)


def check_rule_files(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the part ``supervision_rules``; writes nothing."""
    found: list[Problem] = []
    for file in files:
        if not isinstance(file.data, list):
            found.append(file.problem("", "应当是规则的列表。"))
            continue
        seen: set[str] = set()
        for number, entry in enumerate(file.data):
            found += [file.problem(f"[{number}].{place}" if place else f"[{number}]", text) for place, text in rule_problems(_typed(entry))]
            code = entry.get("code", "") if isinstance(entry, dict) else ""
            if code in seen:
                found.append(file.problem(f"[{number}].code", f"规则 {code} 重复。"))
            seen.add(code)
    return found


def install_rule_files(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    entries = [_typed(entry) for file in files for entry in file.data]
    return install_rules(entries=entries, source=pack.name, actor=actor, at=at)


def _typed(entry: Any) -> Any:
    """Packs read numbers as they are written; texts that are whole numbers or booleans become such."""
    if not isinstance(entry, dict):
        return entry
    whole = ("working_days", "count", "minimum", "answer_within")
    typed = {key: int(value) if key in whole and isinstance(value, str) and value.isdigit() else value for key, value in entry.items()}
    if isinstance(typed.get("local"), str):
        typed["local"] = typed["local"] == "true"
    return typed
