"""A tick costs what is due, not what is open."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from santai.oversight.supervision import service
from santai.oversight.supervision.models import WatchedCase, WatchedClock
from tests.oversight.supervision.stories import Story, at, tick

pytestmark = pytest.mark.django_db
SIX_DUE = 6


def _open(count: int, prefix: str) -> None:
    numbers = [f"{prefix}{number:08d}" for number in range(count)]
    WatchedCase.objects.bulk_create(
        WatchedCase(
            case_no=no, item_code="x", item_name="x", organisation="amr", organisation_name="x", received_at=at(), last_heard_at=at()
        )
        for no in numbers
    )
    later = at(60)
    WatchedClock.objects.bulk_create(
        WatchedClock(
            subject=f"case:{no}", case_id=no, organisation="amr", organisation_name="x", rule="r", kind="promised", title="承诺时限",
            starts_on=at().date(), due_at=later, state="running", checked_until=at(), next_check_at=later + timedelta(seconds=1),
        )
        for no in numbers
    )  # fmt: skip


def _tick(prefix: str, when: int) -> int:
    for number in range(SIX_DUE):
        story = Story(f"{prefix}{number}")
        story.received(at(when))
        story.accepted(at(when))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert service.tick(at=at(when + 10), until=at(when + 10)) == SIX_DUE
    return len(caught)


def test_the_same_queries_and_rows_with_a_hundred_and_with_five_thousand_open_limits() -> None:
    tick(at(0))
    _open(100, "1000")
    few = _tick("77", 0)
    WatchedClock.objects.filter(subject__startswith="card:").update(next_check_at=None)
    _open(4900, "2000")
    many = _tick("88", 0)
    assert many == few


def test_nothing_due_is_one_look() -> None:
    _open(2000, "3000")
    with CaptureQueriesContext(connection) as caught:
        assert service.tick(at=at(3), until=at(3)) == 0
    assert len([one for one in caught if one["sql"].startswith("SELECT")]) == 1


def test_the_tick_finds_its_rows_by_the_index() -> None:
    _open(2000, "4000")
    for number in range(SIX_DUE):
        story = Story(f"99{number}")
        story.received(at(0))
        story.accepted(at(0))
    with connection.cursor() as cursor:
        cursor.execute("analyze oversight_supervision_watchedclock")
        cursor.execute(
            "explain (analyze, format json) select id from oversight_supervision_watchedclock"
            " where next_check_at <= %s order by next_check_at limit 200",
            [at(3)],
        )
        plan = cursor.fetchone()[0]
    scan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    while "Plans" in scan:
        scan = scan["Plans"][0]
    assert scan["Index Name"] == "watch_next"
    assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= 3 * SIX_DUE, "rows touched: what is due, of 2,000 open"
