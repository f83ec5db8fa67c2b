"""What becomes of the whole from its parts. The policy is data of the item (ItemDefinition.joint_outcome)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

Policy = Literal["all_or_nothing", "severable", "lead_decides"]
POSITIVE = frozenset({"granted", "recorded", "acknowledged"})


def outcome_of_case(*, policy: Policy, lead: str, outcomes: Mapping[str, str]) -> str:
    """The outcome of a case whose branches have ended with ``outcomes`` (branch → outcome).

    ``all_or_nothing``: granted only if every branch is positive. ``severable``: each part stands for itself, a mixture is ``partly``.
    ``lead_decides``: the lead's outcome is the case's.
    """
    values = list(outcomes.values())
    if policy == "lead_decides" and lead in outcomes:
        return "granted" if outcomes[lead] in POSITIVE else outcomes[lead]
    if all(value in POSITIVE for value in values):
        return "granted" if "granted" in values else "recorded"
    if policy == "all_or_nothing":
        return next(
            (value for value in ("not_accepted", "not_needed", "returned", "refused", "withdrawn") if value in values), "terminated"
        )
    if any(value in POSITIVE for value in values):
        return "partly"
    return next((value for value in ("refused", "not_accepted", "not_needed", "returned", "withdrawn") if value in values), "terminated")


def branches_that_fall(*, policy: Policy, lead: str, failed: str, open_branches: Mapping[str, Sequence[str]]) -> list[str]:
    """Open branches that cannot go on once ``failed`` ended without a positive outcome.

    Those that finish after it fall in any case, transitively; under ``all_or_nothing`` all fall; under ``lead_decides`` all fall when
    the lead failed. ``open_branches`` maps an open branch to the branches it finishes after.
    """
    if policy == "all_or_nothing" or (policy == "lead_decides" and failed == lead):
        return list(open_branches)
    fallen = {failed}
    grew = True
    while grew:
        grew = False
        for branch, needs in open_branches.items():
            if branch not in fallen and fallen.intersection(needs):
                fallen.add(branch)
                grew = True
    return [branch for branch in open_branches if branch in fallen]


def may_finish(*, finishes_after: Sequence[str], outcomes: Mapping[str, str]) -> bool:
    """May a branch end now? Every joined branch it finishes after must have ended positively; branches not in the case do not bind."""
    return all(outcomes[needed] in POSITIVE for needed in finishes_after if needed in outcomes)


def last_valid_day(granted_on: date, years: int) -> date:
    """The day before the same day ``years`` later; a licence of 29 February ends on 28 February."""
    try:
        return granted_on.replace(year=granted_on.year + years) - timedelta(days=1)
    except ValueError:
        return date(granted_on.year + years, 2, 28)


def licences_wait(*, policy: Policy) -> bool:
    """Must licences wait until every branch has ended (all or nothing), so that none is out when a late refusal comes?"""
    return policy == "all_or_nothing"
