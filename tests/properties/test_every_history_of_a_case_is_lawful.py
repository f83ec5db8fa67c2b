"""Whatever is done in whatever order: no unlawful state, no case without a next step, one decision, clocks that explain themselves, an end.

A short run of seeds in ``make test``; 10,000 in ``make test-long`` (SANTAI_HISTORIES=first..last, the result in docs/faults.md). A history
that fails is told step by step and runs again alone with SANTAI_HISTORY=<seed>.
"""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from santai.back.approvals.service import documents_of
from santai.back.cases.service import Case, SubCase
from santai.front.hall import service as hall
from santai.kernel.access.service import may
from santai.kernel.clocks.service import clocks_of, explain
from santai.kernel.flow.service import replay, tasks_of
from tests.back.approvals.test_one_department import DISPATCH, HR_FIRM, RESIDENCE, UNEMPLOYED
from tests.support import city
from tests.support.histories import ENDING, HELPING, QUIET, History, applicant_acts, file_something, offered, official_acts, officials

SHORT = 8
ITEMS = {
    "居住证申领": ("resident2", RESIDENCE),
    "失业登记": ("resident", UNEMPLOYED),
    "劳务派遣经营许可": (("hr-manager", HR_FIRM), DISPATCH),
    "企业设立": None,
}
STEPS = (4, 18)  # acts at random before somebody brings the case to its end
LONGEST_END = 90  # acts in which a well-meant case must end


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


@pytest.fixture(scope="module")
def lived_in(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                city.install("enterprise-start", "resident-basics")
                yield
                raise _Undo
        except _Undo:
            pass


def seeds(number: int) -> list[int]:
    alone = os.environ.get("SANTAI_HISTORY")
    return [int(alone)] if alone else list(range(number))


@pytest.mark.requirement("BO-009", part="an approval reaches its end by lawful steps, whatever order they are taken in")
@pytest.mark.parametrize("seed", seeds(SHORT))
def test_it_is_lawful_at_every_step_and_ends(lived_in: None, db: None, seed: int) -> None:
    live(seed)


@pytest.mark.long
def test_ten_thousand_of_them_are(lived_in: None, django_db_blocker: object) -> None:
    first, last = (int(one) for one in os.environ.get("SANTAI_HISTORIES", "100..10100").split(".."))
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for seed in range(first, last):
            try:
                with transaction.atomic():
                    live(seed)
                    raise _Undo
            except _Undo:
                pass


def live(seed: int) -> None:
    """One history from filing to end; the story stands before what went wrong."""
    history = History(seed)
    try:
        file_something(history, ITEMS)
        lawful(history)
        for _ in range(history.random.randrange(*STEPS)):
            one_step(history)
            lawful(history)
        end(history)
    except Exception as trouble:
        raise AssertionError("\n".join([f"history {seed}:", *history.told, repr(trouble)])) from trouble


def one_step(history: History) -> None:
    chance = history.random.random()
    if chance < 0.2:
        history.wait()
        return
    with history.now():
        if chance < 0.35:
            applicant_acts(history)
        else:
            official_acts(history)


def end(history: History) -> None:
    """Everybody does what brings the case on; what runs out in time does so too."""
    for _ in range(LONGEST_END):
        if not history.case.is_open:
            ended_well(history)
            return
        with history.now():
            moved = official_acts(history, among=ENDING) or applicant_acts(history, wisely=True)
            if history.refused:
                official_acts(history, among=HELPING)
        lawful(history)
        if history.refused or not moved:
            history.wait(most_days=20)
            history.refused = False
    raise AssertionError(f"the case never ends: {history.case.state}")


# -- what must hold ------------------------------------------------------------------------------------------------------------------


def lawful(history: History) -> None:
    case, parts = history.case, history.parts
    one_decision(history, parts)
    clocks_make_sense(history, parts)
    states_agree(case, parts)
    if case.is_open:
        somebody_can_go_on(history, case, parts)
    told_to_the_front(history, case)


def one_decision(history: History, parts: list[SubCase]) -> None:
    kinds = [(paper.sub_case_no, paper.kind) for paper in documents_of(history.case_no)]
    for part in parts:
        decided = [
            kind for number, kind in kinds if number == part.sub_case_no and kind in ("granted", "refused", "not_accepted", "recorded")
        ]
        assert len(decided) <= 1, f"{part.sub_case_no} was decided {decided}"
    assert sum(kind == "correction" for _, kind in kinds) <= 1, "a second correction notice"


def clocks_make_sense(history: History, parts: list[SubCase]) -> None:
    for subject in (f"case:{history.case_no}", *(f"subcase:{part.sub_case_no}" for part in parts)):
        for clock in clocks_of(subject):
            assert clock.due_at >= clock.event_at, f"{clock.title} ends before it begins"
            assert clock.finished_at is None or clock.finished_at >= clock.event_at - timedelta(seconds=1), (
                f"{clock.title} met before it began"
            )
            story = explain(clock)
            if clock.unit == "working_day" and clock.state in ("running", "met", "missed") and clock.length:
                assert len(story.counted) == clock.length + clock.extended_by or story.counted == (), f"{clock.title} does not add up"


def states_agree(case: Case, parts: list[SubCase]) -> None:
    assert case.branches_open == sum(part.is_open for part in parts)
    assert case.accepted_at is None or case.accepted_at >= case.received_at
    for part in parts:
        assert (part.finished_at is None) is part.is_open
        assert part.is_open or part.outcome, f"{part.sub_case_no} ended without an outcome"
        assert part.is_open or not tasks_of(f"subcase:{part.sub_case_no}"), f"{part.sub_case_no} ended with a step open"
        assert part.outcome not in ("granted", "refused", "recorded") or part.accepted_at is not None, "decided without acceptance"
        assert part.outcome != "refused" or part.reason, "refused without reasons"
    if not case.is_open:
        assert case.outcome and not any(part.is_open for part in parts)


def somebody_can_go_on(history: History, case: Case, parts: list[SubCase]) -> None:
    if case.state == Case.State.CORRECTING and case.lapsed_at is None:
        return  # the applicant's turn, and a clock ends it
    people = officials(history)
    steps = [task for part in parts for task in tasks_of(f"subcase:{part.sub_case_no}")] + tasks_of(f"case:{history.case_no}")
    if any(may(actor, task.role, organisation=task.organisation) for task in steps for actor in people):
        return
    if any(act.key not in QUIET for actor in people for act in offered(history, actor)):
        return
    raise AssertionError(f"nobody can go on: {case.state} {[(part.branch, part.state) for part in parts]}")


def told_to_the_front(history: History, case: Case) -> None:
    view = hall.case_by_number(history.case_no)
    assert view is not None and (view.state == "completed") is (not case.is_open), "the applicant is told something else"


def ended_well(history: History) -> None:
    lawful(history)
    for part in history.parts:
        assert replay(f"subcase:{part.sub_case_no}").differences == ()
        running = [clock.title for clock in clocks_of(f"subcase:{part.sub_case_no}") if clock.state in ("running", "stopped")]
        assert running == [], f"clocks run on after the end: {running}"
