"""The door of penalties and inspections: acts in the order of the law, the lists and draws of 双随机, reads with permission."""

from santai.back.inspections.actions.decide_on_spot import decide_on_spot
from santai.back.inspections.actions.decide_penalty import decide_penalty
from santai.back.inspections.actions.draw_plan import draw_plan, make_plan
from santai.back.inspections.actions.file_penalty import file_penalty
from santai.back.inspections.actions.hear_publicly import hold_hearing, notify_hearing, request_hearing, tell_hearing_right
from santai.back.inspections.actions.hear_statement import hear_statement, waive_statement
from santai.back.inspections.actions.hold_evidence import dispose_evidence, hold_evidence
from santai.back.inspections.actions.inform_party import inform_party
from santai.back.inspections.actions.investigate import investigate
from santai.back.inspections.actions.keep_lists import add_inspector, add_object, remove_from_list
from santai.back.inspections.actions.record_inspection import publish_inspection, record_inspection
from santai.back.inspections.actions.review_penalty import discuss_penalty, review_penalty
from santai.back.inspections.actions.serve_penalty import record_on_spot, serve_penalty, settle_fine
from santai.back.inspections.errors import EnforcementNotFound, StepDone, WordsMissing
from santai.back.inspections.models import EvidenceHold, Inspection, Inspector, Interview, Penalty, SpotDraw, SpotObject, SpotPlan
from santai.back.inspections.queries import (
    PENALTY_VIEWS,
    access_inspection,
    access_penalty,
    access_plan,
    inspectors_of,
    is_enforcing,
    objects_of,
    open_penalties,
    penalties,
    plans,
    same_draw,
    surcharge_of,
)
from santai.back.inspections.rules.words import (
    HEARING_KINDS,
    INSPECTION,
    ON_SPOT_KINDS,
    OUTCOMES,
    PENALTY,
    PENALTY_KINDS,
    RESULTS,
    SERVE_MODES,
    SOURCES,
    TOLD_PARTS,
    WORKERS,
)

__all__ = [
    "HEARING_KINDS",
    "INSPECTION",
    "ON_SPOT_KINDS",
    "OUTCOMES",
    "PENALTY",
    "PENALTY_KINDS",
    "PENALTY_VIEWS",
    "RESULTS",
    "SERVE_MODES",
    "SOURCES",
    "TOLD_PARTS",
    "WORKERS",
    "EnforcementNotFound",
    "EvidenceHold",
    "Inspection",
    "Inspector",
    "Interview",
    "Penalty",
    "SpotDraw",
    "SpotObject",
    "SpotPlan",
    "StepDone",
    "WordsMissing",
    "access_inspection",
    "access_penalty",
    "access_plan",
    "add_inspector",
    "add_object",
    "decide_on_spot",
    "decide_penalty",
    "discuss_penalty",
    "dispose_evidence",
    "draw_plan",
    "file_penalty",
    "hear_statement",
    "hold_evidence",
    "hold_hearing",
    "inform_party",
    "inspectors_of",
    "investigate",
    "make_plan",
    "is_enforcing",
    "notify_hearing",
    "objects_of",
    "open_penalties",
    "penalties",
    "plans",
    "publish_inspection",
    "record_inspection",
    "record_on_spot",
    "remove_from_list",
    "request_hearing",
    "review_penalty",
    "same_draw",
    "serve_penalty",
    "settle_fine",
    "surcharge_of",
    "tell_hearing_right",
    "waive_statement",
]
