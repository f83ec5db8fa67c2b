"""Definitions: every fault is found before anything is installed; what is installed never changes."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from santai.kernel.forms.service import (
    DefinitionChanged,
    DefinitionFaulty,
    FormUnknown,
    check_definition,
    get_form,
    install_form,
)
from santai.kernel.ledger.service import entries_on, system_actor

AT = datetime(2026, 2, 9, 1, 0, tzinfo=UTC)
SMALL: dict[str, Any] = {
    "key": "small-form",
    "version": 1,
    "title": "小表",
    "schema": {
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": {"type": "number", "title": "甲"},
            "b": {"type": "number", "title": "乙"},
            "rows": {"type": "array", "title": "行", "items": {"type": "object", "properties": {"n": {"type": "number"}}}},
        },
    },
    "layout": {"sections": [{"id": "one", "title": "一", "fields": ["a", "b", {"group": "rows", "fields": ["n"]}]}]},
}


def changed(**where: Any) -> dict[str, Any]:
    definition = copy.deepcopy(SMALL)
    definition.update(where)
    return definition


def fields(*entries: Any) -> dict[str, Any]:
    return changed(layout={"sections": [{"id": "one", "title": "一", "fields": list(entries)}]})


def test_a_sound_definition_has_no_faults() -> None:
    assert check_definition(SMALL) == []


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ([], "映射"),
        ({"key": "x"}, "缺少“schema”"),
        (changed(colour="red"), "不认识的键“colour”"),
        (changed(version=0), "version"),
        (changed(key="Große"), "key"),
        (changed(schema={"type": "nonsense"}), "JSON Schema"),
        (changed(layout={"sections": []}), "layout.sections"),
        (fields("missing"), "schema 中没有这个字段"),
        (fields({"field": "a", "widget": "crystal-ball"}), "不认识的控件"),
        (fields({"field": "a", "colour": "red"}), "不认识的键"),
        (fields({"field": "a", "codelist": "none"}), "没有代码表"),
        (fields({"field": "a", "identifier": "library-card"}), "不认识的证件种类"),
        (fields({"field": "a", "prefill": {"query": "x"}}), "prefill"),
        (fields({"field": "a", "when": {"exec": [1]}}), "不认识的运算符"),
        (fields({"field": "a", "when": {"var": "elsewhere"}}), "elsewhere"),
        (fields({"field": "a", "compute": {"var": "b"}}, {"field": "b", "compute": {"var": "a"}}), "互相依赖"),
        (fields({"field": "a", "compute": {"sum_of": ["rows", "n"]}}, {"group": "rows", "fields": [{"field": "n", "compute": {"var": "a"}}]}), "互相依赖"),  # noqa: E501
        (changed(rules=[{"logic": True, "message": "x", "field": "nowhere"}]), "不在表单里"),
        (changed(rules=[{"logic": True, "field": "a"}]), "缺少“message”"),
        (changed(views={"desk": ["nowhere"]}), "views.desk"),
    ],
)  # fmt: skip
def test_a_fault_is_named(definition: Any, words: str) -> None:
    assert words in "".join(check_definition(definition))


def test_several_faults_are_all_listed() -> None:
    assert len(check_definition(fields("x", "y", {"field": "a", "widget": "z"}))) == 3


@pytest.mark.django_db
def test_installing_is_recorded_and_repeating_changes_nothing() -> None:
    first = install_form(definition=SMALL, actor=system_actor("packs"), at=AT)
    again = install_form(definition=SMALL, actor=system_actor("packs"), at=AT)
    assert first.id == again.id
    assert entries_on("form:small-form:1").count() == 1
    assert get_form("small-form").version == 1


@pytest.mark.django_db
def test_an_installed_version_never_changes() -> None:
    install_form(definition=SMALL, actor=system_actor("packs"), at=AT)
    with pytest.raises(DefinitionChanged):
        install_form(definition=changed(title="另一张表"), actor=system_actor("packs"), at=AT)
    install_form(definition=changed(title="另一张表", version=2), actor=system_actor("packs"), at=AT)
    assert str(get_form("small-form", 1).title) == "小表"
    assert str(get_form("small-form").title) == "另一张表"


@pytest.mark.django_db
def test_a_faulty_definition_is_refused_with_its_faults() -> None:
    with pytest.raises(DefinitionFaulty) as refusal:
        install_form(definition=changed(version=0), actor=system_actor("packs"), at=AT)
    assert refusal.value.facts["problems"]
    with pytest.raises(FormUnknown):
        get_form("small-form")
