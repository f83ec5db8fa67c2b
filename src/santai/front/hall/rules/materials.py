"""Which materials an application needs, given the guided answers and what is filled in."""

from collections.abc import Callable, Mapping
from typing import Any

from santai.exchange.contracts.messages.items import ItemDefinition, MaterialDefinition
from santai.front.hall.rules.situations import typed_answers

Logic = Callable[[Any, Mapping[str, Any]], Any]
ASKED_OF_APPLICANT = frozenset({"upload", "licence"})


def needed_materials(item: ItemDefinition, data: Mapping[str, Any], situation: Mapping[str, Any], logic: Logic) -> list[MaterialDefinition]:
    """Materials whose condition holds. The guided answers are read as ``situation`` within the data; a question named like a field
    stands for the field until the form answers it."""
    answers = typed_answers(item, situation)
    seen = {**answers, **data, "situation": {**situation, **answers}}
    return [material for material in item.materials if material.needed_when is None or bool(logic(material.needed_when, seen))]


def missing_materials(needed: list[MaterialDefinition], handed_in: Mapping[str, Any]) -> list[MaterialDefinition]:
    """Required ones that are neither handed in, taken from a licence or register, nor promised for later (容缺)."""
    return [
        material
        for material in needed
        if material.required and material.source in ASKED_OF_APPLICANT and not _is_there(material, handed_in.get(material.code, {}))
    ]


def _is_there(material: MaterialDefinition, given: Mapping[str, Any]) -> bool:
    promised = bool(given.get("follows_later")) and material.may_follow_days > 0
    return bool(given.get("files") or given.get("from_licence") or given.get("from_register") or promised)
