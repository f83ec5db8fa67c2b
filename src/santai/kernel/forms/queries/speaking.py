"""In which language a form speaks: the reader's, and Chinese where a translation is missing."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from santai.kernel.codes.service import IDENTIFIER_KINDS, check_identifier
from santai.kernel.forms.rules.checking import Speaker
from santai.kernel.forms.rules.definition import Text


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def name_of(text: Text) -> str:
    return text.en if text.en and in_english() else text.zh


def lang_of(text: Text) -> str:
    """``zh-CN`` when Chinese stands in an English page, for the element's ``lang``; empty otherwise."""
    return "zh-CN" if text.zh and not text.en and in_english() else ""


def speaker() -> Speaker:
    return Speaker(say=gettext, name=name_of)


def identifier_check(today: date | str | None) -> Any:
    day = date.fromisoformat(today) if isinstance(today, str) else today

    def identify(kind: str, text: str) -> str:
        return check_identifier(kind, text, on=day) if kind in IDENTIFIER_KINDS else text

    return identify
