"""From what a person typed or a cell holds to a value, and back. Pure."""

import re
from datetime import date, datetime
from typing import Any

from santai.exchange.items.rules.sheet import FIGURES, Column

YES, NO = ("是", "有", "支持", "true", "1", "yes", "on", "y"), ("否", "无", "不支持", "false", "0", "no", "off", "n")
LARGEST = {"text": 500, "long": 8000, "lines": 8000, "list": 2000, "pairs": 8000, "figures": 500}
EMPTY: dict[str, Any] = {
    "text": "", "long": "", "lines": [], "list": [], "yes_no": False, "choice": "", "choices": [], "number": None, "date": "", "pairs": {},
    "figures": {},
}  # fmt: skip


class NotAValue(ValueError):
    """The text is not what the column wants; says what to do."""


def read(column: Column, raw: Any, options: dict[str, str] | None = None) -> Any:
    """The value in ``raw``: text typed, or what a spreadsheet's cell holds. NotAValue. Nothing typed is the kind's empty value."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return EMPTY[column.kind].copy() if isinstance(EMPTY[column.kind], list | dict) else EMPTY[column.kind]
    if isinstance(raw, bool):
        raw = "是" if raw else "否"
    if isinstance(raw, datetime | date):
        raw = (raw.date() if isinstance(raw, datetime) else raw).isoformat()
    if isinstance(raw, float):
        if column.kind == "text" and (abs(raw) >= 1e12 or "code" in column.key):
            raise NotAValue("编码被表格软件当成了数字，已经失去末尾的几位。请把单元格设为“文本”格式后重新填写。")
        raw = str(int(raw)) if raw == int(raw) else str(raw)
    text = str(raw).strip()
    if len(text) > LARGEST.get(column.kind, 200):
        raise NotAValue(f"最多 {LARGEST.get(column.kind, 200)} 个字，现在有 {len(text)} 个。")
    return _READERS[column.kind](text, options if options is not None else column.options or {})


def write(column: Column, value: Any, options: dict[str, str] | None = None) -> str:
    """What a person reads in the cell; ``read`` gives the value back."""
    known = options if options is not None else column.options or {}
    if column.kind == "yes_no":
        return "是" if value else "否"
    if value in (None, "", [], {}, ()):
        return ""
    if column.kind == "choice":
        return known.get(str(value), str(value))
    if column.kind == "choices":
        return "、".join(known.get(str(one), str(one)) for one in value)
    if column.kind == "list":
        return "、".join(map(str, value))
    if column.kind == "lines":
        return "\n".join(map(str, value))
    if column.kind == "pairs":
        return "\n".join(f"{name}: {said}" for name, said in value.items())
    if column.kind == "figures":
        return "、".join(f"{FIGURES.get(name, name)} {figure}" for name, figure in value.items())
    return str(value)


def _choice(text: str, options: dict[str, str]) -> str:
    if text in options:
        return text
    found = [code for code, title in options.items() if text in (title, f"{code} {title}", f"{code}{title}")]
    if len(found) == 1:
        return found[0]
    shown = "、".join(list(options.values())[:12]) + ("……" if len(options) > 12 else "")
    raise NotAValue(f"没有“{text}”这一项。可以填：{shown or '（还没有可选的内容）'}。")


def _number(text: str, options: dict[str, str]) -> int:
    if not re.fullmatch(r"\d{1,5}", text):
        raise NotAValue(f"“{text}”不是不小于 0 的整数。")
    return int(text)


def _date(text: str, options: dict[str, str]) -> str:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotAValue(f"“{text}”不是日期，请写成 2026-12-01。") from None


def _yes_no(text: str, options: dict[str, str]) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise NotAValue(f"“{text}”应当填“是”或者“否”。")


def _parts(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[、,，;；|\n]", text) if one.strip()]


def _pairs(text: str, options: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in filter(str.strip, text.split("\n")):
        name, colon, said = (part.strip() for part in re.sub("：", ":", line, count=1).partition(":"))
        if not (name and colon and said):
            raise NotAValue(f"“{line.strip()}”应当写成“名称: 内容”，一行一个。")
        if name in found:
            raise NotAValue(f"“{name}”写了两次。")
        found[name] = said
    return found


def _figures(text: str, options: dict[str, str]) -> dict[str, int]:
    titles = {title: key for key, title in FIGURES.items()}
    found: dict[str, int] = {}
    for part in _parts(text):
        got = re.fullmatch(r"(\D+?)\s*[:：=]?\s*(\d{1,5})\D{0,3}", part)
        if not got or got[1].strip() not in titles:
            raise NotAValue(f"“{part}”应当是名称和数字，名称可用：{'、'.join(titles)}。")
        found[titles[got[1].strip()]] = int(got[2])
    return found


def _text(text: str, options: dict[str, str]) -> str:
    return text


_READERS: dict[str, Any] = {
    "text": _text, "long": _text, "choice": _choice, "number": _number, "date": _date, "yes_no": _yes_no, "pairs": _pairs,
    "figures": _figures,
    "lines": lambda text, options: [one.strip() for one in text.split("\n") if one.strip()],
    "list": lambda text, options: _parts(text),
    "choices": lambda text, options: list(dict.fromkeys(_choice(one, options) for one in _parts(text))),
}  # fmt: skip
