"""Documents look official, carry every character, and come out the same each time."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from santai.kernel.render.service import (
    TemplateBroken,
    UnknownTemplate,
    chinese_date,
    chinese_money,
    families,
    pdf,
    qr_png,
    qr_svg,
    register_template,
)

LETTER = {
    "organisation": "东江市滨江新区市场监督管理局",
    "title": "准予行政许可决定书",
    "number": "东滨市监许〔2026〕1号",
    "day": "2026年2月9日",
    "to": "䶮邶堃",
    "paragraphs": ["决定准予。"],
}


def test_the_same_data_gives_the_same_bytes():
    assert pdf("kernel_render/official_document", LETTER) == pdf("kernel_render/official_document", LETTER)


def test_documents_are_archival():
    with pikepdf.open(io.BytesIO(pdf("kernel_render/official_document", LETTER))) as document:
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"] == "准予行政许可决定书"
        assert tuple(round(float(v)) for v in document.pages[0].mediabox) == (0, 0, 595, 842)


def test_rare_names_have_glyphs():
    with pikepdf.open(io.BytesIO(pdf("kernel_render/official_document", LETTER))) as document:
        text = "".join(str(font.get("/BaseFont", "")) for page in document.pages for font in page.Resources.Font.values())
    assert "NotoSerifSC" in text and "Libertinus" not in text  # nothing fell back to a Latin face


def test_only_the_chosen_fonts_are_known():
    assert {"Noto Sans SC", "Noto Serif SC"} <= set(families())


def test_an_unknown_template_is_refused():
    with pytest.raises(UnknownTemplate):
        pdf("nowhere/nothing", {})


def test_a_broken_template_says_why(tmp_path):
    path = tmp_path / "broken.typ"
    path.write_text("#let data = json(bytes(sys.inputs.data))\n#data.missing")
    register_template("tests/broken", path)
    with pytest.raises(TemplateBroken) as caught:
        pdf("tests/broken", {})
    assert "missing" in str(caught.value.facts["diagnostic"])


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("5000000", "伍佰万元整"),
        ("0", "零元整"),
        ("10010", "壹万零壹拾元整"),
        ("1000000.5", "壹佰万元伍角整"),
        ("100000001", "壹亿零壹元整"),
        ("20000.03", "贰万元零叁分"),
        ("10500000", "壹仟零伍拾万元整"),
    ],
)
def test_money_in_capital_figures(amount, words):
    assert chinese_money(Decimal(amount)) == words


def test_dates_as_official_papers_write_them():
    assert chinese_date(date(2026, 2, 9)) == "2026年2月9日"


def test_codes_need_no_inline_style():
    assert qr_svg("http://127.0.0.1:8000/v/x/").startswith("<svg") and "style=" not in qr_svg("x")
    assert qr_png("x").startswith(b"\x89PNG")
