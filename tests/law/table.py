"""The table of the law: its rows, its closed vocabulary, and what is wrong with either.

The rows (``rows/*.yaml``) were written from the legal texts by someone who has not read the platform; ``docs/law-vocabulary.md`` is every
word they may use. Nothing here knows the platform: that is the work of ``adapters/``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

ROWS = Path(__file__).resolve().parent / "rows"
VOCABULARY = Path(__file__).resolve().parents[2] / "docs/law-vocabulary.md"
SURE = ("statute", "local", "general")
AT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CHINESE = re.compile(r"[一-鿿]")
KEPT_CHINESE = ("即办件",)  # a term the English sentences leave as it is
CARRIED = {"at", "act", "case", "refused"}  # what any event may say besides its act's own parameters
ANCHOR = re.compile(r"\b([a-z]+)-(\d{3})(?:…(\d{3}))?((?:, \d{3}(?:…\d{3})?)*)")


class TableWrong(ValueError):
    """Everything that keeps the table from being one, a line each."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One rule of the law: a sentence, its citation, dated events, and what must be true after them."""

    id: str
    chapter: str
    sentence: str
    english: str
    citation: str
    sure: Literal["statute", "local", "general"]
    kind: str
    events: list[dict[str, Any]]
    expect: dict[str, Any]
    item: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    reckon: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""

    @property
    def acts(self) -> tuple[str, ...]:
        return tuple(event["act"] for event in self.events)


@dataclass(frozen=True)
class Chapter:
    """One file of rows. ``number`` is its place, ``name`` its English word, ``title`` what a lawyer reads."""

    number: int
    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Words:
    """The closed vocabulary, section by section of the document."""

    kinds: frozenset[str]
    item: frozenset[str]
    given: frozenset[str]
    acts: Mapping[str, frozenset[str]]
    expect: frozenset[str]
    states: frozenset[str]
    clocks: frozenset[str]
    documents: frozenset[str]
    supervision: frozenset[str]
    refusals: frozenset[str]
    findings: frozenset[str]
    anchors: frozenset[str]


_OF_ROW = {one.name for one in fields(Row)} - {"chapter"}
_MUST = ("id", "sentence", "english", "citation", "sure", "kind", "events", "expect")


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole table, checked against its vocabulary; TableWrong with every problem."""
    read = {path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in sorted(ROWS.glob("*.yaml"))}
    found = list(problems(read, words()))
    if found:
        raise TableWrong("\n".join(found))
    return tuple(
        Chapter(int(stem[:2]), data["chapter"], data["title"], tuple(Row(chapter=data["chapter"], **row) for row in data["rows"]))
        for stem, data in read.items()
    )


def rows() -> tuple[Row, ...]:
    return tuple(row for chapter in chapters() for row in chapter.rows)


@cache
def words() -> Words:
    """The vocabulary as its document states it."""
    return read_words(VOCABULARY.read_text(encoding="utf-8"))


def read_words(text: str) -> Words:
    def section(title: str) -> str:
        return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]

    def named(title: str) -> frozenset[str]:
        return frozenset(re.findall(r"`([^`\s]+)`", section(title)))

    acts = {act: frozenset(re.findall(r"`(\w+)`", cell)) for act, cell in re.findall(r"^\| `(\w+)` \| (.*?) \|", section("Acts"), re.M)}
    return Words(
        kinds=named("Kinds"), item=named("Item"), given=named("Given"), acts=acts, expect=named("Expectations"), states=named("States"),
        clocks=named("Clocks"), documents=named("Documents"), supervision=named("Supervision"), refusals=named("Refusals"),
        findings=named("Findings"), anchors=frozenset(_anchors(section("Where each rule is"))),
    )  # fmt: skip


def _anchors(text: str) -> Iterator[str]:
    """Every row id the index names, with the ranges (``recv-008…014, 026``) written out."""
    for prefix, first, last, others in ANCHOR.findall(text):
        for start, end in [(first, last), *re.findall(r"(\d{3})(?:…(\d{3}))?", others)]:
            yield from (f"{prefix}-{number:03d}" for number in range(int(start), int(end or start) + 1))


def problems(read: Mapping[str, Any], allowed: Words) -> Iterator[str]:
    """What is wrong with the files of rows, a sentence each: shape, ids, times, words, and the index of the vocabulary."""
    seen: dict[str, str] = {}
    used: list[dict[str, Any]] = []
    for stem, data in read.items():
        if not re.match(r"\d\d-", stem) or set(data) != {"chapter", "title", "rows"}:
            yield f"{stem}: a chapter is a numbered file of chapter, title and rows"
            continue
        for row in data["rows"]:
            name = row.get("id", "")
            yield from (f"{name}: {problem}" for problem in _of_row(row, allowed))
            if name in seen:
                yield f"{name}: twice, in {seen[name]} and {stem}"
            seen[name] = stem
            used.append(row)
    yield from _unused(used, allowed)
    yield from (f"{anchor}: the index names a row that is not there" for anchor in sorted(allowed.anchors - seen.keys()))


def _of_row(row: Mapping[str, Any], allowed: Words) -> Iterator[str]:
    missing = [key for key in _MUST if not row.get(key)]
    if missing or set(row) - _OF_ROW:
        yield f"missing {missing}, unknown {sorted(set(row) - _OF_ROW)}"
        return
    if not re.fullmatch(r"[a-z]+-\d{3}", row["id"]):
        yield "an id is a word and three digits"
    if row["sure"] not in SURE:
        yield f"sure cannot be {row['sure']}"
    if not row["sentence"].endswith("。") or not CHINESE.search(row["sentence"]):
        yield "the sentence is Chinese and ends with a full stop"
    if CHINESE.search(re.sub("|".join(KEPT_CHINESE), "", row["english"])):
        yield "the English sentence is English"
    yield from _times(row["events"])
    yield from (f"reckon {line}: a date is YYYY-MM-DD" for line in row.get("reckon") or () if not _dates_of(line))
    for event in row["events"]:
        parameters = allowed.acts.get(event["act"])
        if parameters is None:
            yield f"no act is called {event['act']}"
        elif strange := set(event) - CARRIED - parameters:
            yield f"{event['act']} knows no {sorted(strange)}"
    for what, here, known in _words_of(row, allowed):
        if strange := set(here) - known:
            yield f"{what}: unknown {sorted(strange)}"


def _times(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    before = ""
    for event in events:
        at = str(event.get("at"))
        try:
            datetime.strptime(at, "%Y-%m-%d %H:%M")  # noqa: DTZ007
        except ValueError:
            yield f"{at} is no time"
        if not AT.fullmatch(at) or at < before:
            yield f"{at} is written wrongly or out of order"
        before = at


def _dates_of(line: Mapping[str, Any]) -> bool:
    written = [str(line[key]) for key in ("from", "gives", "stop_to") if key in line]
    return bool(written) and all(DAY.fullmatch(one) and date.fromisoformat(one) for one in written)


def _words_of(row: Mapping[str, Any], allowed: Words) -> Iterator[tuple[str, Iterable[str], frozenset[str]]]:
    expect = row["expect"]
    yield "kind", (row["kind"],), allowed.kinds
    yield "item", row.get("item") or (), allowed.item
    yield "given", row.get("given") or (), allowed.given
    yield "expect", expect, allowed.expect
    yield "refused", _refusals_of(row), allowed.refusals
    yield "findings", expect.get("findings", ()), allowed.findings
    yield "states", [*([expect["state"]] if "state" in expect else []), *(expect.get("sub_states") or {}).values()], allowed.states
    yield "clocks", [*(expect.get("due") or ()), *(expect.get("overdue") or ())], allowed.clocks
    yield "documents", [expect[key] for key in ("document", "no_document") if key in expect], allowed.documents
    yield "contents", expect.get("document_has", ()), allowed.documents
    yield "supervised", [expect["supervised"]] if "supervised" in expect else [], allowed.supervision


def _refusals_of(row: Mapping[str, Any]) -> list[str]:
    return [one["refused"] for one in (*row["events"], row["expect"]) if "refused" in one]


def _unused(read: Iterable[Mapping[str, Any]], allowed: Words) -> Iterator[str]:
    """A word no row uses is a promise nobody tests."""
    acts: dict[str, set[str]] = {}
    refusals, findings = set(), set()
    for row in read:
        if not all(row.get(key) for key in _MUST):
            continue
        refusals.update(_refusals_of(row))
        findings.update(row["expect"].get("findings", ()))
        for event in row["events"]:
            acts.setdefault(event["act"], set()).update(event)
    yield from (f"no row uses the act {act}" for act in sorted(allowed.acts.keys() - acts.keys()))
    for act, parameters in allowed.acts.items():
        yield from (f"no row uses {one} of {act}" for one in sorted(parameters - acts.get(act, parameters)))
    yield from (f"no row is refused with {one}" for one in sorted(allowed.refusals - refusals))
    yield from (f"no row finds {one}" for one in sorted(allowed.findings - findings))
