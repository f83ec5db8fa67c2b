"""Tables of the case. Parties, items and organisations are values and references: no key leaves the back office."""

from santai.back.cases.models.case import Case, CaseContent
from santai.back.cases.models.event import CaseEvent
from santai.back.cases.models.sub_case import Opinion, SubCase

__all__ = ["Case", "CaseContent", "CaseEvent", "Opinion", "SubCase"]
