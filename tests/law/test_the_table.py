"""The table of the law loads whole: every word it uses is in the vocabulary, every id is its own, every sum comes out."""

import copy
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from santai.kernel.clocks.adapters import seed_days
from santai.kernel.clocks.service import Calendar
from tests.law import table

CALENDAR = Calendar(*seed_days())
SUMS = [(row.id, line) for row in table.rows() for line in row.reckon]


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    return {path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in table.ROWS.glob("*.yaml")}


def test_the_whole_table_loads_and_is_closed(files: dict[str, Any]) -> None:
    assert list(table.problems(files, table.words())) == []
    assert len(table.chapters()) == 24
    assert len(table.rows()) == len({row.id for row in table.rows()}) >= 150
    assert [chapter.number for chapter in table.chapters()] == list(range(1, 25))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sentence": "没有句号"}, "full stop"),
        ({"english": "中文"}, "English sentence is English"),
        ({"sure": "perhaps"}, "sure cannot be"),
        ({"kind": "奖励"}, "kind: unknown"),
        ({"colour": "red"}, "unknown ['colour']"),
        ({"id": "clk-002"}, "clk-002: twice"),
        ({"item": {"colour": "red"}}, "item: unknown"),
        ({"given": {"colour": "red"}}, "given: unknown"),
        ({"events": [{"at": "2026-02-30 09:00", "act": "accept"}]}, "is no time"),
        ({"events": [{"at": "2026-03-02 9:00", "act": "accept"}]}, "written wrongly"),
        ({"events": [{"at": "2026-03-02 09:00", "act": "dance"}]}, "no act is called dance"),
        ({"events": [{"at": "2026-03-02 09:00", "act": "accept", "colour": "red"}]}, "accept knows no"),
        ({"expect": {"colour": "red"}}, "expect: unknown"),
        ({"expect": {"state": "happy"}}, "states: unknown"),
        ({"expect": {"due": {"lunch": "2026-03-02"}}}, "clocks: unknown"),
        ({"expect": {"refused": "no_reason"}}, "refused: unknown"),
        ({"expect": {"document": "情书"}}, "documents: unknown"),
        ({"reckon": [{"from": "tomorrow"}]}, "a date is YYYY-MM-DD"),
    ],
)
def test_a_word_or_a_shape_outside_the_vocabulary_is_told(files: dict[str, Any], change: Mapping[str, Any], told: str) -> None:
    changed = copy.deepcopy(files)
    row = next(row for row in changed["03-clocks"]["rows"] if row["id"] == "clk-001")
    row |= change
    assert told in "\n".join(table.problems(changed, table.words()))


def test_a_word_nobody_uses_and_an_index_to_no_row_are_told(files: dict[str, Any]) -> None:
    text = table.VOCABULARY.read_text(encoding="utf-8")
    text = text.replace("`seal_missing`", "`seal_missing` `seal_upside_down`").replace("reg-011…013", "reg-011…913")
    told = "\n".join(table.problems(files, table.read_words(text)))
    assert "no row is refused with seal_upside_down" in told
    assert "reg-913: the index names a row that is not there" in told


@pytest.mark.parametrize(("row", "line"), SUMS, ids=[f"{row}-{number}" for number, (row, _) in enumerate(SUMS)])
def test_a_sum_a_lawyer_reads_comes_out_by_the_working_calendar(row: str, line: Mapping[str, Any]) -> None:
    start = date.fromisoformat(line["from"])
    if "stop_to" in line:
        assert CALENDAR.between(start, date.fromisoformat(line["stop_to"])) == line["working_days"]
    elif line["unit"] == "工作日":
        assert CALENDAR.add(start, line["add"]).isoformat() == line["gives"]
    elif line["unit"] == "自然日":
        assert (start + timedelta(days=line["add"])).isoformat() == line["gives"]
    else:
        months = start.month - 1 + line["add"] * (12 if line["unit"] == "年" else 1)
        assert (start.year + months // 12, months % 12 + 1) == tuple(int(part) for part in line["gives"].split("-")[:2])
