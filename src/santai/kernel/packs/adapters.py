"""Reading a pack's files strictly: YAML without surprises, CSV with a header, JSON, XML without entities."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from defusedxml import ElementTree

from santai.kernel.packs.messages import FileKind, PackFile, Problem

KINDS: dict[str, FileKind] = {
    ".csv": "csv",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".geojson": "json",
    ".bpmn": "xml",
    ".dmn": "xml",
    ".xml": "xml",
    ".typ": "text",
    ".md": "text",
    ".txt": "text",
    ".svg": "text",
}


class StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML's JSON-like core: dates and ``012`` stay text, only true/false are booleans, a repeated key is an error."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|false|False)$", "tTfF"),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$", "-+0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:merge", r"^<<$", "<"),
):
    StrictLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            continue
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str | int | float | bool):
            raise yaml.constructor.ConstructorError(None, None, "键必须是文字或数字", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键“{key}”重复出现", key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    return {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}


StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


@lru_cache(maxsize=512)
def read_yaml(text: str) -> Any:
    """The plain value of YAML text; raises ``yaml.YAMLError`` with its mark.

    Kept: a pack is read again for each pack that requires it. Parts read the value, none of them changes it.
    """
    return yaml.load(text, Loader=StrictLoader)  # noqa: S506  (a safe loader)


def lines_of(text: str) -> dict[str, int]:
    """Place (``items[3].clocks.promised``) → line, for pointing at a problem in YAML."""
    places: dict[str, int] = {}

    def walk(node: yaml.Node, place: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = f"{place}.{key.value}" if place else str(key.value)
                places[inner] = key.start_mark.line + 1
                walk(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                inner = f"{place}[{index}]"
                places[inner] = value.start_mark.line + 1
                walk(value, inner)

    root = yaml.compose(text, Loader=StrictLoader)
    if root is not None:
        walk(root, "")
    return places


def with_line(problem: Problem, file: PackFile) -> Problem:
    """The same problem, its place completed by the line where the place (or the nearest thing round it) stands."""
    if not problem.place or "行" in problem.place:
        return problem
    if file.kind == "xml":  # the place is an element's id (BPMN, DMN)
        at = file.text.find(f'id="{problem.place}"')
        line = file.text.count("\n", 0, at) + 1
        return Problem(file=problem.file, place=f"{problem.place}（第 {line} 行）", text=problem.text) if at >= 0 else problem
    if file.kind != "yaml":
        return problem
    places = lines_of(file.text)
    place = problem.place
    while place and place not in places:
        place = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\]|^[^.\[]+)$", "", place)
    if place in places:
        return Problem(file=problem.file, place=f"{problem.place}（第 {places[place]} 行）", text=problem.text)
    return problem


def read_file(source: Path, path: str) -> tuple[PackFile, list[Problem]]:
    """One file and everything that is wrong with its form."""
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    kind = KINDS.get(source.suffix.lower(), "binary")
    if kind == "binary":
        return PackFile(path=path, text="", data=None, kind=kind, source=source, digest=digest), []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(file=path, place=f"第 {line} 行", text="不是 UTF-8 编码。请另存为 UTF-8。")
        return PackFile(path=path, text="", data=None, kind=kind, source=source, digest=digest), [problem]
    data: Any = None
    rows: tuple[int, ...] = ()
    problems: list[Problem] = []
    if kind == "csv":
        data, rows, problems = _read_csv(text, path)
    elif kind == "yaml":
        try:
            data = read_yaml(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
            problems = [Problem(file=path, place=place, text=f"YAML 写法有误：{what}。")]
    elif kind == "json":
        try:
            data = json.loads(text, object_pairs_hook=_no_doubles)
        except json.JSONDecodeError as error:
            problems = [Problem(file=path, place=f"第 {error.lineno} 行第 {error.colno} 列", text=f"JSON 写法有误：{error.msg}。")]
        except ValueError as error:
            problems = [Problem(file=path, place="", text=str(error))]
    elif kind == "xml":
        try:
            ElementTree.fromstring(text.encode())
        except Exception as error:  # defusedxml raises its own kinds for entities and bombs
            line, column = getattr(error, "position", (0, 0))
            problems = [Problem(file=path, place=f"第 {line} 行第 {column + 1} 列" if line else "", text=f"XML 写法有误：{error}。")]
    return PackFile(path=path, text=text, data=data, kind=kind, source=source, digest=digest, row_lines=rows), problems


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [key for key, _ in pairs]
        raise ValueError(f"键“{next(name for name in names if names.count(name) > 1)}”重复出现。")
    return value


def _read_csv(text: str, path: str) -> tuple[list[dict[str, str]], tuple[int, ...], list[Problem]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    try:
        for cells in _cells(reader):
            if header is None:
                header = [cell.strip() for cell in cells]
                for name in sorted({name for name in header if header.count(name) > 1}):
                    problems.append(Problem(file=path, place="第 1 行", text=f"列名“{name}”重复。"))
                if "" in header:
                    problems.append(Problem(file=path, place="第 1 行", text="有没有名字的列。"))
                continue
            if len(cells) != len(header):
                problems.append(Problem(file=path, place=f"第 {reader.line_num} 行", text=f"应有 {len(header)} 列，却有 {len(cells)} 列。"))
                continue
            rows.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
            lines.append(reader.line_num)
    except csv.Error as error:
        problems.append(Problem(file=path, place=f"第 {reader.line_num} 行", text=f"CSV 写法有误：{error}。"))
    if header is None:
        problems.append(Problem(file=path, place="第 1 行", text="文件是空的，至少要有列名。"))
    return rows, tuple(lines), problems


def _cells(reader: Any) -> Iterator[list[str]]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield cells
