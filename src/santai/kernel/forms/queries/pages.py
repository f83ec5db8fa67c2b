"""What a page needs to show one section for filling in, or all answers for reading."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, override

from santai.kernel.forms.queries.checking import check, today_or
from santai.kernel.forms.queries.speaking import lang_of, name_of
from santai.kernel.forms.rules import logic
from santai.kernel.forms.rules.checking import is_required
from santai.kernel.forms.rules.definition import Block, Field, Form, Group, Note, Section, template_of
from santai.kernel.forms.rules.entries import shown_entry
from santai.kernel.forms.rules.reading import first_free_row
from santai.kernel.forms.rules.showing import Change, label_at, shown
from santai.kernel.forms.rules.walking import Data, concrete, fields_of, is_empty, is_visible, paths_of, visible_only, with_today, work_out

NOT_STARTED, IN_PROGRESS, DONE, TO_CORRECT = "未开始", "进行中", "已完成", "需更正"
INPUT_MODES = {"integer": "numeric", "number": "decimal", "money": "decimal", "percent": "decimal", "mobile": "tel", "phone": "tel"}
INPUT_TYPES = {"email": "email", "mobile": "tel", "phone": "tel"}
WIDGET_FILES = {
    "textarea": "textarea",
    "yes_no": "radio",
    "radio": "radio",
    "select": "select",
    "checkbox": "checkbox",
    "checkboxes": "checkboxes",
    "files": "files",
}


@dataclass(frozen=True)
class SectionState:
    """One line of the task list. ``state`` is one of 未开始 进行中 已完成 需更正; ``tone`` names it for styling."""

    id: str
    title: str
    state: str
    tone: str = ""
    lang: str = ""
    errors: int = 0

    @property
    def state_label(self) -> str:
        return gettext(self.state)


def sections(form: Form, data: Data, errors: Mapping[str, str] | None = None, *, today: date | str | None = None) -> list[SectionState]:
    """The task list: every section that is asked of this applicant, with its state.

    ``errors`` are those the applicant has been told of (a wrong entry, a correction notice); None checks here.
    """
    day = today_or(today)
    own = check(form, data, today=day).errors
    told = own if errors is None else errors
    worked = work_out(form, data, day)
    seen = with_today(visible_only(form, worked, day), day)
    states = []
    for section in form.sections:
        if not logic.holds(section.when, seen) or not _asks(section, seen):
            continue
        paths = paths_of(section)
        missing = [path for path in own if template_of(path) in paths]
        wrong = [path for path in told if template_of(path) in paths and (path not in own or not is_empty(logic.value_at(worked, path)))]
        begun = any(
            not is_empty(logic.value_at(worked, path))
            for field in fields_of(section.blocks)
            if field.compute is None and field.prefill is None
            for path, _ in concrete(field.path, worked)
        )
        state = (
            TO_CORRECT if wrong else DONE if not missing and (begun or _only_optional(section)) else IN_PROGRESS if begun else NOT_STARTED
        )
        tone = {TO_CORRECT: "correct", DONE: "done", IN_PROGRESS: "doing", NOT_STARTED: "todo"}[state]
        states.append(SectionState(section.id, name_of(section.title), state, tone, lang_of(section.title), len({*wrong, *missing})))
    return states


def _asks(section: Section, seen: Data) -> bool:
    return any(field.filled_by == "applicant" and (field.group or is_visible(field.when, seen)) for field in fields_of(section.blocks))


def _only_optional(section: Section) -> bool:
    return not any(field.required or field.required_when is not None for field in fields_of(section.blocks) if field.compute is None)


def anchor(path: str) -> str:
    """The id of the element that holds a path's input; an error summary links to ``#<anchor>``."""
    return "f-" + path.replace(".", "-")


def error_summary(form: Form, errors: Mapping[str, str]) -> list[dict[str, str]]:
    """Errors in the order of the form, each with the anchor of its field and the section it stands in."""
    order = {path: number for number, path in enumerate([*form.fields])}
    places = {path: section.id for section in form.sections for path in paths_of(section)}

    def rank(path: str) -> tuple[int, str]:
        template = template_of(path)
        first = min((number for known, number in order.items() if known.startswith(f"{template}.")), default=len(order))
        return order.get(template, first), path

    return [
        {"path": path, "anchor": anchor(path), "text": errors[path], "section": places.get(template_of(path), "")}
        for path in sorted(errors, key=rank)
    ]


def section_context(
    form: Form,
    section_id: str,
    data: Data,
    *,
    errors: Mapping[str, str] | None = None,
    locked: Mapping[str, str] | None = None,
    highlight: Mapping[str, str] | None = None,
    origins: Mapping[str, str] | None = None,
    today: date | str | None = None,
    upload_url: str = "",
    ticket: Callable[[Field], str] | None = None,
    file_url: Callable[[Mapping[str, Any]], str] | None = None,
) -> dict[str, Any]:
    """The context of ``kernel_forms/section.html``.

    Attached files come in by ``upload_url`` under a ``ticket`` made for each field (kernel/files); ``file_url`` gives the link of one.

    ``locked``: path → origin of values that may not be changed; ``origins``: path → origin of prefilled values that may;
    ``highlight``: path → note to show at a field (a correction that was asked for).
    """
    day = today_or(today)
    worked = work_out(form, data, day)
    page = _Page(
        form,
        worked,
        with_today(worked, day),
        dict(errors or {}),
        dict(locked or {}),
        dict(highlight or {}),
        dict(origins or {}),
        upload_url,
        ticket,
        file_url,
    )
    section = form.section(section_id)
    own = {path: text for path, text in page.errors.items() if template_of(path) in paths_of(section)}
    return {
        "form_section": {
            "id": section.id,
            "form": f"{form.key}:{form.version}",
            "title": name_of(section.title),
            "lang": lang_of(section.title),
            "intro": name_of(section.intro),
            "intro_lang": lang_of(section.intro),
            "blocks": [page.block(block, "", None) for block in section.blocks],
            "errors": error_summary(form, own),
            "takes_files": any(field.widget == "files" for field in fields_of(section.blocks)),
            "data": json.dumps(page.seen, ensure_ascii=False, default=str),
        }
    }


@dataclass(frozen=True)
class _Page:
    form: Form
    data: Data
    seen: Data
    errors: Mapping[str, str]
    locked: Mapping[str, str]
    highlight: Mapping[str, str]
    origins: Mapping[str, str]
    upload_url: str
    ticket: Callable[[Field], str] | None
    file_url: Callable[[Mapping[str, Any]], str] | None

    def block(self, block: Block, row_path: str, row: Any) -> dict[str, Any]:
        if isinstance(block, Note):
            return {
                "kind": "note",
                "text": name_of(block.text),
                "lang": lang_of(block.text),
                "hidden": not is_visible(block.when, self.seen, row),
                "when": _when(block.when),
            }
        path = _place(block.path, row_path)
        if isinstance(block, Field):
            return self.field(block, path, row)
        return self.group(block, path, row_path, row)

    def group(self, group: Group, path: str, row_path: str, row: Any) -> dict[str, Any]:
        shared = {
            "path": path,
            "id": anchor(path),
            "title": name_of(group.title),
            "lang": lang_of(group.title),
            "help": name_of(group.help),
            "help_lang": lang_of(group.help),
            "error": self.errors.get(path, ""),
            "hidden": not is_visible(group.when, self.seen, row),
            "when": _when(group.when),
        }
        if not group.repeats:
            return {**shared, "kind": "group", "blocks": [self.block(inner, row_path, row) for inner in group.fields]}
        found = logic.value_at(self.data, path)
        rows = list(found) if isinstance(found, list) else []
        rows += [{}] * (max(group.least, 1 if group.least else 0) - len(rows))
        free = first_free_row(path, self.locked)
        return {
            **shared,
            "kind": "rows",
            "count": len(rows),
            "add": len(rows) < group.most,
            "add_label": group.add_label or gettext("再加一项"),
            "rows": [
                {
                    "number": number + 1,
                    "path": f"{path}.{number}",
                    "id": anchor(f"{path}.{number}"),
                    "title": self._row_title(group, one, number),
                    "removable": number >= free and len(rows) > group.least,
                    "blocks": [self.block(inner, f"{path}.{number}", one) for inner in group.fields],
                }
                for number, one in enumerate(rows)
            ],
        }

    def _row_title(self, group: Group, row: Any, number: int) -> str:
        own = logic.value_at(row, group.row_title) if group.row_title else None
        return f"{name_of(group.title)} {number + 1}" + (f" · {own}" if isinstance(own, str) and own else "")

    def field(self, field: Field, path: str, row: Any) -> dict[str, Any]:
        value = logic.value_at(self.data, path)
        text = "" if isinstance(value, list | dict) else shown_entry(field, value)
        name = anchor(path)
        locked = self.locked.get(path, "")
        office = field.filled_by != "applicant"
        error = self.errors.get(path, "")
        fixed = locked or office or field.compute is not None
        template = "shown" if fixed else WIDGET_FILES.get(field.widget, "text")
        return {
            "kind": "field",
            "template": f"kernel_forms/widgets/{template}.html",
            "widget": field.widget,
            "name": path,
            "id": name,
            "label": name_of(field.label),
            "lang": lang_of(field.label),
            "help": name_of(field.help),
            "help_lang": lang_of(field.help),
            "value": text,
            "shown": shown(field, value, name_of),
            "files": _files(field, value, self.file_url),
            "error": error,
            "required": is_required(field, self.seen, row),
            "conditional": field.required_when is not None,
            "locked": locked,
            "office": office,
            "computed": field.compute is not None,
            "compute": json.dumps(field.compute, ensure_ascii=False) if field.compute is not None else "",
            "origin": locked or self.origins.get(path, ""),
            "note": self.highlight.get(path, ""),
            "options": _options(field, value, name),
            "unit": "%" if field.widget == "percent" else field.unit,
            "placeholder": field.placeholder,
            "autocomplete": field.autocomplete,
            "mode": INPUT_MODES.get(field.widget, ""),
            "type": _input_type(field, text),
            "short": field.widget in ("integer", "number", "percent", "date", "postcode", "money"),
            "maxlength": field.schema.get("maxLength", ""),
            "described": " ".join(
                part
                for part, there in ((f"{name}-help", field.help.zh), (f"{name}-note", self.highlight.get(path)), (f"{name}-error", error))
                if there
            ),
            "hidden": not is_visible(field.when, self.seen, row),
            "when": _when(field.when),
            "row": path.rpartition(".")[0] if field.group else "",
            "accept": ",".join(field.accepted_types) if field.widget == "files" else "",
            "megabytes": field.max_megabytes,
            "upload_url": self.upload_url,
            "ticket": self.ticket(field) if field.widget == "files" and self.ticket and not fixed else "",
        }


def _files(field: Field, value: Any, url: Callable[[Mapping[str, Any]], str] | None) -> list[dict[str, Any]]:
    if field.widget != "files" or not isinstance(value, list):
        return []
    return [{**one, "href": url(one) if url else ""} for one in value if isinstance(one, dict)]


def _place(template: str, row_path: str) -> str:
    return ".".join([row_path, *template.split(".")[len(row_path.split(".")) :]]) if row_path else template


def _when(conditions: tuple[Any, ...]) -> str:
    if not conditions:
        return ""
    return json.dumps(conditions[0] if len(conditions) == 1 else {"and": list(conditions)}, ensure_ascii=False)


def _input_type(field: Field, text: str) -> str:
    if field.widget == "date":
        # A date picker cannot show an entry that is no date; such an entry is kept, so it needs a text input.
        return "date" if text == "" or logic.as_date(text) else "text"
    return INPUT_TYPES.get(field.widget, "text")


def _options(field: Field, value: Any, name: str) -> list[dict[str, Any]]:
    options = [(option.value, name_of(option.label), lang_of(option.label)) for option in field.options]
    if field.widget == "yes_no" and not options:
        options = [(True, gettext("是"), ""), (False, gettext("否"), "")]
    chosen = value if isinstance(value, list) else [value]
    return [
        {
            "value": "true" if one is True else "false" if one is False else str(one),
            "label": label,
            "lang": lang,
            "chosen": any(logic.same(one, part) for part in chosen),
            "id": name if number == 0 else f"{name}-{number}",
        }
        for number, (one, label, lang) in enumerate(options)
    ]


def answers_context(
    form: Form,
    data: Data,
    *,
    role: str = "applicant",
    change_url: Any = None,
    changes: list[Change] | None = None,
    origins: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    today: date | str | None = None,
    locked: Collection[str] = (),
    file_url: Callable[[Mapping[str, Any]], str] | None = None,
) -> dict[str, Any]:
    """The context of ``kernel_forms/answers.html``: 核对, the official's view and print.

    ``change_url`` is a function (section id → address) or a text with ``{section}``; ``changes`` (from ``diff``) are marked with what
    stood there before; ``role`` picks a view of the definition (``views``), every field when there is none of that name.
    """
    day = today_or(today)
    worked = visible_only(form, work_out(form, data, day), day)
    reader = _Reader(
        form,
        worked,
        with_today(worked, day),
        {one.path: one for one in changes or ()},
        dict(origins or {}),
        dict(errors or {}),
        role,
        locked,
        file_url,
    )
    shown_sections = []
    for section in form.sections:
        if not logic.holds(section.when, reader.seen):
            continue
        groups = reader.groups(section)
        if groups:
            address = change_url(section.id) if callable(change_url) else str(change_url).format(section=section.id) if change_url else ""
            shown_sections.append(
                {
                    "id": section.id,
                    "title": name_of(section.title),
                    "lang": lang_of(section.title),
                    "change_url": address,
                    "groups": groups,
                    "changed": any(line["changed"] for group in groups for line in group["lines"]),
                }
            )
    return {"form_answers": {"title": name_of(form.title), "lang": lang_of(form.title), "sections": shown_sections}}


@dataclass(frozen=True)
class _Reader:
    form: Form
    data: Data
    seen: Data
    changes: Mapping[str, Change]
    origins: Mapping[str, str]
    errors: Mapping[str, str]
    role: str
    locked: Collection[str] = ()
    file_url: Callable[[Mapping[str, Any]], str] | None = None

    def may_see(self, path: str, section: str) -> bool:
        views = self.form.views.get(self.role)
        if views is None or "*" in views:
            return True
        return any(path == one or path.startswith(f"{one}.") or one == f"section:{section}" for one in views)

    def groups(self, section: Section) -> list[dict[str, Any]]:
        """Runs of lines under one heading each: plain fields, then each row of a repeating group."""
        found: list[dict[str, Any]] = []
        for block in section.blocks:
            if isinstance(block, Field):
                self._append(found, "", "", self.line(block, block.path, None, section.id))
            elif isinstance(block, Group):
                self._group(found, block, "", None, section.id)
        return [group for group in found if group["lines"]]

    def _append(self, found: list[dict[str, Any]], title: str, lang: str, line: dict[str, Any] | None) -> None:
        if not found or found[-1]["title"] != title:
            found.append({"title": title, "lang": lang, "lines": []})
        if line is not None:
            found[-1]["lines"].append(line)

    def _group(self, found: list[dict[str, Any]], group: Group, row_path: str, row: Any, section: str) -> None:
        path = _place(group.path, row_path)
        if not is_visible(group.when, self.seen, row):
            return
        if group.repeats:
            rows = logic.value_at(self.data, path)
            places = [(f"{path}.{number}", one) for number, one in enumerate(rows if isinstance(rows, list) else [])]
        else:
            places = [(row_path, row)]
        for number, (place, one) in enumerate(places):
            title = name_of(group.title) + (f" {number + 1}" if group.repeats else "")
            for inner in group.fields:
                if isinstance(inner, Field):
                    self._append(found, title, lang_of(group.title), self.line(inner, _place(inner.path, place), one, section))
                else:
                    self._group(found, inner, place, one, section)

    def line(self, field: Field, path: str, row: Any, section: str) -> dict[str, Any] | None:
        if not self.may_see(field.path, section) or not is_visible(field.when, self.seen, row):
            return None
        value = logic.value_at(self.data, path)
        change = self.changes.get(path)
        if is_empty(value) and change is None and self.role == "applicant" and not is_required(field, self.seen, row):
            return None
        return {
            "path": path,
            "id": anchor(path),
            "label": name_of(field.label),
            "lang": lang_of(field.label),
            "text": shown(field, value, name_of),
            "empty": is_empty(value),
            "files": _files(field, value, self.file_url),
            "identifier": bool(field.identifier or field.identifier_from or field.widget == "mobile"),
            "value_lang": "zh-CN" if lang_of(field.label) == "" and isinstance(value, str) and not value.isascii() else "",
            "origin": self.origins.get(path, ""),
            "changed": change is not None,
            "before": change.old if change else "",
            "error": self.errors.get(path, ""),
            "changeable": field.compute is None and field.filled_by == "applicant" and path not in self.locked,
            "source": field.source,
        }


def text_of(form: Form, data: Data, *, role: str = "applicant", today: date | str | None = None) -> str:
    """All answers as plain text, a line each: for search, mail and the file of the case."""
    context = answers_context(form, data, role=role, today=today)["form_answers"]
    lines = [context["title"]]
    for section in context["sections"]:
        lines.append(f"\n【{section['title']}】")
        for group in section["groups"]:
            if group["title"]:
                lines.append(f"〔{group['title']}〕")
            lines += [f"{line['label']}：{line['text'] or '（未填）'}" for line in group["lines"]]
    return "\n".join(lines)


def shown_at(form: Form, data: Data, path: str) -> str:
    """The value at a path as documents print it, in Chinese: names of options, units, dates; rows of a group (``*``) joined by ；."""
    field = form.fields.get(template_of(path))
    paths = [one for one, _ in concrete(template_of(path), data)] if "*" in path else [path]
    values = [logic.value_at(data, one) for one in paths]
    with override("zh-hans"):
        texts = [shown(field, value, name_of) if field else str("" if value is None else value) for value in values]
    return "；".join(text for text in texts if text)


def label_for(form: Form, path: str) -> str:
    """A field's label for people who did not see the form; with the group's name and row number. The path itself when unknown."""
    field = form.field_at(path)
    if field is not None:
        return label_at(form, field, path, name_of)
    group = form.groups.get(template_of(path))
    return name_of(group.title) if group else path
