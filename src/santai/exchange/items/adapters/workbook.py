"""The workbook agencies fill in (.xlsx), through openpyxl: one sheet of items, one for each table of theirs, one that explains.

Values only: formulas, macros and pictures are not read. Reading stops at MOST rows and WIDEST columns,
goes line by line, and nothing larger than LARGEST (UNPACKED once opened) is read: a workbook comes from outside.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from santai.exchange.items.messages import CellProblem, ReadBook, Sheet
from santai.exchange.items.rules.cells import EMPTY, NotAValue, read, write
from santai.exchange.items.rules.sheet import COLUMNS, GROUPS, TABLES, Column

Options = Callable[[str], dict[str, str]]
Lines = list[tuple[Any, ...]]
ITEMS, HELP, CODE = "事项", "填写说明", "实施编码"
LARGEST = 10 * 1024 * 1024
UNPACKED = 40 * 1024 * 1024
MOST = 5000
WIDEST = 200  # columns: far more than a sheet of ours has; one stray cell in XFD must not cost 16384 cells a line
# what zipfile, openpyxl and the XML readers (SyntaxError) raise on a file cut off, edited by hand or packed in a way they do not know
BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, RuntimeError, ValueError, KeyError, IndexError, AttributeError, TypeError, EOFError,
    OverflowError,
)  # fmt: skip
DAMAGED = "文件已损坏，请重新保存后上传。"


def build(sheets: Iterable[Sheet], options: Options) -> bytes:
    """The workbook of these items; with none, the template."""
    listed = list(sheets)
    book = Workbook()
    first = book.active
    first.title = ITEMS
    columns = [COLUMNS["code"], *(column for group in GROUPS for column in group.columns if column.key != "code")]
    _head(first, columns, options)
    for line, sheet in enumerate(listed, start=2):
        _line(first, line, columns, sheet["main"], options)
    for key, table in TABLES.items():
        page = book.create_sheet(table.title)
        owner = Column(key="of", title=CODE)
        _head(page, [owner, *table.columns], options)
        line = 2
        for sheet in listed:
            for row in sheet.get(key, []):
                _line(page, line, [owner, *table.columns], {**row, "of": sheet["main"]["code"]}, options)
                line += 1
    _explain(book.create_sheet(HELP), options)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_book(data: bytes, options: Options) -> ReadBook:
    """Every item of a workbook and everything that is wrong with its cells."""
    if wrong := _unreadable(data):
        return _whole(wrong)
    try:
        pages = _pages(data)
    except BROKEN:
        return _whole(DAMAGED)
    return _read_pages(pages, options)


def _whole(wrong: str) -> ReadBook:
    return ReadBook(problems=(CellProblem(sheet="", cell="", label="文件", text=wrong),))


def _pages(data: bytes) -> dict[str, Lines]:
    """The values of every sheet of ours, read to the end so that what is damaged shows here; one line more than may be imported."""
    book = load_workbook(BytesIO(data), data_only=True, read_only=True, keep_links=False)
    wanted = {ITEMS, *(table.title for table in TABLES.values())}
    return {
        page.title: list(page.iter_rows(min_row=1, max_row=MOST + 2, max_col=WIDEST, values_only=True))
        for page in book.worksheets
        if page.title in wanted
    }


def _read_pages(book: dict[str, Lines], options: Options) -> ReadBook:
    if ITEMS not in book:
        return ReadBook(problems=(CellProblem(sheet="", cell="", label="文件", text=f"没有名为“{ITEMS}”的工作表，请使用下载的模板。"),))
    problems: list[CellProblem] = []
    cells: dict[tuple[int, str], tuple[str, str]] = {}
    items: list[Sheet] = []
    lines: list[int] = []
    by_code: dict[str, int] = {}
    for line, values in _rows(ITEMS, book[ITEMS], COLUMNS.values(), problems):
        number = len(items)
        main = {key: _read(ITEMS, column, values.get(key), options, problems) for key, column in COLUMNS.items()}
        cells |= {(number, key): (ITEMS, cell[1]) for key, cell in values.items()}
        code = str(main["code"])
        if not code:
            problems.append(CellProblem(sheet=ITEMS, cell=values.get("code", (None, f"A{line}"))[1], label=CODE, text="必须填写实施编码。"))
        elif code in by_code:
            told = f"与第 {lines[by_code[code]]} 行的编码重复。"
            problems.append(CellProblem(sheet=ITEMS, cell=values["code"][1], label=CODE, text=told, value=code))
        by_code.setdefault(code, number)
        items.append({"main": main, **{key: [] for key in TABLES}})
        lines.append(line)
    for key, table in TABLES.items():
        if table.title in book:
            owner = Column(key="of", title=CODE)
            for _, values in _rows(table.title, book[table.title], (owner, *table.columns), problems):
                of = str(values.get("of", ("", ""))[0] or "").strip()
                if of not in by_code:
                    where = values.get("of", ("", "A"))[1]
                    told = f"“{ITEMS}”表里没有编码为“{of}”的事项。"
                    problems.append(CellProblem(sheet=table.title, cell=where, label=CODE, text=told, value=of))
                    continue
                number = by_code[of]
                row = {one.key: _read(table.title, one, values.get(one.key), options, problems) for one in table.columns}
                if "required" in row and "required" not in {k for k, cell in values.items() if cell[0] not in (None, "")}:
                    row["required"] = True
                place = len(items[number][key])
                cells |= {(number, f"{key}.{place}.{name}"): (table.title, cell[1]) for name, cell in values.items()}
                items[number][key].append(row)
    if not items and not problems:
        problems.append(CellProblem(sheet=ITEMS, cell="A2", label="", text="表格里还没有事项，请从第 2 行起填写。"))
    return ReadBook(items=tuple(items), rows=tuple(lines), problems=tuple(problems), cells=cells)


def _unreadable(data: bytes) -> str:
    if len(data) > LARGEST:
        return f"文件超过 {LARGEST // 1024 // 1024} MB，请分几次导入。"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return "这不是 .xlsx 表格。旧版 .xls 请另存为 .xlsx 后再上传。"
            if sum(one.file_size for one in archive.infolist()) > UNPACKED:
                return "表格解开以后过大，不能读取。"
            if any(one.flag_bits & 1 for one in archive.infolist()):
                return "文件加了密码，请去掉密码后上传。"
            if archive.testzip():
                return DAMAGED
    except zipfile.BadZipFile:
        return "这不是 .xlsx 表格。旧版 .xls 请另存为 .xlsx 后再上传。"
    except BROKEN:
        return DAMAGED
    return ""


def _rows(
    page: str, given: Lines, columns: Iterable[Column], problems: list[CellProblem]
) -> Iterable[tuple[int, dict[str, tuple[Any, str]]]]:
    """(line, column key → value and cell) of every line with something in it. Titles are looked for by name: their order is free."""
    wanted = {column.title: column.key for column in columns}
    titles = [str(value or "").strip().removesuffix("*").strip() for value in (given[0] if given else ())]
    unknown = [(number, title) for number, title in enumerate(titles) if title and title not in wanted]
    for number, title in unknown:
        told = "模板里没有这一栏，请删去或者改成模板的栏目名。"
        problems.append(CellProblem(sheet=page, cell=f"{get_column_letter(number + 1)}1", label=title, text=told, value=title))
    if CODE not in titles:
        problems.append(CellProblem(sheet=page, cell="A1", label=CODE, text=f"缺少“{CODE}”一栏。"))
        return
    for line, row in enumerate(given[1 : MOST + 1], start=2):
        values = {
            wanted[title]: (value, f"{get_column_letter(number)}{line}")
            for number, (title, value) in enumerate(zip(titles, row, strict=False), start=1)
            if title in wanted
        }
        if any(value not in (None, "") for value, _ in values.values()):
            yield line, values
    if any(value not in (None, "") for row in given[MOST + 1 :] for value in row):
        problems.append(CellProblem(sheet=page, cell=f"A{MOST + 2}", label="", text=f"一次最多 {MOST} 行，请分几次导入。"))


def _read(page: str, column: Column, given: tuple[Any, str] | None, options: Options, problems: list[CellProblem]) -> Any:
    value, cell = given or (None, "")
    try:
        return read(column, value, options(column.source) if column.source else None)
    except NotAValue as wrong:
        problems.append(CellProblem(sheet=page, cell=cell, label=column.title, text=str(wrong), value=str(value)[:80]))
        return EMPTY[column.kind]


def _head(page: Any, columns: list[Column], options: Options) -> None:
    for number, column in enumerate(columns, start=1):
        cell = page.cell(row=1, column=number, value=f"{column.title}{' *' if column.needed else ''}")
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7EDF5")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = 34 if column.kind in ("long", "lines", "pairs") or "code" in column.key else 18
        if column.kind in ("choice", "yes_no"):
            known = ["是", "否"] if column.kind == "yes_no" else list((column.options or options(column.source)).values())
            listed = ",".join(known)
            if known and len(listed) < 250 and not any("," in one for one in known):
                rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
                page.add_data_validation(rule)
                rule.add(f"{letter}2:{letter}{MOST + 1}")
        for line in range(2, 30):
            page.cell(row=line, column=number).number_format = "@"
    page.freeze_panes = "B2"


def _line(page: Any, line: int, columns: list[Column], values: dict[str, Any], options: Options) -> None:
    for number, column in enumerate(columns, start=1):
        said = write(column, values.get(column.key), options(column.source) if column.source else None)
        cell = page.cell(row=line, column=number, value=said or None)
        cell.number_format, cell.alignment = "@", Alignment(wrap_text=True, vertical="top")
        if said[:1] in "=+-@" and said:
            cell.data_type = "s"  # what was typed stays text and is no formula


def _explain(page: Any, options: Options) -> None:
    page.append(["工作表", "栏目", "必填", "怎么填"])
    for sheet, column in [(ITEMS, one) for one in COLUMNS.values()] + [(t.title, one) for t in TABLES.values() for one in t.columns]:
        page.append([sheet, column.title, "是" if column.needed else "", how(column, options)])
    for letter, width in (("A", 14), ("B", 24), ("C", 8), ("D", 90)):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def how(column: Column, options: Options) -> str:
    """How to fill in a column, in words."""
    known = column.options or (options(column.source) if column.source else {})
    kinds = {
        "choice": "从中选一个：", "choices": "可以选几个，用顿号分开：", "yes_no": "是、否", "number": "整数",
        "date": "日期，例如 2026-12-01",
        "list": "用顿号分开", "lines": "一行一项（单元格里按 Alt+回车换行）", "pairs": "一行一个“名称: 内容”",
    }  # fmt: skip
    listed = "、".join(list(known.values())[:40])
    return "；".join(part for part in (f"{kinds.get(column.kind, '')}{listed if known else ''}", column.help) if part)
