"""The worker: sweeps in a few threads, woken by NOTIFY or by their interval."""

import logging
import os
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import DatabaseError, close_old_connections, connection

from santai.kernel.jobs.actions.beat import beat, worker_name
from santai.kernel.jobs.actions.register import Sweep, current_time, sweeps
from santai.kernel.jobs.actions.wake import EVERYTHING
from santai.kernel.jobs.adapters import listening
from santai.kernel.jobs.rules import backoff, rest_after

log = logging.getLogger(__name__)
SECONDS_BETWEEN_BEATS = 5.0
PATIENCE_AT_THE_END = 30.0


@dataclass
class _Turn:
    """Where one sweep stands in this worker; times are monotonic seconds."""

    sweep: Sweep
    due: float
    running_since: str = ""
    again: bool = False  # woken while running
    failures: int = 0
    not_before: float = 0.0  # backoff
    trouble: dict[str, object] = field(default_factory=dict)


class _Worker:
    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.changed = threading.Condition()
        self.done = 0
        start = time.monotonic()
        self.turns = {name: _Turn(one, start) for name, one in sweeps().items()}

    # -- the turns -------------------------------------------------------------------------------------------------------------

    def next_turn(self) -> _Turn | None:
        """The idle sweep that has been due longest, marked as running; waits up to half a second for one."""
        with self.changed:
            now = time.monotonic()
            idle = [turn for turn in self.turns.values() if not turn.running_since]
            chosen = min(idle, key=lambda turn: max(turn.due, turn.not_before), default=None)
            wait = max(chosen.due, chosen.not_before) - now if chosen else 0.5
            if chosen is None or wait > 0:
                self.changed.wait(min(max(wait, 0.001), 0.5))
                return None
            chosen.running_since = datetime.now(UTC).isoformat()
            chosen.again = False
            return chosen

    def ended(self, turn: _Turn, *, work: int, took: float, error: Exception | None = None) -> None:
        with self.changed:
            now = time.monotonic()
            turn.running_since = ""
            self.done += work
            if error is None:
                rest = rest_after(took, load=os.getloadavg()[0], processors=os.cpu_count() or 1) if turn.sweep.patient else 0.0
                turn.failures, turn.trouble, turn.not_before = 0, {}, now + rest
                turn.due = now if work or turn.again else now + turn.sweep.every
            else:
                turn.failures += 1
                turn.not_before = now + backoff(turn.failures)
                turn.due = turn.not_before
                turn.trouble = {
                    "at": datetime.now(UTC).isoformat(),
                    "error": f"{type(error).__name__}: {error}"[:500],
                    "times": turn.failures,
                }
            self.changed.notify_all()

    def wake(self, names: set[str]) -> None:
        with self.changed:
            for name, turn in self.turns.items():
                if name in names or EVERYTHING in names:
                    turn.again = True
                    turn.due = time.monotonic()
            self.changed.notify_all()

    # -- the threads -----------------------------------------------------------------------------------------------------------

    def sweep_on(self) -> None:
        while not self.stop.is_set():
            turn = self.next_turn()
            if turn is None:
                continue
            work, error, began = 0, None, time.monotonic()
            try:
                work = turn.sweep.run(current_time())
            except Exception as trouble:  # noqa: BLE001 - one sweep's trouble never stops the others
                error = trouble
                log.exception("sweep %s failed; it waits %.0f s", turn.sweep.name, backoff(turn.failures + 1))
            finally:
                close_old_connections()
            self.ended(turn, work=work, took=time.monotonic() - began, error=error)
        connection.close()

    def listen_on(self) -> None:
        failures = 0
        while not self.stop.is_set():
            try:
                with listening() as listener:
                    self.wake({EVERYTHING})  # whatever was said while nobody listened
                    failures = 0
                    while not self.stop.is_set():
                        heard = listener.heard(seconds=1.0)
                        if heard:
                            self.wake(heard)
            except Exception as trouble:  # noqa: BLE001 - the database may be away for a while
                failures += 1
                log.warning("not listening (%s); intervals still run", str(trouble).strip().splitlines()[:1])
                self.stop.wait(backoff(failures))

    def beat(self, name: str, started_at: datetime, *, stopped: bool = False) -> None:
        with self.changed:
            running = {key: turn.running_since for key, turn in self.turns.items() if turn.running_since}
            troubles = {key: turn.trouble for key, turn in self.turns.items() if turn.trouble}
        try:
            beat(worker=name, started_at=started_at, done=self.done, running=running, troubles=troubles, stopped=stopped)
        except DatabaseError as trouble:
            log.warning("no heartbeat: %s", str(trouble).strip().splitlines()[:1])
        finally:
            close_old_connections()


def run_worker(stop: threading.Event, *, threads: int = 2) -> None:
    """Run the sweeps until ``stop`` is set; running ones end first. Never raises for a sweep's or the database's trouble.

    A sweep never runs twice at a time in one worker. It runs again at once while it finds work, else after its interval or when woken;
    after a failure it is left alone for 1, 2, 4 … 60 s. Any number of workers may run side by side.
    """
    started_at = datetime.now(UTC)
    name = worker_name(started_at)
    worker = _Worker(stop)
    crew = [threading.Thread(target=worker.sweep_on, name=f"sweeps-{number}", daemon=True) for number in range(threads)]
    crew.append(threading.Thread(target=worker.listen_on, name="listener", daemon=True))
    worker.beat(name, started_at)
    for thread in crew:
        thread.start()
    try:
        while not stop.is_set():
            stop.wait(SECONDS_BETWEEN_BEATS)
            worker.beat(name, started_at)
    finally:
        stop.set()
        until = time.monotonic() + PATIENCE_AT_THE_END
        for thread in crew:
            thread.join(max(0.0, until - time.monotonic()))
        worker.beat(name, started_at, stopped=True)
        connection.close()
