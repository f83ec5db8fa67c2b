"""Reads of the room."""

from santai.back.inspections.queries.penalties import (
    PENALTY_VIEWS,
    PenaltyFile,
    PenaltyPage,
    access_penalty,
    open_penalties,
    penalties,
    surcharge_of,
)
from santai.back.inspections.queries.spots import (
    InspectionFile,
    PlanFile,
    access_inspection,
    access_plan,
    inspectors_of,
    is_enforcing,
    objects_of,
    plans,
    same_draw,
)

__all__ = [
    "PENALTY_VIEWS",
    "InspectionFile",
    "PenaltyFile",
    "PenaltyPage",
    "PlanFile",
    "access_inspection",
    "access_penalty",
    "access_plan",
    "inspectors_of",
    "is_enforcing",
    "objects_of",
    "open_penalties",
    "penalties",
    "plans",
    "same_draw",
    "surcharge_of",
]
