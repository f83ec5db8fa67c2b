"""A posted section, read into the data. Works without scripts: adding and removing rows are submits of their own."""

import copy
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from santai.kernel.forms.rules import logic
from santai.kernel.forms.rules.definition import Block, Field, Form, Group, Note
from santai.kernel.forms.rules.entries import read_entry, set_at
from santai.kernel.forms.rules.walking import Data, concrete, groups_of, is_empty, work_out

ADD, REMOVE, SHOWN, ROWS, DROP = "_add", "_remove", "_shown", "_rows.", "_remove_file"


def values(post: Mapping[str, Any], name: str) -> list[str]:
    """Every value posted under a name; ``post`` is a QueryDict or a plain mapping."""
    if name not in post:
        return []
    found = post.getlist(name) if hasattr(post, "getlist") else post[name]
    return [str(part) for part in found] if isinstance(found, list | tuple) else [str(found)]


def is_row_act(post: Mapping[str, Any]) -> bool:
    """Was this submit only to add or remove a row or a file? Then the same section is shown again, without errors."""
    return ADD in post or REMOVE in post or DROP in post


def read_section(
    form: Form, section_id: str, post: Mapping[str, Any], data: Data, *, locked: Collection[str] = (), today: date | str | None = None
) -> Data:
    """The data with the section's answers taken from ``post``.

    Only questions of this section are read; computed, locked and office-filled ones never are, whatever was posted for them. An entry
    that cannot be read (``三千`` for a number) is kept as typed.
    """
    made = copy.deepcopy(data)
    section = form.section(section_id)
    for block in section.blocks:
        _read_block(block, "", post, made, locked)
    for group in groups_of(section.blocks):
        if group.repeats and "*" not in group.path:
            _change_rows(group, post, made, locked)
    return work_out(form, made, today)


def file_places(form: Form, data: Data, section_id: str = "", *, locked: Collection[str] = ()) -> list[tuple[str, Field]]:
    """Where the applicant attaches files: concrete path and field, of one section or of the whole form."""
    return [
        (path, field)
        for field in form.fields.values()
        if field.widget == "files" and field.filled_by == "applicant" and section_id in ("", field.section)
        for path, _row in concrete(field.path, data)
        if path not in locked
    ]


def with_files(data: Data, given: Mapping[str, list[dict[str, Any]]], post: Mapping[str, Any], *, anew: bool = False) -> Data:
    """The data with files added where they were attached (each once) and those taken away whose button was pressed.

    ``given``: the concrete path of every place (``file_places``) → new references as data; with ``anew`` nothing that stood there stays.
    Whether a reference may be given is the caller's to prove: a digest proves nothing.
    """
    made = copy.deepcopy(data)
    dropped = set(values(post, DROP))
    for path, files in given.items():
        here = logic.value_at(made, path)
        stood = [one for one in here if isinstance(one, dict)] if isinstance(here, list) and not anew else []
        kept = [one for one in stood if f"{path}.{one.get('digest')}" not in dropped]
        known = {one.get("digest") for one in kept}
        set_at(made, path, kept + [one for one in files if one["digest"] not in known] or None)
    return made


def _read_block(block: Block, row_path: str, post: Mapping[str, Any], made: Data, locked: Collection[str]) -> None:
    if isinstance(block, Note):
        return
    if isinstance(block, Field):
        _read_field(block, _place(block.path, row_path), post, made, locked)
        return
    path = _place(block.path, row_path)
    if not block.repeats:
        for inner in block.fields:
            _read_block(inner, row_path, post, made, locked)
        return
    for number in range(_row_count(block, path, post, made)):
        for inner in block.fields:
            _read_block(inner, f"{path}.{number}", post, made, locked)


def _place(template: str, row_path: str) -> str:
    """The concrete path of a template inside the row ``row_path`` (``shareholders.0``)."""
    if not row_path:
        return template
    depth = len(row_path.split("."))
    return ".".join([row_path, *template.split(".")[depth:]])


def _row_count(group: Group, path: str, post: Mapping[str, Any], made: Data) -> int:
    """How many rows were shown; never more than the group allows."""
    said = values(post, f"{ROWS}{path}")
    if said and said[0].isdigit():
        count = int(said[0])
    else:
        heads = [name[len(path) + 1 :].split(".")[0] for name in post if name.startswith(f"{path}.")]
        count = max((int(head) + 1 for head in heads if head.isdigit() and len(head) < 5), default=0)
    count = min(count, group.most)
    rows = logic.value_at(made, path)
    if count and not isinstance(rows, list):
        set_at(made, path, [])
    rows = logic.value_at(made, path)
    while isinstance(rows, list) and len(rows) < count:
        rows.append({})
    return count


def _read_field(field: Field, path: str, post: Mapping[str, Any], made: Data, locked: Collection[str]) -> None:
    if field.compute is not None or field.filled_by != "applicant" or field.widget == "files" or path in locked:
        return
    posted = values(post, path)
    if field.widget == "checkboxes":
        if posted or path in values(post, SHOWN):
            chosen = [read_entry(field, one) for one in posted if one.strip()]
            set_at(made, path, chosen or None)
    elif field.widget == "checkbox":
        if posted or path in values(post, SHOWN):
            set_at(made, path, read_entry(field, posted[-1]) if posted else None)
    elif posted:
        set_at(made, path, read_entry(field, posted[-1]))


def _change_rows(group: Group, post: Mapping[str, Any], made: Data, locked: Collection[str]) -> None:
    rows = logic.value_at(made, group.path)
    if not isinstance(rows, list):
        rows = []
    kept_by_lock = first_free_row(group.path, locked)
    removed = [one.rpartition(".") for one in values(post, REMOVE)]
    for path, _, number in removed:
        if path == group.path and number.isdigit() and kept_by_lock <= int(number) < len(rows):
            rows.pop(int(number))
    if group.path in values(post, ADD):
        if len(rows) < group.most:
            rows.append({})
    elif not is_row_act(post):
        rows = [row for number, row in enumerate(rows) if number < kept_by_lock or not is_empty(row)]
    if rows or logic.value_at(made, group.path) is not None:
        set_at(made, group.path, rows)


def first_free_row(group_path: str, locked: Collection[str]) -> int:
    """Rows up to the last one that holds a locked value stay where they are, so that the lock keeps its place."""
    numbers = [path[len(group_path) + 1 :].split(".")[0] for path in locked if path.startswith(f"{group_path}.")]
    return max((int(number) + 1 for number in numbers if number.isdigit()), default=0)
