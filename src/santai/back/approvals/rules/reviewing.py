"""What follows from the verdicts on the materials. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORDS = {"qualified": "合格", "unqualified": "不合格", "to_correct": "需补正"}
WANTING = frozenset({"unqualified", "to_correct"})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One material's."""

    verdict: str
    original_seen: bool = False
    reason: str = ""


def problems(materials: Sequence[tuple[str, str]], verdicts: Mapping[str, Verdict], *, complete: bool) -> dict[str, str]:
    """What speaks against keeping them, by field (``verdict-<code>``, ``reason-<code>``)."""
    found: dict[str, str] = {}
    for code, name in materials:
        given = verdicts.get(code)
        if given is None or given.verdict not in WORDS:
            found[f"verdict-{code}"] = f"请给出“{name}”的审查结论。"
        elif given.verdict in WANTING and complete:
            found[f"verdict-{code}"] = f"“{name}”不是合格，不能定为材料齐全。请选择“要求补正”。"
        elif given.verdict in WANTING and not given.reason.strip():
            found[f"reason-{code}"] = f"请写明“{name}”{WORDS[given.verdict]}的原因，会原文写入一次性告知书。"
    return found


def defects_from(materials: Sequence[tuple[str, str]], verdicts: Mapping[str, Verdict]) -> list[tuple[str, str]]:
    """(code, text of the notice) of each material found wanting, in the item's order."""
    return [
        (code, f"{name}（{WORDS[verdicts[code].verdict]}）：{verdicts[code].reason.strip()}")
        for code, name in materials
        if verdicts[code].verdict in WANTING
    ]
