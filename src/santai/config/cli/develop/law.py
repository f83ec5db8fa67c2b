"""``docs/law.md``: the table of the law for a lawyer to read, with what the platform is held to already, computed from the adapters."""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from santai.config.installation import ROOT

TARGET = ROOT / "docs/law.md"
SURE = {"statute": "条文", "local": "地方", "general": "待核实"}
HEAD = """# 平台遵守的法律规则

由 `make law` 从 `tests/law/rows/` 生成，不手工修改。每一行是一条规则：一句话、依据，以及一组带日期的事实和应有的结果（在行的原文件里，
词汇见 [law-vocabulary.md](law-vocabulary.md)）。规则由没有看过平台代码的人依法律文本写成。

**把握**：“条文”＝读过条文，条文就是这样规定的；“地方”＝地方规定或者城市自己的选择；“待核实”＝通行知识、专家或者设计上的意见，须在当地核实。

**核对**：“已核对”＝有同一编号的测试在平台的真实代码上按顺序做完这一行的事实，并逐项比对全部结果，括号里是核对的部分；“时限”的行由时限部分核对：
收件、受理在那里只是起算的时点，整件办理另行核对。“尚未”＝还没有测试运行这一行，平台做得对不对没有证明。“有分歧”＝平台有意不照这一行做，理由写在章末。
"""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("law", help="生成供法律人员阅读的 docs/law.md · the table of the law for a lawyer to read")
    parser.add_argument("--check", action="store_true", help="只检查文件是否最新 · only check")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from santai.config.cli.develop.walls import enter_without_database

    enter_without_database()
    sys.path.insert(0, str(ROOT))  # the table and its adapters are tests
    table, adapters = importlib.import_module("tests.law.table"), importlib.import_module("tests.law.adapters")
    text = render(table.chapters(), place_of=adapters.place_of, disputed=adapters.disputed())
    if chosen.check:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print("docs/law.md 不是最新，执行 make law · is out of date: run `make law`", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    rows = table.rows()
    print(f"docs/law.md: {sum(adapters.adapter_of(row) is not None for row in rows)} / {len(rows)} 行已核对 · rows are run")
    return 0


def render(chapters: Iterable[Any], *, place_of: Callable[[Any], str], disputed: Mapping[str, str]) -> str:
    """The document. ``chapters`` have number, title and rows (tests/law/table.py); ``place_of`` says where a row is tried, if it is."""
    chapters = list(chapters)
    rows = [row for chapter in chapters for row in chapter.rows]
    places = {row.id: place_of(row) for row in rows}
    states = {row.id: "已核对" if places[row.id] else "有分歧" if row.id in disputed else "尚未" for row in rows}
    counts = [[chapter.number, chapter.title, *_counts(states[row.id] for row in chapter.rows)] for chapter in chapters]
    lines = [HEAD, *_table(("章", "内容", "行数", "已核对", "有分歧", "尚未"), [*counts, ["", "合计", *_counts(states.values())]])]
    for chapter in chapters:
        lines += ["", f"## {chapter.number}. {chapter.title}", ""]
        lines += _table(
            ("编号", "规则", "依据", "把握", "核对"),
            [[row.id, _sentence(row), row.citation, SURE[row.sure], _state(states[row.id], places[row.id])] for row in chapter.rows],
        )
        reasons = [f"- {row.id} 有分歧：{disputed[row.id]}" for row in chapter.rows if row.id in disputed]
        lines += ["", *reasons] if reasons else []
    return "\n".join(lines) + "\n"


def _sentence(row: Any) -> str:
    return row.sentence + (f"（注：{row.note.rstrip('。')}。）" if row.note else "")


def _state(state: str, place: str) -> str:
    return f"{state}（{place}）" if place else state


def _counts(states: Iterable[str]) -> list[int]:
    found = list(states)
    return [len(found), *(found.count(state) for state in ("已核对", "有分歧", "尚未"))]


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    cells = list(head)
    return [_line(cells), _line("---" for _ in cells), *map(_line, rows)]


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
