"""Whole cases: a row's item is published, filed through the hall, moved by the real acts at their times, and compared.

``words.py`` says how other modules of this folder add the acts, expectations and fields they can do; ``MODULES`` names them all.
"""

from collections.abc import Mapping
from importlib import import_module

from santai.kernel.ledger.service import ActRefused
from tests.law.adapters.case import words
from tests.law.adapters.case.items import item_of, publish
from tests.law.adapters.case.trial import Trial, codes_of, moment_of
from tests.law.table import Row

PLACE = "办件"
DATABASE = True
CITY = True  # needs the installed city (tests/law/conftest.py)
DISPUTED: dict[str, str] = {}

MODULES = (  # further modules add their words: name them here
    "items",
    "acts",
    "procedures",
    "standing",
    "compare",
    "ratings",
    "fees",
    "delivery",
    "versions",
    "hearing",
    "supervision",
    "enforcement",
    "later",  # last: it adds to words of the others
)
for _name in MODULES:
    _module = import_module(f"{__name__}.{_name}")
    DISPUTED |= getattr(_module, "DISPUTED", {})


def supports(row: Row) -> bool:
    return not words.unknown(row)


def run(row: Row) -> None:
    trial = Trial(row=row, item=item_of(row))
    publish(trial.item)
    with trial.moment(moment_of(row.events[0])):
        if row.kind in words.BEFORE:
            words.BEFORE[row.kind](trial)
        for name, value in row.given.get("city", {}).items():
            words.SWITCHES[name](trial, value)
        for name, value in row.given.items():
            if name != "city":
                words.GIVENS[name](trial, value)
    for number, event in enumerate(row.events, 1):
        wanted = event.get("refused") or (row.expect.get("refused") if number == len(row.events) else None)
        with trial.moment(moment_of(event)):
            _do(trial, event, wanted, unchanged=bool(row.expect.get("unchanged")) and number == len(row.events))
            trial.settle()
            if number == len(row.events):
                _compare(trial, row.expect)


def _do(trial: Trial, event: words.Event, wanted: str | None, *, unchanged: bool) -> None:
    done = words.act_of(trial.row, event)
    assert done is not None
    before = trial.snapshot() if unchanged else {}
    try:
        done.do(trial, event)
    except ActRefused as refused:
        assert wanted, f"{event['act']} was refused: {codes_of(refused)} {refused.message} {refused.fields}"
        assert codes_of(refused) & words.REFUSALS[wanted], f"refused with {codes_of(refused)} {refused.message}, not {wanted}"
        if unchanged:
            assert trial.snapshot() == before, "the refused act left something behind"
        return
    assert not wanted, f"{event['act']} was done, not refused with {wanted}"


def _compare(trial: Trial, expect: Mapping[str, object]) -> None:
    for name, value in expect.items():
        if name not in ("refused", "unchanged"):
            words.EXPECTS[name](trial, value)
