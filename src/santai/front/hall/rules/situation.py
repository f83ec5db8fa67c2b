"""The guided questions (情形): what was answered, in the values the item declares. Pure."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.items import ItemDefinition

AT_ONCE = 4  # more questions than this come one a page


def as_text(value: Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def answers_in(item: ItemDefinition, said: Mapping[str, str]) -> dict[str, Any]:
    """The answers given so far, as declared values; what is no option is no answer."""
    found: dict[str, Any] = {}
    for question in item.questions:
        for option in question["options"]:
            if said.get(question["id"], "") == as_text(option["value"]) and said.get(question["id"], ""):
                found[question["id"]] = option["value"]
    return found


def unanswered(item: ItemDefinition, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [question for question in item.questions if question["id"] not in answers]
