"""A form's definition, read once into values that everything else works with. docs/form-files.md describes the format."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from santai.kernel.forms.rules import logic

WIDGETS = frozenset(
    [
        "text",
        "textarea",
        "integer",
        "number",
        "money",
        "percent",
        "date",
        "yes_no",
        "checkbox",
        "radio",
        "select",
        "checkboxes",
        "identifier",
        "mobile",
        "email",
        "postcode",
        "phone",
        "division",
        "files",
    ]
)
IDENTIFIERS = frozenset(
    ["resident-id", "credit-code", "prc-permanent-residence", "hkmo-tw-residence", "hkmo-pass", "tw-pass", "passport", "mobile"]
)
FIELD_KEYS = frozenset(
    [
        "field",
        "widget",
        "label",
        "en",
        "help",
        "help_en",
        "when",
        "required",
        "required_when",
        "compute",
        "prefill",
        "placeholder",
        "autocomplete",
        "unit",
        "options",
        "codelist",
        "identifier",
        "filled_by",
        "accepted_types",
        "max_megabytes",
        "max_files",
        "rows",
        "source",
        "group_of",
    ]
)
GROUP_KEYS = frozenset(["group", "title", "en", "help", "help_en", "when", "fields", "min", "max", "add_label", "row_title"])
SECTION_KEYS = frozenset(["id", "title", "en", "intro", "intro_en", "when", "fields", "source", "branch"])
TOP_KEYS = frozenset(
    ["key", "version", "title", "en", "summary", "schema", "layout", "i18n", "rules", "codelists", "views", "sources", "sample", "profile"]
)


@dataclass(frozen=True)
class Text:
    """A text in Chinese with its English translation, when there is one."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True)
class Option:
    value: Any
    label: Text


@dataclass(frozen=True)
class Prefill:
    """Where a first value comes from: ``query`` names a gateway query or fact set, ``path`` the field of its answer."""

    query: str
    path: str
    locked: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Field:
    """One question. ``path`` is a template: a row of a repeating group is ``*`` (``shareholders.*.amount``)."""

    path: str
    label: Text
    widget: str
    schema: Mapping[str, Any]
    section: str
    help: Text = Text("")
    when: tuple[Any, ...] = ()  # every condition that must hold: its own, its group's, its section's
    required: bool = False
    required_when: Any = None
    compute: Any = None
    prefill: Prefill | None = None
    placeholder: str = ""
    autocomplete: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    identifier: str = ""
    identifier_from: str = ""  # sibling field that names the kind
    filled_by: str = "applicant"
    source: str = ""
    group: str = ""  # the repeating group it is a row of
    accepted_types: tuple[str, ...] = ()
    max_megabytes: int = 20
    max_files: int = 5

    @property
    def name(self) -> str:
        return self.path.rsplit(".", 1)[-1]

    @property
    def type(self) -> str:
        kind = self.schema.get("type", "string")
        return str(kind[0] if isinstance(kind, list) else kind)


@dataclass(frozen=True)
class Group:
    """Fields under one heading; ``repeats``: an array of objects whose rows are added and removed."""

    path: str
    title: Text
    fields: tuple["Field | Group", ...]
    repeats: bool = False
    help: Text = Text("")
    when: tuple[Any, ...] = ()
    least: int = 0
    most: int = 200
    add_label: str = ""
    row_title: str = ""


@dataclass(frozen=True)
class Note:
    """A paragraph between fields."""

    text: Text
    when: tuple[Any, ...] = ()


Block = Field | Group | Note


@dataclass(frozen=True)
class Section:
    id: str
    title: Text
    intro: Text
    when: Any
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Rule:
    """A condition over several fields; its message stands at ``field``. ``each`` runs it for every row of a group."""

    logic: Any
    message: Text
    field: str
    when: Any = None
    each: str = ""


@dataclass(frozen=True)
class Form:
    """A form as everything uses it. Immutable, shared between requests."""

    key: str
    version: int
    title: Text
    sections: tuple[Section, ...]
    fields: Mapping[str, Field]
    groups: Mapping[str, Group]
    rules: tuple[Rule, ...]
    views: Mapping[str, tuple[str, ...]]
    codelists: Mapping[str, tuple[Option, ...]]
    schema: Mapping[str, Any]
    compute_order: tuple[str, ...] = ()
    definition: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def field_at(self, path: str) -> Field | None:
        """The field of a concrete path (``shareholders.0.amount``)."""
        return self.fields.get(template_of(path))

    def section(self, section_id: str) -> Section:
        """KeyError when there is no such section."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


def template_of(path: str) -> str:
    """``shareholders.0.amount`` → ``shareholders.*.amount``."""
    return ".".join("*" if step.isdigit() else step for step in path.split("."))


def form_of(definition: Mapping[str, Any]) -> Form:
    """The compiled form. Call ``find_faults`` first: a faulty definition may raise KeyError or TypeError here."""
    return _Reader(definition).form()


def find_faults(definition: Any) -> list[str]:
    """Everything wrong with a definition, one sentence each; empty when it can be installed."""
    if not isinstance(definition, dict):
        return ["表单文件应是一个映射（key、version、title、schema、layout …）。"]
    faults = [f"缺少“{name}”。" for name in ("key", "version", "title", "schema", "layout") if name not in definition]
    faults += [f"不认识的键“{name}”。" for name in definition if name not in TOP_KEYS]
    if faults:
        return faults
    if not isinstance(definition["version"], int) or definition["version"] < 1:
        faults.append("version 应为从 1 起的整数。")
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,79}", str(definition["key"])):
        faults.append("key 只用小写字母、数字和连字符。")
    if wrong := _schema_fault(json.dumps(definition["schema"], ensure_ascii=False, default=str)):
        return [*faults, wrong]
    faults += _layout_faults(definition)
    if faults:
        return faults
    try:
        form = form_of(definition)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [*faults, f"layout 无法读取：{error!r}。"]
    return _meaning_faults(form)


@lru_cache(maxsize=1024)
def _schema_fault(text: str) -> str:
    """What keeps the JSON of a schema from being one; empty when nothing does. Kept: a pack is checked first, then installed."""
    try:
        Draft202012Validator.check_schema(json.loads(text))
    except SchemaError as error:
        return f"schema 不是合法的 JSON Schema 2020-12：{error.json_path} {error.message}"
    return ""


def label_of(schema: Mapping[str, Any], fallback: str) -> Text:
    return Text(str(schema.get("title", fallback)), str(schema.get("x-en", "")))


def options_of(raw: Any) -> tuple[Option, ...]:
    """A code list: ``{value: label}``, ``{value: [label, english]}`` or a list of ``{value, label, en}``."""
    if isinstance(raw, dict):
        pairs = [(value, label if isinstance(label, list) else [label]) for value, label in raw.items()]
        return tuple(Option(value, Text(str(label[0]), str(label[1]) if len(label) > 1 else "")) for value, label in pairs)
    options = []
    for entry in raw or ():
        if isinstance(entry, dict):
            options.append(Option(entry["value"], Text(str(entry.get("label", entry["value"])), str(entry.get("en", "")))))
        else:
            options.append(Option(entry, Text(str(entry))))
    return tuple(options)


def schema_at(schema: Mapping[str, Any], path: str) -> Mapping[str, Any] | None:
    """The sub-schema of a template path; ``$ref`` into ``$defs`` is followed. None when there is none."""
    here: Any = schema
    for step in path.split("."):
        here = _resolved(schema, here)
        here = here.get("items") if step == "*" else here.get("properties", {}).get(step)
        if here is None:
            return None
    return _resolved(schema, here)


def _resolved(root: Mapping[str, Any], here: Any) -> Any:
    while isinstance(here, dict) and "$ref" in here:
        target: Any = root
        for step in here["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        here = {**target, **{key: value for key, value in here.items() if key != "$ref"}}
    return here


def _default_widget(schema: Mapping[str, Any], entry: Mapping[str, Any], options: tuple[Option, ...]) -> str:
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if entry.get("identifier") or schema.get("x-identifier"):
        return "mobile" if (entry.get("identifier") or schema.get("x-identifier")) == "mobile" else "identifier"
    if kind == "array":
        return "checkboxes" if options else "files"
    if options:
        return "radio" if len(options) <= 5 else "select"
    if kind == "boolean":
        return "yes_no"
    by_format = {"date": "date", "email": "email"}.get(str(schema.get("format", "")))
    return by_format or {"integer": "integer", "number": "number"}.get(
        str(kind), "textarea" if schema.get("maxLength", 0) > 200 else "text"
    )


class _Reader:
    """Walks a definition once and collects sections, fields and groups."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = definition
        self.schema: Mapping[str, Any] = definition["schema"]
        self.english: Mapping[str, Any] = (definition.get("i18n") or {}).get("en") or {}
        self.codelists = {name: options_of(raw) for name, raw in (definition.get("codelists") or {}).items()}
        self.fields: dict[str, Field] = {}
        self.groups: dict[str, Group] = {}

    def form(self) -> Form:
        sections = tuple(self._section(raw) for raw in self.definition["layout"]["sections"])
        title = Text(str(self.definition["title"]), str(self.definition.get("en") or self.english.get("title", "")))
        rules = tuple(
            Rule(
                raw["logic"],
                Text(raw["message"], raw.get("en") or self.english.get("rules", {}).get(raw["message"], "")),
                raw["field"],
                raw.get("when"),
                raw.get("each", ""),
            )
            for raw in self.definition.get("rules") or ()
        )
        order, _ = compute_order(self.fields)
        return Form(
            key=self.definition["key"],
            version=self.definition["version"],
            title=title,
            sections=sections,
            fields=self.fields,
            groups=self.groups,
            rules=rules,
            views={role: tuple(paths) for role, paths in (self.definition.get("views") or {}).items()},
            codelists=self.codelists,
            schema=self.schema,
            compute_order=order,
            definition=self.definition,
        )

    def _section(self, raw: Mapping[str, Any]) -> Section:
        when = raw.get("when")
        english = self.english.get("sections", {})
        return Section(
            id=raw["id"],
            title=Text(raw["title"], raw.get("en") or english.get(raw["id"], "")),
            intro=Text(raw.get("intro", ""), raw.get("intro_en") or self.english.get("intros", {}).get(raw["id"], "")),
            when=when,
            blocks=tuple(self._block(entry, raw["id"], "", () if when is None else (when,), "") for entry in raw.get("fields") or ()),
        )

    def _block(self, raw: Any, section: str, prefix: str, when: tuple[Any, ...], group: str) -> Block:
        entry: Mapping[str, Any] = {"field": raw} if isinstance(raw, str) else raw
        own = when if entry.get("when") is None else (*when, entry["when"])
        if "text" in entry:
            return Note(Text(entry["text"], entry.get("en", "")), own)
        if "group" in entry:
            return self._group(entry, section, prefix, own, group)
        return self._field(entry, section, prefix, own, group)

    def _group(self, entry: Mapping[str, Any], section: str, prefix: str, when: tuple[Any, ...], group: str) -> Group:
        path = prefix + entry["group"]
        schema = schema_at(self.schema, path)
        if schema is None:
            raise KeyError(f"schema 中没有“{path}”")
        repeats = schema.get("type") == "array"
        inner = f"{path}.*." if repeats else f"{path}."
        label = label_of(schema, entry["group"])
        blocks = tuple(self._block(item, section, inner, when, path if repeats else group) for item in entry.get("fields") or ())
        english = entry.get("en") or label.en or self.english.get("fields", {}).get(path, "")
        made = Group(
            path=path,
            title=Text(entry.get("title", label.zh), english),
            fields=tuple(block for block in blocks if not isinstance(block, Note)),
            repeats=repeats,
            help=Text(entry.get("help", ""), entry.get("help_en") or self.english.get("help", {}).get(path, "")),
            when=when,
            least=entry.get("min", schema.get("minItems", 0)),
            most=entry.get("max", schema.get("maxItems", 200)),
            add_label=entry.get("add_label", ""),
            row_title=entry.get("row_title", ""),
        )
        self.groups[path] = made
        return made

    def _field(self, entry: Mapping[str, Any], section: str, prefix: str, when: tuple[Any, ...], group: str) -> Field:
        path = prefix + entry["field"]
        schema = schema_at(self.schema, path)
        if schema is None:
            raise KeyError(f"schema 中没有“{path}”")
        label = label_of(schema, entry["field"])
        options = self._options(entry, schema)
        identifier = entry.get("identifier") or schema.get("x-identifier") or ""
        prefill = entry.get("prefill")
        made = Field(
            path=path,
            label=Text(entry.get("label", label.zh), entry.get("en") or label.en or self.english.get("fields", {}).get(path, "")),
            widget=entry.get("widget") or schema.get("x-widget") or _default_widget(schema, entry, options),
            schema=schema,
            section=section,
            help=Text(entry.get("help", schema.get("description", "")), entry.get("help_en") or self.english.get("help", {}).get(path, "")),
            when=when,
            required=bool(entry.get("required", self._is_required(path))),
            required_when=entry.get("required_when"),
            compute=entry.get("compute"),
            prefill=Prefill(**prefill) if prefill else None,
            placeholder=entry.get("placeholder", ""),
            autocomplete=entry.get("autocomplete", ""),
            unit=entry.get("unit", schema.get("x-unit", "")),
            options=options,
            identifier=identifier if isinstance(identifier, str) else "",
            identifier_from=identifier.get("kind_from", "") if isinstance(identifier, dict) else "",
            filled_by=entry.get("filled_by", "applicant"),
            source=str(entry.get("source") or schema.get("x-source", "")),
            group=group,
            accepted_types=tuple(entry.get("accepted_types", ("application/pdf", "image/jpeg", "image/png"))),
            max_megabytes=entry.get("max_megabytes", 20),
            max_files=entry.get("max_files", 5),
        )
        self.fields[path] = made
        return made

    def _options(self, entry: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Option, ...]:
        if entry.get("options"):
            return options_of(entry["options"])
        items = _resolved(self.schema, schema.get("items")) or {}
        name = entry.get("codelist") or schema.get("x-codelist") or items.get("x-codelist")
        if name:
            return self.codelists[name]
        return options_of(schema.get("enum") or items.get("enum") or ())

    def _is_required(self, path: str) -> bool:
        parent, _, name = path.rpartition(".")
        schema = schema_at(self.schema, parent) if parent else self.schema
        return name in (schema or {}).get("required", ())


def compute_order(fields: Mapping[str, Field]) -> tuple[tuple[str, ...], list[str]]:
    """The order in which computed fields can be worked out, and the members of the first cycle (empty when there is none)."""
    computed = {path: field for path, field in fields.items() if field.compute is not None}
    needs = {path: {other for other in computed if _reads(item, other)} for path, item in computed.items()}
    order: list[str] = []
    while len(order) < len(computed):
        ready = [path for path in computed if path not in order and needs[path] <= set(order)]
        if not ready:
            return tuple(order), [path for path in computed if path not in order]
        order += ready
    return tuple(order), []


def reads(field: Field) -> set[str]:
    """The template paths a computed field's expression reads; ``row.`` is spelled out."""
    found = set()
    for name in logic.references(field.compute):
        if field.group and (name == "row" or name.startswith("row.")):
            name = f"{field.group}.*" + name[3:]
        found.add(name)
    return found


def _reads(field: Field, other: str) -> bool:
    return any(other == name or other.startswith(f"{name}.") or name.startswith(f"{other}.") or name == "" for name in reads(field))


def _layout_faults(definition: Mapping[str, Any]) -> list[str]:
    layout = definition["layout"]
    sections = layout.get("sections") if isinstance(layout, dict) else None
    if not isinstance(sections, list) or not sections:
        return ["layout.sections 应是至少有一项的列表。"]
    faults: list[str] = []
    seen: set[str] = set()
    for number, section in enumerate(sections):
        place = f"layout.sections[{number}]"
        if not isinstance(section, dict) or not section.get("id") or not section.get("title"):
            faults.append(f"{place}：缺少 id 或 title。")
            continue
        if section["id"] in seen:
            faults.append(f"{place}：id “{section['id']}”重复。")
        seen.add(section["id"])
        faults += [f"{place}：不认识的键“{key}”。" for key in section if key not in SECTION_KEYS]
        faults += _entry_faults(definition, section.get("fields") or [], place, "")
    for number, rule in enumerate(definition.get("rules") or ()):
        missing = [key for key in ("logic", "message", "field") if key not in rule]
        faults += [f"rules[{number}]：缺少“{key}”。" for key in missing]
    return faults


def _entry_faults(definition: Mapping[str, Any], entries: list[Any], place: str, prefix: str) -> Iterator[str]:
    for raw in entries:
        entry = {"field": raw} if isinstance(raw, str) else raw
        if not isinstance(entry, dict):
            yield f"{place}：字段应写成名称或映射，这里是 {entry!r}。"
        elif "text" in entry:
            continue
        elif "group" in entry:
            path = f"{prefix}{entry['group']}"
            schema = schema_at(definition["schema"], path)
            yield from (f"{place}.{path}：不认识的键“{key}”。" for key in entry if key not in GROUP_KEYS)
            if schema is None:
                yield f"{place}.{path}：schema 中没有这个字段。"
            else:
                inner = f"{path}.*." if schema.get("type") == "array" else f"{path}."
                yield from _entry_faults(definition, entry.get("fields") or [], place, inner)
        elif "field" in entry:
            yield from _field_faults(definition, entry, place, prefix)
        else:
            yield f"{place}：字段缺少 field、group 或 text。"


def _field_faults(definition: Mapping[str, Any], entry: Mapping[str, Any], place: str, prefix: str) -> Iterator[str]:
    path = f"{prefix}{entry['field']}"
    where = f"{place}.{path}"
    schema = schema_at(definition["schema"], path)
    yield from (f"{where}：不认识的键“{key}”。" for key in entry if key not in FIELD_KEYS)
    if schema is None:
        yield f"{where}：schema 中没有这个字段。"
        return
    widget = entry.get("widget") or schema.get("x-widget")
    if widget and widget not in WIDGETS:
        yield f"{where}：不认识的控件“{widget}”。"
    identifier = entry.get("identifier") or schema.get("x-identifier")
    if isinstance(identifier, str) and identifier and identifier not in IDENTIFIERS:
        yield f"{where}：不认识的证件种类“{identifier}”。"
    items = schema.get("items") if isinstance(schema.get("items"), dict) else {}
    name = entry.get("codelist") or schema.get("x-codelist") or (items or {}).get("x-codelist")
    if name and name not in (definition.get("codelists") or {}):
        yield f"{where}：没有代码表“{name}”。"
    if prefill := entry.get("prefill"):
        if not isinstance(prefill, dict) or not prefill.get("query") or not prefill.get("path"):
            yield f"{where}：prefill 应有 query 和 path。"
        elif set(prefill) - {"query", "path", "locked", "origin"}:
            yield f"{where}：prefill 有不认识的键。"


def _meaning_faults(form: Form) -> list[str]:
    """Expressions that cannot run, paths that lead nowhere, computed values that need each other."""
    faults: list[str] = []
    for section in form.sections:
        faults += _logic_faults(form, section.when, f"分段“{section.id}”的 when")
    for path, item in form.fields.items():
        own = {"when": item.when[-1] if item.when else None, "required_when": item.required_when, "compute": item.compute}
        for name, expression in own.items():
            faults += _logic_faults(form, expression, f"字段“{path}”的 {name}", item.group)
    for path, group in form.groups.items():
        faults += _logic_faults(form, group.when[-1] if group.when else None, f"字段组“{path}”的 when")
    for number, rule in enumerate(form.rules):
        for name, expression in (("logic", rule.logic), ("when", rule.when)):
            faults += _logic_faults(form, expression, f"rules[{number}].{name}", rule.each)
        if rule.field not in form.fields and rule.field not in form.groups:
            faults.append(f"rules[{number}]：field “{rule.field}”不在表单里。")
        if rule.each and rule.each not in form.groups:
            faults.append(f"rules[{number}]：each “{rule.each}”不是字段组。")
    for role, paths in form.views.items():
        known = [*form.fields, *form.groups, *(f"section:{section.id}" for section in form.sections), "*"]
        faults += [
            f"views.{role}：“{path}”不在表单里。"
            for path in paths
            if not any(name == path or name.startswith(f"{path}.") for name in known)
        ]
    _, cycle = compute_order(form.fields)
    if cycle:
        faults.append(f"计算字段互相依赖，无法算出：{'、'.join(cycle)}。")
    return list(dict.fromkeys(faults))


def _logic_faults(form: Form, expression: Any, place: str, group: str = "") -> list[str]:
    faults = [f"{place}：{fault}" for fault in logic.find_faults(expression)]
    if faults:
        return faults
    for name in sorted(logic.references(expression)):
        if name in ("", "today") or name.split(".")[0] == "situation":
            continue
        path = f"{group}.*{name[3:]}" if group and (name == "row" or name.startswith("row.")) else name
        if schema_at(form.schema, path.removesuffix(".*") if path.endswith(".*") else path) is None:
            faults.append(f"{place}：引用的“{name}”不在 schema 里。")
    return faults
