"""How well entries answer what people type."""

from collections.abc import Iterable


def score(text: str, *fields: str) -> int:
    """How well ``fields`` answer ``text``: every term contained counts most, then shared pairs of characters; 0 is no answer."""
    terms = [term for term in text.lower().split() if term]
    if not terms:
        return 0
    first, everything = fields[0].lower(), " ".join(fields).lower()
    points = 0
    for term in terms:
        if term in first:
            points += 100 + (40 if first.startswith(term) else 0) - min(len(first), 30)
        elif term in everything:
            points += 60
        else:
            shared = sum(1 for pair in _pairs(term) if pair in everything)
            if not shared or (len(term) > 3 and shared * 2 < len(term) - 1):
                return 0
            points += 10 * shared
    return max(points, 1)


def _pairs(term: str) -> Iterable[str]:
    return (term[i : i + 2] for i in range(len(term) - 1))
