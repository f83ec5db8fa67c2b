"""Fields of forms: one tag for every kind of widget, with label, help, error, origin and lock; and the summary of errors."""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext

from santai.kernel.web.templatetags._library import register

WIDTHS = {"date": "short", "number": "short", "money": "short", "phone": "middle", "identifier": "middle"}
TYPES = {"email": "email", "phone": "tel", "password": "password", "date": "date", "datetime-local": "datetime-local", "search": "search"}


def field_id(name: str) -> str:
    """The element a path's error links to: ``shareholders.0.name`` → ``f-shareholders-0-name``."""
    return "f-" + name.replace(".", "-").replace("[", "-").replace("]", "")


@register.filter
def as_field_id(name: str) -> str:
    return field_id(name)


@register.inclusion_tag("kernel_web/tags/error_summary.html")
def error_summary(errors: Any, title: str = "") -> dict[str, Any]:
    """What has to be put right, above the form; each line leads to its field. ``errors``: path → message, or a Django form's errors."""
    lines = []
    for path, said in (errors or {}).items() if hasattr(errors or {}, "items") else (("", one) for one in errors):
        for message in [said] if isinstance(said, str) else said:
            lines.append({"href": "" if path in ("", "__all__") else f"#{field_id(path)}", "text": message})
    return {"lines": lines, "title": title or gettext("请先更正下面的内容")}


@register.simple_tag
def field_error(message: str, name: str = "") -> str:
    """The message beside a field that is not drawn by ``{% field %}``."""
    from django.utils.html import format_html

    from santai.kernel.web.templatetags._page import icon

    if not message:
        return ""
    said = format_html("<span>{}</span>", message)
    return format_html('<p class="field__error" id="{}-error">{}{}</p>', field_id(name) if name else "f", icon("cross"), said)


@register.inclusion_tag("kernel_web/tags/field.html")
def field(
    name: str,
    label: str,
    kind: str = "text",
    value: Any = "",
    error: str = "",
    help: str = "",
    options: Iterable[Any] = (),
    required: bool = True,
    origin: str = "",
    correct_url: str = "",
    locked: bool = False,
    changed: bool = False,
    placeholder: str = "",
    unit: str = "",
    autocomplete: str = "",
    inline: bool = False,
    max_length: int | None = None,
    minimum: Any = None,
    maximum: Any = None,
    step: Any = None,
    accept: str = "",
    multiple: bool = False,
    width: str = "",
    upload_url: str = "",
    rows: int = 4,
    autofocus: bool = False,
) -> dict[str, Any]:
    """One question.

    ``kind``: text textarea number money date email phone password identifier search select radio checkbox checkboxes file hidden.

    ``options``: pairs, or mappings with value, label, help. ``locked`` shows the value with a lock and its ``origin`` (来自 人口库，12月1日)
    and ``correct_url``, how to have it corrected; the value still travels in a hidden input only for those who trust it: servers must not.
    """  # noqa: E501
    chosen = value if isinstance(value, list | tuple | set) else [value]
    wanted = {str(one) for one in chosen if one not in (None, "")}
    listed = []
    for i, option in enumerate(options):
        entry = (
            dict(option)
            if isinstance(option, dict)
            else {"value": option[0], "label": option[1]}
            if not isinstance(option, str)
            else {"value": option, "label": option}
        )
        listed.append({"help": "", **entry, "chosen": str(entry["value"]) in wanted, "id": f"{field_id(name)}{f'-{i}' if i else ''}"})
    key = field_id(name)
    described = " ".join(part for part, there in ((f"{key}-help", help), (f"{key}-error", error), (f"{key}-origin", origin)) if there)
    labels = [one["label"] for one in listed if one["chosen"]]
    return {
        "name": name, "label": label, "kind": kind, "value": "" if value is None or kind == "password" else value, "error": error, "help": help,  # noqa: E501
        "options": listed,
        "required": required, "origin": origin, "correct_url": correct_url, "locked": locked, "changed": changed,
        "placeholder": placeholder,
        "unit": unit or ("万元" if kind == "money" else ""), "autocomplete": autocomplete, "inline": inline, "max_length": max_length,
        "minimum": minimum, "maximum": maximum, "step": step, "accept": accept, "multiple": multiple, "upload_url": upload_url,
        "rows": rows,
        "id": key, "described": described, "type": TYPES.get(kind, "text"), "width": width or WIDTHS.get(kind, ""), "autofocus": autofocus,
        "is_group": kind in ("radio", "checkboxes"), "shown": "、".join(str(one) for one in labels) if listed else value,
        "numeric": kind in ("number", "money"),
    }  # fmt: skip


_KINDS = {
    "Textarea": "textarea", "NumberInput": "number", "DateInput": "date", "EmailInput": "email", "PasswordInput": "password",
    "Select": "select", "RadioSelect": "radio", "CheckboxInput": "checkbox", "CheckboxSelectMultiple": "checkboxes",
    "ClearableFileInput": "file", "FileInput": "file", "HiddenInput": "hidden",
}  # fmt: skip


@register.inclusion_tag("kernel_web/tags/field.html")
def bound_field(
    bound: BoundField, kind: str = "", inline: bool = False, unit: str = "", autocomplete: str = "", autofocus: bool = False
) -> dict[str, Any]:
    """A field of a Django form, drawn like every other."""
    widget = bound.field.widget
    found = kind or _KINDS.get(type(widget).__name__, "text")
    options = [(value, label) for value, label in getattr(bound.field, "choices", ())] if found in ("select", "radio", "checkboxes") else []
    value = "" if found in ("password", "file") else bound.value()
    return field(
        bound.html_name, str(bound.label), kind=found, value=value, error=" ".join(str(one) for one in bound.errors), help=str(bound.help_text),  # noqa: E501
        options=options,
        required=bound.field.required, inline=inline, unit=unit, max_length=getattr(bound.field, "max_length", None),
        autocomplete=autocomplete or widget.attrs.get("autocomplete", ""), autofocus=autofocus,
    )  # fmt: skip


@register.inclusion_tag("kernel_web/tags/saved.html")
def saved_at(at: Any = None) -> dict[str, Any]:
    """The line that says when a draft was last saved; autosave.js keeps it true."""
    return {"at": at}
