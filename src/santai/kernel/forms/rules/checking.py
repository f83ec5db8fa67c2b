"""Is what was entered complete and right? Errors stand at the field and say what to do."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from santai.kernel.forms.rules import logic
from santai.kernel.forms.rules.definition import Field, Form, Text, template_of
from santai.kernel.forms.rules.entries import set_at
from santai.kernel.forms.rules.walking import (
    Data,
    concrete,
    is_empty,
    is_visible,
    paths_of,
    visible_only,
    with_today,
    without_blanks,
    work_out,
)

# Normalises an identifier of a kind; raises an error with a ``message`` for people when it is wrong.
Identify = Callable[[str, str], str]
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"1\d{10}|(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?|\+\d[\d-]{6,19}")


@dataclass(frozen=True)
class Checked:
    """``data``: what is asked for, computed and normalised; ``errors``: concrete path → what to do."""

    data: Data
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors


@dataclass(frozen=True)
class Speaker:
    """How messages are worded: ``say`` translates a sentence, ``name`` picks a label's language."""

    say: Callable[[str], str]
    name: Callable[[Text], str]

    def __call__(self, sentence: str, **facts: Any) -> str:
        return self.say(sentence).format(**facts)


def check_form(
    form: Form,
    data: Data,
    *,
    today: date | str | None,
    identify: Identify,
    speaker: Speaker,
    office: bool = False,
    only: set[str] | None = None,
    locked: Mapping[str, Any] | None = None,
) -> Checked:
    """Check the whole form; ``only`` limits the errors (not the data) to some template paths, ``office`` includes what officials fill."""
    clean = without_blanks(visible_only(form, work_out(form, data, today), today))
    errors: dict[str, str] = {}
    seen = with_today(clean, today)
    for path, entry, row in _asked(form, clean, seen, office):
        if problem := _entry_error(entry, logic.value_at(clean, path), row, seen, speaker):
            errors[path] = problem
        elif not is_empty(value := logic.value_at(clean, path)):
            errors |= _identifier_error(clean, path, entry, value, row, identify, speaker)
    errors |= {path: text for path, text in _group_errors(form, clean, seen, speaker) if path not in errors}
    errors |= {path: text for path, text in _schema_errors(form, clean, speaker, office) if path not in errors}
    errors |= {path: text for path, text in _rule_errors(form, clean, seen, speaker, errors).items() if path not in errors}
    for path, value in (locked or {}).items():
        if not logic.same(logic.value_at(clean, path), value):
            errors[path] = speaker("这一项取自权威数据，不能修改；如有错误，请向来源部门申请更正。")
    if only is not None:
        errors = {path: text for path, text in errors.items() if template_of(path) in only}
    return Checked(clean, errors)


def template_paths(form: Form, section_id: str) -> set[str]:
    return paths_of(form.section(section_id))


def _asked(form: Form, data: Data, seen: Data, office: bool) -> Iterator[tuple[str, Field, Any]]:
    for entry in form.fields.values():
        if entry.filled_by != "applicant" and not office:
            continue
        for path, row in concrete(entry.path, data):
            if is_visible(entry.when, seen, row):
                yield path, entry, row


def is_required(entry: Field, seen: Data, row: Any) -> bool:
    if entry.required or entry.required_when is None:
        return entry.required
    return logic.holds(entry.required_when, seen if row is None else logic.with_row(seen, row))


def _entry_error(entry: Field, value: Any, row: Any, seen: Data, speaker: Speaker) -> str:
    label = speaker.name(entry.label)
    if is_empty(value):
        return _missing(entry, label, speaker) if is_required(entry, seen, row) and entry.compute is None else ""
    if entry.options:
        allowed = [option.value for option in entry.options]
        chosen = value if isinstance(value, list) else [value]
        wrong = [one for one in chosen if not any(logic.same(one, other) for other in allowed)]
        return speaker("请从所列选项中选择“{label}”。", label=label) if wrong else ""
    return _form_error(entry, value, label, speaker)


def _missing(entry: Field, label: str, speaker: Speaker) -> str:
    if entry.widget == "files":
        return speaker("请上传“{label}”。", label=label)
    if entry.widget == "checkbox":
        return speaker("请阅读并勾选“{label}”。", label=label)
    if entry.options or entry.widget in ("yes_no", "date"):
        return speaker("请选择“{label}”。", label=label)
    return speaker("请填写“{label}”。", label=label)


def _form_error(entry: Field, value: Any, label: str, speaker: Speaker) -> str:
    """Was the typed text what the widget asks for?"""
    if entry.widget == "files":
        if not isinstance(value, list) or not all(isinstance(one, dict) and one.get("digest") for one in value):
            return speaker("请上传“{label}”。", label=label)
        if len(value) > entry.max_files:
            return speaker("“{label}”最多 {most} 个文件，请移除多余的。", label=label, most=entry.max_files)
    elif entry.widget in ("yes_no", "checkbox"):
        if not isinstance(value, bool):
            return speaker("请选择“{label}”：是或否。", label=label)
    elif entry.widget == "date":
        if logic.as_date(value) is None:
            return speaker("“{label}”应为真实存在的日期，例如 2026年2月9日。", label=label)
    elif entry.type == "integer":
        if not logic.is_number(value) or not float(value).is_integer():
            return speaker("“{label}”请填整数，例如 12。", label=label)
    elif entry.type == "number" and not logic.is_number(value):
        if entry.widget == "money":
            return speaker("“{label}”请填金额，单位为{unit}，例如 500 或 1,200.50。", label=label, unit=entry.unit or "元")
        return speaker("“{label}”请填数字，例如 1800 或 33.5。", label=label)
    elif entry.widget == "email" and not EMAIL.fullmatch(str(value)):
        return speaker("“{label}”的格式不对，应像 name@example.cn。", label=label)
    elif entry.widget == "phone" and not PHONE.fullmatch(str(value)):
        return speaker("“{label}”请填手机号，或带区号的座机号，例如 021-58881234。", label=label)
    elif entry.widget == "postcode" and not re.fullmatch(r"\d{6}", str(value)):
        return speaker("“{label}”应为六位数字。", label=label)
    elif entry.widget == "division" and not re.fullmatch(r"\d{12}", str(value)):
        return speaker("“{label}”应为十二位区划代码，请从标准地址中选取。", label=label)
    return ""


def _identifier_error(data: Data, path: str, entry: Field, value: Any, row: Any, identify: Identify, speaker: Speaker) -> dict[str, str]:
    """Check digits, dates and regions; the normalised form replaces what was typed."""
    kind = entry.identifier
    if entry.identifier_from:
        kind = str(logic.value_at(data, f"{path.rpartition('.')[0]}.{entry.identifier_from}".lstrip(".")) or "")
    if not kind and entry.widget == "mobile":
        kind = "mobile"
    if not kind or kind == "other":
        return {}
    try:
        set_at(data, path, identify(kind, str(value)))
    except Exception as refusal:
        message = getattr(refusal, "message", None)
        if message is None:
            raise
        return {path: speaker.say(message)}
    return {}


def _group_errors(form: Form, data: Data, seen: Data, speaker: Speaker) -> Iterator[tuple[str, str]]:
    for group in form.groups.values():
        if not group.repeats:
            continue
        for path, row in concrete(group.path, data):
            if not is_visible(group.when, seen, row):
                continue
            rows = logic.value_at(data, path)
            count = len(rows) if isinstance(rows, list) else 0
            if count < group.least:
                yield path, speaker("请至少填写 {least} 项“{title}”。", least=group.least, title=speaker.name(group.title))
            elif count > group.most:
                yield path, speaker("“{title}”最多填写 {most} 项。", most=group.most, title=speaker.name(group.title))


_validators: dict[int, tuple[Form, Draft202012Validator]] = {}


def _validator_of(form: Form) -> Draft202012Validator:
    """One validator per compiled form; the form is kept beside it, so that its identity stays its own."""
    found = _validators.get(id(form))
    if found is None or found[0] is not form:
        if len(_validators) > 256:
            _validators.clear()
        found = _validators[id(form)] = (form, Draft202012Validator(form.schema))
    return found[1]


def _schema_errors(form: Form, data: Data, speaker: Speaker, office: bool) -> Iterator[tuple[str, str]]:
    for error in _validator_of(form).iter_errors(data):
        path = ".".join(str(step) for step in error.absolute_path)
        if error.validator == "required":
            continue  # asked for above, with regard to what is visible
        if error.validator in ("additionalProperties", "unevaluatedProperties"):
            continue  # read_section takes in only what the layout asks for
        entry = form.field_at(path)
        if entry is not None and entry.filled_by != "applicant" and not office:
            continue
        group = form.groups.get(template_of(path))
        label = speaker.name(entry.label if entry else group.title if group else Text(path))
        yield path, _schema_message(error, label, speaker)


def _schema_message(error: ValidationError, label: str, speaker: Speaker) -> str:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    own = schema.get("x-message")
    if own:
        return speaker.name(Text(str(own), str(schema.get("x-message-en", ""))))
    limit = error.validator_value
    sentence = {
        "minLength": "“{label}”至少写 {limit} 个字。",
        "maxLength": "“{label}”最多写 {limit} 个字，请删减。",
        "minimum": "“{label}”不能小于 {limit}。",
        "maximum": "“{label}”不能大于 {limit}。",
        "exclusiveMinimum": "“{label}”应大于 {limit}。",
        "exclusiveMaximum": "“{label}”应小于 {limit}。",
        "multipleOf": "“{label}”应为 {limit} 的倍数。",
        "pattern": "“{label}”的格式不对，请核对后重填。",
        "enum": "请从所列选项中选择“{label}”。",
        "const": "请确认“{label}”。",
        "minItems": "“{label}”至少 {limit} 项。",
        "maxItems": "“{label}”最多 {limit} 项。",
        "uniqueItems": "“{label}”有重复，请删去重复的一项。",
    }.get(str(error.validator), "“{label}”填写有误，请核对后重填。")
    return speaker(sentence, label=label, limit=limit)


def _rule_errors(form: Form, data: Data, seen: Data, speaker: Speaker, errors: Mapping[str, str]) -> dict[str, str]:
    """Rules speak only where the fields themselves are in order: a missing amount is not also a wrong total."""
    found: dict[str, str] = {}
    for rule in form.rules:
        for path, row in concrete(rule.field, data):
            if path in found or _has_error(path, errors) or is_empty(logic.value_at(data, path)):
                continue
            when = form.fields[rule.field].when if rule.field in form.fields else form.groups[rule.field].when
            scope = seen if row is None else logic.with_row(seen, row)
            if not is_visible(when, seen, row) or not logic.holds(rule.when, scope):
                continue
            if not logic.holds(rule.logic, scope):
                found[path] = speaker.name(rule.message)
    return found


def _has_error(path: str, errors: Mapping[str, str]) -> bool:
    return any(other == path or other.startswith(f"{path}.") for other in errors)
