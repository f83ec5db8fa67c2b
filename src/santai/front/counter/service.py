"""The door of the window: people present, what they hand in and collect, and how the hall runs."""

from santai.front.counter.actions.close_visit import close_visit
from santai.front.counter.actions.cover_late import answer_outage, declare_outage
from santai.front.counter.actions.file_intake import file_intake
from santai.front.counter.actions.make_receipt import make_receipt, track_address
from santai.front.counter.actions.open_visit import CONSENT, open_visit
from santai.front.counter.actions.save_intake import save_intake
from santai.front.counter.actions.start_intake import start_intake
from santai.front.counter.actions.take_back import take_back
from santai.front.counter.errors import (
    AlreadyDone,
    Incomplete,
    IntakeOver,
    IntakeUnknown,
    NothingWanting,
    ReviewIncomplete,
    SamePerson,
    Unknown,
    VisitClosed,
    VisitIncomplete,
    VisitUnknown,
)
from santai.front.counter.messages import IDENTIFIED_BY, Late, VisitEntry
from santai.front.counter.models import Intake, Outage, Receipt, TakenBack, Visit
from santai.front.counter.queries import (
    STAFF,
    access_intake,
    access_visit,
    assisting_in,
    history_of,
    intake_of_case,
    occasion_by_token,
    outages_of,
    parties_of,
    rating_token,
    receipt_of,
    receipts_to_make,
    reviews_in,
    supervised_returns,
    taken_back_of,
    told_before,
    usable_outages,
    visits_of_day,
)
from santai.front.counter.rules.review import VERDICTS, WANTING, Review, read_reviews, seen_by_clerk

__all__ = [
    "CONSENT",
    "IDENTIFIED_BY",
    "STAFF",
    "VERDICTS",
    "WANTING",
    "AlreadyDone",
    "Incomplete",
    "Intake",
    "IntakeOver",
    "IntakeUnknown",
    "Late",
    "NothingWanting",
    "Outage",
    "Receipt",
    "Review",
    "ReviewIncomplete",
    "SamePerson",
    "TakenBack",
    "Unknown",
    "Visit",
    "VisitClosed",
    "VisitEntry",
    "VisitIncomplete",
    "VisitUnknown",
    "access_intake",
    "access_visit",
    "answer_outage",
    "assisting_in",
    "close_visit",
    "declare_outage",
    "file_intake",
    "history_of",
    "intake_of_case",
    "make_receipt",
    "occasion_by_token",
    "open_visit",
    "outages_of",
    "parties_of",
    "rating_token",
    "read_reviews",
    "receipt_of",
    "receipts_to_make",
    "reviews_in",
    "save_intake",
    "seen_by_clerk",
    "start_intake",
    "supervised_returns",
    "take_back",
    "taken_back_of",
    "told_before",
    "track_address",
    "usable_outages",
    "visits_of_day",
]
