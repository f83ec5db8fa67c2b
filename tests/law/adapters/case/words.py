"""The words this adapter can do and compare. Each module of the folder registers its own; a row with one word more is not run.

An act may be registered several times with other parameters: the first registration that knows all parameters of an event does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.law.table import Row

if TYPE_CHECKING:
    from tests.law.adapters.case.trial import Trial

Event = Mapping[str, Any]
Do = Callable[["Trial", Event], None]
Check = Callable[["Trial", Any], None]
Fill = Callable[[dict[str, Any], Any, Row], None]
CARRIED = {"at", "act", "case", "refused"}


@dataclass(frozen=True)
class Act:
    """One way to do an act: the parameters it knows, what an event must say besides, and the doing."""

    parameters: frozenset[str]
    when: Callable[[Row, Event], bool]
    do: Do


ACTS: dict[str, list[Act]] = {}
EXPECTS: dict[str, Check] = {}  # expectation → compares its value with what the platform has
GIVENS: dict[str, Check] = {}  # what stands before the first event → makes it so
APPLICANT: dict[str, Check] = {}  # what is said of the applicant → makes it so
SWITCHES: dict[str, Check] = {}  # a city's local rule → turns it on
ITEM_FIELDS: dict[str, Fill] = {}  # a field of an item → puts it into the definition (keyword arguments of ItemDefinition)
BEFORE: dict[str, Callable[["Trial"], None]] = {}  # kind → what stands before the first event of all its rows
KINDS: dict[str, dict[str, Any]] = {}  # kind of act → what every item of the kind says
STATES: dict[str, Callable[["Trial"], bool]] = {}  # state of the table → is the case in it?
CLOCKS: dict[str, Callable[["Trial"], Any]] = {}  # clock of the table → its ClockState, or None when it does not run
DOCUMENTS: dict[str, str] = {}  # document of the table → its kind on the platform
CONTENTS: dict[str, Callable[["Trial", Any], bool]] = {}  # content → does the document have it?
SUPERVISION: dict[str, Callable[["Trial"], bool]] = {}  # kind of supervision record → is there one?
REFUSALS: dict[str, frozenset[str]] = {}  # refusal of the table → codes of the platform (``code`` or ``code:why``)
WHEN: dict[str, Callable[[Row], bool]] = {}  # "given history", "item statutory" … → is this value of the word known?


def act(name: str, *parameters: str, when: Callable[[Row, Event], bool] = lambda row, event: True) -> Callable[[Do], Do]:
    """The decorated function does the act when an event says no more than ``parameters`` and ``when`` holds."""

    def keep(do: Do) -> Do:
        ACTS.setdefault(name, []).append(Act(frozenset(parameters), when, do))
        return do

    return keep


def in_table(registry: dict[str, Any], *names: str) -> Callable[[Any], Any]:
    """The decorated function is kept under each of ``names``."""

    def keep(function: Any) -> Any:
        for name in names:
            registry[name] = function
        return function

    return keep


def refusal(word: str, *codes: str) -> None:
    """The platform's codes that mean this refusal; several modules may add theirs."""
    REFUSALS[word] = REFUSALS.get(word, frozenset()) | frozenset(codes)


def act_of(row: Row, event: Event) -> Act | None:
    said = event.keys() - CARRIED
    return next((one for one in ACTS.get(event["act"], ()) if said <= one.parameters and one.when(row, event)), None)


def unknown(row: Row) -> list[str]:
    """The words of a row nobody has registered; empty when it can be run."""
    expect, city = row.expect, row.given.get("city", {})
    asked = (
        ("kind", (row.kind,), KINDS),
        ("item", row.item, ITEM_FIELDS),
        ("given", row.given, GIVENS.keys() | {"city"}),
        ("applicant", row.given.get("applicant", ()), APPLICANT),
        ("switch", city, SWITCHES),
        ("expect", expect, EXPECTS.keys() | {"refused", "unchanged"}),
        ("state", [expect["state"]] if "state" in expect else (), STATES),
        ("clock", [*(expect.get("due") or ()), *(expect.get("overdue") or ())], CLOCKS),
        ("document", [expect[key] for key in ("document", "no_document") if key in expect], DOCUMENTS),
        ("content", expect.get("document_has", ()), CONTENTS),
        ("supervised", [expect["supervised"]] if "supervised" in expect else (), SUPERVISION.keys() | {"none"}),
        ("refusal", [one["refused"] for one in (*row.events, expect) if "refused" in one], REFUSALS),
    )
    found = [
        f"{what} {word}"
        for what, words, known in asked
        for word in words
        if word not in known or not WHEN.get(f"{what} {word}", lambda row: True)(row)
    ]
    return found + [f"act {event['act']} {sorted(event.keys() - CARRIED)}" for event in row.events if act_of(row, event) is None]
