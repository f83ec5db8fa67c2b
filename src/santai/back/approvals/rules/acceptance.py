"""Acceptance by law: what may be asked for, what may be refused, who may not apply again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from santai.exchange.contracts.messages.items import MaterialDefinition

# grounds on which acceptance is refused, in the words of the notice
GROUNDS: Mapping[str, str] = {
    "not_competent": "不属于本机关职权范围",
    "incomplete": "申请材料不齐全或者不符合法定形式",
    "not_corrected": "经一次告知补正仍未补全",
    "false_material": "提供虚假材料或者隐瞒有关情况",
    "other": "其他法定理由",
}
# false statements bar the applicant from the same permit where the item directly touches these (行政许可法 78)
BARRING_FIELDS = frozenset({"public_safety", "personal_health", "life_and_property", "life_and_health"})


def why_not_refused(
    *,
    ground: str,
    nature: str,
    reason: str,
    right_organ: str,
    told: bool,
    unanswered: bool,
    missing: bool,
    on_spot: bool,
    listed: bool,
) -> str:
    """Why acceptance may not be refused; empty when it may. One of the words of ``errors``.

    ``told``: the one notice went out. ``unanswered``: something it asked for was not handed in. ``missing``: a required paper is not
    there. ``on_spot``: by special law incomplete papers are refused at once with the list of what is missing (``listed``).
    """
    if not reason:
        return "reason_missing"
    if ground == "not_competent":
        return "" if right_organ else "right_organ_missing"
    if nature == "filing" and not missing:
        return "must_file"
    if ground == "incomplete" and on_spot:
        return "" if listed else "list_missing"
    if ground in ("incomplete", "not_corrected") and not (told and unanswered):
        return "must_accept"  # tell once first (32(1)(4)); what was asked for is there (32(1)(5))
    return ""


def why_not_asked(*, materials: Mapping[str, MaterialDefinition], wanted: Iterable[str]) -> str:
    """Why a correction may not ask for these materials; empty when it may (行政许可法 31; shared data is fetched, not asked for)."""
    for code in wanted:
        if not code:
            continue
        if code not in materials:
            return "not_in_list"
        if materials[code].source == "register":
            return "obtainable_by_sharing"
    return ""


def missing_papers(needed: Sequence[MaterialDefinition], handed_in: Iterable[Mapping[str, Any]]) -> list[MaterialDefinition]:
    """Required papers of the applicant that have not come, nor from a licence or register, nor as a promise for later (容缺)."""
    there = {
        one["code"]
        for one in handed_in
        if one.get("files") or one.get("from_licence") or one.get("from_register") or one.get("follows_later")
    }
    return [one for one in needed if one.required and one.source == "upload" and one.code not in there]


def unanswered_defects(
    defects: Iterable[Mapping[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any], answered: bool
) -> list[Mapping[str, Any]]:
    """What the notice asked for and the answer does not bring.

    ``before`` and ``after`` map a material code to its files and ``field:<path>`` to the value at that path; what points nowhere counts
    as answered by any answer.
    """
    left = []
    for defect in defects:
        place = defect.get("material") or (f"field:{defect['field']}" if defect.get("field") else "")
        brought = answered if not place else after.get(place) not in (None, [], (), "", before.get(place))
        if not brought:
            left.append(defect)
    return left


def barred_until(*, nature: str, field: str, false_material: bool, on: date) -> date | None:
    """The last day on which the applicant may not ask for the same permit again after false statements (行政许可法 78: one year)."""
    if nature != "permit" or not false_material or field not in BARRING_FIELDS:
        return None
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return date(on.year + 1, 2, 28)
