"""Tables of the room."""

from santai.back.inspections.models.penalty import EvidenceHold, Interview, Penalty
from santai.back.inspections.models.spot import Inspection, Inspector, SpotDraw, SpotObject, SpotPlan

__all__ = ["EvidenceHold", "Inspection", "Inspector", "Interview", "Penalty", "SpotDraw", "SpotObject", "SpotPlan"]
