"""The door of approvals: every act on an approval case, one verb a file in ``actions/``, and its reads."""

from santai.back.approvals.actions.accept_application import accept_application
from santai.back.approvals.actions.answer_card import answer_card
from santai.back.approvals.actions.answer_extension import answer_extension
from santai.back.approvals.actions.answer_review import answer_review
from santai.back.approvals.actions.ask_extension import ask_extension
from santai.back.approvals.actions.check_materials import DefectInput, check_materials
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.decide import decide
from santai.back.approvals.actions.deem_accepted import deem_accepted
from santai.back.approvals.actions.end_special_procedure import end_special_procedure
from santai.back.approvals.actions.examine import SUGGESTIONS, examine
from santai.back.approvals.actions.issue_results import issue_results
from santai.back.approvals.actions.lapse_correction import lapse_correction
from santai.back.approvals.actions.make_document import make_document
from santai.back.approvals.actions.note_licence_revoked import note_licence_revoked
from santai.back.approvals.actions.note_progress import due_date, note_progress
from santai.back.approvals.actions.note_rating import LEVELS, note_rating
from santai.back.approvals.actions.note_received import note_received
from santai.back.approvals.actions.note_rescheduled import note_rescheduled
from santai.back.approvals.actions.open_application import open_application
from santai.back.approvals.actions.receive_papers import receive_papers
from santai.back.approvals.actions.record_branch import record_branch
from santai.back.approvals.actions.refuse_acceptance import refuse_acceptance
from santai.back.approvals.actions.serve_document import serve_document, serve_plain
from santai.back.approvals.actions.settle_on_the_spot import settle_on_the_spot
from santai.back.approvals.actions.start_special_procedure import start_special_procedure
from santai.back.approvals.actions.take_card import take_card
from santai.back.approvals.actions.take_card_review import take_card_review
from santai.back.approvals.actions.take_correction import take_correction
from santai.back.approvals.actions.take_item import take_item, withdraw_item
from santai.back.approvals.actions.take_licence import take_licence
from santai.back.approvals.actions.take_line import take_line
from santai.back.approvals.actions.take_line_system_report import take_line_system_report
from santai.back.approvals.actions.unite_correction import unite_correction
from santai.back.approvals.actions.withdraw_case import withdraw_case
from santai.back.approvals.actions.write_to_applicant import write_to_applicant
from santai.back.approvals.adapters import (
    ACCEPTED,
    BEFORE_ACCEPT,
    BEFORE_DECIDE,
    BEFORE_DEFECTS,
    CLOCK_RULES,
    CONCLUDED,
    OPENED,
)
from santai.back.approvals.errors import ItemUnknown, WrongStep
from santai.back.approvals.queries import (
    branch_of_sub_case,
    cards_of,
    correction_of,
    defects_of,
    department_record,
    documents_of,
    documents_to_make,
    extensions_of,
    extensions_to_answer,
    item_of,
    open_cards,
    procedures_of,
    thread_of,
)

__all__ = [
    "ACCEPTED",
    "BEFORE_ACCEPT",
    "BEFORE_DECIDE",
    "BEFORE_DEFECTS",
    "CLOCK_RULES",
    "CONCLUDED",
    "OPENED",
    "WrongStep",
    "accept_application",
    "close_branch",
    "note_progress",
    "serve_document",
    "serve_plain",
    "DefectInput",
    "ItemUnknown",
    "LEVELS",
    "SUGGESTIONS",
    "answer_card",
    "answer_extension",
    "answer_review",
    "ask_extension",
    "branch_of_sub_case",
    "cards_of",
    "check_materials",
    "correction_of",
    "decide",
    "deem_accepted",
    "defects_of",
    "department_record",
    "documents_of",
    "documents_to_make",
    "due_date",
    "end_special_procedure",
    "examine",
    "extensions_of",
    "extensions_to_answer",
    "issue_results",
    "item_of",
    "lapse_correction",
    "make_document",
    "note_licence_revoked",
    "note_rating",
    "note_received",
    "note_rescheduled",
    "open_application",
    "open_cards",
    "procedures_of",
    "receive_papers",
    "record_branch",
    "refuse_acceptance",
    "settle_on_the_spot",
    "start_special_procedure",
    "take_card",
    "take_card_review",
    "take_correction",
    "take_item",
    "take_licence",
    "take_line",
    "take_line_system_report",
    "thread_of",
    "unite_correction",
    "withdraw_case",
    "withdraw_item",
    "write_to_applicant",
]
