"""Which materials a part's officer looks at one by one, and what stands beside each already."""

from typing import Any

from santai.back.approvals.service import WORDS, item_of, reviews_of
from santai.back.cases.service import SubCase, current_content

REVIEWED = frozenset({"complete", "defects", "settle_defects"})  # the acts that answer for the materials
ASKED = frozenset({"upload", "licence"})


def materials_to_review(sub_case: SubCase) -> list[dict[str, Any]]:
    """What the applicant handed in, or had to, and this part reads: code, name, and the verdict so far (an earlier one of the part, else
    the window's)."""
    case = sub_case.case
    item = item_of(case.item_code, case.item_version)
    known = {one.code: one for one in item.materials}
    said = {one.code: one for one in reviews_of([sub_case.sub_case_no]) if one.revision == case.revision}
    found = []
    for handed in current_content(case).materials:
        definition = known.get(handed["code"])
        asked = definition.source in ASKED if definition else bool(handed.get("files"))
        if not asked or (definition and definition.branches and case.shape == "joint" and sub_case.branch not in definition.branches):
            continue
        own = said.get(handed["code"])
        found.append(
            {
                "code": handed["code"],
                "name": handed["name"],
                "verdict": own.verdict if own else handed.get("verdict", ""),
                "original_seen": own.original_seen if own else bool(handed.get("original_seen")),
                "reason": own.reason if own else handed.get("remark", "") if handed.get("verdict") not in ("", "qualified") else "",
            }
        )
    return found


def review_rows(sub_case: SubCase | None, act: str, entered: dict[str, Any], problems: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of the form of an act, with what was entered and refused."""
    if sub_case is None or act not in REVIEWED:
        return []
    rows = []
    for one in materials_to_review(sub_case):
        code = one["code"]
        chosen = entered.get(f"verdict-{code}", one["verdict"] or ("qualified" if act == "complete" else ""))
        rows.append(
            {
                **one,
                "options": list(WORDS.items()),
                "verdict": chosen,
                "original_seen": bool(entered.get(f"original-{code}", "") if entered else one["original_seen"]),
                "reason": entered.get(f"reason-{code}", one["reason"]),
                "error": problems.get(f"verdict-{code}") or problems.get(f"reason-{code}") or "",
            }
        )
    return rows
