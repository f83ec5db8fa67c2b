"""Stops, extensions and what must stand before a decision. Pure: plain values in, a word of ``errors`` or nothing out."""

from collections.abc import Collection, Mapping, Sequence


def why_no_stop(*, cause: str, listed: Collection[str], rule_stops: Collection[str], accepted: bool, from_receipt: bool) -> str:
    """Why the clock may not stop for ``cause``; empty when it may.

    ``listed``: the causes the item names; ``rule_stops``: those its limit knows by law. A limit that knows none never stops (the eight
    causes of 行政许可法 45 bind permits; other kinds need a rule of their own). Before acceptance there is nothing to stop.
    """
    if not rule_stops:
        return "kind_has_no_stop"
    if not accepted and not from_receipt:
        return "not_accepted_yet"
    if cause not in (listed or rule_stops):
        return "cause_not_lawful"
    return ""


def why_not_this_long(*, days: int, limits: Mapping[str, int], cause: str) -> str:
    """The time needed must be told, and stay within what the cause's own rule allows."""
    if days <= 0:
        return "time_needed_missing"
    return "over_limit" if cause in limits and days > limits[cause] else ""


def two_different(officers: Sequence[str]) -> bool:
    """Two people at least; one who signs twice is one (行政许可法 34, 55)."""
    return len(set(officers)) >= 2


def why_not_in_turn(*, quota: int, granted: int, waiting_before: int) -> str:
    """A limited number is granted in the order of acceptance (行政许可法 57): empty when this application's turn has come.

    ``granted``: how many hold it; ``waiting_before``: accepted earlier and not decided yet.
    """
    if not quota:
        return ""
    if granted >= quota:
        return "quota_spent"
    return "order_of_acceptance" if granted + waiting_before >= quota else ""


def why_not_granted(*, by_competition: bool, competed: bool, inspection_required: bool, inspected: bool) -> str:
    """What must have been done before a grant."""
    if by_competition and not competed:
        return "competition_missing"
    if inspection_required and not inspected:
        return "inspection_missing"
    return ""


def same_decision(*, because: str, old_outcome: str, old_reason: str, outcome: str, reason: str) -> bool:
    """Is it the annulled decision again? Annulled for its procedure, the same decision may be made once the procedure is put right."""
    return because == "facts" and outcome == old_outcome and reason.strip() == old_reason.strip()


DECIDING = "准不未非禁止限除仅可应"  # a word with one of these decides; it cannot be a slip


def is_slip(before: str, after: str) -> bool:
    """Is a change of text a slip of the pen: a wrong character or two, no figure and no deciding word another?

    Digits carry amounts, limits, dates and numbers of law; what is added or left out changes what was decided.
    """
    same_figures = [one for one in before if one.isdigit()] == [one for one in after if one.isdigit()]
    same_words = [one for one in before if one in DECIDING] == [one for one in after if one in DECIDING]
    differing = sum(one != other for one, other in zip(before, after, strict=False))
    return same_figures and same_words and len(before) == len(after) and 0 < differing <= 3
