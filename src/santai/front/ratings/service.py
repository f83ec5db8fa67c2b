"""The door of the ratings: five levels, once, and what the public may see of them."""

from santai.front.ratings.actions.note_redress import note_redress
from santai.front.ratings.actions.rate import rate
from santai.front.ratings.adapters import occasion_of_visit, register_visits
from santai.front.ratings.errors import NotFinished, RatedAlready, RatingIncomplete
from santai.front.ratings.messages import Occasion, Standing
from santai.front.ratings.models import Rating
from santai.front.ratings.queries import departments, newest_words, occasion_of_case, rating_of, summary
from santai.front.ratings.rules import ALL_REASONS, BAD, LEVELS, MOST_WORDS, REASONS

__all__ = [
    "ALL_REASONS",
    "BAD",
    "LEVELS",
    "MOST_WORDS",
    "REASONS",
    "NotFinished",
    "Occasion",
    "RatedAlready",
    "Rating",
    "RatingIncomplete",
    "Standing",
    "departments",
    "newest_words",
    "note_redress",
    "occasion_of_case",
    "occasion_of_visit",
    "rate",
    "rating_of",
    "register_visits",
    "summary",
]
