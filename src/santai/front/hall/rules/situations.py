"""The guided answers (情形): what they mean in the form, so that nothing is asked twice."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.items import ItemDefinition


def typed_answers(item: ItemDefinition, situation: Mapping[str, Any]) -> dict[str, Any]:
    """Question id → the value its option declares (``true``, ``"work"`` …), however the page sent it; unknown answers are left out."""
    answers: dict[str, Any] = {}
    for question in item.questions:
        given = situation.get(question["id"])
        for option in question["options"]:
            if given is not None and str(option["value"]).lower() == str(given).lower():
                answers[question["id"]] = option["value"]
    return answers
