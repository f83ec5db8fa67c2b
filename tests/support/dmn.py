"""Decision tables as text, for tests that need one of their own."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

Rows = Sequence[tuple[Sequence[str], str]]


def table(key: str, inputs: Sequence[str], output: str, rows: Rows, *, policy: str = "COLLECT") -> str:
    """A DMN file with one table: ``rows`` are (tests, result as written); the rows' ids are ``r1``, ``r2`` …"""
    columns = "".join(
        f'<input id="i{at}" label={quoteattr(name)}><inputExpression><text>{escape(name)}</text></inputExpression></input>\n'
        for at, name in enumerate(inputs, 1)
    )
    rules = "".join(
        f'<rule id="r{at}">'
        + "".join(f"<inputEntry><text>{escape(test)}</text></inputEntry>" for test in tests)
        + f"<outputEntry><text>{escape(result)}</text></outputEntry></rule>\n"
        for at, (tests, result) in enumerate(rows, 1)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:t">\n'
        f'<decision id="{key}" name="{key}"><decisionTable hitPolicy="{policy}">\n'
        f'{columns}<output id="o1" name="{output}"/>\n{rules}</decisionTable></decision></definitions>\n'
    )
