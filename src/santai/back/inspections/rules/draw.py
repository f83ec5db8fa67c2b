"""双随机 (国发〔2019〕5号): objects and inspectors drawn by a seed, so that anybody with the two lists computes the same draw.

The order of a draw is that of SHA-256 over ``seed|name of the list|code``, in hexadecimal: no program of ours is needed to check it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

OFFICERS_EACH = 2


@dataclass(frozen=True, kw_only=True)
class Picked:
    """One object drawn and the card numbers of those who go there."""

    object: str
    inspectors: tuple[str, ...]


class TooFew(Exception):  # noqa: N818 - a finding of the draw, told by the action as a refusal
    """Fewer than two inspectors without an interest are left for ``object``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.object = code


def ticket(seed: str, *parts: str) -> str:
    """What decides the order: the lowest comes first."""
    return sha256("|".join((seed, *parts)).encode()).hexdigest()


def draw(
    *, seed: str, objects: Sequence[str], take: int, inspectors: Sequence[str], interests: Mapping[str, frozenset[str]]
) -> list[Picked]:
    """``take`` objects and two inspectors for each, who have no interest in it. TooFew.

    ``interests``: card number → codes of the objects the inspector must keep away from. Inspectors who have been sent least go first,
    so that the work is spread; among equals the ticket decides.
    """
    chosen = sorted(objects, key=lambda code: ticket(seed, "object", code))[:take]
    sent = dict.fromkeys(inspectors, 0)
    found = []
    for code in chosen:
        free = [card for card in inspectors if code not in interests.get(card, frozenset())]
        if len(free) < OFFICERS_EACH:
            raise TooFew(code)
        going = sorted(free, key=lambda card: (sent[card], ticket(seed, "inspector", code, card)))[:OFFICERS_EACH]
        for card in going:
            sent[card] += 1
        found.append(Picked(object=code, inspectors=tuple(going)))
    return found


def digest(objects: Sequence[str], inspectors: Sequence[str]) -> str:
    """Fingerprint of the two lists as they stood before the draw."""
    return sha256("\n".join((*sorted(objects), "--", *sorted(inspectors))).encode()).hexdigest()
