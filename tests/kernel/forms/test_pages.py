"""Sections and answers as pages: without scripts, entry kept, message at the field, origin of what is locked."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from santai.kernel.forms.service import (
    Form,
    answers_context,
    check,
    compile_form,
    diff,
    error_summary,
    is_row_act,
    read_section,
    section_context,
    sections,
)
from tests.kernel.forms.conftest import TODAY

pytestmark = pytest.mark.django_db


def section_html(form: Form, section: str, data: dict[str, Any], **more: Any) -> str:
    return render_to_string("kernel_forms/section.html", section_context(form, section, data, today=TODAY, **more))


def post(text: str) -> QueryDict:
    return QueryDict(text)


def test_a_wrong_entry_stands_in_its_input_with_the_message_beside_it(enterprise: Form) -> None:
    data = read_section(enterprise, "name", {"registered_capital": "两千", "company_name": "澄源"}, {}, today=TODAY)
    errors = check(enterprise, data, only_section="name", today=TODAY).errors
    html = section_html(enterprise, "name", data, errors=errors)
    assert 'value="两千"' in html
    assert 'id="f-registered_capital-error"' in html
    assert "单位为万元" in html
    assert 'aria-invalid="true"' in html
    assert [line["anchor"] for line in error_summary(enterprise, errors)][0] == "f-company_name"


def test_a_date_that_is_none_is_kept_in_a_text_input(enterprise: Form) -> None:
    html = section_html(enterprise, "scope", {"opens_on": "明年春天"})
    assert 'type="text" value="明年春天"' in html


def test_a_locked_value_shows_its_origin_and_has_no_input(enterprise: Form, firm: dict[str, Any]) -> None:
    html = section_html(enterprise, "shareholders", firm, locked={"founder.name": "人口库，2月9日"})
    assert "来自 人口库，2月9日" in html
    assert 'name="founder.name"' not in html


def test_rows_are_added_and_removed_without_scripts(enterprise: Form, firm: dict[str, Any]) -> None:
    added = post("_rows.shareholders=3&shareholders.0.name=甲&_add=shareholders")
    assert is_row_act(added)
    data = read_section(enterprise, "shareholders", added, firm, today=TODAY)
    assert len(data["shareholders"]) == 4
    assert data["shareholders"][0]["name"] == "甲"
    assert 'name="shareholders.3.name"' in section_html(enterprise, "shareholders", data)
    data = read_section(enterprise, "shareholders", post("_rows.shareholders=4&_remove=shareholders.1"), data, today=TODAY)
    assert [row.get("name") for row in data["shareholders"]] == ["甲", "东江滨江高新园区开发有限公司", None]
    data = read_section(enterprise, "shareholders", post("_rows.shareholders=3"), data, today=TODAY)
    assert len(data["shareholders"]) == 2


def test_rows_inside_a_department_group_are_added_too(enterprise: Form, firm: dict[str, Any]) -> None:
    data = read_section(enterprise, "gs", post("_rows.gs.beneficial_owners=1&_add=gs.beneficial_owners"), firm, today=TODAY)
    assert len(data["gs"]["beneficial_owners"]) == 2


def test_more_rows_than_allowed_are_not_taken(enterprise: Form, firm: dict[str, Any]) -> None:
    data = read_section(enterprise, "scope", {"_rows.main_activities": "900", "main_activities.800.text": "x"}, firm, today=TODAY)
    assert len(data["main_activities"]) <= 3


def test_a_row_with_a_locked_value_stays(enterprise: Form, firm: dict[str, Any]) -> None:
    locked = {"shareholders.0.name": "人口库"}
    data = read_section(enterprise, "shareholders", post("_rows.shareholders=3&_remove=shareholders.0"), firm, locked=locked, today=TODAY)
    assert len(data["shareholders"]) == 3
    assert 'value="shareholders.0" formnovalidate' not in section_html(enterprise, "shareholders", data, locked=locked)


def test_an_unticked_box_is_taken_away(enterprise: Form, firm: dict[str, Any]) -> None:
    data = read_section(
        enterprise, "gs", post("_shown=gs.seals&_shown=gs.premises_pledge&gs.insurance=pension&gs.insurance=injury"), firm, today=TODAY
    )
    assert "seals" not in data["gs"]
    assert "premises_pledge" not in data["gs"]
    assert data["gs"]["insurance"] == ["pension", "injury"]


def test_questions_not_in_the_post_keep_their_answers(enterprise: Form, firm: dict[str, Any]) -> None:
    data = read_section(enterprise, "name", {"currency": "USD"}, firm, today=TODAY)
    assert data["currency"] == "USD"
    assert data["company_name"] == firm["company_name"]
    assert data["sw"] == firm["sw"]


def test_a_section_reads_only_its_own_questions(enterprise: Form, firm: dict[str, Any]) -> None:
    assert read_section(enterprise, "name", {"employees": "1", "situation.x": "1", "__class__": "x"}, firm, today=TODAY)["employees"] == 46


def test_a_conditional_question_is_hidden_until_its_condition_holds(enterprise: Form) -> None:
    html = section_html(enterprise, "name", {"term_kind": "long"})
    assert html.split('name="term_years"')[0].rsplit('<div class="field', 1)[1].count("hidden") == 1
    html = section_html(enterprise, "name", {"term_kind": "years"})
    assert html.split('name="term_years"')[0].rsplit('<div class="field', 1)[1].count(" hidden") == 0


def test_the_task_list_tells_the_state_of_every_section(enterprise: Form, firm: dict[str, Any]) -> None:
    empty = {state.id: state.state for state in sections(enterprise, {}, today=TODAY)}
    assert empty["name"] == "未开始"
    half = {state.id: state.state for state in sections(enterprise, {"company_name": "东江澄源精密部件有限公司"}, today=TODAY)}
    assert half["name"] == "进行中"
    firm["employees"] = "很多"
    wrong = {state.id: state.state for state in sections(enterprise, firm, today=TODAY)}
    assert wrong["people"] == "需更正"
    notice = {state.id: state.state for state in sections(enterprise, firm | {"employees": 46}, {"phone": "请改正"}, today=TODAY)}
    assert notice["address"] == "需更正"
    assert notice["people"] == "已完成"


def test_answers_show_change_links_origins_and_what_changed(enterprise: Form, firm: dict[str, Any]) -> None:
    new = firm | {"employees": 60}
    context = answers_context(
        enterprise,
        new,
        change_url=lambda section: f"/x/{section}/",
        changes=diff(enterprise, firm, new),
        origins={"founder.name": "人口库"},
        today=TODAY,
    )
    html = render_to_string("kernel_forms/answers.html", context)
    assert 'href="/x/people/#f-employees"' in html
    assert "原填：46 人" in html
    assert "来自 人口库" in html
    assert "facts__row--changed" in html


def test_pages_escape_what_people_wrote(enterprise: Form, firm: dict[str, Any]) -> None:
    firm["company_name"] = "<script>alert(1)</script>公司"
    assert "<script>alert" not in section_html(enterprise, "name", firm)
    assert "<script>alert" not in render_to_string("kernel_forms/answers.html", answers_context(enterprise, firm, today=TODAY))


@pytest.mark.parametrize(
    "section", ["name", "address", "shareholders", "people", "scope", "questions", "gs", "sw", "cz", "zj", "tj", "wz", "hb", "delivery"]
)
def test_every_section_posts_back_to_the_same_data(enterprise: Form, firm: dict[str, Any], section: str) -> None:
    """What the page shows, posted unchanged, is the same application: nothing is lost on the way through HTML."""
    import re
    from html import unescape

    checked = check(enterprise, firm, today=TODAY).data
    html = section_html(enterprise, section, checked)
    query = QueryDict(mutable=True)
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag and 'type="checkbox"' not in tag or " checked" in tag):
            query.appendlist(unescape(name[1]), unescape(value[1]) if value else "")
    for name, body in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', html):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', body)
        query.appendlist(name, unescape(chosen[1]) if chosen else "")
    for name, body in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        query.appendlist(name, unescape(body))
    assert len(query) > 2
    again = check(enterprise, read_section(enterprise, section, query, checked, today=TODAY), today=TODAY).data
    assert [(change.path, change.old, change.new) for change in diff(enterprise, checked, again)] == []
    assert again == checked


def test_an_english_page_marks_what_is_only_in_chinese() -> None:
    from django.utils.translation import override

    form = compile_form(
        {
            "key": "mixed",
            "version": 1,
            "title": "表",
            "schema": {"type": "object", "properties": {"a": {"type": "string", "title": "甲"}, "b": {"type": "string", "title": "乙", "x-en": "B"}}},  # noqa: E501
            "layout": {"sections": [{"id": "s", "title": "一", "fields": ["a", "b"]}]},
        }
    )  # fmt: skip
    with override("en"):
        html = section_html(form, "s", {})
    assert '<label class="field__label" for="f-a" lang="zh-CN">甲' in html
    assert '<label class="field__label" for="f-b">B' in html
