"""Spreadsheets: what goes out comes back the same, what is wrong is told by its cell, and half a file is never saved."""

import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from santai.exchange.items import service
from santai.exchange.items.adapters.workbook import build, read_book
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.rules.cells import NotAValue, read, write
from santai.exchange.items.rules.sheet import COLUMNS, TABLES, Column
from santai.kernel.ledger.service import Actor
from tests.exchange.items.conftest import AT
from tests.exchange.items.sheets import BASES, FAQ, MAIN, MATERIALS

CODE = "11189901MB6208777X4182099001000"
OPTIONS = {
    "forms": {"general-application@1": "政务服务事项申请表（general-application 第 1 版）"},
    "processes": {"registration": "登记确认（registration）"},
    "licence_types": {},
}  # fmt: skip


def whole(**main: Any) -> dict[str, Any]:
    return {"main": {**dict.fromkeys(COLUMNS, ""), **MAIN, "code": CODE, "basic_code": CODE[19:31], **main}, "bases": BASES,
    "materials": MATERIALS, "fees": [],
            "questions": [{"id": "first", "text": "您是第一次申请吗？", "help": "", "options": {"yes": "是", "no": "否"}}],
            "faq": FAQ}  # fmt: skip


def changed(data: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """The workbook with other values at (sheet, title of the column or cell, value); a title means line 2."""
    book = load_workbook(BytesIO(data))
    for sheet, where, value in cells:
        page = book[sheet]
        titles = {str(cell.value).removesuffix(" *"): cell.column for cell in page[1]}
        if where in titles:
            page.cell(row=2, column=titles[where], value=value)
        else:
            page[where] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def options(source: str) -> dict[str, str]:
    return OPTIONS.get(source, {})


def test_what_is_written_is_read_back_the_same() -> None:
    read_back = read_book(build([whole()], options), options)
    assert read_back.problems == ()
    for key in ("bases", "materials", "questions", "faq"):
        assert read_back.items[0][key] == whole()[key], key
    assert {key: value for key, value in MAIN.items() if read_back.items[0]["main"][key] != value} == {}


def test_the_template_names_every_column_with_its_choices_and_explains_it() -> None:
    book = load_workbook(BytesIO(build((), options)))
    assert book.sheetnames == ["事项", *(table.title for table in TABLES.values()), "填写说明"]
    titles = [cell.value.removesuffix(" *") for cell in book["事项"][1]]
    assert titles[0] == "实施编码" and set(titles) == {column.title for column in COLUMNS.values()}
    assert any("即办件,承诺件" in rule.formula1 for rule in book["事项"].data_validations.dataValidation)
    assert len(list(book["填写说明"].rows)) == 1 + len(COLUMNS) + sum(len(table.columns) for table in TABLES.values())


def test_every_wrong_cell_is_told_with_sheet_cell_and_what_to_do() -> None:
    data = changed(
        build([whole()], options), ("事项", "到现场次数", "一次"), ("事项", "办件类型", "快办"), ("申请材料", "份数", -1), ("收费标准",
        "A2", "没有这个编码"),
        ("收费标准", "B2", "f"), ("事项", "生效日期", "明年"), ("情形", "选项", "没有冒号"), ("常见问题", "D1", "多出来的一栏"),
    )  # fmt: skip
    told = {(one.sheet, one.label): one for one in read_book(data, options).problems}
    assert set(told) == {
        ("事项", "到现场次数"), ("事项", "办件类型"), ("申请材料", "份数"), ("收费标准", "实施编码"), ("事项", "生效日期"), ("情形",
        "选项"),
        ("常见问题", "多出来的一栏"),
    }  # fmt: skip
    assert told["申请材料", "份数"].cell == "H2" and told["常见问题", "多出来的一栏"].cell == "D1"
    assert "即办件、承诺件" in told["事项", "办件类型"].text and told["事项", "办件类型"].value == "快办"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old xls", b"name,code\n"])
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    assert [one.label for one in read_book(data, options).problems] == ["文件"]


def test_a_book_without_the_sheet_or_without_items_says_so() -> None:
    out = BytesIO()
    Workbook().save(out)
    assert "没有名为“事项”的工作表" in read_book(out.getvalue(), options).problems[0].text
    assert "还没有事项" in read_book(build((), options), options).problems[0].text


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("number", 3.0, 3), ("date", date(2026, 12, 1), "2026-12-01"), ("date", "2026年12月1日", "2026-12-01"), ("yes_no", True, True),
        ("yes_no", "否", False), ("list", "申报、收件,受理", ["申报", "收件", "受理"]), ("lines", "一\n\n二", ["一", "二"]), ("text",
        189.0, "189"),
        ("pairs", "文号：〔2026〕1号", {"文号": "〔2026〕1号"}), ("figures", "表单 6、材料14份", {"forms": 6, "materials": 14}),
        ("choices", "", []),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_its_column_wants_it(kind: Any, raw: Any, value: Any) -> None:
    column = Column(key="x", title="x", kind=kind)
    assert read(column, raw) == value
    assert read(column, write(column, value)) == value


def test_a_code_the_spreadsheet_made_a_number_of_is_not_taken_for_one() -> None:
    with pytest.raises(NotAValue, match="文本"):
        read(COLUMNS["code"], 1.1189901e30)


def test_a_workbook_becomes_drafts_or_nothing_at_all(
    library: None, official: Callable[[str], Actor], browse: Callable[[str], Client]
) -> None:
    actor = official("hrss-items")
    good = build([whole()], service.options_of)
    both = build([whole(), whole(code=f"{CODE[:26]}2{CODE[27:]}", basic_code="", visits=2)], service.options_of)
    with pytest.raises(service.BookRefused) as refused:
        service.import_book(data=both, organisation="hrss", actor=actor, at=AT)
    cells = {(one.sheet, one.cell) for one in refused.value.facts["problems"]}  # type: ignore[attr-defined]
    assert cells and all(cell.endswith(("2", "3")) for _, cell in cells)
    assert not service.find_drafts(actor).exists()

    client = browse("hrss-items")
    wrong = SimpleUploadedFile("wrong.xlsx", changed(good, ("事项", "到现场次数", "一次")))
    answer = client.post("/exchange/items/drafts/import/", {"book": wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and "没有导入任何内容" in page and "到现场次数" in page and "一次" in page
    assert client.post("/exchange/items/drafts/import/", {}).status_code == 422
    answer = client.post("/exchange/items/drafts/import/", {"book": SimpleUploadedFile("good.xlsx", good)})
    draft = service.find_drafts(actor).get()
    assert answer["Location"] == f"/exchange/items/drafts/{draft.pk}/" and draft.kind == "new"
    assert [one for one in service.draft_findings(draft, on=AT.date()) if one.blocks] == []
    again = service.import_book(data=build([whole(promised_length=6)], service.options_of), organisation="hrss", actor=actor, at=AT)
    assert [one.pk for one in again] == [draft.pk] and again[0].sheet["main"]["promised_length"] == 6

    published = ItemVersion.objects.get(organisation="hrss", state="published")
    exported = client.get(f"/exchange/items/{published.code}/export.xlsx").content
    read_back = service.read_upload(exported)
    assert read_back.problems == () and read_back.items[0]["main"]["name"] == published.name
    change = service.import_book(data=exported, organisation="hrss", actor=actor, at=AT)[0]
    assert (change.kind, service.changes_in_words(change)) == ("change", [])
    assert client.get("/exchange/items/template.xlsx").status_code == 200
    assert len(service.read_upload(client.get("/exchange/items/export.xlsx?organisation=hrss").content).items) == 1
    with pytest.raises(service.BookRefused):  # another office's item
        service.import_book(data=exported, organisation="civil", actor=official("civil-items"), at=AT)


def parts_of(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook again, each part as ``change(name, bytes)`` wants it; None leaves it out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if (content := change(name, before.read(name))) is not None:
                after.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "[Content_Types].xml" else content,
        lambda name, content: content[: len(content) // 2] if name == "xl/worksheets/sheet1.xml" else content,
        lambda name, content: content[: len(content) // 2] if name == "xl/workbook.xml" else content,
        lambda name, content: content.replace(b'r="A1"', b'r="?"') if name == "xl/worksheets/sheet1.xml" else content,
    ],
    ids=["no content types", "half a sheet", "half a book", "no such cell"],
)
def test_a_damaged_workbook_is_said_to_be_damaged(change: Callable[[str, bytes], bytes | None]) -> None:
    told = read_book(parts_of(build([whole()], options), change), options).problems
    assert [(one.label, one.text) for one in told] == [("文件", "文件已损坏，请重新保存后上传。")]


def test_a_workbook_with_a_password_or_a_broken_stream_is_answered() -> None:
    data = bytearray(build([whole()], options))
    where = data.index(b"PK\x01\x02")
    data[where + 8] |= 1  # the flag of an encrypted member
    assert "密码" in read_book(bytes(data), options).problems[0].text
    data = bytearray(build([whole()], options))
    data[60:200] = b"\xff" * 140
    assert "损坏" in read_book(bytes(data), options).problems[0].text


def test_a_cell_far_to_the_right_on_every_line_costs_nothing_and_is_not_read() -> None:
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (line, line) for line in range(3, 5002))
    wide = parts_of(
        build([whole()], options),
        lambda name, content: content.replace(b"</sheetData>", far + b"</sheetData>") if name == "xl/worksheets/sheet1.xml" else content,
    )
    tracemalloc.start()
    try:
        assert len(read_book(wide, options).items) == 1
        assert tracemalloc.get_traced_memory()[1] < 100 * 1024 * 1024
    finally:
        tracemalloc.stop()
