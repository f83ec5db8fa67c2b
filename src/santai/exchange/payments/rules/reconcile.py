"""Our books of a day beside the provider's statement: what only one of them has, and what they say differently. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from santai.exchange.payments.messages import Found, StatementLine


def compare(ours: Iterable[StatementLine], theirs: Iterable[StatementLine]) -> list[Found]:
    """The differences, payments before refunds, each by its number. A number twice in the statement is added up."""
    here, there = _by_number(ours), _by_number(theirs)
    found: list[Found] = []
    for key in sorted(here.keys() | there.keys()):
        mine, other = here.get(key), there.get(key)
        if mine and other and mine[0] == other[0]:
            continue
        line = (mine or other or (Decimal(0), None))[1]
        assert line is not None
        found.append(
            Found(
                kind="amount" if mine and other else "only_ours" if mine else "only_theirs",
                movement=line.kind,
                number=key[1],
                order_no=line.order_no,
                ours=mine[0] if mine else None,
                theirs=other[0] if other else None,
                trade_no=(other or mine or (Decimal(0), line))[1].trade_no,
            )
        )
    return found


def _by_number(lines: Iterable[StatementLine]) -> dict[tuple[str, str], tuple[Decimal, StatementLine]]:
    summed: dict[tuple[str, str], tuple[Decimal, StatementLine]] = {}
    for line in lines:
        key = (line.kind, line.refund_no if line.kind == "refund" else line.order_no)
        amount = summed[key][0] if key in summed else Decimal(0)
        summed[key] = (amount + line.amount, line)
    return summed
