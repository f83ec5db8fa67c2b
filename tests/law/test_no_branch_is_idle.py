"""Take any branch of the pure rules away and a row of the table fails: the rows hold every rule, not only its fair-weather way."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from django.db import transaction

from santai.back.approvals import queries
from santai.back.approvals.rules import acceptance, kinds, procedures, remedies
from santai.kernel.clocks import rules as clock_rules
from santai.kernel.clocks import service as clocks
from santai.kernel.jobs.service import forget_kept
from tests.law.adapters import adapter_of, case
from tests.law.branches import Branch, branches_of, without
from tests.law.table import Row, rows

CHAPTERS = {
    acceptance.__name__: ("receipt-and-acceptance", "correction", "registration", "filing-and-report-and-push"),
    procedures.__name__: ("stops", "extension", "decision-and-remedy", "registration", "environment"),
    kinds.__name__: ("receipt-and-acceptance", "clocks", "registration", "filing-and-report-and-push", "environment"),
    remedies.__name__: ("decision-and-remedy", "registration"),
    clock_rules.__name__: ("clocks", "stops", "correction", "environment"),
}
COUNTED = ("derive", "tell", "_walk")  # of kernel/clocks: how days are counted; what explains and shows them is tested there
IDLE = Path(__file__).with_name("idle_branches.txt")  # branches no row needs, each with its reason


class _Undo(Exception):
    """Leaves a row's savepoint without keeping anything."""


def all_branches() -> list[Branch]:
    plain = [branch for module in (acceptance, procedures, kinds, remedies) for branch in branches_of(module)]
    return plain + branches_of(clock_rules, *COUNTED)


def known_idle() -> dict[str, str]:
    lines = [line for line in IDLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(" — ", 1) for line in lines)


def killer(branch: Branch, candidates: Iterable[Row]) -> str:
    """The first row that fails without the branch; empty when none does."""
    with without(branch):
        for row in candidates:
            if not _holds(row):
                return row.id
    return ""


def _holds(row: Row) -> bool:
    queries._definition.cache_clear()
    clocks.forget()
    forget_kept()
    try:
        with transaction.atomic():
            case.run(row)
            raise _Undo
    except _Undo:
        return True
    except Exception:  # whatever goes wrong without the branch, the row does not hold
        return False


def test_what_is_taken_out_is_really_gone() -> None:
    branch = next(one for one in branches_of(procedures) if one.function == "why_not_this_long" and "days <= 0" in one.text)
    assert procedures.why_not_this_long(days=0, limits={}, cause="testing") == "time_needed_missing"
    with without(branch):
        assert procedures.why_not_this_long(days=0, limits={}, cause="testing") == ""
    assert procedures.why_not_this_long(days=0, limits={}, cause="testing") == "time_needed_missing"


@pytest.mark.usefixtures("city_of_the_table")
@pytest.mark.parametrize(
    ("module", "function", "text", "row"),
    [
        (acceptance, "why_not_refused", "not_competent", "recv-010"),
        (acceptance, "why_not_asked", "code not in materials", "corr-024"),
        (procedures, "why_not_in_turn", "granted >= quota", "dec-021"),
        (procedures, "why_no_stop", "if not rule_stops", "stop-028"),
        (kinds, "with_law_of_kind", "refused_on_spot", "reg-025"),
        (remedies, "remedies_for", "if not review", "dec-039"),
    ],
)
def test_a_row_fails_without_the_branch_it_is_about(module: ModuleType, function: str, text: str, row: str) -> None:
    branch = next(one for one in branches_of(module) if one.function == function and text in one.text)
    candidate = next(one for one in rows() if one.id == row)
    assert _holds(candidate)
    assert killer(branch, [candidate]) == row


@pytest.mark.long
@pytest.mark.usefixtures("city_of_the_table")
def test_without_any_branch_of_the_pure_rules_a_row_fails() -> None:
    whole = [row for row in rows() if adapter_of(row) is case]
    assert all(_holds(row) for row in whole[:3])
    idle, killed = [], []
    for branch in all_branches():
        candidates = [row for row in whole if row.chapter in CHAPTERS[branch.module]]
        found = killer(branch, candidates) or killer(branch, [row for row in whole if row not in candidates])
        (killed if found else idle).append(f"{branch.name} [{found}]" if found else branch.name)
    told = [f"{len(killed)} branches hold a row, {len(idle)} are idle", *idle, "", *killed]
    Path("var/law-branches.txt").write_text("\n".join(told), encoding="utf-8")  # copied into docs/law-branches.md
    assert sorted(set(idle) - known_idle().keys()) == []
