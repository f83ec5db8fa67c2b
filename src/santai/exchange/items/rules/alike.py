"""Items that are more than 80 % alike: usually one item written down twice. Pure.

What is compared is what the public reads: name, summary, conditions, bases, materials, steps, questions. Items of one basic code are the
same item carried out by several offices, or its 业务办理项, and may be alike.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from santai.exchange.contracts.service import ItemDefinition

LIMIT = 0.8


@dataclass(frozen=True)
class Print:
    """What is left of an item for comparing: pairs of neighbouring characters of its texts."""

    code: str
    name: str
    basic: str
    marks: frozenset[str]


def print_of(item: ItemDefinition) -> Print:
    texts = [item.name, item.summary, item.conditions, *item.legal_basis, *(one.title for one in item.bases)]
    texts += [one.name for one in item.materials] + [str(one.get("text", "")) for one in item.questions] + list(item.life_events)
    marks: set[str] = set()
    for text in texts:
        plain = re.sub(r"\W", "", text)
        marks.update(plain[n : n + 2] for n in range(max(len(plain) - 1, 1)))
    marks.discard("")
    return Print(item.code, item.name, item.basic_code, frozenset(marks))


def likeness(one: Print, other: Print) -> float:
    """0 … 1: the share of the marks of both that both have."""
    union = len(one.marks | other.marks)
    return len(one.marks & other.marks) / union if union else 0.0


def alike(prints: Sequence[Print], limit: float = LIMIT) -> Iterator[tuple[Print, Print, float]]:
    """Every pair above ``limit``, each once. Rare marks first: a pair above the limit must share one of each one's first few rare marks."""
    often = Counter(mark for one in prints for mark in one.marks)
    by_mark: dict[str, list[int]] = defaultdict(list)
    ranked = [sorted(one.marks, key=lambda mark: (often[mark], mark)) for one in prints]
    for number, one in enumerate(prints):
        met: set[int] = set()
        first = ranked[number][: len(one.marks) - int(limit * len(one.marks)) + 1]
        for mark in first:
            met.update(by_mark[mark])
            by_mark[mark].append(number)
        for earlier in sorted(met):
            other = prints[earlier]
            if one.basic == other.basic or not limit <= len(one.marks) / max(len(other.marks), 1) <= 1 / limit:
                continue
            if (found := likeness(one, other)) > limit:
                yield other, one, found
