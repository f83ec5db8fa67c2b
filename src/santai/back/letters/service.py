"""The door of letters: a body's own words, and the phrases and check-lists of its officials."""

from santai.back.letters.actions.keep_phrases import add_phrase, retire_phrase
from santai.back.letters.actions.save_wording import EDITORS, discard_wording, publish_wording, retire_wording, save_wording
from santai.back.letters.errors import ItemNotYours, KindUnknown, NothingToPublish, PhraseWrong, SomebodyElseSaved, TextWrong
from santai.back.letters.models import Phrase, Wording
from santai.back.letters.queries import (
    cases_to_preview,
    draft_of,
    kind_of,
    kinds_of,
    own_words,
    phrases_for,
    phrases_of,
    preview,
    versions_of,
)
from santai.back.letters.rules import differences

__all__ = [
    "EDITORS",
    "ItemNotYours",
    "KindUnknown",
    "NothingToPublish",
    "Phrase",
    "PhraseWrong",
    "SomebodyElseSaved",
    "TextWrong",
    "Wording",
    "add_phrase",
    "cases_to_preview",
    "differences",
    "discard_wording",
    "draft_of",
    "kind_of",
    "kinds_of",
    "own_words",
    "phrases_for",
    "phrases_of",
    "preview",
    "publish_wording",
    "retire_phrase",
    "retire_wording",
    "save_wording",
    "versions_of",
]
