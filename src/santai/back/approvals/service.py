"""The door of approvals: every act on an approval case, one verb a file in ``actions/``, and its reads."""

from santai.back.approvals.actions.accept_application import accept_application
from santai.back.approvals.actions.answer_card import answer_card
from santai.back.approvals.actions.answer_extension import answer_extension
from santai.back.approvals.actions.answer_hearing_right import request_hearing, take_hearing_request, waive_hearing
from santai.back.approvals.actions.answer_not_needed import answer_not_needed
from santai.back.approvals.actions.answer_review import answer_review
from santai.back.approvals.actions.ask_extension import ask_extension
from santai.back.approvals.actions.ask_opinion import ask_opinion, give_opinion
from santai.back.approvals.actions.check_materials import DefectInput, check_materials
from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.correct_slip import correct_slip
from santai.back.approvals.actions.decide import decide
from santai.back.approvals.actions.deem_accepted import deem_accepted
from santai.back.approvals.actions.end_special_procedure import end_special_procedure
from santai.back.approvals.actions.entrust_chief import check_mandates, end_mandate, entrust_chief, install_mandates
from santai.back.approvals.actions.examine import SUGGESTIONS, examine
from santai.back.approvals.actions.fix_on_the_spot import fix_on_the_spot
from santai.back.approvals.actions.grant_by_silence import grant_by_silence
from santai.back.approvals.actions.hear_interested import hear_interested, note_interested, tell_interested
from santai.back.approvals.actions.hold_hearing import hold_hearing
from santai.back.approvals.actions.inspect import name_testers, visit_site
from santai.back.approvals.actions.issue_results import issue_results
from santai.back.approvals.actions.lapse_correction import lapse_correction
from santai.back.approvals.actions.make_document import make_document, page_of
from santai.back.approvals.actions.move_item import move_item, take_consent
from santai.back.approvals.actions.note_licence_revoked import note_licence_revoked
from santai.back.approvals.actions.note_progress import due_date, note_progress
from santai.back.approvals.actions.note_rating import LEVELS, note_rating
from santai.back.approvals.actions.note_received import note_received
from santai.back.approvals.actions.note_rescheduled import note_rescheduled
from santai.back.approvals.actions.note_silence import note_days_over
from santai.back.approvals.actions.notify_hearing import announce_hearing, notify_hearing
from santai.back.approvals.actions.open_application import open_application
from santai.back.approvals.actions.publish_notice import note_objection, publish_notice
from santai.back.approvals.actions.receive_papers import receive_papers
from santai.back.approvals.actions.record_branch import record_branch
from santai.back.approvals.actions.refuse_acceptance import refuse_acceptance
from santai.back.approvals.actions.reopen_case import BECAUSE, RESULTS, SOURCES, note_review_result, reopen_case
from santai.back.approvals.actions.return_papers import return_papers
from santai.back.approvals.actions.return_prereview import return_prereview
from santai.back.approvals.actions.review_materials import review_materials
from santai.back.approvals.actions.serve_document import serve_document, serve_plain
from santai.back.approvals.actions.settle_on_the_spot import settle_on_the_spot
from santai.back.approvals.actions.start_special_procedure import start_special_procedure
from santai.back.approvals.actions.take_card import take_card
from santai.back.approvals.actions.take_card_review import take_card_review
from santai.back.approvals.actions.take_correction import take_correction
from santai.back.approvals.actions.take_hand_out import take_hand_out
from santai.back.approvals.actions.take_item import take_item, withdraw_item
from santai.back.approvals.actions.take_licence import take_licence
from santai.back.approvals.actions.take_line import take_line
from santai.back.approvals.actions.take_line_system_report import take_line_system_report
from santai.back.approvals.actions.tell_afterwards import ask_verification, tell_to_rectify
from santai.back.approvals.actions.tell_hearing_right import tell_hearing_right
from santai.back.approvals.actions.terminate_case import GROUNDS as TERMINATION_GROUNDS
from santai.back.approvals.actions.terminate_case import terminate_case
from santai.back.approvals.actions.unite_correction import unite_correction
from santai.back.approvals.actions.want_hearing import want_hearing
from santai.back.approvals.actions.withdraw_case import withdraw_case
from santai.back.approvals.actions.wording import register_wording
from santai.back.approvals.actions.write_to_applicant import write_to_applicant
from santai.back.approvals.adapters import (
    ACCEPTED,
    ANNULLED,
    BEFORE_ACCEPT,
    BEFORE_DECIDE,
    BEFORE_DEFECTS,
    CLOCK_RULES,
    CONCLUDED,
    FOLLOWS_LATER,
    OPENED,
)
from santai.back.approvals.errors import InspectionMissing, ItemUnknown, MandateUnknown, OutsideMandate, WrongStep
from santai.back.approvals.models import AskedOpinion, Hearing, ServedDocument
from santai.back.approvals.queries import (
    branch_of_sub_case,
    cards_of,
    cards_of_cases,
    correction_of,
    defects_of,
    department_record,
    documents_of,
    documents_to_make,
    entrusted,
    extensions_of,
    extensions_to_answer,
    hearings_of,
    item_of,
    items_of_department,
    items_of_organisation,
    mandates_of,
    open_cards,
    opinions_of,
    opinions_to_give,
    possible_of,
    procedures_of,
    recent_documents,
    reviews_of,
    thread_of,
)
from santai.back.approvals.queries.before_decision import visited
from santai.back.approvals.queries.organs import organ_facts, remedies_known, remedies_of, remedies_of_facts, remedy_days, remedy_text
from santai.back.approvals.queries.papers import missing_of, unanswered_of
from santai.back.approvals.queries.surroundings import Surroundings, annulments_of, surroundings
from santai.back.approvals.rules.acceptance import GROUNDS
from santai.back.approvals.rules.letters import chinese_day, letter, remedies_said
from santai.back.approvals.rules.mandate import OUTCOMES
from santai.back.approvals.rules.numbers import TITLES
from santai.back.approvals.rules.remedies import OrganFacts, organ_kind, remedies_for
from santai.back.approvals.rules.reviewing import WANTING, WORDS, Verdict

__all__ = [
    "ACCEPTED",
    "ANNULLED",
    "AskedOpinion",
    "BECAUSE",
    "BEFORE_ACCEPT",
    "BEFORE_DECIDE",
    "BEFORE_DEFECTS",
    "CLOCK_RULES",
    "CONCLUDED",
    "DefectInput",
    "FOLLOWS_LATER",
    "GROUNDS",
    "Hearing",
    "InspectionMissing",
    "ItemUnknown",
    "LEVELS",
    "MandateUnknown",
    "OPENED",
    "OUTCOMES",
    "OrganFacts",
    "OutsideMandate",
    "RESULTS",
    "SOURCES",
    "SUGGESTIONS",
    "ServedDocument",
    "Surroundings",
    "TERMINATION_GROUNDS",
    "TITLES",
    "Verdict",
    "WANTING",
    "WORDS",
    "WrongStep",
    "accept_application",
    "announce_hearing",
    "annulments_of",
    "answer_card",
    "answer_extension",
    "answer_not_needed",
    "answer_review",
    "ask_extension",
    "ask_opinion",
    "ask_verification",
    "branch_of_sub_case",
    "cards_of",
    "cards_of_cases",
    "check_mandates",
    "check_materials",
    "chinese_day",
    "close_branch",
    "correct_slip",
    "correction_of",
    "decide",
    "deem_accepted",
    "defects_of",
    "department_record",
    "documents_of",
    "documents_to_make",
    "due_date",
    "end_mandate",
    "end_special_procedure",
    "entrust_chief",
    "entrusted",
    "examine",
    "extensions_of",
    "extensions_to_answer",
    "fix_on_the_spot",
    "give_opinion",
    "grant_by_silence",
    "hear_interested",
    "hearings_of",
    "hold_hearing",
    "install_mandates",
    "issue_results",
    "item_of",
    "items_of_department",
    "items_of_organisation",
    "lapse_correction",
    "letter",
    "make_document",
    "mandates_of",
    "missing_of",
    "move_item",
    "name_testers",
    "note_days_over",
    "note_interested",
    "note_licence_revoked",
    "note_objection",
    "note_progress",
    "note_rating",
    "note_received",
    "note_rescheduled",
    "note_review_result",
    "notify_hearing",
    "open_application",
    "open_cards",
    "opinions_of",
    "opinions_to_give",
    "organ_facts",
    "organ_kind",
    "page_of",
    "possible_of",
    "procedures_of",
    "publish_notice",
    "receive_papers",
    "recent_documents",
    "record_branch",
    "refuse_acceptance",
    "register_wording",
    "remedies_for",
    "remedies_known",
    "remedies_of",
    "remedies_of_facts",
    "remedies_said",
    "remedy_days",
    "remedy_text",
    "reopen_case",
    "request_hearing",
    "return_papers",
    "return_prereview",
    "review_materials",
    "reviews_of",
    "serve_document",
    "serve_plain",
    "settle_on_the_spot",
    "start_special_procedure",
    "surroundings",
    "take_card",
    "take_card_review",
    "take_consent",
    "take_correction",
    "take_hand_out",
    "take_hearing_request",
    "take_item",
    "take_licence",
    "take_line",
    "take_line_system_report",
    "tell_hearing_right",
    "tell_interested",
    "tell_to_rectify",
    "terminate_case",
    "thread_of",
    "unanswered_of",
    "unite_correction",
    "visit_site",
    "visited",
    "waive_hearing",
    "want_hearing",
    "withdraw_case",
    "withdraw_item",
    "write_to_applicant",
]
