"""The snapshot of what crosses desks, ``docs/contracts.json``: contracts change additively, and this is how one knows."""

import argparse
import dataclasses
import json
import sys
import typing
from types import ModuleType
from typing import Any

from santai.config.installation import ROOT

SNAPSHOT = ROOT / "docs/contracts.json"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("contracts", help="更新跨台消息的快照 docs/contracts.json · the snapshot of messages and queries")
    parser.add_argument("--check", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from santai.config.cli.develop.walls import enter_without_database

    enter_without_database()
    now = current()
    before = json.loads(SNAPSHOT.read_text()) if SNAPSHOT.exists() else {}
    problems = breaking_changes(before, now)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if chosen.check:
        if now != before:
            print("docs/contracts.json 不是最新，执行 make contracts · is out of date: run `make contracts`", file=sys.stderr)
        return int(now != before)
    SNAPSHOT.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return 0


def current() -> dict[str, Any]:
    """Every frozen class of the contracts by module and name, with its fields: type, and whether it may be left out."""
    from santai.exchange.contracts import messages
    from santai.exchange.contracts.messages import base, cases, items, later, queries

    modules: list[ModuleType] = [base, cases, items, later, queries, messages]
    found = {}
    for module in modules:
        for name, kind in vars(module).items():
            if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
                found[f"{module.__name__.rsplit('.', 1)[1]}.{name}"] = describe(kind)
    return found


def describe(kind: type) -> dict[str, Any]:
    fields = {
        field.name: {
            "type": _type_text(field.type),
            "optional": field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING,
        }
        for field in dataclasses.fields(kind)
    }
    facts = {
        name: list(value) if isinstance(value, tuple) else value
        for name in ("name", "provider", "across_gap")
        if isinstance(value := getattr(kind, name, None), str | tuple)
    }
    return {"fields": fields, **facts}


def _type_text(annotation: Any) -> str:
    text = (
        annotation
        if isinstance(annotation, str)
        else (annotation.__name__ if isinstance(annotation, type) and not typing.get_args(annotation) else str(annotation))
    )
    return text.replace("typing.", "").replace("santai.exchange.contracts.messages.", "").replace("santai.kernel.files.messages.", "")


def breaking_changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What an older sender or receiver would stumble over: something gone, renamed, retyped, or newly required."""
    problems = []
    for name, old in before.items():
        new = now.get(name)
        if new is None:
            problems.append(f"{name}: 类不见了；旧消息仍在队列里 (class removed)")
            continue
        for fact in ("name", "provider"):
            if old.get(fact) != new.get(fact):
                problems.append(f"{name}.{fact}: {old.get(fact)} → {new.get(fact)} (renamed on the wire)")
        for field, facts in old["fields"].items():
            if field not in new["fields"]:
                problems.append(f"{name}.{field}: 字段不见了 (field removed)")
            elif not _widened(facts["type"], new["fields"][field]["type"]):
                problems.append(f"{name}.{field}: {facts['type']} → {new['fields'][field]['type']} (type changed)")
            elif facts["optional"] and not new["fields"][field]["optional"]:
                problems.append(f"{name}.{field}: 变成必填 (now required)")
        problems += [
            f"{name}.{field}: 新字段没有默认值 (new field without default)"
            for field, facts in new["fields"].items()
            if field not in old["fields"] and not facts["optional"]
        ]
    return problems


def _widened(old: str, new: str) -> bool:
    """Equal, or a Literal that gained words."""
    if old == new:
        return True
    if old.startswith("Literal[") and new.startswith("Literal["):
        return set(old[8:-1].split(", ")) <= set(new[8:-1].split(", "))
    return False
