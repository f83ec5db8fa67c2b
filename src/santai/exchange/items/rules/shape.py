"""Does plain data have the shape of a contract class? Unknown keys, missing keys and wrong kinds, each with its place."""

import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

Finding = tuple[str, str]
_NAMES = {str: "文字", int: "整数", bool: "true 或 false", float: "数字"}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def findings(kind: Any, data: Any, place: str) -> Iterator[Finding]:
    """What keeps ``data`` from being a ``kind``."""
    origin = get_origin(kind)
    if kind is Any or kind is object:
        return
    if is_dataclass(kind) and isinstance(kind, type):
        yield from _of_class(kind, data, place)
    elif origin is Literal:
        if data not in get_args(kind):
            yield place, f"只能是 {'、'.join(map(str, get_args(kind)))} 之一，现在是“{data}”。"
    elif origin is tuple:
        if not isinstance(data, list):
            yield place, "应当是列表。"
            return
        for index, value in enumerate(data):
            yield from findings(get_args(kind)[0], value, f"{place}[{index}]")
    elif origin is dict:
        if not isinstance(data, dict):
            yield place, "应当是“键: 值”的形式。"
            return
        for key, value in data.items():
            if not isinstance(key, str):
                yield f"{place}.{key}", "键应当是文字（请加引号）。"
            yield from findings(get_args(kind)[1], value, f"{place}.{key}")
    elif origin in (Union, types.UnionType):
        if not any(not list(findings(one, data, place)) for one in get_args(kind)):
            yield place, "值的类型不对。"
    elif kind is type(None):
        if data is not None:
            yield place, "应当为空。"
    elif kind is int:
        if not isinstance(data, int) or isinstance(data, bool):
            yield place, "应当是整数。"
    elif kind in _NAMES and not isinstance(data, kind):
        hint = "（请加引号）" if kind is str and data is not None else ""
        yield place, f"应当是{_NAMES[kind]}{hint}。"


def _of_class(kind: type, data: Any, place: str) -> Iterator[Finding]:
    if not isinstance(data, dict):
        yield place, "应当是“键: 值”的形式。"
        return
    known: dict[str, Field[Any]] = {one.name: one for one in fields(kind)}
    for key in data:
        if key not in known:
            yield f"{place}.{key}" if place else str(key), f"未知的键。可用的键：{'、'.join(known)}。"
    for name, one in known.items():
        inner = f"{place}.{name}" if place else name
        if name in data:
            yield from findings(_hints(kind)[name], data[name], inner)
        elif one.default is MISSING and one.default_factory is MISSING:
            yield inner, "必须填写。"
