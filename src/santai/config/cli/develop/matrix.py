"""Which test proves which requirement: ``docs/matrix.md`` from ``@pytest.mark.requirement``, read from the source, nothing imported."""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from santai.config.installation import ROOT

MOST_IDS = 3  # a test that claims more proves none of them well
ID = re.compile(r"(?:FD|MD|BO|OV|FN|VA|N|U)-\d{2,3}")


@dataclass(frozen=True)
class Claim:
    """One marker: the ids it names, the part it proves, and where it stands."""

    ids: tuple[str, ...]
    part: str
    test: str  # tests/…/test_x.py::TestClass.test_name
    line: int
    problem: str = ""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("matrix", help="生成需求与测试对照表 docs/matrix.md · requirements and the tests that prove them")
    parser.add_argument("--check", action="store_true", help="只检查标记与文件是否最新 · only check")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    requirements = read_requirements(ROOT / "docs/requirements.md")
    claims = list(read_claims(ROOT / "tests"))
    problems = [f"{claim.test}:{claim.line} {text}" for claim in claims if (text := problem_of(claim, requirements))]
    for problem in problems:
        print(problem, file=sys.stderr)
    text = render(requirements, claims)
    target = ROOT / "docs/matrix.md"
    if chosen.check:
        if not target.exists() or target.read_text() != text:
            problems.append("docs/matrix.md")
            print("docs/matrix.md 不是最新，执行 make matrix · is out of date: run `make matrix`", file=sys.stderr)
    elif not problems:
        target.write_text(text)
        proved = {id_ for claim in claims for id_ in claim.ids}
        print(f"docs/matrix.md: {len(proved)} / {len(requirements)} 项需求有测试证明 · requirements have a proving test")
    return 1 if problems else 0


def read_requirements(path: Path) -> dict[str, str]:
    """Requirement ids with their names, in the order of the document: the first table cell that is an id, and the next two."""
    found: dict[str, str] = {}
    for line in path.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) > 2 and ID.fullmatch(cells[0]):
            found.setdefault(cells[0], " · ".join(cell for cell in cells[1:3] if cell and cell != "-"))
    return found


def read_claims(folder: Path) -> Iterator[Claim]:
    """Every requirement marker under ``folder``; a class's marker counts once, for the class."""
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(), str(path))
        name = path.relative_to(folder.parent).as_posix()
        for scope, node in _named_nodes(tree):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.requirement":
                    yield _claim(decorator, f"{name}::{scope}{node.name}")
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and any(isinstance(one, ast.Name) and one.id == "pytestmark" for one in statement.targets):
                for call in ast.walk(statement.value):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.requirement":
                        yield _claim(call, name, problem="在整个模块上标记；请标在真正证明它的测试上 (module-wide marker)")


def _named_nodes(tree: ast.AST, scope: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield scope, node
            if isinstance(node, ast.ClassDef):
                yield from _named_nodes(node, f"{scope}{node.name}.")


def _claim(call: ast.Call, test: str, problem: str = "") -> Claim:
    ids: list[str] = []
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            ids.append(argument.value)
        else:
            problem = problem or "编号须写成文字 (ids must be string literals)"
    part = ""
    for keyword in call.keywords:
        if keyword.arg == "part" and isinstance(keyword.value, ast.Constant):
            part = str(keyword.value.value or "")
        else:
            problem = problem or '只接受 part="…" (only part= is understood)'
    return Claim(ids=tuple(ids), part=part, test=test, line=call.lineno, problem=problem)


def problem_of(claim: Claim, requirements: dict[str, str]) -> str:
    """What is wrong with a marker, or nothing."""
    if claim.problem:
        return claim.problem
    if not claim.ids:
        return "没有写需求编号 (no id)"
    if len(claim.ids) > MOST_IDS:
        return f"写了 {len(claim.ids)} 个编号，最多 {MOST_IDS} 个 (too many ids)"
    unknown = [id_ for id_ in claim.ids if id_ not in requirements]
    return f"docs/requirements.md 里没有 {'、'.join(unknown)} (unknown id)" if unknown else ""


def render(requirements: dict[str, str], claims: list[Claim]) -> str:
    by_id: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for id_ in claim.ids:
            by_id[id_].append(claim)
    lines = [
        "# Requirements and the tests that prove them",
        "",
        "Written by `make matrix` from the `@pytest.mark.requirement` markers; not edited by hand.",
        "A requirement without a row is not built yet.",
        "",
        f"{len(by_id)} of {len(requirements)} requirements have a proving test.",
        "",
        "| Requirement | Name | Part | Test |",
        "|---|---|---|---|",
    ]
    for id_, name in requirements.items():
        for claim in sorted(by_id.get(id_, ()), key=lambda one: (one.test, one.part)):
            lines.append(f"| {id_} | {name} | {claim.part} | `{claim.test}` |")
    return "\n".join(lines) + "\n"
