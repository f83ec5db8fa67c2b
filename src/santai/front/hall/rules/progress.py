"""How a fact changes what the applicant sees. Pure: the row's values in, the changed values out."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.base import DueDate
from santai.exchange.contracts.messages.cases import CaseProgressed
from santai.front.hall.rules.days import kept_stops

OF_THE_ORGAN = frozenset({"publicity-7", "regulator-claim-5"})  # what the organ still has to do once it is decided: no limit of the case
QUIET = frozenset(  # changes a date or the file, not what is being done
    {
        "rescheduled", "review_wanted", "reviewed", "prereview_returned", "supplemented", "fixed_on_spot", "consented", "procedure_overdue",
        "inspected", "testers_named", "opinion_asked", "opinion_given", "opinion_overdue", "party_noted", "party_told", "party_heard",
        "noticed", "objected", "document_corrected", "annulled", "rectification_told", "verification_asked",
    }
)  # fmt: skip
WAITS_FOR_APPLICANT = frozenset({"correction_requested"})
CASE_STATES = {
    "received": "received",
    "correction_requested": "correcting",
    "corrected": "received",
    "accepted": "accepted",
    "deemed_accepted": "accepted",
    "completed": "completed",
    "reopened": "accepted",  # after review or judgment
}


def merged_clocks(known: list[dict[str, Any]], changed: tuple[DueDate, ...], at: str = "") -> list[dict[str, Any]]:
    """The clocks as they stand, newest word on each rule winning; stops that have ended stay beside it as ``stops``."""
    by_rule = {clock["rule"]: clock for clock in known}
    for clock in changed:
        if clock.rule in OF_THE_ORGAN:
            continue
        stops = kept_stops(by_rule.get(clock.rule, {}), state=clock.state, at=at)
        by_rule[clock.rule] = vars(clock) | ({"stops": stops} if stops else {})
    return list(by_rule.values())


def final_due(clocks: list[dict[str, Any]], parts: Mapping[str, Any]) -> str:
    """When the whole is due: the latest end of the promised clocks that run; statutory ones where nothing was promised. ISO or empty."""
    everything = [*clocks, *(clock for part in parts.values() for clock in part.get("clocks", []))]
    running = [clock for clock in everything if clock["state"] == "running" and clock["kind"] != "correction"]
    promised = [clock["due_at"] for clock in running if clock["kind"] == "promised"]
    return max(promised or [clock["due_at"] for clock in running], default="")


def apply_progress(
    *, state: str, step: str, outcome: str, parts: Mapping[str, Any], clocks: list[dict[str, Any]], fact: CaseProgressed
) -> dict[str, Any]:
    """The new values of state, step, outcome, parts, clocks, due_at (ISO or empty) and needs_me (None: unchanged)."""
    new_parts = {branch: dict(part) for branch, part in parts.items()}
    new_clocks = clocks
    if fact.branch:
        part = new_parts.setdefault(fact.branch, {"clocks": []})
        part |= {
            "organisation_name": fact.organisation_name,
            "item_name": fact.item_name,
            "nature": fact.nature,
            "state": fact.state,
            "step": fact.step,
            "event": part.get("event", "") if fact.event in QUIET else fact.event,
        }
        if fact.outcome or fact.event == "reopened":
            part["outcome"] = fact.outcome
        part["clocks"] = merged_clocks(part.get("clocks", []), fact.clocks, fact.at)
    else:
        new_clocks = merged_clocks(clocks, fact.clocks, fact.at)
        step = fact.step
        if fact.event == "completed":
            outcome = fact.outcome
    if fact.event in CASE_STATES and (not fact.branch or fact.branch == "main"):
        state = CASE_STATES[fact.event]
    if fact.branch == "main":
        step = fact.step
    if fact.event == "reopened":
        outcome = ""
    needs_me: bool | None = None
    if fact.event in WAITS_FOR_APPLICANT:
        needs_me = True
    elif fact.event in ("corrected", "completed", "withdrawn"):
        needs_me = False
    return {
        "state": state,
        "step": step,
        "outcome": outcome,
        "parts": new_parts,
        "clocks": new_clocks,
        "due_at": "" if state == "completed" else final_due(new_clocks, new_parts),
        "needs_me": needs_me,
    }
