"""容缺 and 告知承诺: what may be promised, and what may follow. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from santai.exchange.contracts.messages.items import CommitmentDefinition, ItemDefinition, MaterialDefinition

TOLD_ON_TOLERANCE = frozenset({"list", "limit", "consequence"})  # told at once with the acceptance
TOLD_ON_COMMITMENT = frozenset({"conditions", "standards", "consequences"})  # told before the choice
ASKED = frozenset({"upload", "licence"})


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What is not there when an application is looked at."""

    promised: tuple[MaterialDefinition, ...] = ()  # the applicant promised it in writing
    unpromised: tuple[MaterialDefinition, ...] = ()  # required, tolerable, not promised
    main: tuple[MaterialDefinition, ...] = ()  # required and nobody may leave it out


def gaps_in(needed: Iterable[MaterialDefinition], handed_in: Mapping[str, Mapping[str, Any]]) -> Gaps:
    """``handed_in``: code → what came in (files, from_licence, from_register, follows_later)."""
    promised: list[MaterialDefinition] = []
    unpromised: list[MaterialDefinition] = []
    main: list[MaterialDefinition] = []
    for material in needed:
        given = handed_in.get(material.code, {})
        if given.get("files") or given.get("from_licence") or given.get("from_register"):
            continue
        if given.get("follows_later"):
            promised.append(material)
        elif material.required and material.source in ASKED:
            (unpromised if material.may_follow_days else main).append(material)
    return Gaps(promised=tuple(promised), unpromised=tuple(unpromised), main=tuple(main))


Trouble = Literal["", "local_rule_off", "main_material_missing", "promise_missing", "not_tolerable"]


def tolerance_trouble(basis: str, gaps: Gaps) -> Trouble:
    """Why an application cannot be accepted with what is missing following later; empty when it can."""
    if not basis:
        return "local_rule_off"
    if gaps.main:
        return "main_material_missing"
    if any(not material.may_follow_days for material in gaps.promised):
        return "not_tolerable"
    return "promise_missing" if gaps.unpromised or not gaps.promised else ""


def commitment_trouble(item: ItemDefinition) -> Literal["", "not_listed", "excluded_field"]:
    """Why an item cannot use 告知承诺. A statute that prescribes it overrules the excluded fields (消防法 15)."""
    terms: CommitmentDefinition = item.commitment
    if terms.prescribed_by:
        return ""
    if not terms.listed:
        return "not_listed"
    return "excluded_field" if item.guarded_field else ""


def told_all(terms: CommitmentDefinition, told: Iterable[str]) -> bool:
    """Were conditions, standards and consequences told, and does the item say what they are?"""
    said = {"conditions": terms.conditions, "standards": terms.standards, "consequences": terms.consequences}
    return frozenset(told) >= TOLD_ON_COMMITMENT and all(said.values())


def revocation_trouble(
    *, ground: str, result: str, rectify_due: date | None, rectified: str, on: date
) -> Literal["", "ground_missing", "rectify_first", "too_early"]:
    """May a permit given on a commitment be revoked on this ground now?

    Not kept: at once. Different from what was promised: only after an order to rectify, when its time is over or rectification failed.
    """
    if ground == "unkept":
        return "" if result == "unkept" else "ground_missing"
    if result != "differs":
        return "ground_missing"
    if rectify_due is None:
        return "rectify_first"
    if ground == "still_failing":
        return "" if rectified == "failing" else "ground_missing"
    if rectified == "failing":
        return ""
    if rectified == "fine":
        return "ground_missing"
    return "too_early" if on <= rectify_due else ""
