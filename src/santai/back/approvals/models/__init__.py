"""What an approval adds to a case."""

from santai.back.approvals.models.around import AskedOpinion, Inspection, InterestedParty, PublicNotice, ReviewResult
from santai.back.approvals.models.correction import CorrectionNotice, DefectNote
from santai.back.approvals.models.document import ServedDocument
from santai.back.approvals.models.hearing import Hearing
from santai.back.approvals.models.item import ItemCopy
from santai.back.approvals.models.mandate import ChiefMandate
from santai.back.approvals.models.procedure import Extension, SpecialProcedure
from santai.back.approvals.models.talk import Card, ThreadLine
from santai.back.approvals.models.window import MaterialReview, ServedAt

__all__ = [
    "AskedOpinion",
    "Card",
    "ChiefMandate",
    "CorrectionNotice",
    "DefectNote",
    "Extension",
    "Hearing",
    "Inspection",
    "InterestedParty",
    "ItemCopy",
    "MaterialReview",
    "PublicNotice",
    "ReviewResult",
    "ServedAt",
    "ServedDocument",
    "SpecialProcedure",
    "ThreadLine",
]
