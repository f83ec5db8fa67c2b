"""House rules that neither ruff nor import-linter can see, read from the syntax tree."""

import argparse
import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from santai.config.zones import DOMAINS, SOURCE

WRITTEN_TOGETHER = {f"{room}/actions" for room in ("back/approvals", "back/cases", "kernel/flow", "kernel/clocks")}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("walls", help="检查房规：get_model、迁移自足、时钟 · house rules read from the source")
    parser.add_argument("folder", nargs="?", type=Path, default=SOURCE)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    problems = list(check_source(chosen.folder))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def check_source(source: Path) -> Iterator[str]:
    """Every breach as ``file:line what to do instead``."""
    for path in sorted(source.rglob("*.py")):
        where = path.relative_to(source)
        if where.parts[0] not in DOMAINS:
            continue
        tree = ast.parse(path.read_text(), str(path))
        yield from (f"{path}:{line} {text}" for line, text in _written_apart(tree, where))
        for line, text in _breaches(tree, in_migration="migrations" in where.parts, layer=where.parts[2] if len(where.parts) > 2 else ""):
            yield f"{path}:{line} {text}"


def _written_apart(tree: ast.AST, where: Path) -> Iterator[tuple[int, str]]:
    """Verbs that officials use many times a case hold their rows back and write them together (docs/adr/0007)."""
    if where.parent.as_posix() not in WRITTEN_TOGETHER:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(one) == "transaction.atomic" for one in node.decorator_list):
            yield (
                node.lineno,
                "用 @as_one_act（kernel/ledger）代替 @transaction.atomic (use @as_one_act: rows written together)",
            )


def _breaches(tree: ast.AST, *, in_migration: bool, layer: str) -> Iterator[tuple[int, str]]:
    # An action takes the time as a parameter; a rule knows no clock at all (house.md rule 4).
    timeless = layer in ("actions", "rules", "rules.py")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.endswith("get_model") and called.split(".")[0] in ("apps", "django") and not in_migration:
                yield node.lineno, "apps.get_model 绕过房门；import 该房间的 service (get_model outside a migration)"
            if timeless and called.endswith(("clocks.now", "clocks.today")):
                yield node.lineno, "动词和规则不读时钟；时间是参数 at (an action reads the clock)"
        if in_migration and isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            if any(name == "santai" or name.startswith("santai.") for name in names):
                yield node.lineno, "迁移不得 import 应用代码，否则旧迁移会随代码改变 (a migration imports application code)"


def enter_without_database() -> None:
    """Django set up for tools that only look at code: no server needed."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings.test")
    django.setup()
