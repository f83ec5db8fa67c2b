"""The worker runs what is due, wakes when told, survives failures, and keeps months ready."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from santai.kernel.jobs import service as jobs
from santai.kernel.jobs.actions import register
from santai.kernel.jobs.rules import add_months, backoff, months_around, rest_after


@pytest.fixture(autouse=True)
def _own_sweeps() -> Iterator[None]:
    sweeps, monthly = dict(register._sweeps), list(register._monthly)
    register._sweeps.clear()
    yield
    register._sweeps.clear()
    register._sweeps.update(sweeps)
    register._monthly[:] = monthly


@pytest.fixture
def worker() -> Iterator[Callable[[], Callable[[], None]]]:
    """Starts a worker; what it returns ends it."""
    stop, threads = threading.Event(), []

    def end() -> None:
        stop.set()
        for thread in threads:
            thread.join(20)
            assert not thread.is_alive()

    def start() -> Callable[[], None]:
        thread = threading.Thread(target=jobs.run_worker, args=(stop,))
        threads.append(thread)
        thread.start()
        return end

    yield start
    end()


def test_draining_goes_on_until_a_whole_round_finds_nothing() -> None:
    left, seen = [3, 2], []

    @jobs.sweep("test.first", every=60)
    def first(now: datetime) -> int:
        seen.append("first")
        if left[0]:
            left[0] -= 1
            left[1] += 1  # work of one sweep makes work for another
            return 1
        return 0

    @jobs.sweep("test.second", every=60)
    def second(now: datetime) -> int:
        done, left[1] = left[1], 0
        return done

    assert jobs.drain(datetime(2026, 3, 2, tzinfo=UTC)) == 3 + 5
    assert left == [0, 0]
    assert jobs.drain(datetime(2026, 3, 2, tzinfo=UTC), only=["test.second"]) == 0


def test_draining_shows_a_sweep_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    from santai.kernel.jobs.actions import drain

    monkeypatch.setattr(drain, "MOST_ROUNDS", 5)
    jobs.sweep("test.endless", every=60)(lambda now: 1)
    with pytest.raises(RuntimeError, match="test.endless"):
        jobs.drain(datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
def test_a_worker_wakes_on_commit_and_not_on_rollback(worker: Callable[[], Callable[[], None]]) -> None:
    ran = threading.Semaphore(0)

    @jobs.sweep("test.woken", every=3600)
    def woken(now: datetime) -> int:
        ran.release()
        return 0

    worker()
    assert ran.acquire(timeout=10)  # the first look
    ran.acquire(timeout=2)  # and one when the listener is there
    with transaction.atomic():
        jobs.wake("test.woken")
        jobs.wake("test.woken")
        assert len(connection.run_on_commit) == 1
        assert not ran.acquire(timeout=0.3)
    assert ran.acquire(timeout=5)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.wake("test.woken")
        raise ZeroDivisionError
    assert not ran.acquire(timeout=0.3)


@pytest.mark.django_db(transaction=True)
def test_a_failing_sweep_is_shown_in_the_heartbeat_and_stops_no_other(worker: Callable[[], Callable[[], None]]) -> None:
    good, failed = threading.Event(), threading.Event()

    @jobs.sweep("test.bad", every=0.01)
    def bad(now: datetime) -> int:
        failed.set()
        raise RuntimeError("坏了")

    @jobs.sweep("test.good", every=0.01)
    def fine(now: datetime) -> int:
        if failed.is_set():
            good.set()
        return 0

    end = worker()
    assert good.wait(10)
    assert jobs.workers(alive_only=True).count() == 1
    end()
    beat = jobs.workers().get()
    assert (beat.zone, beat.running) == ("all", {})
    assert beat.troubles["test.bad"]["error"] == "RuntimeError: 坏了"
    assert "test.good" not in beat.troubles
    assert not jobs.workers(alive_only=True).exists()


@pytest.mark.django_db
def test_months_are_made_once_around_now_and_hold_their_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create table test_months (id uuid not null, at timestamptz not null, primary key (id, at)) partition by range (at)")
        cursor.execute("create index test_months_at on test_months (at)")
        cursor.execute("create table test_months_default partition of test_months default")
    register._monthly[:] = ["test_months", "not_installed_here"]
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert jobs.ensure_partitions(now) == 16
    assert jobs.ensure_partitions(now) == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into test_months values (gen_random_uuid(), '2026-11-30 23:59:59+08'), (gen_random_uuid(), '2026-12-01 00:00+08')"
        )
        cursor.execute("select tableoid::regclass::text from test_months order by at")
        assert [row[0] for row in cursor.fetchall()] == ["test_months_202611", "test_months_202612"]


@pytest.mark.django_db
def test_a_month_whose_rows_lie_in_the_default_partition_is_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create table test_strays (id uuid not null, at timestamptz not null) partition by range (at)")
        cursor.execute("create table test_strays_default partition of test_strays default")
        cursor.execute("insert into test_strays values (gen_random_uuid(), '2026-11-15 00:00+08')")
    register._monthly[:] = ["test_strays"]
    assert jobs.ensure_partitions(datetime(2026, 11, 22, tzinfo=UTC)) == 15


def test_months_and_patience_are_counted_plainly() -> None:
    months = months_around(datetime(2026, 1, 31, 20, tzinfo=UTC))  # already February in China
    assert (str(months[0]), str(months[12]), str(months[-1])) == ("2025-02-01", "2026-02-01", "2026-05-01")
    assert str(add_months(months[0], -2)) == "2024-12-01"
    assert [backoff(number) for number in (1, 2, 3, 7, 50)] == [1, 2, 4, 60, 60]


@pytest.mark.django_db
def test_after_migrating_the_ledger_has_its_months_and_no_stray() -> None:
    assert "kernel_ledger_entry" in jobs.monthly_tables()
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('kernel_ledger_entry_' || to_char(now() at time zone 'Asia/Shanghai', 'YYYYMM')) is not null")
        assert cursor.fetchone()[0]
        cursor.execute("select count(*) from only kernel_ledger_entry_default")
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize(
    ("worked", "load", "rest"),
    [(0.5, 1.9, 0.0), (0.5, 2.0, 0.0), (0.5, 2.1, 1.0), (30.0, 9.0, 5.0), (0.0, 9.0, 0.0)],
)
def test_a_patient_sweep_rests_only_while_the_machine_is_full_and_never_long(worked: float, load: float, rest: float) -> None:
    assert rest_after(worked, load=load, processors=2) == rest
