"""Component tags say what they are given, escaped, with what assistive software needs."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_a_wrong_field_is_tied_to_its_message() -> None:
    html = drawn('{% field "shareholders.0.name" "姓名" error="请填写姓名" help="与身份证一致" %}')
    assert 'id="f-shareholders-0-name"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="f-shareholders-0-name-help f-shareholders-0-name-error"' in html
    assert 'id="f-shareholders-0-name-error"' in html


def test_the_summary_of_errors_leads_to_the_field() -> None:
    html = drawn("{% error_summary errors %}", errors={"shareholders.0.name": "请填写姓名", "": "请稍后再试"})
    assert 'href="#f-shareholders-0-name"' in html
    assert "请稍后再试" in html
    assert drawn("{% error_summary errors %}", errors={}).strip() == ""


def test_a_locked_field_shows_its_origin_and_sends_nothing() -> None:
    html = drawn('{% field "name" "姓名" value="周明" locked=True origin="来自 人口库，12月1日" correct_url="/x/" %}')
    assert "来自 人口库，12月1日" in html
    assert "<input" not in html


@pytest.mark.parametrize(
    "kind", ["text", "textarea", "number", "money", "date", "email", "phone", "password", "identifier", "search", "file"]
)
def test_every_single_widget_has_a_label_and_keeps_its_entry(kind: str) -> None:
    html = drawn('{% field "q" "问题" kind=kind value=value %}', kind=kind, value="<7>")
    assert '<label class="field__label" for="f-q">' in html
    assert "<7>" not in html


def test_choices_keep_what_was_chosen() -> None:
    options = [("a", "甲"), {"value": "b", "label": "乙", "help": "说明"}]
    for kind in ("radio", "checkboxes", "select"):
        html = drawn('{% field "q" "问题" kind=kind options=options value="b" %}', kind=kind, options=options)
        assert len(re.findall(r"\b(?:checked|selected)\b", html)) == 1
        assert 'id="f-q"' in html


def test_a_state_is_told_by_word_and_shape_as_well_as_colour() -> None:
    html = drawn('{% state "需更正" %}')
    assert "badge--wrong" in html and "<svg" in html and "需更正" in html


NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "due", "said"),
    [
        ("running", datetime(2026, 12, 3, 9, 0, tzinfo=UTC), "还剩 3 个工作日"),
        ("running", datetime(2026, 11, 30, 9, 0, tzinfo=UTC), "今天到期"),
        ("running", datetime(2026, 11, 27, 9, 0, tzinfo=UTC), "已超期"),
        ("stopped", datetime(2026, 12, 3, 9, 0, tzinfo=UTC), "已暂停计时"),
        ("met", datetime(2026, 12, 3, 9, 0, tzinfo=UTC), "按时完成"),
    ],
)
def test_the_remaining_time_says_how_long_and_by_when(state: str, due: datetime, said: str) -> None:
    clock = SimpleNamespace(due_at=due, state=state, unit="working_day")
    html = drawn('{% remaining clock "/why/" days=3 now=now %}', clock=clock, now=NOW)
    assert said in html
    assert 'href="/why/"' in html


def test_remaining_time_reads_iso_text_of_a_contract_too() -> None:
    clock = SimpleNamespace(due_at="2026-12-03T17:00:00+08:00", state="running", unit="working_day")
    assert "最迟 2026年12月3日（周四） 办结" in drawn("{% remaining clock days=3 now=now %}", clock=clock, now=NOW)


def test_a_confirmation_works_without_scripts() -> None:
    html = drawn('{% confirm_button "撤回" "不能恢复" action="/x/" %}', csrf_token="t")
    assert "<details" in html and '<form method="post" action="/x/">' in html and "不能恢复" in html


def test_chinese_content_on_an_english_page_carries_its_language_and_a_note() -> None:
    source = "<b{% lang_zh %}>滨江</b>{% untranslated %}原文{% enduntranslated %}"
    assert drawn(source) == "<b>滨江</b>原文"
    with override("en"):
        html = drawn(source)
    assert html.count('lang="zh-Hans"') == 2
    assert "available in Chinese only" in html


def test_states_speak_english_on_english_pages() -> None:
    with override("en"):
        assert "Accepted" in drawn('{% state "已受理" %}')
        assert "Thu 3 Dec 2026" in drawn('{{ "2026-12-03"|day }}')


def test_what_people_enter_is_escaped_everywhere() -> None:
    evil = "<script>x</script>"
    source = "{% facts rows %}{% timeline events %}{% thread lines %}{% people persons %}{% data_table columns rows %}"
    source += "{% notice evil %}{% empty evil %}{% state evil %}"
    html = drawn(
        source, evil=evil, rows=[{"label": evil, "value": evil, "a": evil}], events=[{"text": evil}], lines=[{"by": evil, "text": evil}],
        persons=[{"name": evil}], columns=[{"key": "a", "label": evil}],
    )  # fmt: skip
    assert "<script" not in html
