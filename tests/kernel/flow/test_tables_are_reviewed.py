"""A decision table is reviewed before it counts: gaps, overlaps and rows without effect, by hit policy."""

import pytest

from santai.kernel.flow.rules.coverage import YES_NO, Domain, gaps, overlaps
from santai.kernel.flow.rules.decisions import DecisionTable, gathered, read_decisions
from santai.kernel.flow.rules.expressions import evaluate, is_question, paths_in
from santai.kernel.flow.rules.wording import cell_said
from tests.support import dmn

WAYS = Domain(values=("a", "b", "c"), labels=("甲", "乙", "丙"))


def read(*given: object, **more: str) -> DecisionTable:
    tables, problems = read_decisions(dmn.table("t", *given, **more))  # type: ignore[arg-type]
    assert problems == []
    return tables["t"]


def test_a_unique_table_may_not_hit_twice_and_says_where_it_would() -> None:
    table = read(["kind", "area"], "way", [(['"a","b"', "< 10"], "1"), (['"b"', "[5..20]"], "2")], policy="UNIQUE")
    (fault,) = overlaps(table, {"kind": WAYS})
    assert fault[0] == "r2" and "第 1 行与第 2 行重叠" in fault[1] and "“kind”为乙" in fault[1]
    assert overlaps(read(["kind"], "way", [(['"a"'], "1"), (["-"], "2")], policy="UNIQUE"))[0][0] == "r2"
    assert overlaps(read(["n"], "way", [(["[0..5["], "1"), (["[5..9]"], "2")], policy="UNIQUE")) == []


def test_an_any_table_may_hit_twice_only_with_the_same_result() -> None:
    same = [(['"a"', "-"], "1"), (["-", "true"], "1")]
    assert overlaps(read(["kind", "flag"], "way", same, policy="ANY")) == []
    (fault,) = overlaps(read(["kind", "flag"], "way", [*same[:1], (["-", "true"], "2")], policy="ANY"))
    assert "须给出同样结果" in fault[1]


def test_a_first_table_names_the_row_that_nobody_reaches() -> None:
    table = read(["n"], "way", [([">= 5"], "1"), (["[6..7]"], "2"), (["-"], "3")], policy="FIRST")
    assert [(row, "先命中" in text) for row, text in overlaps(table)] == [("r2", True)]


def test_a_collecting_table_may_overlap_but_every_row_must_add_something() -> None:
    table = read(["kind"], "way", [(["-"], '["x","y"]'), (['"a"'], '"z"'), (['"a","b"'], '"x"')])
    assert [(row, "不起作用" in text) for row, text in overlaps(table)] == [("r3", True)]
    never = read(["kind"], "way", [(["-"], '"x"'), (['"d"'], '"z"')])
    assert [row for row, _ in overlaps(never, {"kind": WAYS})] == ["r2"]


def test_a_gap_is_named_in_the_words_of_the_form() -> None:
    table = read(["kind", "flag"], "way", [(['"a"', "-"], "1"), (["-", "true"], "2")], policy="FIRST")
    (fault,) = gaps(table, {"kind": WAYS, "flag": YES_NO})
    assert fault == ("t", "决策表 t 有空档：“kind”为乙、“flag”为否时没有一行命中")
    full = read(["kind", "flag"], "way", [(['"a"', "-"], "1"), (['not("a")', "-"], "2")], policy="FIRST")
    assert gaps(full, {"kind": WAYS, "flag": YES_NO}) == []
    assert gaps(full, {"kind": WAYS}, unanswered=True) == []
    only = read(["kind"], "way", [(['"a","b","c"'], "1")])
    assert gaps(only, {"kind": WAYS}) == [] and "未填" in gaps(only, {"kind": WAYS}, unanswered=True)[0][1]


@pytest.mark.parametrize(
    ("rows", "least", "gap"),
    [
        ([(["< 10"], "1"), (["> 10"], "2")], None, True),  # 10 itself
        ([(["[0..10]"], "1"), (["> 10"], "2")], None, True),  # below 0
        ([(["[0..10]"], "1"), (["> 10"], "2")], 0, False),  # the form takes nothing below 0
        ([(["[0..5]"], "1"), (["[6..9]"], "2"), (["> 9"], "3")], 0, True),  # 5.5
    ],
)
def test_the_ends_of_ranges_and_what_lies_between_are_tried(rows: list, least: float | None, gap: bool) -> None:
    assert bool(gaps(read(["n"], "way", rows, policy="UNIQUE"), {"n": Domain(least=least)})) is gap


def test_a_table_with_many_inputs_is_reviewed_at_once() -> None:
    names = [f"i{number}" for number in range(12)]
    rows = [(["true" if at == row else "-" for at in range(12)], f'"{row}"') for row in range(12)]
    assert overlaps(read(names, "way", rows)) == []
    assert "有空档" in gaps(read(names, "way", rows))[0][1]


def test_what_is_gathered_keeps_the_order_of_the_rows_and_names_nothing_twice() -> None:
    table = read(["kind", '"s" in rows.kind'], "way", [(["-", "-"], '["x","y"]'), (['"a"', "-"], '"z"'), (["-", "true"], '"y"')])
    assert gathered(table, {"kind": "a", "rows": [{"kind": "p"}, {"kind": "s"}]}) == ("x", "y", "z")
    assert gathered(table, {}) == ("x", "y")
    assert gathered(read(["kind"], "way", [(['"a"'], "null")], policy="UNIQUE"), {"kind": "a"}) == ()


def test_dotted_names_gather_over_lists_and_are_known_whole() -> None:
    assert evaluate("rows.kind", {"rows": [{"kind": "a"}, {}, {"kind": "b"}]}) == ["a", "b"]
    assert evaluate('"c" in rows.kind', {}) is False
    assert paths_in('"c" in rows.kind or hb.kind == "x" and not flag') == {"rows.kind", "hb.kind", "flag"}
    assert is_question("not flag") and is_question("a > 1") and not is_question("a.b")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("-", "不限"), ("true", "是"), ('"a"', "甲"), ('"a","b"', "甲或者乙"), ('not("a","b")', "不是甲、乙"), ('not(null,"")', "已填"),
        ("null", "未填"), (">= 5", "不少于 5"), ("[0..5[", "不少于 0、小于 5"), ("]0..5]", "大于 0、不超过 5"), ("7", "7"),
    ],
)  # fmt: skip
def test_cells_are_said_in_words(test: str, said: str) -> None:
    assert cell_said(test, WAYS.names()) == said
