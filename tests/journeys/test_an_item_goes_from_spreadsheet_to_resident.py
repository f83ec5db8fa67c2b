"""A department's item: filled in a spreadsheet, checked by cell, edited with the checks beside the field, legally reviewed, published,
used."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from santai.back.cases.models import Case
from santai.exchange.items.rules.sheet import COLUMNS, TABLES
from santai.exchange.items.service import options_of
from santai.kernel.jobs.service import drain
from tests.exchange.items.sheets import BASES, FAQ, MAIN, MATERIALS
from tests.support.acts import PDF
from tests.support.browser import shot, sign_in, sound
from tests.support.city import install

CODE = "11189901MB6208777X4182099001000"
NAME = "就业见习补贴申领"


@pytest.fixture
def city(transactional_db: None) -> None:
    install("power-library", "resident-basics")


def filled(template: bytes, **main: Any) -> bytes:
    """The template as a clerk would fill it in: by the titles of its columns, choices by their words."""
    from santai.exchange.items.rules.cells import write

    book = load_workbook(BytesIO(template))
    lists = {"事项": ([{**MAIN, "code": CODE, "basic_code": CODE[19:], **main}], COLUMNS.values())}
    for key, rows in (("bases", BASES), ("materials", MATERIALS), ("faq", FAQ)):
        lists[TABLES[key].title] = (rows, TABLES[key].columns)
    for title, (rows, columns) in lists.items():
        page = book[title]
        place = {str(cell.value).removesuffix(" *"): cell.column for cell in page[1]}
        for line, row in enumerate(rows, start=2):
            page.cell(row=line, column=place["实施编码"], value=CODE)
            for column in columns:
                value = row.get(column.key)
                said = (
                    value if isinstance(value, str) and column.kind == "number" else write(column, value, options_of(column.source) or None)
                )
                if said:
                    page.cell(row=line, column=place[column.title], value=said)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.requirement("FD-039", part="an item drafted from a spreadsheet, linted, legally reviewed, published and used")
def test_an_item_is_drafted_from_a_spreadsheet_reviewed_published_and_used(city: None, page: Page, visitor: Any, tmp_path: Path) -> None:
    sign_in(page, "hrss-items")
    page.goto("/exchange/items/drafts/import/")
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    template = Path(download.value.path()).read_bytes()
    book = tmp_path / "事项.xlsx"

    book.write_bytes(filled(template, visits="一次"))
    page.set_input_files("input[type=file]", book)
    page.get_by_role("button", name="检查并导入").click()
    page.get_by_text("没有导入任何内容").first.wait_for()
    assert page.get_by_role("row", name="到现场次数").get_by_text("一次", exact=True).is_visible()
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 422 of the refused file
    sound(page)
    shot(page, "import-refused")

    book.write_bytes(filled(template))
    page.set_input_files("input[type=file]", book)
    page.get_by_role("button", name="检查并导入").click()
    page.wait_for_url("**/drafts/*-*/")
    sound(page)
    shot(page, "draft")

    page.get_by_role("link", name="办理方式").first.click()
    sound(page)
    page.get_by_label("到现场次数").fill("1")  # nothing is saved: the check answers while typing
    page.get_by_text("到现场次数不为 0 时，必须写明必须到现场的原因").wait_for()
    assert page.get_by_text("到现场次数应当为 0").is_visible()
    shot(page, "lint-beside-the-field")
    page.get_by_label("到现场次数").fill("0")
    page.get_by_text("必须写明必须到现场的原因").wait_for(state="detached")
    page.get_by_label("办理时间").fill("周一至周六 9:00–17:00")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("“办理方式”已保存").wait_for()
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="送法制审核").click()
    page.get_by_text("已送法制审核").first.wait_for()
    address = page.url

    lawyer = visitor()
    sign_in(lawyer, "hrss-legal")
    lawyer.goto("/exchange/items/drafts/?step=legal_review")
    sound(lawyer)
    lawyer.get_by_role("link", name=NAME).click()
    lawyer.get_by_role("link", name="通读全部内容").click()
    lawyer.get_by_text("《就业促进法》").first.wait_for()
    sound(lawyer)
    lawyer.go_back()
    lawyer.get_by_label("意见").fill("依据有效，程序合法。")
    lawyer.get_by_role("button", name="审核通过").click()
    lawyer.get_by_text("审核通过，已送发布").wait_for()

    publisher = visitor()
    sign_in(publisher, "item-publisher")
    publisher.goto(address)
    sound(publisher)
    publisher.get_by_role("button", name="发布", exact=True).click()
    publisher.get_by_text("已发布第 1 版").first.wait_for()
    drain()

    resident = visitor()
    sign_in(resident, "resident")
    resident.goto("/front/hall/?q=见习补贴")
    resident.get_by_role("link", name=NAME).first.click()
    resident.get_by_text("7 个工作日").first.wait_for()
    sound(resident)
    shot(resident, "guide")
    resident.get_by_role("button", name="开始办理").first.click()
    resident.get_by_label("申请内容").fill("申领 2026 年 3 月见习补贴")
    resident.get_by_label("联系地址").fill("东江市滨江新区望江路 18 弄 3 号 501 室")
    resident.get_by_role("checkbox", name="本人承诺").check()
    resident.get_by_role("button", name="保存并继续").click()
    resident.get_by_text("就业见习协议").first.wait_for()  # the material of the list is asked for
    sound(resident)
    shot(resident, "material")
    resident.locator("input[type=file]").set_input_files({"name": "协议.pdf", "mimeType": "application/pdf", "buffer": PDF})
    resident.get_by_role("button", name="保存文件").click()
    resident.get_by_text("已上传").first.wait_for()
    resident.goto(resident.url.split("materials/")[0] + "check/")
    resident.get_by_role("button", name="提交申请").click()
    resident.wait_for_url("**/filed/**")
    sound(resident)
    drain()
    case_no = resident.locator(".notice__number").inner_text().replace(" ", "")
    case = Case.objects.get(case_no=case_no)
    assert (case.item_code, case.item_version, case.state) == (CODE, 1, "checking")  # it waits at the office whose item it is
