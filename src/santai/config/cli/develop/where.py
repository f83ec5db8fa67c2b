"""From a screen to the code: ``make where URL=/back/cases/17/`` prints view, door, templates and tests."""

import argparse
import ast
import inspect
import sys
from pathlib import Path
from urllib.parse import urlsplit

from santai.config.installation import ROOT


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("where", help="某个网址由哪些文件做成 · which files make a page")
    parser.add_argument("url")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from santai.config.cli.develop.walls import enter_without_database

    enter_without_database()
    from django.urls import Resolver404, resolve

    path = urlsplit(chosen.url).path
    try:
        match = resolve(path if path.startswith("/") else f"/{path}")
    except Resolver404:
        print(f"没有页面回答 {path} · no page answers {path}", file=sys.stderr)
        return 1
    view = inspect.unwrap(getattr(match.func, "view_class", match.func))
    file = Path(inspect.getsourcefile(view) or "")
    source, line = inspect.getsourcelines(view)
    print(f"view       {_short(file)}:{line}  {view.__qualname__}")
    if match.kwargs:
        print(f"arguments  {match.kwargs}")
    room = file.parent if file.name != "__init__.py" else file.parent.parent
    if (room / "service.py").exists():
        print(f"door       {_short(room / 'service.py')}")
    for name in _templates(source):
        print(f"template   {_template_file(name)}")
    for test in _tests(view.__name__, match.view_name, path, room):
        print(f"test       {test}")
    return 0


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _templates(source: list[str]) -> list[str]:
    tree = ast.parse(inspect.cleandoc("".join(source)) if source[0][0] != " " else "if 1:\n" + "".join(source))
    return sorted(
        {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith((".html", ".txt"))
        }
    )


def _template_file(name: str) -> str:
    from django.template import TemplateDoesNotExist
    from django.template.loader import get_template

    try:
        return _short(Path(get_template(name).origin.name))  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return f"{name}（缺失 · missing）"


def _tests(view: str, view_name: str, path: str, room: Path) -> list[str]:
    """Tests that name the view, its address or its URL name; the room's own folder first."""
    wanted = [f'"{view_name}"', f"{view}("]
    if len(path.strip("/").split("/")) > 2:
        wanted.append("/" + "/".join(path.strip("/").split("/")[:3]))
    own = ROOT / "tests" / room.parent.name / room.name
    files = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda one: (not one.is_relative_to(own), one))
    found = []
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if any(text in line for text in wanted):
                found.append(f"{_short(file)}:{number}")
                break
    return found
