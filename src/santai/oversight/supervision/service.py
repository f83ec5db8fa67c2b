"""The door of e-supervision: hear facts, show cards, judge answers, give figures."""

from santai.oversight.supervision.actions.fold_tallies import fold_tallies
from santai.oversight.supervision.actions.install_rules import check_rule_files, install_built_in, install_rule_files, install_rules
from santai.oversight.supervision.actions.note_answer import note_answer
from santai.oversight.supervision.actions.note_fact import note_facts
from santai.oversight.supervision.actions.note_rating import note_rating
from santai.oversight.supervision.actions.review_card import accept_answer, escalate_card, return_answer
from santai.oversight.supervision.actions.tick import tick
from santai.oversight.supervision.errors import CardNotFound, CardSettled, CaseNotWatched, NothingToReview, TextMissing
from santai.oversight.supervision.messages import CARD_STATES, LEVELS, PENDING, WATCHES, SupervisionRule
from santai.oversight.supervision.queries import (
    EXPORT_LIMIT,
    Rate,
    card_filters,
    card_page,
    cards_of,
    case_page,
    clocks_of,
    daily,
    departments,
    due_counts,
    events_of,
    filtered_cards,
    flows,
    forget_rules,
    get_card,
    get_watched_case,
    held_days,
    horizon,
    month_of,
    months_around,
    part_page,
    parts_of,
    rate_of,
    rule_rows,
    rules_in_force,
    standing,
    total,
)
from santai.oversight.supervision.rules import in_words, local_date, rule_from_data, safe_cell

__all__ = [
    "CARD_STATES", "EXPORT_LIMIT", "LEVELS", "PENDING", "WATCHES", "CardNotFound", "CardSettled", "CaseNotWatched", "NothingToReview",
    "Rate", "SupervisionRule", "TextMissing", "accept_answer", "card_filters", "card_page", "cards_of", "case_page", "check_rule_files",
    "clocks_of", "daily", "departments", "due_counts", "escalate_card", "events_of", "filtered_cards", "flows", "fold_tallies",
    "forget_rules", "get_card", "get_watched_case", "held_days", "horizon", "in_words", "install_built_in", "install_rule_files",
    "install_rules", "local_date", "month_of", "months_around", "note_answer", "note_facts", "note_rating", "part_page", "parts_of",
    "rate_of", "return_answer", "rule_from_data", "rule_rows", "rules_in_force", "safe_cell", "standing", "tick", "total",
]  # fmt: skip
