"""The door of credit: records and their repair, what they bar, the public list of decisions."""

from santai.exchange.credit.actions.keep_decision import keep_decision, question_decision, take_answer, take_down
from santai.exchange.credit.actions.record_event import record_event
from santai.exchange.credit.actions.repair_record import ask_repair, decline_repair, repair_record
from santai.exchange.credit.errors import AlreadyEnded, GroundMissing, NotTheRecorder, QuestionIncomplete, RecordNotFound, TooEarly
from santai.exchange.credit.models import CreditRecord, PublishedDecision, Question
from santai.exchange.credit.queries import (
    counts,
    get_decision,
    is_shown,
    public_records,
    published,
    publishers,
    records_made_by,
    records_of,
    standing,
)
from santai.exchange.credit.rules import KINDS, LEVELS, term_of

__all__ = [
    "KINDS",
    "LEVELS",
    "AlreadyEnded",
    "CreditRecord",
    "GroundMissing",
    "NotTheRecorder",
    "PublishedDecision",
    "Question",
    "QuestionIncomplete",
    "RecordNotFound",
    "TooEarly",
    "ask_repair",
    "counts",
    "decline_repair",
    "get_decision",
    "is_shown",
    "keep_decision",
    "public_records",
    "published",
    "publishers",
    "question_decision",
    "record_event",
    "records_made_by",
    "records_of",
    "repair_record",
    "standing",
    "take_answer",
    "take_down",
    "term_of",
]
