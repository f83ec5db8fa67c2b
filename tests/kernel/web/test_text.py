"""Dates, money and identifiers read as people write them."""

from datetime import UTC, date, datetime

import pytest

from santai.kernel.web.rules import charts, text
from santai.kernel.web.rules.catalogue import mo_bytes, parse_po
from santai.kernel.web.rules.text import page_number, whole


def test_a_day_is_written_in_full() -> None:
    assert text.day(date(2026, 12, 3)) == "2026年12月3日（周四）"
    assert text.day(date(2026, 12, 3), language="en") == "Thu 3 Dec 2026"
    assert text.moment(datetime(2026, 12, 3, 9, 5, tzinfo=UTC)) == "2026年12月3日 09:05"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 12, 3), "二〇二六年十二月三日"),
        (date(2030, 10, 20), "二〇三〇年十月二十日"),
        (date(2025, 1, 31), "二〇二五年一月三十一日"),
    ],
)
def test_a_sealed_document_has_chinese_numerals(value: date, written: str) -> None:
    assert text.official_day(value) == written


@pytest.mark.parametrize(("apart", "said"), [(0, "今天"), (1, "明天"), (-1, "昨天"), (5, "5天后"), (-5, "5天前")])
def test_days_are_told_from_today(apart: int, said: str) -> None:
    assert text.relative_days(date.fromordinal(740000 + apart), date.fromordinal(740000)) == said


@pytest.mark.parametrize(("yuan", "said"), [("5000000", "500万元"), ("12345", "1.2345万元"), (0, "0万元"), ("abc", "abc")])
def test_capital_is_told_in_ten_thousands(yuan: object, said: str) -> None:
    assert text.wan(yuan) == said


def test_money_has_two_places_or_none() -> None:
    assert text.money("1234.5") == "1,234.50元"
    assert text.money(1200) == "1,200元"
    assert text.number("100") == "100"


def test_identifiers_are_grouped_for_reading() -> None:
    assert text.grouped("310101199001011234") == "310101 19900101 1234"
    assert text.grouped("91310115MA1K4BQ66D", "credit-code") == "91 310115 MA1K4BQ66 D"
    assert text.grouped("13800000000") == "138 0000 0000"
    assert text.grouped("18990120261203000127") == "189901 20261203 000127"
    assert text.grouped("short") == "short"


def test_sizes_and_lengths_of_time_are_told_in_their_largest_units() -> None:
    assert text.file_size(512) == "512 B"
    assert text.file_size(2.4 * 1024 * 1024) == "2.4 MB"
    assert text.duration(3 * 86400 + 4 * 3600 + 59) == "3天4小时"
    assert text.duration(0) == "0秒"


def test_bars_start_from_zero_and_share_a_round_scale() -> None:
    drawn = charts.bars([("甲", 412, "412", False, ""), ("乙", 0, "0", False, "")], width=400)
    assert drawn.top == 500
    assert drawn.bars[0].width == pytest.approx(412 / 500 * 400)
    assert drawn.bars[1].width == 0


def test_a_line_names_its_highest_and_last_point() -> None:
    drawn = charts.line([("1", 3, "3"), ("2", 9, "9"), ("3", 5, "5")], width=200, height=100)
    assert [p.named for p in drawn.points] == [False, True, True]
    assert charts.spark_points([1]) == ""


def test_a_catalogue_is_compiled_without_gettext_tools(tmp_path: object) -> None:
    import gettext
    import io

    messages = parse_po(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n# note\n'
        'msgid "首页"\nmsgstr "Ho"\n"me"\n#, fuzzy\nmsgid "旧"\nmsgstr "old"\n'
    )
    read = gettext.GNUTranslations(io.BytesIO(mo_bytes(messages)))
    assert read.gettext("首页") == "Home"
    assert read.gettext("旧") == "旧"
    with pytest.raises(ValueError, match="line 1"):
        parse_po("nonsense")


@pytest.mark.parametrize("typed", ["", "²", "٣", "-1", "1.0", "100000", "9" * 5000])
def test_what_is_no_page_of_a_list_is_its_first_page(typed: str) -> None:
    assert page_number(typed) == 1


def test_a_whole_number_is_plain_digits_up_to_the_most() -> None:
    assert [whole(typed, most=365) for typed in ("0", " 12 ", "365", "366", "0012", "²")] == [0, 12, 365, None, None, None]
