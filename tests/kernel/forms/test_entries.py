"""What people type is understood; what is not understood is kept."""

from typing import Any

import pytest

from santai.kernel.forms.service import check, compile_form, read_section


def form_with(widget: str, kind: str = "string", **entry: Any) -> Any:
    schema = {"type": kind, "title": "栏"} | ({"items": {"type": "string"}} if kind == "array" else {})
    return compile_form(
        {
            "key": "typed",
            "version": 1,
            "title": "录入",
            "schema": {"type": "object", "required": ["x"], "properties": {"x": schema}},
            "layout": {"sections": [{"id": "s", "title": "一", "fields": [{"field": "x", "widget": widget, **entry}]}]},
        }
    )


def typed(form: Any, text: str) -> Any:
    return read_section(form, "s", {"x": text}, {}, today="2026-02-09").get("x")


@pytest.mark.parametrize(
    ("widget", "kind", "entry", "text", "value"),
    [
        ("text", "string", {}, "  东江\u3000", "东江"),
        ("integer", "integer", {}, "１２", 12),
        ("integer", "integer", {"unit": "人"}, "46人", 46),
        ("number", "number", {}, "1,800.5", 1800.5),
        ("number", "number", {}, "－３．５", -3.5),
        ("number", "number", {}, "12,34", "12,34"),
        ("number", "number", {}, "三千", "三千"),
        ("number", "number", {}, "1e9", "1e9"),
        ("number", "number", {}, "NaN", "NaN"),
        ("percent", "number", {}, "33.33％", 33.33),
        ("money", "number", {"unit": "万元"}, "2000", 2000),
        ("money", "number", {"unit": "万元"}, "２，０００万元", 2000),
        ("money", "number", {"unit": "万元"}, "3,000元", 0.3),
        ("money", "number", {"unit": "元"}, "500万", 5000000),
        ("money", "number", {"unit": "元"}, "￥1,200.50", 1200.5),
        ("money", "number", {"unit": "万元"}, "1.2亿元", 12000),
        ("money", "number", {"unit": "千元"}, "68万", 680),
        ("money", "number", {"unit": "万元"}, "很多", "很多"),
        ("date", "string", {}, "2026/2/9", "2026-02-09"),
        ("date", "string", {}, "２０２６年２月９日", "2026-02-09"),
        ("date", "string", {}, "20260209", "2026-02-09"),
        ("date", "string", {}, "2026.02.09", "2026-02-09"),
        ("date", "string", {}, "2026-02-30", "2026-02-30"),
        ("date", "string", {}, "明天", "明天"),
        ("yes_no", "boolean", {}, "true", True),
        ("yes_no", "boolean", {}, "否", False),
        ("yes_no", "boolean", {}, "也许", "也许"),
        ("select", "string", {"options": {"a": "甲", "b": "乙"}}, "b", "b"),
        ("select", "string", {"options": {"a": "甲"}}, "z", "z"),
        ("mobile", "string", {}, "１３８ 0000 0000", "13800000000"),
        ("identifier", "string", {}, "11010519491231002x", "11010519491231002X"),
        ("postcode", "string", {}, "２０ ０１２０", "200120"),
        ("textarea", "string", {}, "一\r\n二", "一\n二"),
        ("text", "string", {}, "   ", None),
    ],
)
def test_an_entry_is_read(widget: str, kind: str, entry: dict[str, Any], text: str, value: Any) -> None:
    found = typed(form_with(widget, kind, **entry), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("widget", "kind", "entry", "text", "words"),
    [
        ("number", "number", {}, "三千", "请填数字"),
        ("integer", "integer", {}, "3.5", "请填整数"),
        ("money", "number", {"unit": "万元"}, "很多", "单位为万元"),
        ("date", "string", {}, "2026-02-30", "真实存在的日期"),
        ("yes_no", "boolean", {}, "也许", "是或否"),
        ("select", "string", {"options": {"a": "甲"}}, "z", "所列选项"),
        ("mobile", "string", {}, "12345", "手机"),
        ("identifier", "string", {"identifier": "resident-id"}, "110105194912310021", ""),
        ("email", "string", {}, "a@b", "name@example.cn"),
        ("phone", "string", {}, "不知道", "座机"),
        ("postcode", "string", {}, "2001", "六位"),
        ("division", "string", {}, "1899", "十二位"),
        ("text", "string", {}, "", "请填写“栏”"),
        ("date", "string", {}, "", "请选择“栏”"),
    ],
)
def test_a_wrong_entry_is_kept_and_told_at_the_field(widget: str, kind: str, entry: dict[str, Any], text: str, words: str) -> None:
    form = form_with(widget, kind, **entry)
    data = read_section(form, "s", {"x": text}, {}, today="2026-02-09")
    checked = check(form, data, today="2026-02-09")
    assert set(checked.errors) == {"x"}
    assert words in checked.errors["x"]
    assert str(data.get("x", "")) == ("3.5" if text == "3.5" else text)


def test_a_number_that_begins_with_nine_is_no_citizens() -> None:
    form = form_with("identifier", identifier="resident-id")
    assert "x" in check(form, {"x": "911100105194912310"}, today="2026-02-09").errors
