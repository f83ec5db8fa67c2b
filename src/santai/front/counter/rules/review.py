"""材料逐项审查: what a clerk may say of each paper, and what follows from it. Pure.

The law behind it: 行政许可法 32 — an error that can be put right on the spot is put right on the spot; what is missing is told once and
completely, on the spot or within five days; what was handed in first is the receipt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from santai.exchange.contracts.messages.items import MaterialDefinition

VERDICTS = {"qualified": "合格", "unqualified": "不合格", "to_correct": "需补正"}
WANTING = frozenset({"unqualified", "to_correct"})
MOST_COPIES = 99
CORRECTED_HERE = "当场更正"
SEEN_BY_CLERK = frozenset({"upload", "licence"})  # the others come from registers and from the form


@dataclass(frozen=True, kw_only=True)
class Review:
    """What was found of one material."""

    copies: int = 0
    original_seen: bool = False
    verdict: str = ""
    remark: str = ""

    def data(self) -> dict[str, Any]:
        return {"copies": self.copies, "original_seen": self.original_seen, "verdict": self.verdict, "remark": self.remark}


def read_reviews(codes: Iterable[str], post: Mapping[str, str]) -> tuple[dict[str, Review], dict[str, str]]:
    """What a page sent of the materials, and what could not be read, by field (``copies.<code>``)."""
    found: dict[str, Review] = {}
    wrong: dict[str, str] = {}
    for code in codes:
        text = post.get(f"copies.{code}", "").strip()
        copies = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        if text and (copies > MOST_COPIES or not (text.isascii() and text.isdigit())):
            wrong[f"copies.{code}"] = f"份数请填 0 到 {MOST_COPIES} 的整数。"
            copies = min(copies, MOST_COPIES)
        verdict = post.get(f"verdict.{code}", "")
        found[code] = Review(
            copies=copies,
            original_seen=bool(post.get(f"original.{code}")),
            verdict=verdict if verdict in VERDICTS else "",
            remark=post.get(f"remark.{code}", "").strip()[:300],
        )
    return found, wrong


def seen_by_clerk(needed: Iterable[MaterialDefinition]) -> list[MaterialDefinition]:
    return [material for material in needed if material.source in SEEN_BY_CLERK]


def problems(
    needed: Iterable[MaterialDefinition],
    reviews: Mapping[str, Review],
    there: Mapping[str, bool],
    told_before: frozenset[str] | None = None,
) -> dict[str, str]:
    """What stands against taking the papers in, by field. ``there``: code → a file or licence is there already.

    Every paper asked for has a verdict; who says 合格 has something before him; who does not says why. ``told_before``: the codes of an
    earlier complete list, when there was one: nothing beyond it may be asked for (行政许可法 32).
    """
    found: dict[str, str] = {}
    for material in seen_by_clerk(needed):
        code, review = material.code, reviews.get(material.code, Review())
        present = review.copies > 0 or there.get(code, False)
        if not review.verdict and (material.required or present):
            found[f"verdict.{code}"] = f"请给出“{material.name}”的审查结论。"
        elif review.verdict == "qualified" and not present:
            found[f"copies.{code}"] = f"“{material.name}”没有收到纸质材料或者电子文件，不能定为合格。请填份数，或者上传扫描件。"
        elif review.verdict == "qualified" and material.original_checked and not review.original_seen:
            found[f"original.{code}"] = f"“{material.name}”须核对原件后才能定为合格。"
        elif review.verdict in WANTING and not review.remark:
            found[f"remark.{code}"] = f"请写明“{material.name}”不合格或者需补正的原因，会原文告知申请人。"
        elif review.verdict in WANTING and told_before is not None and code not in told_before:
            found[f"verdict.{code}"] = (
                f"上次一次性告知的清单里没有“{material.name}”，不能再要求补正（行政许可法第三十二条）。材料可以收下的请定为合格。"
            )
    return found


def wanting(needed: Iterable[MaterialDefinition], reviews: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """The papers found wanting, in the item's order: code, name, verdict in words, reason."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "verdict": VERDICTS[reviews[one.code]["verdict"]],
            "reason": reviews[one.code].get("remark", ""),
        }
        for one in needed
        if reviews.get(one.code, {}).get("verdict") in WANTING
    ]


def corrected_here(before: Mapping[str, Any], review: Review) -> Review:
    """A paper found wanting that is right now was put right on the spot: that stays beside it."""
    if before.get("verdict") in WANTING and review.verdict == "qualified" and CORRECTED_HERE not in review.remark:
        was = before.get("remark", "")
        remark = f"{CORRECTED_HERE}（原问题：{was}）" if was and review.remark in ("", was) else f"{CORRECTED_HERE}。{review.remark}"
        return Review(copies=review.copies, original_seen=review.original_seen, verdict=review.verdict, remark=remark[:300])
    return review


def receipt_rows(needed: Sequence[MaterialDefinition], given: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """The lines of the 收件凭证: each paper with its copies, whether the original was seen, and what was found."""
    rows = []
    for material in needed:
        one = given.get(material.code, {})
        asked = material.source in SEEN_BY_CLERK
        if not asked and material.source == "form":
            continue
        paper = f"纸质 {one['copies']} 份" if one.get("copies") else ""
        files = f"电子 {len(one['files'])} 个" if one.get("files") else ""
        licence = "电子证照" if one.get("from_licence") else ""
        how = "、".join(part for part in (paper, files, licence) if part)
        if not asked:
            how = f"由{material.register or '系统'}核验，免提交"
        elif not how and not one.get("verdict") and not material.required:
            continue
        rows.append(
            {
                "name": material.name,
                "how": how or "未提交",
                "original": "已核" if one.get("original_seen") else "—",
                "verdict": VERDICTS.get(one.get("verdict", ""), "—"),
                "remark": one.get("remark", ""),
            }
        )
    return rows
