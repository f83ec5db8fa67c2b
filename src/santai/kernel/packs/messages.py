"""A pack as values: its manifest, its files, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

FileKind = Literal["csv", "yaml", "json", "xml", "text", "binary"]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: in which file, at which place (``items[3].clocks.promised`` or ``第 12 行``), and what to do."""

    file: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.file} · {self.place} · {self.text}" if self.place else f"{self.file} · {self.text}"


@dataclass(frozen=True, kw_only=True)
class PackFile:
    """One file of a part, read and parsed.

    ``data``: for csv a list of rows (``dict`` of column → text, every value a string); for yaml and json the plain value (dates stay
    text, ``012`` stays text); for xml (bpmn, dmn) and text ``None``: use ``text``; for binary files use ``source``.
    """

    path: str  # inside the pack, with forward slashes
    text: str
    data: Any
    kind: FileKind
    source: Path
    digest: str = ""
    row_lines: tuple[int, ...] = field(default=(), repr=False)  # csv: the line of each row

    def row(self, index: int) -> str:
        """The place of a csv row (counted from 0) as a person finds it."""
        return f"第 {self.row_lines[index]} 行" if index < len(self.row_lines) else f"第 {index + 1} 条"

    def problem(self, place: str | int, text: str) -> Problem:
        """A problem in this file; a number is a csv row counted from 0."""
        return Problem(file=self.path, place=self.row(place) if isinstance(place, int) else place, text=text)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A folder of data as its manifest ``pack.yaml`` describes it."""

    name: str
    title: str
    version: str
    path: Path
    digest: str
    title_en: str = ""
    description: str = ""
    profile: str = ""  # which of its ways of doing things was chosen; empty when it has only one
    requires: tuple[str, ...] = ()
    sample: bool = False
    parts: Mapping[str, Sequence[PackFile]] = field(default_factory=dict)
    required: Mapping[str, "Pack"] = field(default_factory=dict)  # the packs it requires, when they lie beside it

    def files(self, part: str) -> list[PackFile]:
        """The pack's own files of one part."""
        return list(self.parts.get(part, ()))

    def visible_files(self, part: str) -> list[PackFile]:
        """Its own files of one part and those of every pack it requires, directly or not: what its references may name."""
        seen: dict[str, Pack] = {}

        def walk(pack: "Pack") -> None:
            for other in pack.required.values():
                if other.name not in seen:
                    seen[other.name] = other
                    walk(other)

        walk(self)
        return [*self.files(part), *(file for pack in seen.values() for file in pack.files(part))]


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What one installation did. ``counts``: things written per part; empty when the same content was installed before."""

    name: str
    version: str
    changed: bool
    counts: Mapping[str, int] = field(default_factory=dict)
