"""Plain values of the catalogue's editing: what is wrong where, and what a spreadsheet said."""

from dataclasses import dataclass, field
from typing import Any

# A draft's content: {"main": {column: value}, "<table>": [{column: value}, …]}; columns and tables are rules/sheet.py's.
Sheet = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong with a draft, beside the field it belongs to."""

    place: str  # path below the item's definition, e.g. ``materials[0].name``
    text: str
    group: str = ""  # the group of the editing page
    field: str = ""  # the name of the input: ``visits`` or ``materials.0.name``
    label: str = ""  # what the field is called
    blocks: bool = True  # False: a hint, does not stop publication


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """What is wrong in a spreadsheet, by cell."""

    sheet: str
    cell: str  # B7
    label: str
    text: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadBook:
    """What a workbook holds: the items in it, and everything that is wrong with its cells."""

    items: tuple[Sheet, ...] = ()
    rows: tuple[int, ...] = ()  # line of each item on the first sheet
    problems: tuple[CellProblem, ...] = ()
    cells: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)  # (item, field name) → sheet and cell
