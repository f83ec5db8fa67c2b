"""Packs bring clock rules and the schedule of a year, checked before anything is written."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from santai.kernel.clocks import handlers
from santai.kernel.clocks import service as clocks
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PACK = Pack(name="sample", title="示例", version="1", path=Path(), digest="")


def file(data: object) -> PackFile:
    return PackFile(path="rules.yaml", text="", data=data, kind="yaml", source=Path())


GOOD = {"code": "sample-3", "title": "承诺时限", "kind": "promised", "unit": "working_day", "length": 3, "law": "示例"}


def test_every_problem_of_a_rule_is_told_with_its_place() -> None:
    problems = handlers.check_rules(PACK, [file([GOOD, {**GOOD, "unit": "week", "law": ""}, "no rule"])])
    assert [problem.place for problem in problems] == ["[1]", "[1]", "[1]", "[2]"]
    assert handlers.check_rules(PACK, [file({"clock_rules": [GOOD]})]) == []
    assert handlers.check_rules(PACK, [file([])])


@pytest.mark.django_db
def test_a_packs_rule_can_be_used_and_installing_again_changes_nothing(head: Actor) -> None:
    assert handlers.put_rules(PACK, [file([GOOD])], actor=head, at=NOW) == 1
    assert handlers.put_rules(PACK, [file([GOOD])], actor=head, at=NOW) == 0
    rule = clocks.get_rule("sample-3")
    assert (rule.length, rule.source) == (3, "sample 1")


@pytest.mark.django_db
def test_a_packs_schedule_loads_its_year(head: Actor) -> None:
    year = max(clocks.years_loaded()) + 1
    schedule = {"year": year, "source": "放假通知", "days": [{"date": f"{year}-01-01", "kind": "holiday", "name": "元旦"}]}
    assert handlers.check_calendar(PACK, [file(schedule)]) == []
    broken = {**schedule, "source": "", "days": [{"date": f"{year - 1}-01-01", "kind": "rest", "name": ""}]}
    assert len(handlers.check_calendar(PACK, [file(broken)])) == 4
    assert handlers.put_calendar(PACK, [file(schedule)], actor=head, at=NOW) == 1
    assert year in clocks.years_loaded()
    assert not clocks.is_working_day(date(year, 1, 1))
