"""What the front desk keeps: copies of items, drafts, frozen applications, and its projection of cases."""

from santai.front.hall.models.application import Application
from santai.front.hall.models.bar import ApplicationBar
from santai.front.hall.models.case_view import CaseLine, CaseView, CorrectionView, HearingView, LicenceView, PaperView, TalkLine
from santai.front.hall.models.draft import Draft, SignatureInvitation
from santai.front.hall.models.item import ItemCopy
from santai.front.hall.models.later import PromiseView

__all__ = [
    "Application",
    "ApplicationBar",
    "CaseLine",
    "CaseView",
    "CorrectionView",
    "Draft",
    "HearingView",
    "ItemCopy",
    "LicenceView",
    "PaperView",
    "PromiseView",
    "SignatureInvitation",
    "TalkLine",
]
